import i18next from 'i18next';

const decimals = (value: number, places: number) =>
  new Intl.NumberFormat('en-US', { maximumFractionDigits: places, minimumFractionDigits: 0 }).format(value);

/** An amount in 万元, in the unit of the column; for reading, two decimals at most. */
export function wanText(wan: number): string {
  return decimals(wan, wan >= 100 ? 0 : 2);
}

/** A share as percent, one decimal at most. */
export function shareText(share: number): string {
  return `${decimals(share * 100, 1)}%`;
}

/** A metric for a column that says the unit of amounts (万元) in its heading. */
export function metricText(kind: string, value: number): string {
  if (kind === 'money') return wanText(value);
  if (kind === 'ratio' || kind === 'growth') return shareText(value);
  if (kind === 'years') return i18next.t('cohort:unit.years', { value: decimals(value, 1) });
  return decimals(value, 1);
}

/** Effort: a number that only compares. */
export function effortText(effort: number): string {
  return decimals(effort, 1);
}
