import { add, compare, divide, type Exact, fraction, sign, subtract } from './exact.ts';
import { aimsUp, within } from './route-bounds.ts';
import { confirmEffort, effortOf } from './route-effort.ts';
import type { Atom } from './route-formula.ts';
import {
  canMove,
  holdsFor,
  type Knob,
  type Level,
  type LeverMove,
  leverFor,
  maskOf,
  type Situation,
  useful,
} from './route-levels.ts';
import {
  amountOf,
  distinct,
  M,
  P,
  RD1,
  RD2,
  type Reading,
  reading,
  type Turnover,
  TWO,
} from './route-turnover.ts';
import { number, type Value, type Values } from './values.ts';

/** One way to spend on R&D in the two years. */
interface Spending {
  readonly first: Exact | undefined;
  readonly second: Exact | undefined;
  readonly cost: number;
  readonly moves: readonly LeverMove[];
  readonly assumed: readonly (readonly [string, Value])[];
}

function spendings(
  atoms: readonly number[],
  readings: readonly Reading[],
  turnover: Turnover,
  before: Values,
  situation: Situation,
): Spending[] {
  const { values } = turnover;
  const lever = leverFor('rd_expense', situation);
  const [first, second] = [amountOf(values, RD1), amountOf(values, RD2)];
  const edges = (of: Reading['of']) =>
    distinct(atoms.flatMap((_, i) => (readings[i]?.of === of ? aimsUp(readings[i].bounds) : [])));
  /** Places one year can be put; spending never goes beyond the turnover of its year. */
  const allowed = (field: string, now: Exact | undefined, revenue: Exact | undefined, amount: Exact) =>
    sign(amount) > 0 &&
    (!revenue || compare(amount, revenue) <= 0) &&
    (now ? compare(amount, now) > 0 && canMove(field, lever, situation) : true);
  const places = (
    field: string,
    now: Exact | undefined,
    revenue: Exact | undefined,
    list: readonly Exact[],
  ) => list.filter((amount) => allowed(field, now, revenue, amount));
  const [r1, r2] = [turnover.amount, amountOf(values, 'revenue_y2_wan')];
  const a1: (Exact | undefined)[] = [first, ...places(RD1, first, r1, edges('rd1'))];
  const a2: (Exact | undefined)[] = [second, ...places(RD2, second, r2, edges('rd2'))];
  const pairs = a1.flatMap((x) => a2.map((y) => [x, y] as const));
  for (const total of edges('rdBoth')) {
    const half = divide(total, TWO);
    const extra: (readonly [Exact | undefined, Exact | undefined])[] = [[half, half]];
    for (const x of a1) if (x) extra.push([x, subtract(total, x)]);
    for (const y of a2) if (y) extra.push([subtract(total, y), y]);
    if (r1) extra.push([r1, subtract(total, r1)]);
    if (r2) extra.push([subtract(total, r2), r2]);
    for (const [x, y] of extra) {
      const fits = (
        v: Exact | undefined,
        known: readonly (Exact | undefined)[],
        field: string,
        now: Exact | undefined,
        revenue: Exact | undefined,
      ) => known.includes(v) || (v !== undefined && allowed(field, now, revenue, v));
      if (fits(x, a1, RD1, first, r1) && fits(y, a2, RD2, second, r2)) pairs.push([x, y]);
    }
  }
  return pairs.map(([x, y]): Spending => {
    const set: [string, Value][] = [];
    const assumed: [string, Value][] = [];
    let cost = 0;
    for (const [field, now, to] of [
      [RD1, first, x],
      [RD2, second, y],
    ] as const) {
      if (!to || to === now) continue;
      if (now) set.push([field, number(to)]);
      else {
        assumed.push([field, number(to)]);
        cost += confirmEffort(field, before, situation.levers);
      }
    }
    if (lever && set.length > 0) cost += effortOf(lever, set, before, situation.levers);
    return { first: x, second: y, cost, moves: lever && set.length > 0 ? [{ lever, set }] : [], assumed };
  });
}

