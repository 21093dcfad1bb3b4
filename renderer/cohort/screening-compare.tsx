import { ArrowLeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';
import { PrintedList } from '../components/printed-list.tsx';
import { ReachTag } from '../components/reach-tag.tsx';
import { type GridColumn, VirtualGrid } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { go } from '../state/place.ts';
import { SaveTable } from './save-table.tsx';
import { type Compared, useScreening } from './screening-store.ts';

type Moved = Compared['rows'][number];
const kinds = ['up', 'down', 'entered', 'left'] as const;

/** What moved between two screenings, and why. */
export function ScreeningCompare() {
  const { t } = useTranslation(['cohort', 'common']);
  const compared = useScreening((state) => state.compared);
  const [kind, setKind] = useState<Moved['kind'] | null>(null);
  const [active, setActive] = useState(0);
  if (!compared) return null;
  const { result, from, ids } = compared;
  const rows = kind ? result.rows.filter((row) => row.kind === kind) : result.rows;
  const named = (item: string) => {
    const criterion = /^criterion (\d+)$/.exec(item)?.[1];
    if (criterion) return t('screening.criterionNumber', { number: Number(criterion) + 1 });
    const title = result.titles[item];
    return title ? pick(title) : item;
  };
  const reach = (value: Moved['from']) =>
    value ? <ReachTag reach={value} size="small" /> : <span className="muted">–</span>;
  const whyText = (row: Moved) => {
    const parts = [
      row.gone.length > 0 && row.kind === 'up'
        ? t('moved.gone', { items: row.gone.map(named).join(t('join')) })
        : '',
      row.fresh.length > 0 && row.kind === 'down'
        ? t('moved.fresh', { items: row.fresh.map(named).join(t('join')) })
        : '',
    ].filter(Boolean);
    return [t(`why.${row.why}`), ...parts].join(t('colon'));
  };
  const reachText = (value: Moved['from']) => (value ? t(`common:reach.${value}`) : '\u2013');
  const columns: GridColumn<Moved>[] = [
    {
      key: 'name',
      title: t('column.name'),
      width: 'minmax(220px, 1.6fr)',
      render: (row) => <strong className="ellipsis">{row.name}</strong>,
    },
    { key: 'kind', title: t('column.change'), width: '110px', render: (row) => t(`moved.${row.kind}`) },
    {
      key: 'from',
      title: t('column.before'),
      width: '120px',
      render: (row) => <span>{reach(row.from)}</span>,
    },
    { key: 'to', title: t('column.now'), width: '120px', render: (row) => <span>{reach(row.to)}</span> },
    {
      key: 'why',
      title: t('column.why'),
      width: 'minmax(360px, 3fr)',
      render: (row) => {
        const text = whyText(row);
        return (
          <span className="list-clamp" title={text}>
            {text}
          </span>
        );
      },
    },
  ];
  const comparedWith = t('screening.comparedWith', { name: from.name, day: from.madeOn });
  const comparedNow = t('screening.comparedNow', { day: result.to.today });
  return (
    <>
      <PrintedList<Moved>
        title={t('screening.compareName')}
        lines={[
          `${comparedWith} \u00b7 ${comparedNow}`,
          kinds
            .map((value) => `${t(`moved.${value}`)} ${formatNumber(result.counts[value])}`)
            .join(' \u00b7 '),
        ]}
        columns={[
          { key: 'name', title: t('column.name'), text: (row) => row.name },
          { key: 'kind', title: t('column.change'), text: (row) => t(`moved.${row.kind}`) },
          { key: 'from', title: t('column.before'), text: (row) => reachText(row.from) },
          { key: 'to', title: t('column.now'), text: (row) => reachText(row.to) },
          { key: 'why', title: t('column.why'), text: whyText },
        ]}
        rowKey={(row) => row.id}
        read={async (offset) => ({ total: rows.length, rows: rows.slice(offset) })}
      />
      <div className="cohort-summary">
        <Button
          icon={<ArrowLeftOutlined aria-hidden />}
          onClick={() => useScreening.setState({ compared: null })}
        >
          {t('screening.back')}
        </Button>
        {kinds.map((value) => (
          <button
            key={value}
            type="button"
            className="cohort-figure"
            aria-pressed={kind === value}
            onClick={() => setKind(kind === value ? null : value)}
          >
            <b>{formatNumber(result.counts[value])}</b>
            <span>{t(`moved.${value}`)}</span>
          </button>
        ))}
        <div className="cohort-facts">
          <span>{comparedWith}</span>
          <span className="muted">{comparedNow}</span>
        </div>
        <span className="cohort-space" />
        <SaveTable of={{ kind: 'moved', ...ids }} name={t('screening.compareName')} />
      </div>
      {rows.length === 0 ? (
        <p className="muted cohort-behind-none">{t('screening.nothingMoved')}</p>
      ) : (
        <VirtualGrid
          label={t('screening.compareName')}
          columns={columns}
          total={rows.length}
          rowHeight={46}
          minWidth={940}
          rowAt={(index) => rows[index]}
          active={active}
          onActive={setActive}
          onOpen={(row) => {
            if (row.why !== 'archived') go({ screen: 'enterprise', id: row.id, tab: 'result' });
          }}
          onRange={() => undefined}
        />
      )}
    </>
  );
}
