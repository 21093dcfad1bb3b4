import { Drawer, Spin } from 'antd';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { formatNumber } from '../components/money.ts';
import { type PrintedColumn, PrintedList } from '../components/printed-list.tsx';
import { VerdictTag } from '../components/verdict-tag.tsx';
import { type GridColumn, VirtualGrid } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { go } from '../state/place.ts';
import { divisionName, type Reference, useReference } from '../state/reference.ts';
import { closeBehind, type Line, useBehind } from './list-store.ts';
import { wanText } from './numbers.ts';
import { PrintButton } from './report-buttons.tsx';
import { SaveTable } from './save-table.tsx';
import { useLibraryVersion } from './use-cohort.ts';
import { usePages } from './use-pages.ts';

type Sort = 'name' | 'revenue' | 'expires' | 'held';

function columnsOf(t: TFunction, reference: Reference | null): GridColumn<Line>[] {
  const nothing = <span className="muted">–</span>;
  return [
    {
      key: 'name',
      title: t('column.name'),
      width: 'minmax(210px, 2fr)',
      sort: 'name',
      render: (line) => (
        <>
          <strong className="ellipsis" title={line.name}>
            {line.name}
          </strong>
          <span className="list-second ellipsis">{line.uscc ?? ''}</span>
        </>
      ),
    },
    {
      key: 'place',
      title: t('column.district'),
      width: 'minmax(110px, 1fr)',
      render: (line) => <span className="ellipsis">{placeName(reference, line.district) ?? nothing}</span>,
    },
    {
      key: 'industry',
      title: t('column.industry'),
      width: 'minmax(130px, 1.2fr)',
      render: (line) => {
        const name = divisionName(reference, line.division);
        return <span className="ellipsis">{name ? pick(name) : nothing}</span>;
      },
    },
    {
      key: 'revenue',
      title: t('column.revenue'),
      width: '118px',
      numeric: true,
      sort: 'revenue',
      render: (line) =>
        line.revenueWan === null ? (
          <span className="muted">{t('common:notKnown')}</span>
        ) : (
          wanText(line.revenueWan)
        ),
    },
    {
      key: 'held',
      title: t('column.held'),
      width: '128px',
      sort: 'held',
      render: (line) => (
        <>
          <span className="ellipsis">{t(`common:tier.${line.held}`)}</span>
          {line.expiresOn && (
            <span className="list-second ellipsis">{t('until', { day: line.expiresOn })}</span>
          )}
        </>
      ),
    },
    {
      key: 'next',
      title: t('column.next'),
      width: '128px',
      render: (line) =>
        line.next ? (
          <span>
            <VerdictTag
              size="small"
              verdict={line.next.verdict}
              label={t(`common:verdictShort.${line.next.verdict}`)}
            />
          </span>
        ) : (
          nothing
        ),
    },
  ];
}

/** Rows read at a time for paper. */
const PAGE = 2000;

function printedOf(t: TFunction, reference: Reference | null): PrintedColumn<Line>[] {
  const column = (key: string, text: (line: Line) => string, numeric = false) => ({
    key,
    title: t(`column.${key}`),
    numeric,
    text,
  });
  return [
    column('name', (line) => [line.name, line.uscc].filter(Boolean).join('\n')),
    column('district', (line) => placeName(reference, line.district) ?? '\u2013'),
    column('industry', (line) => {
      const name = divisionName(reference, line.division);
      return name ? pick(name) : '\u2013';
    }),
    column(
      'revenue',
      (line) => (line.revenueWan === null ? t('common:notKnown') : wanText(line.revenueWan)),
      true,
    ),
    column('held', (line) =>
      [t(`common:tier.${line.held}`), line.expiresOn && t('until', { day: line.expiresOn })]
        .filter(Boolean)
        .join('\n'),
    ),
    column('next', (line) => (line.next ? t(`common:verdictShort.${line.next.verdict}`) : '\u2013')),
  ];
}

function Behind() {
  const { t } = useTranslation(['cohort', 'common']);
  const { condition, expected, title } = useBehind();
  const reference = useReference((state) => state.reference);
  const version = useLibraryVersion();
  const [order, setOrder] = useState<{ sort?: Sort; descending: boolean }>({ descending: false });
  const key = JSON.stringify([condition, order, version]);
  const pages = usePages(key, (offset, limit) => call('cohort.list', { condition, ...order, offset, limit }));
  const columns = useMemo(() => columnsOf(t, reference), [t, reference]);
  const { total } = pages;
  return (
    <div className="cohort-behind">
      <PrintedList<Line>
        title={title ?? ''}
        lines={[total === null ? '' : t('firms', { count: total, number: formatNumber(total) })]}
        columns={printedOf(t, reference)}
        rowKey={(line) => line.id}
        read={(offset) => call('cohort.list', { condition, ...order, offset, limit: PAGE })}
      />
      <div className="cohort-behind-head">
        <strong role="status" className="cohort-behind-count">
          {total === null ? '…' : t('firms', { count: total, number: formatNumber(total) })}
        </strong>
        {total !== null && expected !== null && total !== expected && (
          <span className="muted">{t('changedMeanwhile')}</span>
        )}
        <span className="cohort-space" />
        {total !== null && total > 0 && (
          <>
            <PrintButton />
            <SaveTable of={{ kind: 'list', condition, ...order }} name={title ?? ''} />
          </>
        )}
      </div>
      {pages.error ? <ErrorView error={pages.error} /> : null}
      {total === null && !pages.error && <Spin />}
      {total !== null && total > 0 && (
        <VirtualGrid
          label={title ?? ''}
          columns={columns}
          total={total}
          rowHeight={48}
          minWidth={860}
          rowAt={pages.rowAt}
          active={pages.active}
          onActive={pages.setActive}
          onOpen={(line) => {
            closeBehind();
            go({ screen: 'enterprise', id: line.id, tab: 'result' });
          }}
          onRange={pages.onRange}
          sort={order.sort ?? (condition.due ? 'expires' : 'name')}
          descending={order.descending}
          onSort={(sort) =>
            setOrder((before) => ({
              sort: sort as Sort,
              descending: before.sort === sort ? !before.descending : sort === 'revenue' || sort === 'held',
            }))
          }
        />
      )}
      {total === 0 && <p className="muted cohort-behind-none">{t('noneBehind')}</p>}
    </div>
  );
}

/** The enterprises behind a number, beside it; as many as the number says. */
export function ListDrawer() {
  const { title } = useBehind();
  useEffect(() => () => closeBehind(), []);
  return (
    <Drawer
      open={title !== null}
      onClose={closeBehind}
      title={title ?? ''}
      size={940}
      destroyOnHidden
      classNames={{ body: 'cohort-drawer-body' }}
    >
      {title !== null && <Behind />}
    </Drawer>
  );
}
