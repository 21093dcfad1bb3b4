import {
  add,
  compare,
  divide,
  type Exact,
  fraction,
  multiply,
  parseExact,
  quotient,
  sign,
  subtract,
} from './exact.ts';
import { asNumber, number, type Value, type Values } from './values.ts';

/** A computed field: its parts and how it follows from them; undefined where the parts do not allow it. */
export interface Derivation {
  readonly field: string;
  readonly parts: readonly string[];
  compute(parts: readonly Exact[]): Value | undefined;
  /** The result is never below any of its parts, so that one part can prove "at least" on its own. */
  readonly atLeastEach?: true;
}

const ONE = fraction(1);
const TWO = fraction(2);

const share = (field: string, part: string, whole: string): Derivation => ({
  field,
  parts: [part, whole],
  compute: ([a, b]) => (sign(b!) > 0 ? number(quotient(a!, b!)) : undefined),
});
const sum = (field: string, parts: readonly string[]): Derivation => ({
  field,
  parts,
  compute: (values) => number(values.reduce((total, v) => add(total, v))),
});
const growth = (field: string, now: string, before: string): Derivation => ({
  field,
  parts: [now, before],
  compute: ([a, b]) => (sign(b!) > 0 ? number(divide(subtract(a!, b!), b!)) : undefined),
});

/**
 * How fields follow from others (rubric `fields`): ratios, sums, mean growth (arithmetic mean of two yearly rates),
 * compound growth √(y1/y3) − 1. A field may have several ways; the first whose parts are all known is used.
 */
export const derivations: readonly Derivation[] = [
  share('main_ratio_y1', 'main_rev_y1_wan', 'revenue_y1_wan'),
  share('rd_ratio_y1', 'rd_expense_y1_wan', 'revenue_y1_wan'),
  share('rd_ratio_y2', 'rd_expense_y2_wan', 'revenue_y2_wan'),
  share('debt_ratio_y1', 'liabilities_y1_wan', 'assets_y1_wan'),
  share('net_margin_y1', 'net_profit_y1_wan', 'revenue_y1_wan'),
  share('rd_staff_ratio_y1', 'rd_staff_y1', 'staff_total_y1'),
  share('tech_staff_ratio_y1', 'tech_staff_y1', 'staff_total_y1'),
  share('rd_to_sales_y1', 'rd_expense_y1_wan', 'sales_y1_wan'),
  share('rd_to_cost_y1', 'rd_expense_y1_wan', 'total_cost_y1_wan'),
  growth('main_rev_growth_y1', 'main_rev_y1_wan', 'main_rev_y2_wan'),
  growth('main_rev_growth_y2', 'main_rev_y2_wan', 'main_rev_y3_wan'),
  {
    field: 'main_rev_growth_avg2',
    parts: ['main_rev_growth_y1', 'main_rev_growth_y2'],
    compute: ([a, b]) => number(divide(add(a!, b!), TWO)),
  },
  {
    field: 'revenue_cagr2',
    parts: ['revenue_y1_wan', 'revenue_y3_wan'],
    compute: ([now, before]) =>
      sign(before!) > 0 && sign(now!) >= 0 ? { kind: 'root', radicand: quotient(now!, before!) } : undefined,
  },
  sum('rd_expense_sum2_wan', ['rd_expense_y1_wan', 'rd_expense_y2_wan']),
  {
    field: 'rd_expense_avg2_wan',
    parts: ['rd_expense_y1_wan', 'rd_expense_y2_wan'],
    compute: ([a, b]) => number(divide(add(a!, b!), TWO)),
  },
  sum('equity_new_2y_wan', ['equity_new_y1_wan', 'equity_new_y2_wan']),
  sum('equity_new_3y_wan', ['equity_new_y1_wan', 'equity_new_y2_wan', 'equity_new_y3_wan']),
  {
    field: 'eval_score_best2',
    parts: ['eval_score_y0', 'eval_score_y1'],
    compute: ([a, b]) => number(compare(a!, b!) >= 0 ? a! : b!),
    atLeastEach: true,
  },
];

const byField = new Map(derivations.map((d) => [d.field, d]));

/** How a field is computed, if it is. */
export function derivationOf(field: string): Derivation | undefined {
  return byField.get(field);
}

/** Fields that a field is never below (the years of which it is the best); none for most. */
export function floorParts(field: string): readonly string[] {
  const derivation = byField.get(field);
  return derivation?.atLeastEach ? derivation.parts : [];
}

/** The known fields a field rests on in the end: itself where it is not computed. */
export function primitives(field: string): string[] {
  const derivation = byField.get(field);
  return derivation ? derivation.parts.flatMap(primitives) : [field];
}

/** A given value that its parts contradict. */
export interface Contradiction {
  readonly field: string;
  readonly given: Value;
  readonly computed: Value;
}

/** Digits after the point of a decimal, as an allowance of one unit in the last given place. */
function allowance(text: string): Exact {
  const part = /\.(\d+)$/.exec(text)?.[1] ?? '';
  return parseExact(part.length === 0 ? '1' : `0.${'0'.repeat(part.length - 1)}1`);
}

function agrees(given: Value, computed: Value, text: string | undefined): boolean {
  const [a, b] = [asNumber(given), asNumber(computed)];
  if (!a || !b) return true;
  const difference = subtract(a, b);
  const size = sign(difference) < 0 ? subtract(fraction(0), difference) : difference;
  const allowed = text === undefined || text.includes('/') ? fraction(0) : allowance(text);
  return compare(size, allowed) <= 0;
}

/**
 * Adds every computed field whose parts are known. Parts beat a value given as such (which is rounded or stale);
 * where they differ by more than the given value's last digit, that is reported and both are kept.
 * `texts` are the given values as written, to know their precision.
 */
export function derive(
  given: Values,
  texts: ReadonlyMap<string, string> = new Map(),
): { values: Map<string, Value>; computed: Set<string>; contradictions: Contradiction[] } {
  const values = new Map(given);
  const computed = new Set<string>();
  const contradictions: Contradiction[] = [];
  for (const derivation of derivations) {
    const parts: Exact[] = [];
    for (const part of derivation.parts) {
      const value = values.get(part);
      if (value?.kind !== 'number') break;
      parts.push(value.number);
    }
    if (parts.length < derivation.parts.length) continue;
    const result = derivation.compute(parts);
    if (!result) continue;
    const stated = given.get(derivation.field);
    if (stated && !agrees(stated, result, texts.get(derivation.field))) {
      contradictions.push({ field: derivation.field, given: stated, computed: result });
    }
    values.set(derivation.field, result);
    computed.add(derivation.field);
  }
  return { values, computed, contradictions };
}

/** What part `lever` must become so that the share or growth just reaches `threshold`, the other part standing still. */
export function partNeeded(
  field: string,
  threshold: Exact,
  values: Values,
): { field: string; needed: Exact } | undefined {
  const derivation = byField.get(field);
  const [first, second] = derivation?.parts ?? [];
  if (!derivation || !first || !second) return undefined;
  const other = values.get(second);
  if (other?.kind !== 'number') return undefined;
  if (field === 'revenue_cagr2') {
    const base = add(ONE, threshold);
    return { field: first, needed: multiply(other.number, multiply(base, base)) };
  }
  if (field === 'main_rev_growth_y1')
    return { field: first, needed: multiply(other.number, add(ONE, threshold)) };
  if (
    field.endsWith('_ratio_y1') ||
    field.endsWith('_ratio_y2') ||
    field.startsWith('rd_to_') ||
    field === 'net_margin_y1'
  ) {
    return { field: first, needed: multiply(other.number, threshold) };
  }
  return undefined;
}
