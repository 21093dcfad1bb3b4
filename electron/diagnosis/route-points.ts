import type { ScoreNeed, ScorePart } from './route-formula.ts';

/** What a row asks of each knob: pairs of knob and bits. */
export type Ask = readonly (readonly [number, number])[];

/** One choice of a block: points it adds to each part, what it asks, and what that costs. */
export interface Priced {
  readonly add: readonly number[];
  readonly ask: Ask;
  readonly more: number;
}

interface State {
  readonly sums: readonly number[];
  readonly cost: number;
  readonly from: State | null;
  readonly ask: Ask;
}

/** Of the blocks from one on: points that come for nothing, most points, and the best points for effort. */
interface Outlook {
  readonly free: number;
  readonly most: number;
  readonly rate: number;
}

function shareOf(need: ScoreNeed, parts: readonly ScorePart[], values: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < parts.length; i++) {
    if (need.parts.includes(parts[i] as ScorePart)) sum += values[i] as number;
  }
  return sum;
}

/** For one need, the outlook of blocks i, i+1, … for every i. */
function outlooks(
  need: ScoreNeed,
  parts: readonly ScorePart[],
  blocks: readonly (readonly Priced[])[],
): Outlook[] {
  const found: Outlook[] = [{ free: 0, most: 0, rate: 0 }];
  for (let b = blocks.length - 1; b >= 0; b--) {
    const last = found[0] as Outlook;
    const priced = (blocks[b] as readonly Priced[]).map((e) => ({
      points: shareOf(need, parts, e.add),
      more: e.more,
    }));
    let [free, most, rate] = [0, 0, last.rate];
    for (const { points, more } of priced) {
      most = Math.max(most, points);
      if (more <= 0) free = Math.max(free, points);
    }
    for (const { points, more } of priced) if (more > 0) rate = Math.max(rate, (points - free) / more);
    found.unshift({ free: last.free + free, most: last.most + most, rate });
  }
  return found;
}

function have(need: ScoreNeed, parts: readonly ScorePart[], sums: readonly number[]): number {
  let points = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as ScorePart;
    if (need.parts.includes(part)) points += Math.min(part.cap, sums[i] as number);
  }
  return points;
}

/** Drops states that another reaches at most as dear with at least as many points everywhere. */
function undominated(states: State[]): State[] {
  states.sort((a, b) => a.cost - b.cost);
  const kept: State[] = [];
  for (const state of states) {
    let beaten = false;
    for (const other of kept) {
      beaten = true;
      for (let i = 0; i < state.sums.length; i++) {
        if ((other.sums[i] as number) < (state.sums[i] as number)) {
          beaten = false;
          break;
        }
      }
      if (beaten) break;
    }
    if (!beaten) kept.push(state);
  }
  return kept;
}

/** A first way to fill the needs, by the best points for effort; its cost bounds the search from above. */
function greedy(
  needs: readonly ScoreNeed[],
  parts: readonly ScorePart[],
  start: readonly number[],
  blocks: readonly (readonly Priced[])[],
): number {
  const sums = [...start];
  const chosen = new Map<number, Priced>();
  const lack = (values: readonly number[]) =>
    needs.reduce((sum, need) => {
      const missing = need.least - have(need, parts, values);
      return sum + (missing > 0 ? missing : missing === 0 && need.strict ? 1 : 0);
    }, 0);
  let cost = 0;
  for (let open = lack(sums); open > 0; ) {
    let best: { block: number; entry: Priced; open: number; rate: number; next: number[] } | undefined;
    blocks.forEach((entries, block) => {
      const old = chosen.get(block);
      for (const entry of entries) {
        const next = sums.map((s, i) => s + (entry.add[i] as number) - (old?.add[i] ?? 0));
        const left = lack(next);
        if (left >= open) continue;
        const more = entry.more - (old?.more ?? 0);
        const rate = more <= 0 ? Number.POSITIVE_INFINITY : (open - left) / more;
        if (!best || rate > best.rate) best = { block, entry, open: left, rate, next };
      }
    });
    if (!best) return Number.POSITIVE_INFINITY;
    cost += best.entry.more - (chosen.get(best.block)?.more ?? 0);
    chosen.set(best.block, best.entry);
    best.next.forEach((s, i) => {
      sums[i] = s;
    });
    open = best.open;
  }
  return cost;
}

const SAME = 1e-9;

/**
 * One choice a block at least cost so that every need of points is filled, dearer than `limit` left out. Exact: all
 * sums worth having are carried from block to block; a state is dropped when even the best points for effort of the
 * blocks to come (a fractional knapsack) cannot fill a need below the best way known.
 */
export function fillNeeds(
  needs: readonly ScoreNeed[],
  parts: readonly ScorePart[],
  start: readonly number[],
  blocks: readonly (readonly Priced[])[],
  limit: number,
): { cost: number; asks: Ask[] } | undefined {
  const ahead = needs.map((need) => outlooks(need, parts, blocks));
  // A good first way is worth finding only where nothing bounds the search yet.
  const ceiling = Number.isFinite(limit) ? limit : greedy(needs, parts, start, blocks) + SAME;
  /** What the rest will cost at least; infinite where it cannot fill a need. */
  const atLeast = (sums: readonly number[], block: number): number => {
    let bound = 0;
    for (let n = 0; n < needs.length; n++) {
      const need = needs[n] as ScoreNeed;
      const { free, most, rate } = (ahead[n] as Outlook[])[block] as Outlook;
      const missing = need.least - have(need, parts, sums);
      if (missing > most || (missing === most && need.strict)) return Number.POSITIVE_INFINITY;
      if (missing > free) bound = Math.max(bound, (missing - free) / rate);
    }
    return bound;
  };
  let states: State[] = atLeast(start, 0) < ceiling ? [{ sums: start, cost: 0, from: null, ask: [] }] : [];
  blocks.forEach((entries, b) => {
    const next = new Map<number, State>();
    for (const state of states) {
      for (const { add, ask, more } of entries) {
        const cost = state.cost + more;
        if (cost >= ceiling) continue;
        const sums: number[] = [];
        let key = 0;
        for (let i = 0; i < add.length; i++) {
          const sum = (state.sums[i] as number) + (add[i] as number);
          sums.push(sum);
          key = key * 1024 + sum;
        }
        const before = next.get(key);
        if (before && before.cost <= cost) continue;
        if (cost + atLeast(sums, b + 1) >= ceiling) continue;
        next.set(key, { sums, cost, from: state, ask });
      }
    }
    states = undominated([...next.values()]);
  });
  const best = states.reduce<State | undefined>((a, s) => (!a || s.cost < a.cost ? s : a), undefined);
  if (!best || best.cost >= limit) return undefined;
  const asks: Ask[] = [];
  for (let s: State | null = best; s; s = s.from) asks.push(s.ask);
  return { cost: best.cost, asks };
}
