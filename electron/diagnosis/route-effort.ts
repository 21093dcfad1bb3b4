import { primitives } from './derive.ts';
import { approximate, compare } from './exact.ts';
import type { Lever, LeverPack } from './lever-schema.ts';
import { asNumber, type Value, type Values } from './values.ts';

const YEARLY = /^(.+)_y([123])(_wan)?$/;

/** "rd_expense_y1_wan" → "rd_expense"; a field that is not yearly is its own stem. */
export function stemOf(field: string): string {
  return YEARLY.exec(field)?.[1] ?? field;
}

/** How many years back from the application a yearly field lies (1–3); 0 where it is not yearly. */
export function yearsBack(field: string): number {
  return Number(YEARLY.exec(field)?.[2] ?? 0);
}

/** How often a figure must double (or halve) to get there, at most ten times. */
function doublings(from: number, to: number): number {
  const [low, high] = [Math.min(Math.abs(from), Math.abs(to)), Math.max(Math.abs(from), Math.abs(to))];
  if (high === 0) return 0;
  return from < 0 !== to < 0 || low === 0 ? 10 : Math.min(10, Math.log2(high / low));
}

/**
 * The effort of one lever for all it sets: its months and cost class once, more the farther its own field that moves
 * most has to go (per unit for counts, per doubling for amounts). What only follows along (main revenue with revenue)
 * costs nothing extra. `before` are the facts at the application if nothing changes.
 */
export function effortOf(
  lever: Lever,
  moves: Iterable<readonly [string, Value]>,
  before: Values,
  pack: LeverPack,
): number {
  let factor = 1;
  for (const [field, value] of moves) {
    if (!lever.fields.includes(stemOf(field)) && !lever.fields.includes(field)) continue;
    const old = before.get(field);
    const [to, from] = [asNumber(value), old && asNumber(old)];
    if (!to || !from || compare(to, from) === 0) continue;
    const [b, a] = [approximate(to), approximate(from)];
    factor = Math.max(
      factor,
      1 + (lever.perUnit === undefined ? doublings(a, b) : lever.perUnit * Math.max(0, b - a - 1)),
    );
  }
  return (lever.months + pack.weights[lever.cost]) * factor;
}

/** What finding out an unknown field costs: of its missing parts the one that is hardest to have. */
export function confirmEffort(field: string, values: Values, pack: LeverPack): number {
  return missingParts(field, values).reduce((most, part) => {
    const stem = stemOf(part);
    const lever = pack.levers.find((l) => l.fields.includes(part) || l.fields.includes(stem));
    return Math.max(most, lever?.confirm ?? pack.weights.confirm);
  }, 0);
}

/** What a person would have to find out to know a field. */
export function missingParts(field: string, values: Values): string[] {
  const missing = primitives(field).filter((part) => !values.has(part));
  return missing.length > 0 ? missing : [field];
}
