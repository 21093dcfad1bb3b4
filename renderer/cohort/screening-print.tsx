import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatNumber } from '../components/money.ts';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { beforePrinting, usePrint } from '../state/print.ts';
import { divisionName, documentNumber, type Reference, useReference } from '../state/reference.ts';
import { effortText } from './numbers.ts';
import { criterionText } from './screening-columns.tsx';
import { type Criterion, type Row, type Summary, useScreening } from './screening-store.ts';

const PAGE = 200;
/** Of more rows the first are printed and the rest is told: nobody reads them on paper. */
const MOST = 20_000;

function missing(row: Row, criteria: readonly Criterion[], t: TFunction): string {
  const told = (state: 'unmet' | 'open') => row.reasons.filter((reason) => reason.state === state);
  const mine = (at: readonly number[]) => at.map((index) => criterionText(t, criteria[index]));
  const unmet = [
    ...told('unmet').map(({ title, gap }) => (gap ? `${pick(title)}: ${pick(gap)}` : pick(title))),
    ...mine(row.criteriaUnmet),
  ];
  const open = [...told('open').map(({ title }) => pick(title)), ...mine(row.criteriaOpen)];
  const parts = [
    ...(unmet.length > 0 ? [`${t('common:verdict.unmet')}: ${unmet.join(t('join'))}`] : []),
    ...(open.length > 0 ? [`${t('common:verdict.unknown')}: ${open.join(t('join'))}`] : []),
  ];
  return parts.join('\n') || t('screening.nothingOpen');
}

function cells(row: Row, summary: Summary, reference: Reference | null, t: TFunction): string[] {
  const { criteria, routes } = summary.question;
  const division = divisionName(reference, row.division);
  return [
    [row.name, placeName(reference, row.district), division && pick(division)].filter(Boolean).join('\n'),
    t(`common:tier.${row.held}`),
    t(`common:reach.${row.reach}`),
    missing(row, criteria ?? [], t),
    row.distance.toFixed(2),
    row.askLabel ? pick(row.askLabel) : '\u2013',
    ...(routes
      ? [
          row.route ? String(row.route.earliest.year) : t('screening.noRoute'),
          row.route ? effortText(row.route.cheapest.effort) : '\u2013',
        ]
      : []),
  ];
}

/** The screening on paper: a plain table with every row that is chosen on the screen, there only while it is printed. */
export function ScreeningPrint() {
  const { t } = useTranslation(['cohort', 'common']);
  const reference = useReference((state) => state.reference);
  const { shown } = useScreening();
  const printing = usePrint((state) => state.printing);
  const [read, setRead] = useState<{ rows: Row[]; total: number } | null>(null);
  useEffect(
    () =>
      beforePrinting(async () => {
        const { shown, reach, item, query, sort, descending } = useScreening.getState();
        if (!shown) return;
        const page = {
          id: shown.id,
          ...(reach.length > 0 ? { reach } : {}),
          ...(item ? { item } : {}),
          ...(query.trim() ? { query } : {}),
          sort,
          descending,
          fresh: shown.saved === null,
        };
        const rows: Row[] = [];
        let total = 1;
        while (rows.length < Math.min(total, MOST)) {
          const next = await call('cohort.screeningPage', { ...page, offset: rows.length, limit: PAGE });
          total = next.total;
          rows.push(...next.rows);
          if (next.rows.length === 0) break;
        }
        setRead({ rows, total });
      }),
    [],
  );
  useEffect(() => {
    if (!printing) setRead(null);
  }, [printing]);
  if (!printing || !read || !shown) return null;
  const { summary, saved } = shown;
  const { question, counts } = summary;
  const keys = ['name', 'held', 'reach', 'reasons', 'distance', 'ask'];
  const columns = question.routes ? [...keys, 'routeYear', 'effort'] : keys;
  const numeric = new Set(['distance', 'routeYear', 'effort']);
  return createPortal(
    <div className="print-list">
      <h1>
        {saved ? `${saved.name} \u00b7 ` : ''}
        {t('screening.asOf', {
          tier: t(`common:tierShort.${question.rung}`),
          date: question.date,
          today: summary.today,
        })}
      </h1>
      <p>
        {summary.tiers
          .map((tier) => `${pick(documentNumber(reference, tier))} ${pick(tier.annex)}`)
          .join(t('join'))}
      </p>
      <p>
        {(['sure', 'possible', 'impossible'] as const)
          .map((reach) => `${t(`common:reach.${reach}`)} ${formatNumber(counts[reach])}`)
          .join(' \u00b7 ')}
        {read.rows.length < read.total &&
          ` \u00b7 ${t('report.printedOf', { count: read.rows.length, total: formatNumber(read.total) })}`}
      </p>
      <table>
        <thead>
          <tr>
            <th className="num">#</th>
            {columns.map((key) => (
              <th key={key} scope="col" className={numeric.has(key) ? 'num' : undefined}>
                {t(`column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {read.rows.map((row, at) => (
            <tr key={row.id}>
              <td className="num">{at + 1}</td>
              {cells(row, summary, reference, t).map((text, column) => (
                <td key={columns[column]} className={numeric.has(columns[column] ?? '') ? 'num' : undefined}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>,
    document.body,
  );
}
