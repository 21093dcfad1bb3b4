import type { Condition } from '../standards/schema.ts';
import { add, compare, type Exact, fraction, fromNumber, subtract } from './exact.ts';

export interface Bound {
  readonly kind: 'gte' | 'gt' | 'lte' | 'lt';
  readonly bound: Exact;
}

type Comparison = Extract<Condition, { field: string }>;
const STEP = fraction(1, 10_000);

/** The bounds of a comparison; an exact number is a bound from both sides. */
export function boundsOf(condition: Comparison): Bound[] {
  const found: Bound[] = [];
  for (const kind of ['gte', 'gt', 'lte', 'lt'] as const) {
    const bound = condition[kind];
    if (bound !== undefined) found.push({ kind, bound: fromNumber(bound) });
  }
  if (typeof condition.eq === 'number') {
    const bound = fromNumber(condition.eq);
    found.push({ kind: 'gte', bound }, { kind: 'lte', bound });
  }
  return found;
}

/** Whether a number is within all bounds. */
export function within(bounds: readonly Bound[], value: Exact): boolean {
  if (bounds.length === 0) return false;
  for (const { kind, bound } of bounds) {
    const order = compare(value, bound);
    if (kind === 'gte' ? order < 0 : kind === 'gt' ? order <= 0 : kind === 'lte' ? order > 0 : order >= 0)
      return false;
  }
  return true;
}

/**
 * The numbers to aim at: the bound itself, or the next ten-thousandth where it does not count. Of a band only the end
 * that is worth reaching (its inclusive one); for a place in a ranking (0 = none) the worst place that counts.
 */
export function aims(bounds: readonly Bound[], rank: boolean): Exact[] {
  const worst = rank ? bounds.find((b) => b.kind === 'lte') : undefined;
  const end =
    worst ?? (bounds.length > 1 ? bounds.find((b) => b.kind === 'gte' || b.kind === 'lte') : undefined);
  if (end) return [end.bound];
  return bounds.map(({ kind, bound }) =>
    kind === 'gt' ? add(bound, STEP) : kind === 'lt' ? subtract(bound, STEP) : bound,
  );
}

/** The numbers to aim at by going up. */
export function aimsUp(bounds: readonly Bound[]): Exact[] {
  return aims(
    bounds.filter((b) => b.kind === 'gte' || b.kind === 'gt'),
    false,
  );
}

/** The same bounds in the unit of another amount. */
export function mapBounds(bounds: readonly Bound[], to: (bound: Exact) => Exact): Bound[] {
  return bounds.map(({ kind, bound }) => ({ kind, bound: to(bound) }));
}
