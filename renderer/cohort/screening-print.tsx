import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { formatNumber } from '../components/money.ts';
import { type PrintedColumn, PrintedList } from '../components/printed-list.tsx';
import { pick } from '../i18n/i18n.ts';
import { placeName } from '../library/columns.tsx';
import { divisionName, documentNumber, type Reference, useReference } from '../state/reference.ts';
import { effortText } from './numbers.ts';
import { criterionText } from './screening-columns.tsx';
import { type Criterion, type Row, type Summary, useScreening } from './screening-store.ts';

const PAGE = 200;

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

function columnsOf(summary: Summary, reference: Reference | null, t: TFunction): PrintedColumn<Row>[] {
  const { criteria, routes } = summary.question;
  const of = (key: string, text: (row: Row) => string, numeric = false) => ({
    key,
    title: t(`column.${key}`),
    numeric,
    text,
  });
  return [
    of('name', (row) => {
      const division = divisionName(reference, row.division);
      return [row.name, placeName(reference, row.district), division && pick(division)]
        .filter(Boolean)
        .join('\n');
    }),
    of('held', (row) => t(`common:tier.${row.held}`)),
    of('reach', (row) => t(`common:reach.${row.reach}`)),
    of('reasons', (row) => missing(row, criteria ?? [], t)),
    of('distance', (row) => row.distance.toFixed(2), true),
    of('ask', (row) => (row.askLabel ? pick(row.askLabel) : '\u2013')),
    ...(routes
      ? [
          of(
            'routeYear',
            (row) => (row.route ? String(row.route.earliest.year) : t('screening.noRoute')),
            true,
          ),
          of('effort', (row) => (row.route ? effortText(row.route.cheapest.effort) : '\u2013'), true),
        ]
      : []),
  ];
}

/** The screening on paper: every row that is chosen on the screen. */
export function ScreeningPrint() {
  const { t } = useTranslation(['cohort', 'common']);
  const reference = useReference((state) => state.reference);
  const { shown, reach, item, query, sort, descending } = useScreening();
  if (!shown) return null;
  const { summary, saved } = shown;
  const { question, counts } = summary;
  const page = {
    id: shown.id,
    ...(reach.length > 0 ? { reach } : {}),
    ...(item ? { item } : {}),
    ...(query.trim() ? { query } : {}),
    sort,
    descending,
    fresh: saved === null,
  };
  const asOf = t('screening.asOf', {
    tier: t(`common:tierShort.${question.rung}`),
    date: question.date,
    today: summary.today,
  });
  return (
    <PrintedList<Row>
      title={saved ? `${saved.name} \u00b7 ${asOf}` : asOf}
      lines={[
        summary.tiers
          .map((tier) => `${pick(documentNumber(reference, tier))} ${pick(tier.annex)}`)
          .join(t('join')),
        (['sure', 'possible', 'impossible'] as const)
          .map((one) => `${t(`common:reach.${one}`)} ${formatNumber(counts[one])}`)
          .join(' \u00b7 '),
      ]}
      columns={columnsOf(summary, reference, t)}
      rowKey={(row) => row.id}
      read={(offset) => call('cohort.screeningPage', { ...page, offset, limit: PAGE })}
    />
  );
}
