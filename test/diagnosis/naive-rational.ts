/** A fraction of two big integers, the plainest there can be: what the engine's fast arithmetic is held against. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export function rational(n: bigint, d = 1n): Rational {
  if (d === 0n) throw new RangeError('nothing divides by zero');
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

/** Reads decimal text ("-0.383", "1.5e-7") digit by digit. */
export function decimal(text: string): Rational {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', part = ''] = mantissa.split('.');
  let result = rational(BigInt(`${whole}${part}`), 10n ** BigInt(part.length));
  const power = Number(exponent);
  result =
    power >= 0
      ? rational(result.n * 10n ** BigInt(power), result.d)
      : rational(result.n, result.d * 10n ** BigInt(-power));
  return result;
}

export const plus = (a: Rational, b: Rational) => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Rational, b: Rational) => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational) => rational(a.n * b.n, a.d * b.d);
export const over = (a: Rational, b: Rational) => rational(a.n * b.d, a.d * b.n);
export function order(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
export function wholeBelow(a: Rational): bigint {
  return a.n >= 0n ? a.n / a.d : -((-a.n + a.d - 1n) / a.d);
}
