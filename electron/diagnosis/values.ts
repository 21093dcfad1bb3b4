import {
  add,
  compare,
  type Exact,
  exactText,
  fraction,
  multiply,
  parseExact,
  sqrtText,
  subtract,
} from './exact.ts';

/**
 * A fact's value as the rules see it: an exact number, a growth rate that is √radicand − 1 (kept unexpanded so that
 * it compares exactly), a yes/no or an option's word. Unknown is the absence of a value.
 */
export type Value =
  | { readonly kind: 'number'; readonly number: Exact }
  | { readonly kind: 'root'; readonly radicand: Exact }
  | { readonly kind: 'flag'; readonly flag: boolean }
  | { readonly kind: 'word'; readonly word: string };

/** Values by field id. */
export type Values = ReadonlyMap<string, Value>;

const ONE = fraction(1);
const ZERO = fraction(0);

/** Compares a numeric value with a number exactly: −1, 0, 1. For a root: √r − 1 ≷ t ⇔ r ≷ (1+t)², where 1+t ≥ 0. */
export function compareValue(value: Value & { kind: 'number' | 'root' }, threshold: Exact): number {
  if (value.kind === 'number') return compare(value.number, threshold);
  const base = add(ONE, threshold);
  if (compare(base, ZERO) < 0) return 1;
  return compare(value.radicand, multiply(base, base));
}

/** The value as an exact number for showing; a root is cut to eight places. */
export function asNumber(value: Value): Exact | undefined {
  if (value.kind === 'number') return value.number;
  if (value.kind === 'root') return subtract(sqrtText(value.radicand, 8), ONE);
  return undefined;
}

/** The text or boolean kept in a fact sheet. */
export function encodeValue(value: Value): string | boolean {
  if (value.kind === 'number') return exactText(value.number);
  if (value.kind === 'root') return `sqrt:${exactText(value.radicand)}`;
  return value.kind === 'flag' ? value.flag : value.word;
}

const WORD = /^[a-z][a-z0-9_]*$/i;

/** Reads back what encodeValue wrote. Throws RangeError for anything else. */
export function decodeValue(text: string | boolean): Value {
  if (typeof text === 'boolean') return { kind: 'flag', flag: text };
  if (text.startsWith('sqrt:')) return { kind: 'root', radicand: parseExact(text.slice(5)) };
  if (WORD.test(text)) return { kind: 'word', word: text };
  return { kind: 'number', number: parseExact(text) };
}

/** A known number, in the unit of the sheet. */
export function number(value: Exact): Value {
  return { kind: 'number', number: value };
}

/** A known yes or no. */
export function flag(value: boolean): Value {
  return { kind: 'flag', flag: value };
}
