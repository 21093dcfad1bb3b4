import { Tooltip } from 'antd';
import type { TFunction } from 'i18next';
import { ReachTag } from '../components/reach-tag.tsx';
import { VerdictIcon } from '../components/verdict-tag.tsx';
import type { GridColumn } from '../components/virtual-grid.tsx';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { divisionName, type Reference } from '../state/reference.ts';
import { effortText } from './numbers.ts';
import type { Criterion, Row } from './screening-store.ts';

/** A criterion in words. */
export function criterionText(t: TFunction, criterion: Criterion | undefined): string {
  if (!criterion) return '';
  const { metric, is, value } = criterion;
  const share = !['revenue', 'rd', 'staff', 'ip', 'nicheYears'].includes(metric);
  const shown = share ? `${Number((value * 100).toFixed(6))}%` : String(value);
  const unit = metric === 'revenue' || metric === 'rd' ? ` ${t('common:unit.wan')}` : '';
  return `${t(`metric.${metric}`)} ${is === 'atLeast' ? '≥' : '≤'} ${shown}${unit}`;
}

function Reasons({ row, criteria, t }: { row: Row; criteria: readonly Criterion[]; t: TFunction }) {
  const unmet = row.reasons.filter((r) => r.state === 'unmet');
  const open = row.reasons.filter((r) => r.state === 'open');
  const lines = [
    ...unmet.map((r) => ({
      verdict: 'unmet',
      text: r.gap ? pick(r.gap) : pick(r.title),
      title: pick(r.title),
    })),
    ...row.criteriaUnmet.map((at) => {
      const text = criterionText(t, criteria[at]);
      return { verdict: 'unmet', text, title: text };
    }),
    ...open.map((r) => ({ verdict: 'unknown', text: pick(r.title), title: pick(r.title) })),
    ...row.criteriaOpen.map((at) => {
      const text = criterionText(t, criteria[at]);
      return { verdict: 'unknown', text, title: text };
    }),
  ];
  if (lines.length === 0) return <span className="muted">{t('screening.nothingOpen')}</span>;
  const shown = lines.slice(0, 2);
  const all = lines
    .map((line) => (line.text === line.title ? line.text : `${line.title}: ${line.text}`))
    .join('\n');
  return (
    <Tooltip title={<span className="cohort-lines">{all}</span>} placement="bottomLeft">
      <span className="cohort-reasons">
        {shown.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
          <span key={i} className="cohort-reason">
            <VerdictIcon verdict={line.verdict} />
            <span className="ellipsis">{line.text}</span>
            {i === 1 && lines.length > 2 && (
              <span className="muted cohort-more">{t('screening.more', { count: lines.length - 2 })}</span>
            )}
          </span>
        ))}
      </span>
    </Tooltip>
  );
}

/** The columns of a screening. */
export function screeningColumns(
  t: TFunction,
  reference: Reference | null,
  criteria: readonly Criterion[],
  routes: boolean,
): GridColumn<Row>[] {
  return [
    {
      key: 'name',
      title: t('column.name'),
      width: 'minmax(210px, 1.7fr)',
      sort: 'name',
      render: (row) => (
        <>
          <strong className="ellipsis" title={row.name}>
            {row.name}
          </strong>
          <span className="list-second ellipsis">
            {[
              placeName(reference, row.district),
              divisionName(reference, row.division) && pick(divisionName(reference, row.division)!),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ),
    },
    {
      key: 'held',
      title: t('column.held'),
      width: '108px',
      render: (row) => <span className="ellipsis">{t(`common:tier.${row.held}`)}</span>,
    },
    {
      key: 'reach',
      title: t('column.reach'),
      width: '112px',
      sort: 'rank',
      render: (row) => (
        <span>
          <ReachTag reach={row.reach} size="small" />
        </span>
      ),
    },
    {
      key: 'reasons',
      title: t('column.reasons'),
      width: 'minmax(300px, 3fr)',
      render: (row) => <Reasons row={row} criteria={criteria} t={t} />,
    },
    {
      key: 'distance',
      title: (
        <Tooltip title={t('screening.distanceHelp')}>
          <span>{t('column.distance')}</span>
        </Tooltip>
      ),
      width: '76px',
      numeric: true,
      render: (row) => (row.distance === 0 ? <span className="muted">0</span> : row.distance.toFixed(2)),
    },
    {
      key: 'ask',
      title: t('column.ask'),
      width: 'minmax(120px, 1.2fr)',
      render: (row) =>
        row.askLabel ? (
          <span className="list-clamp" title={pick(row.askLabel)}>
            {pick(row.askLabel)}
          </span>
        ) : (
          <span className="muted">–</span>
        ),
    },
    ...(routes
      ? [
          {
            key: 'route',
            title: t('column.routeYear'),
            width: '92px',
            numeric: true,
            sort: 'year',
            render: (row: Row) =>
              row.route ? (
                <span>{row.route.earliest.year}</span>
              ) : (
                <span className="muted">{t('screening.noRoute')}</span>
              ),
          },
          {
            key: 'effort',
            title: (
              <Tooltip title={t('screening.effortHelp')}>
                <span>{t('column.effort')}</span>
              </Tooltip>
            ),
            width: '92px',
            numeric: true,
            sort: 'effort',
            render: (row: Row) =>
              row.route ? (
                <>
                  <span>{effortText(row.route.cheapest.effort)}</span>
                  {row.route.cheapest.year !== row.route.earliest.year && (
                    <span className="list-second">
                      {t('common:unit.year', { year: row.route.cheapest.year })}
                    </span>
                  )}
                </>
              ) : (
                <span className="muted">–</span>
              ),
          },
        ]
      : []),
  ];
}
