/**
 * Exact rational numbers. Thresholds are compared with these and never with binary floats: 30.00 of 1000.00 is
 * 3 % to the last digit. Numerator and denominator are plain integers while they stay safe, else BigInt.
 */
export interface Exact {
  readonly n: number | bigint;
  /** Always positive. */
  readonly d: number | bigint;
}

const MAX = BigInt(Number.MAX_SAFE_INTEGER);

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function reduce(n: bigint, d: bigint): Exact {
  if (d === 0n) throw new RangeError('division by zero');
  const sign = d < 0n ? -1n : 1n;
  const factor = gcd(n, d < 0n ? -d : d) || 1n;
  const [num, den] = [(sign * n) / factor, (sign * d) / factor];
  const small = num <= MAX && num >= -MAX && den <= MAX;
  return small ? { n: Number(num), d: Number(den) } : { n: num, d: den };
}

/** n/d of whole numbers. Throws RangeError when d is 0. */
export function fraction(n: number | bigint, d: number | bigint = 1): Exact {
  return reduce(BigInt(n), BigInt(d));
}

/** n/d as it stands, without looking for common factors: for values that are only compared. d must be above 0. */
export function quotient(n: Exact, d: Exact): Exact {
  if (
    typeof n.n === 'number' &&
    typeof n.d === 'number' &&
    typeof d.n === 'number' &&
    typeof d.d === 'number'
  ) {
    if (n.d === d.d) return { n: n.n, d: d.n };
    const [num, den] = [n.n * d.d, n.d * d.n];
    if (Number.isSafeInteger(num) && Number.isSafeInteger(den)) return { n: num, d: den };
  }
  return divide(n, d);
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

/** Reads "3", "-0.383", "283428/1981364" exactly. Throws RangeError for anything else. */
export function parseExact(text: string): Exact {
  const slash = text.indexOf('/');
  if (slash > 0) return divide(parseExact(text.slice(0, slash)), parseExact(text.slice(slash + 1)));
  const match = DECIMAL.exec(text);
  if (!match) throw new RangeError(`not a decimal number: ${text.slice(0, 40)}`);
  const [, sign = '', whole = '0', part = '', exponent = '0'] = match;
  const shift = part.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${part}`);
  return shift >= 0 ? reduce(digits, 10n ** BigInt(shift)) : reduce(digits * 10n ** BigInt(-shift), 1n);
}

const thresholds = new Map<number, Exact>();

/** The number a person wrote in a rule or a fact file: 0.05 is one twentieth, not the nearest binary fraction. */
export function fromNumber(value: number): Exact {
  const known = thresholds.get(value);
  if (known) return known;
  if (!Number.isFinite(value)) throw new RangeError('not a finite number');
  const exact = parseExact(String(value));
  if (thresholds.size < 10_000) thresholds.set(value, exact);
  return exact;
}

/** −1, 0 or 1. */
export function compare(a: Exact, b: Exact): number {
  if (
    typeof a.n === 'number' &&
    typeof b.n === 'number' &&
    typeof a.d === 'number' &&
    typeof b.d === 'number'
  ) {
    const left = a.n * b.d;
    const right = b.n * a.d;
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right))
      return left < right ? -1 : left > right ? 1 : 0;
  }
  const left = BigInt(a.n) * BigInt(b.d);
  const right = BigInt(b.n) * BigInt(a.d);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Plain-number arithmetic where every intermediate stays exact; undefined where it might not. */
function small(n: number, d: number): Exact | undefined {
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return undefined;
  let [x, y] = [Math.abs(n), d];
  while (y !== 0) [x, y] = [y, x % y];
  return x > 1 ? { n: n / x, d: d / x } : { n, d };
}

function allPlain(a: Exact, b: Exact): a is { n: number; d: number } {
  return (
    typeof a.n === 'number' && typeof a.d === 'number' && typeof b.n === 'number' && typeof b.d === 'number'
  );
}

/** The exact sum. */
export function add(a: Exact, b: Exact): Exact {
  if (allPlain(a, b) && allPlain(b, a)) {
    const [left, right] = [a.n * b.d, b.n * a.d];
    const plain = Number.isSafeInteger(left) && Number.isSafeInteger(right) && small(left + right, a.d * b.d);
    if (plain) return plain;
  }
  return reduce(BigInt(a.n) * BigInt(b.d) + BigInt(b.n) * BigInt(a.d), BigInt(a.d) * BigInt(b.d));
}

/** The exact difference, a less b. */
export function subtract(a: Exact, b: Exact): Exact {
  return add(a, { n: -b.n, d: b.d });
}

/** The exact product. */
export function multiply(a: Exact, b: Exact): Exact {
  const plain = allPlain(a, b) && allPlain(b, a) && small(a.n * b.n, a.d * b.d);
  return plain || reduce(BigInt(a.n) * BigInt(b.n), BigInt(a.d) * BigInt(b.d));
}

/** Throws RangeError when b is 0. */
export function divide(a: Exact, b: Exact): Exact {
  if (allPlain(a, b) && allPlain(b, a) && b.n > 0) {
    const plain = small(a.n * b.d, a.d * b.n);
    if (plain) return plain;
  }
  return reduce(BigInt(a.n) * BigInt(b.d), BigInt(a.d) * BigInt(b.n));
}

/** Whether it is exactly 0. */
export function isZero(a: Exact): boolean {
  return a.n === 0 || a.n === 0n;
}

/** 1, 0 or -1. */
export function sign(a: Exact): number {
  return a.n > 0 ? 1 : a.n < 0 ? -1 : 0;
}

/** Largest whole number not above. */
export function floor(a: Exact): bigint {
  const [n, d] = [BigInt(a.n), BigInt(a.d)];
  const quotient = n / d;
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient;
}

/** Smallest whole number not below. */
export function ceil(a: Exact): bigint {
  return -floor({ n: -BigInt(a.n), d: a.d });
}

/** Exact text: a decimal where it ends, else "n/d". Read back by parseExact. */
export function exactText(value: Exact): string {
  const a = reduce(BigInt(value.n), BigInt(value.d));
  let d = BigInt(a.d);
  let places = 0;
  while (d % 10n === 0n) {
    d /= 10n;
    places++;
  }
  while (d % 2n === 0n || d % 5n === 0n) {
    d = d % 2n === 0n ? d / 2n : d / 5n;
    places++;
  }
  return d === 1n && places <= 12 ? decimalText(a, places) : `${a.n}/${a.d}`;
}

/**
 * Decimal text with `places` digits for people to read. 'half' rounds half away from zero; 'up' and 'down' round
 * the magnitude, so that a shortfall is never shown smaller than it is.
 */
export function decimalText(a: Exact, places: number, rounding: 'half' | 'up' | 'down' = 'half'): string {
  const scale = 10n ** BigInt(places);
  const [n, d] = [BigInt(a.n), BigInt(a.d)];
  const magnitude = n < 0n ? -n : n;
  const doubled = magnitude * scale;
  let whole = doubled / d;
  const rest = doubled % d;
  if (rest !== 0n && (rounding === 'up' || (rounding === 'half' && rest * 2n >= d))) whole += 1n;
  const digits = whole.toString().padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return n < 0n && whole !== 0n ? `-${text}` : text;
}

/** The nearest double, for drawing only. */
export function approximate(a: Exact): number {
  if (typeof a.n === 'number' && typeof a.d === 'number') return a.n / a.d;
  return Number(decimalText(a, 12));
}

/** Largest whole number whose square is not above n (Newton's steps from above). */
function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** √a to `places` decimals, rounded down, for showing growth rates. Throws RangeError below zero. */
export function sqrtText(a: Exact, places: number): Exact {
  const scale = 10n ** BigInt(places);
  const target = (BigInt(a.n) * scale * scale) / BigInt(a.d);
  if (target < 0n) throw new RangeError('no root below zero');
  return reduce(wholeRoot(target), scale);
}
