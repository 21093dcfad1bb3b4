import type { Condition } from '../standards/schema.ts';
import { BIG, FLAG, NUMBER, ROOT, type Slots, UNKNOWN, WORD } from './batch-slots.ts';
import { add, type Exact, fraction, fromNumber, multiply, sign } from './exact.ts';
import { compareValue } from './values.ts';

/** Verdicts as numbers: an AND is the least of its parts (a waived part counting as met). */
export const UNMET = 0;
export const OPEN = 1;
export const MANUAL = 2;
export const MET = 3;
export const WAIVED = 4;
export type Judge = () => number;

const SAFE = Number.MAX_SAFE_INTEGER;

/** Sign of n/d − bn/bd, exact. */
function order(n: number, d: number, bn: number, bd: number): number {
  const [left, right] = [n * bd, bn * d];
  if (left <= SAFE && left >= -SAFE && right <= SAFE && right >= -SAFE)
    return left < right ? -1 : left > right ? 1 : 0;
  const [a, b] = [BigInt(n) * BigInt(bd), BigInt(bn) * BigInt(d)];
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Line {
  readonly exact: Exact;
  readonly n: number;
  readonly d: number;
  /** (1 + line)² for growth kept under its root; below −100 % every root is above. */
  readonly squareN: number;
  readonly squareD: number;
  readonly below: boolean;
  holds(order: number): boolean;
}

const ONE = fraction(1);

function lineOf(bound: number, holds: (order: number) => boolean): Line {
  const exact = fromNumber(bound);
  const base = add(ONE, exact);
  const square = multiply(base, base);
  return {
    exact,
    n: Number(exact.n),
    d: Number(exact.d),
    squareN: Number(square.n),
    squareD: Number(square.d),
    below: sign(base) < 0,
    holds,
  };
}

type Comparison = Extract<Condition, { field: string }>;

/** One comparison of a fact in its slot: OPEN, MET or UNMET. Exact, in plain numbers where they are safe. */
export function comparison(condition: Comparison, slots: Slots): Judge {
  const slot = slots.slot(condition.field);
  const { kind, n, d, big } = slots;
  const { eq } = condition;
  const lines: Line[] = [];
  if (typeof eq === 'number') lines.push(lineOf(eq, (o) => o === 0));
  if (condition.gte !== undefined) lines.push(lineOf(condition.gte, (o) => o >= 0));
  if (condition.gt !== undefined) lines.push(lineOf(condition.gt, (o) => o > 0));
  if (condition.lte !== undefined) lines.push(lineOf(condition.lte, (o) => o <= 0));
  if (condition.lt !== undefined) lines.push(lineOf(condition.lt, (o) => o < 0));
  const flag = typeof eq === 'boolean' ? (eq ? 1 : 0) : -1;
  const word = typeof eq === 'string' ? slots.word(eq) : -1;
  return () => {
    switch (kind[slot]) {
      case UNKNOWN:
        return OPEN;
      case FLAG:
        return n[slot] === flag ? MET : UNMET;
      case WORD:
        return n[slot] === word ? MET : UNMET;
      case NUMBER:
        for (const line of lines)
          if (!line.holds(order(n[slot] as number, d[slot] as number, line.n, line.d))) return UNMET;
        return lines.length > 0 ? MET : UNMET;
      case ROOT:
        for (const line of lines) {
          const o = line.below ? 1 : order(n[slot] as number, d[slot] as number, line.squareN, line.squareD);
          if (!line.holds(o)) return UNMET;
        }
        return lines.length > 0 ? MET : UNMET;
      default: {
        const value = big[slot];
        if (kind[slot] !== BIG || (value?.kind !== 'number' && value?.kind !== 'root')) return OPEN;
        for (const line of lines) if (!line.holds(compareValue(value, line.exact))) return UNMET;
        return lines.length > 0 ? MET : UNMET;
      }
    }
  };
}
