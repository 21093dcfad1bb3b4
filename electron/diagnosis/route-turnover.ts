import { derivations } from './derive.ts';
import { add, compare, divide, type Exact, fraction, multiply, sign, subtract } from './exact.ts';
import { aimsUp, type Bound, mapBounds } from './route-bounds.ts';
import { confirmEffort, effortOf } from './route-effort.ts';
import type { Atom } from './route-formula.ts';
import { canMove, type LeverMove, leverFor, type Situation } from './route-levels.ts';
import { number, type Value, type Values } from './values.ts';

/** A turnover to plan with, at its cost; `amount` undefined = it stays unknown. Amounts in 万元. */
export interface Turnover {
  readonly amount: Exact | undefined;
  readonly cost: number;
  readonly moves: readonly LeverMove[];
  readonly assumed: readonly (readonly [string, Value])[];
  /** The facts with this turnover and what follows it: main revenue by the same amount, profit in proportion. */
  readonly values: Values;
}

/** An atom as a bound on main revenue, on R&D of one year or both together, or on profit; else it is read as it is. */
export interface Reading {
  readonly of: 'main' | 'rd1' | 'rd2' | 'rdBoth' | 'profit' | 'fixed' | 'own';
  readonly bounds: readonly Bound[];
}

const ONE = fraction(1);
export const TWO = fraction(2);
export const R = 'revenue_y1_wan';
export const M = 'main_rev_y1_wan';
export const P = 'net_profit_y1_wan';
export const RD1 = 'rd_expense_y1_wan';
export const RD2 = 'rd_expense_y2_wan';
const FIELDS = new Set([
  R,
  M,
  P,
  RD1,
  RD2,
  'revenue_cagr2',
  'main_ratio_y1',
  'main_rev_growth_y1',
  'main_rev_growth_avg2',
  'rd_ratio_y1',
  'rd_ratio_y2',
  'rd_expense_sum2_wan',
  'rd_expense_avg2_wan',
  'rd_to_sales_y1',
  'rd_to_cost_y1',
  'net_margin_y1',
]);

/** Fields that turnover, R&D and profit move together. */
export function isFinance(field: string): boolean {
  return FIELDS.has(field);
}

/** The amount a field holds, in the unit of the sheet; undefined where it is unknown. */
export function amountOf(values: Values, field: string): Exact | undefined {
  const value = values.get(field);
  return value?.kind === 'number' ? value.number : undefined;
}

/** A share given as such with its whole known gives the missing part: 1.5 % of 1200 is 18. */
export function withParts(given: Values): Map<string, Value> {
  const next = new Map(given);
  for (const { field, parts } of derivations) {
    const [part = '', whole = ''] = parts;
    if (!/_ratio_y|^rd_to_|^net_margin/.test(field) || next.has(part)) continue;
    const [share, base] = [amountOf(next, field), amountOf(next, whole)];
    if (share && base && sign(base) > 0) next.set(part, number(multiply(share, base)));
  }
  return next;
}

/** How a comparison reads with this turnover; 'own' where its parts are not there. */
export function reading(atom: Atom, values: Values): Reading {
  const get = (field: string) => amountOf(values, field);
  const { field, bounds } = atom;
  const to = (of: Reading['of'], map: (b: Exact) => Exact): Reading => ({
    of,
    bounds: mapBounds(bounds, map),
  });
  const share = (of: Reading['of'], part: string, whole: string): Reading => {
    const base = get(whole);
    // R&D that is unknown can be assumed; the other parts must be there.
    if (!base || (!values.has(part) && of !== 'rd1' && of !== 'rd2')) return { of: 'own', bounds };
    return sign(base) > 0 ? to(of, (b) => multiply(b, base)) : { of: 'fixed', bounds: [] };
  };
  switch (field) {
    case M:
      return values.has(M) ? { of: 'main', bounds } : { of: 'own', bounds };
    case P:
      return values.has(P) ? { of: 'profit', bounds } : { of: 'own', bounds };
    case RD1:
      return { of: 'rd1', bounds };
    case RD2:
      return { of: 'rd2', bounds };
    case 'rd_expense_sum2_wan':
      return { of: 'rdBoth', bounds };
    case 'rd_expense_avg2_wan':
      return to('rdBoth', (b) => multiply(b, TWO));
    case 'main_ratio_y1':
      return share('main', M, R);
    case 'net_margin_y1':
      return share('profit', P, R);
    case 'rd_ratio_y1':
      return share('rd1', RD1, R);
    case 'rd_ratio_y2':
      return share('rd2', RD2, 'revenue_y2_wan');
    case 'rd_to_sales_y1':
      return share('rd1', RD1, 'sales_y1_wan');
    case 'rd_to_cost_y1':
      return share('rd1', RD1, 'total_cost_y1_wan');
    case 'main_rev_growth_y1': {
      const last = get('main_rev_y2_wan');
      if (!last || !values.has(M)) return { of: 'own', bounds };
      return sign(last) > 0 ? to('main', (b) => multiply(last, add(ONE, b))) : { of: 'fixed', bounds: [] };
    }
    case 'main_rev_growth_avg2': {
      const [last, before] = [get('main_rev_y2_wan'), get('main_rev_growth_y2')];
      if (!last || !before || !values.has(M)) return { of: 'own', bounds };
      if (sign(last) <= 0) return { of: 'fixed', bounds: [] };
      return to('main', (b) => multiply(last, add(ONE, subtract(multiply(TWO, b), before))));
    }
    default:
      return { of: values.has(field) ? 'fixed' : 'own', bounds };
  }
}

