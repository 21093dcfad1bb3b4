import { derive } from './derive.ts';
import { add, fraction } from './exact.ts';
import { asNumber, number, type Value, type Values } from './values.ts';

const YEARLY = /^(.+)_y([123])(_wan)?$/;
const NONE = number(fraction(0));

/**
 * The facts as they will stand when an application is made `ahead` years later, if nothing changes: closed years move
 * back, years to come repeat the last closed one, new equity to come is none, years in the segment grow.
 * Works on given facts; computed ones follow by derive().
 */
export function projectFacts(given: Values, ahead: number): Map<string, Value> {
  if (ahead === 0) return new Map(given);
  const next = new Map<string, Value>();
  const stems = new Map<string, { stem: string; suffix: string }>();
  for (const [field, value] of given) {
    const match = YEARLY.exec(field);
    if (!match) {
      next.set(field, value);
      continue;
    }
    const [, stem = '', , suffix = ''] = match;
    stems.set(`${stem}${suffix}`, { stem, suffix });
  }
  for (const { stem, suffix } of stems.values()) {
    for (const back of [1, 2, 3]) {
      const from = back - ahead;
      const coming = stem === 'equity_new' ? NONE : given.get(`${stem}_y1${suffix}`);
      const value = from >= 1 ? given.get(`${stem}_y${from}${suffix}`) : coming;
      if (value) next.set(`${stem}_y${back}${suffix}`, value);
    }
  }
  const years = given.get('years_in_niche');
  const known = years && asNumber(years);
  if (known) next.set('years_in_niche', number(add(known, fraction(ahead))));
  // Rates and sums given as such describe the closed years only; without parts they are open for later years.
  for (const field of [
    'revenue_cagr2',
    'main_rev_growth_avg2',
    'rd_expense_sum2_wan',
    'rd_expense_avg2_wan',
  ]) {
    next.delete(field);
  }
  return next;
}

/** Given facts completed by what follows from them. */
export function completed(given: Values): Map<string, Value> {
  return derive(given).values;
}