/** Profit levels under one spending: what is left, and raised to each line. R&D beyond today's comes off the profit. */
function profits(
  spending: Spending,
  edges: readonly Exact[],
  turnover: Turnover,
  given: Values,
  situation: Situation,
) {
  const { values } = turnover;
  const now = amountOf(values, P);
  const stay = (profit: Exact | undefined) => ({
    profit,
    cost: 0,
    moves: [] as LeverMove[],
    settled: [] as [string, Value][],
  });
  if (!now) return [stay(undefined)];
  const old = amountOf(given, RD1);
  const more = old && spending.first ? subtract(spending.first, old) : undefined;
  const left = more && sign(more) > 0 ? subtract(now, more) : now;
  const lever = leverFor('net_profit', situation);
  const same = compare(left, amountOf(given, P) ?? left) === 0;
  const base = { ...stay(left), settled: same ? [] : ([[P, number(left)]] as [string, Value][]) };
  if (!canMove(P, lever, situation)) return [base];
  return [
    base,
    ...edges
      .filter(
        (amount) => compare(amount, left) > 0 && (!turnover.amount || compare(amount, turnover.amount) <= 0),
      )
      .map((amount) => {
        const set: [string, Value][] = [[P, number(amount)]];
        return {
          profit: amount,
          cost: effortOf(lever, set, given, situation.levers),
          moves: [{ lever, set }],
          settled: [] as [string, Value][],
        };
      }),
  ];
}

function mainKnob(
  atoms: readonly number[],
  readings: readonly Reading[],
  turnover: Turnover,
  before: Values,
  situation: Situation,
): Knob {
  const { values, amount: revenue } = turnover;
  const now = amountOf(values, M) ?? fraction(0);
  const lever = leverFor('main_rev', situation);
  const maskAt = (amount: Exact) =>
    maskOf(atoms, (a) => within(readings[atoms.indexOf(a)]?.bounds ?? [], amount));
  const levels: Level[] = [{ cost: 0, mask: maskAt(now), moves: [], assumed: [] }];
  if (canMove(M, lever, situation)) {
    for (const amount of distinct(readings.flatMap((r) => aimsUp(r.bounds)))) {
      if (compare(amount, now) <= 0 || (revenue && compare(amount, revenue) > 0)) continue;
      const set: [string, Value][] = [[M, number(amount)]];
      levels.push({
        cost: effortOf(lever, set, before, situation.levers),
        mask: maskAt(amount),
        moves: [{ lever, set }],
        assumed: [],
      });
    }
  }
  return { atoms, levels: useful(levels) };
}

/**
 * The knobs of one turnover: main revenue within it, and R&D with profit (R&D beyond today's comes off the profit).
 * Atoms that nothing moves are settled; those whose parts are missing are left to be taken on their own.
 */
export function financeKnobs(
  wanted: readonly number[],
  all: readonly Atom[],
  turnover: Turnover,
  before: Values,
  situation: Situation,
): { knobs: Knob[]; settled: Map<number, boolean>; own: number[] } {
  const settled = new Map<number, boolean>();
  const own: number[] = [];
  const main: number[] = [];
  const money: number[] = [];
  const byAtom = new Map<number, Reading>();
  for (const index of wanted) {
    const atom = all[index] as Atom;
    const read = reading(atom, turnover.values);
    byAtom.set(index, read);
    if (read.of === 'fixed') settled.set(index, holdsFor(atom, turnover.values.get(atom.field)));
    else if (read.of === 'own') own.push(index);
    else (read.of === 'main' ? main : money).push(index);
  }
  const readingsOf = (atoms: readonly number[]) => atoms.map((a) => byAtom.get(a) as Reading);
  const knobs: Knob[] = [];
  if (main.length > 0) knobs.push(mainKnob(main, readingsOf(main), turnover, before, situation));
  if (money.length > 0) {
    const reads = readingsOf(money);
    const lines = distinct(reads.flatMap((r) => (r.of === 'profit' ? aimsUp(r.bounds) : [])));
    const both = (x: Exact | undefined, y: Exact | undefined) => (x && y ? add(x, y) : undefined);
    const levels = spendings(money, reads, turnover, before, situation).flatMap((spending) =>
      profits(spending, lines, turnover, before, situation).map((profit): Level => {
        const amounts = {
          rd1: spending.first,
          rd2: spending.second,
          rdBoth: both(spending.first, spending.second),
          profit: profit.profit,
        };
        let mask = 0;
        money.forEach((atom, bit) => {
          const read = reads[bit] as Reading;
          const amount = amounts[read.of as keyof typeof amounts];
          const holds = amount
            ? within(read.bounds, amount)
            : holdsFor(all[atom] as Atom, turnover.values.get((all[atom] as Atom).field));
          if (holds) mask |= 1 << bit;
        });
        const moves = [...spending.moves, ...profit.moves];
        const lever = moves[0]?.lever;
        // The lower profit that goes with more R&D is part of what that lever does.
        const follows: LeverMove[] =
          lever && profit.settled.length > 0 && spending.moves.length > 0
            ? [{ lever, set: profit.settled }]
            : [];
        return {
          cost: spending.cost + profit.cost,
          mask,
          moves: [...moves, ...follows],
          assumed: spending.assumed,
        };
      }),
    );
    knobs.push({ atoms: money, levels: useful(levels) });
  }
  return { knobs, settled, own };
}