/** Each amount once, in the order of their first coming. */
export function distinct(amounts: readonly Exact[]): Exact[] {
  const seen = new Map<string, Exact>();
  for (const amount of amounts) seen.set(`${amount.n}/${amount.d}`, amount);
  return [...seen.values()];
}

/** Turnovers that just carry an R&D amount which a rule asks for. */
function spendingEdges(read: Reading, second: Exact | undefined, before: Exact | undefined): Exact[] {
  if (read.of === 'rd1') return aimsUp(read.bounds);
  if (read.of !== 'rdBoth') return [];
  return aimsUp(read.bounds).flatMap((total) => {
    const half = divide(total, TWO);
    return [half, ...[second, before].flatMap((other) => (other ? [subtract(total, other)] : []))];
  });
}

/** Turnovers worth looking at, cheapest first: as it is, and each at which some comparison turns. */
export function turnovers(
  atoms: readonly Atom[],
  given: Values,
  before: Values,
  complete: (v: Values) => Values,
  situation: Situation,
): Turnover[] {
  const now = amountOf(given, R);
  const lever = leverFor('revenue', situation);
  const stay: Turnover = { amount: now, cost: 0, moves: [], assumed: [], values: before };
  const wanted: Exact[] = [];
  const [main, third] = [amountOf(given, M), amountOf(given, 'revenue_y3_wan')];
  const second = amountOf(given, RD2);
  for (const atom of atoms) {
    if (atom.field === R) wanted.push(...aimsUp(atom.bounds));
    if (atom.field === 'revenue_cagr2' && third && sign(third) > 0) {
      for (const bound of aimsUp(atom.bounds)) {
        const base = add(ONE, bound);
        wanted.push(multiply(third, multiply(base, base)));
      }
    }
    const read = reading(atom, before);
    wanted.push(...spendingEdges(read, second, amountOf(given, 'revenue_y2_wan')));
    if (!now || !main) continue;
    if (read.of !== 'main') continue;
    if (atom.field !== 'main_ratio_y1') {
      for (const bound of aimsUp(read.bounds)) wanted.push(add(now, subtract(bound, main)));
      continue;
    }
    // All new business in the main line lifts its share: (main + x) / (revenue + x) = bound.
    for (const bound of aimsUp(atom.bounds)) {
      const left = subtract(ONE, bound);
      if (sign(left) > 0) wanted.push(add(now, divide(subtract(multiply(bound, now), main), left)));
    }
  }
  if (!now) {
    const cost = confirmEffort(R, given, situation.levers);
    const assumed = distinct(wanted).filter((a) => sign(a) > 0);
    return [
      stay,
      ...assumed.sort(compare).map((amount): Turnover => {
        const values = complete(withParts(new Map(given).set(R, number(amount))));
        return { amount, cost, moves: [], assumed: [[R, number(amount)]], values };
      }),
    ];
  }
  if (!canMove(R, lever, situation)) return [stay];
  const raised = distinct(wanted)
    .filter((amount) => compare(amount, now) > 0)
    .map((amount): Turnover => {
      const set: [string, Value][] = [[R, number(amount)]];
      if (main) set.push([M, number(add(main, subtract(amount, now)))]);
      const profit = amountOf(given, P);
      const next = new Map(given);
      for (const [field, value] of set) next.set(field, value);
      // More business earns the margin of today; R&D beyond today's comes off it.
      if (profit && sign(profit) > 0 && sign(now) > 0)
        next.set(P, number(divide(multiply(profit, amount), now)));
      return {
        amount,
        cost: effortOf(lever, set, before, situation.levers),
        moves: [{ lever, set }],
        assumed: [],
        values: complete(next),
      };
    });
  return [stay, ...raised.sort((a, b) => a.cost - b.cost)];
}
