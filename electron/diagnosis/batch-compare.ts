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

/** Which outcomes of a comparison satisfy it: below, equal, above. */
const [BELOW, EQUAL, ABOVE] = [1, 2, 4];

/** Sign of n/d − bn/bd as one of these bits, exact. */
function order(n: number, d: number, bn: number, bd: number): number {
  const left = n * bd;
  const right = bn * d;
  if (left <= SAFE && left >= -SAFE && right <= SAFE && right >= -SAFE)
    return left < right ? BELOW : left > right ? ABOVE : EQUAL;
  const [a, b] = [BigInt(n) * BigInt(bd), BigInt(bn) * BigInt(d)];
  return a < b ? BELOW : a > b ? ABOVE : EQUAL;
}

interface Line {
  readonly exact: Exact;
  readonly n: number;
  readonly d: number;
  /** (1 + line)² for growth kept under its root; below −100 % every root is above. */
  readonly squareN: number;
  readonly squareD: number;
  readonly below: boolean;
  readonly holds: number;
}

const ONE = fraction(1);

function lineOf(bound: number, holds: number): Line {
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

export type Comparison = Extract<Condition, { field: string }>;

function linesOf({ eq, gte, gt, lte, lt }: Comparison): Line[] {
  const lines: Line[] = [];
  if (typeof eq === 'number') lines.push(lineOf(eq, EQUAL));
  if (gte !== undefined) lines.push(lineOf(gte, EQUAL | ABOVE));
  if (gt !== undefined) lines.push(lineOf(gt, ABOVE));
  if (lte !== undefined) lines.push(lineOf(lte, BELOW | EQUAL));
  if (lt !== undefined) lines.push(lineOf(lt, BELOW));
  return lines;
}

/** One comparison of a fact in its slot: OPEN, MET or UNMET. Exact, in plain numbers where they are safe. */
export function comparison(condition: Comparison, slots: Slots): Judge {
  const slot = slots.slot(condition.field);
  const { kind, n, d, big } = slots;
  const { eq } = condition;
  const lines = linesOf(condition);
  const flag = typeof eq === 'boolean' ? (eq ? 1 : 0) : -1;
  const word = typeof eq === 'string' ? slots.word(eq) : -1;
  if (slot < 0) return () => OPEN;

  function rare(): number {
    switch (kind[slot]) {
      case FLAG:
        return n[slot] === flag ? MET : UNMET;
      case WORD:
        return n[slot] === word ? MET : UNMET;
      case NUMBER:
        for (const line of lines)
          if ((line.holds & order(n[slot] as number, d[slot] as number, line.n, line.d)) === 0) return UNMET;
        return lines.length > 0 ? MET : UNMET;
      case ROOT:
        for (const line of lines) {
          const o = line.below
            ? ABOVE
            : order(n[slot] as number, d[slot] as number, line.squareN, line.squareD);
          if ((line.holds & o) === 0) return UNMET;
        }
        return lines.length > 0 ? MET : UNMET;
      case BIG: {
        const value = big[slot];
        if (value?.kind !== 'number' && value?.kind !== 'root') return OPEN;
        for (const line of lines) {
          const o = compareValue(value, line.exact);
          if ((line.holds & (o < 0 ? BELOW : o > 0 ? ABOVE : EQUAL)) === 0) return UNMET;
        }
        return lines.length > 0 ? MET : UNMET;
      }
      default:
        return OPEN;
    }
  }

  const [line] = lines;
  if (flag >= 0)
    return () => {
      const k = kind[slot];
      return k === FLAG ? (n[slot] === flag ? MET : UNMET) : k === UNKNOWN ? OPEN : rare();
    };
  if (!line || lines.length > 1) return rare;
  // The usual case, one line and a number, without a call.
  const { n: bn, d: bd, holds } = line;
  const [onBelow, onEqual, onAbove] = [BELOW, EQUAL, ABOVE].map((bit) => (holds & bit ? MET : UNMET)) as [
    number,
    number,
    number,
  ];
  return () => {
    const k = kind[slot];
    if (k === UNKNOWN) return OPEN;
    if (k !== NUMBER) return rare();
    const left = (n[slot] as number) * bd;
    const right = bn * (d[slot] as number);
    if (left > SAFE || left < -SAFE || right > SAFE || right < -SAFE) return rare();
    return left < right ? onBelow : left > right ? onAbove : onEqual;
  };
}
