import { FileDoneOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Progress, Skeleton } from 'antd';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { PrintButton } from '../cohort/report-buttons.tsx';
import { SaveTable } from '../cohort/save-table.tsx';
import { usePages } from '../cohort/use-pages.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { PrintedList } from '../components/printed-list.tsx';
import { type GridColumn, VirtualGrid } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { go } from '../state/place.ts';
import './plan.css';
import './follow.css';

type Row = CallOutput<'plan.followUp'>['rows'][number];

const aimText = (row: Row, t: TFunction) =>
  [row.targetRung && t(`common:tier.${row.targetRung}`), row.targetYear].filter(Boolean).join(' \u00b7 ');

function columnsOf(t: TFunction): GridColumn<Row>[] {
  return [
    {
      key: 'name',
      title: t('followEnterprise'),
      width: 'minmax(220px, 1.4fr)',
      render: (row) => (
        <strong className="ellipsis" title={row.name}>
          {row.name}
        </strong>
      ),
    },
    {
      key: 'aim',
      title: t('field.targetRung'),
      width: '180px',
      render: (row) => <span className="ellipsis">{aimText(row, t)}</span>,
    },
    {
      key: 'progress',
      title: t('progressTitle'),
      width: '210px',
      render: (row) => (
        <Progress
          className="follow-progress"
          aria-label={`${t('progressTitle')} ${row.name}`}
          size="small"
          percent={Math.round((100 * row.done) / Math.max(1, row.total))}
          format={() => `${row.done}/${row.total}`}
        />
      ),
    },
    {
      key: 'overdue',
      title: t('overdueTitle'),
      width: '80px',
      numeric: true,
      render: (row) =>
        row.overdue > 0 ? (
          <span className="tag tag-small tag-unmet">{row.overdue}</span>
        ) : (
          <span className="muted">0</span>
        ),
    },
    {
      key: 'next',
      title: t('followNext'),
      width: 'minmax(260px, 2fr)',
      render: (row) => (
        <span className="ellipsis" title={row.first ? pick(row.first) : undefined}>
          {row.nextDue && <span className="num">{row.nextDue}</span>}{' '}
          {row.first && <span className="muted">{pick(row.first)}</span>}
        </span>
      ),
    },
  ];
}

/** The plans of the whole library that are not done, what presses most first: to search, open, save and print. */
export function PlansScreen() {
  const { t } = useTranslation(['plan', 'common']);
  const [query, setQuery] = useState('');
  const [version, setVersion] = useState(0);
  useEffect(
    () =>
      on('changed', ({ topic }) => {
        if (topic === 'plan' || topic === 'library') setVersion((v) => v + 1);
      }),
    [],
  );
  const asked = query.trim() ? { query: query.trim() } : {};
  const pages = usePages(JSON.stringify([asked, version]), (offset, limit) =>
    call('plan.followUp', { ...asked, offset, limit }),
  );
  const columns = useMemo(() => columnsOf(t), [t]);
  const { total } = pages;
  if (pages.error) return <ErrorView full error={pages.error} onRetry={() => setVersion((v) => v + 1)} />;
  if (total === 0 && !query.trim()) {
    return (
      <div className="scroll">
        <EmptyState
          icon={<FileDoneOutlined />}
          title={t('followEmptyTitle')}
          text={t('followEmptyText')}
          actions={
            <Button type="primary" size="large" onClick={() => go({ screen: 'library' })}>
              {t('toLibrary')}
            </Button>
          }
        />
      </div>
    );
  }
  const counted = total === null ? '' : t('followCount', { count: total, number: formatNumber(total) });
  return (
    <div className="screen follow-screen">
      <header className="follow-head">
        <h1>{t('followTitle')}</h1>
        <span className="muted" role="status">
          {counted}
        </span>
        <Input
          className="follow-search"
          prefix={<SearchOutlined aria-hidden />}
          allowClear
          maxLength={200}
          placeholder={t('followSearchHint')}
          aria-label={t('followSearch')}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        <span className="follow-space" />
        <PrintButton />
        <SaveTable call="plan.exportFollowUp" of={asked} name={t('followTitle')} />
      </header>
      {total === null && <Skeleton active paragraph={{ rows: 8 }} className="follow-wait" />}
      {total === 0 && <p className="muted follow-wait">{t('followNone')}</p>}
      {total !== null && total > 0 && (
        <VirtualGrid
          label={t('followTitle')}
          columns={columns}
          total={total}
          rowHeight={46}
          minWidth={980}
          rowAt={pages.rowAt}
          active={pages.active}
          onActive={pages.setActive}
          onOpen={(row) =>
            go({ screen: 'enterprise', id: row.enterpriseId, tab: 'plan', planId: row.planId })
          }
          onRange={pages.onRange}
        />
      )}
      <PrintedList<Row>
        title={t('followTitle')}
        lines={[counted]}
        columns={[
          { key: 'name', title: t('followEnterprise'), text: (row) => row.name },
          { key: 'aim', title: t('field.targetRung'), text: (row) => aimText(row, t) },
          {
            key: 'progress',
            title: t('progressTitle'),
            numeric: true,
            text: (row) => `${row.done}/${row.total}`,
          },
          {
            key: 'overdue',
            title: t('overdueTitle'),
            numeric: true,
            text: (row) => String(row.overdue),
          },
          {
            key: 'next',
            title: t('followNext'),
            text: (row) => [row.nextDue, row.first && pick(row.first)].filter(Boolean).join(' '),
          },
        ]}
        rowKey={(row) => row.planId}
        read={(offset) => call('plan.followUp', { ...asked, offset, limit: 500 })}
      />
    </div>
  );
}
