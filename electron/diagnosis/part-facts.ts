import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Text } from '../standards/schema.ts';
import { plain, say, type WordKey } from './words.ts';

const SHORT = new Set([
  'revenue',
  'main_rev',
  'rd_expense',
  'assets',
  'liabilities',
  'staff_total',
  'sales',
  'rd_ratio',
  'debt_ratio',
  'net_margin',
  'net_profit',
  'rd_staff',
  'tech_staff',
  'total_cost',
  'main_rev_growth',
  'main_ratio',
  'equity_new',
  'eval_score',
  'rd_staff_ratio',
  'tech_staff_ratio',
]);

/** The label without "last year", to be followed by the year itself; undefined for fields that are not yearly. */
export function shortLabel(field: string): Text | undefined {
  const name = /^(.*)_y[0-3](_wan)?$/.exec(field)?.[1];
  return name && SHORT.has(name) ? say(`short_${name}` as WordKey) : undefined;
}

/** A definition for fields of the sheet that serve only as parts of others (liabilities, net profit, head counts). */
export function partFact(field: string): FactDefinition {
  const type = field.endsWith('_wan')
    ? 'money'
    : field.includes('growth')
      ? 'growth'
      : field.includes('score')
        ? 'score'
        : 'count';
  return {
    id: field,
    label: shortLabel(field) ?? plain(field),
    type,
    origin: 'figure',
    topic: 'figures',
    better: field === 'liabilities_y1_wan' || field === 'total_cost_y1_wan' ? -1 : 1,
  };
}
