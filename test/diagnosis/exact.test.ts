import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  approximate,
  ceil,
  compare,
  decimalText,
  divide,
  type Exact,
  exactText,
  floor,
  fraction,
  fromNumber,
  isZero,
  multiply,
  parseExact,
  quotient,
  sign,
  sqrtText,
  subtract,
} from '../../electron/diagnosis/exact.ts';
import {
  decimal,
  minus,
  order,
  over,
  plus,
  type Rational,
  rational,
  times,
  wholeBelow,
} from './naive-rational.ts';

/** Small and plain, near the end of the safe integers, and far beyond them. */
const whole = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
  fc.bigInt({ min: -(2n ** 53n) - 3n, max: 3n - 2n ** 53n }),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
);
const pair = fc
  .tuple(
    whole,
    whole.filter((d) => d !== 0n),
  )
  .map(([n, d]) => ({ ours: fraction(n, d), naive: rational(n, d) }));
const same = (ours: Exact, naive: Rational) => order(rational(BigInt(ours.n), BigInt(ours.d)), naive) === 0;

describe('arithmetic against plain fractions of big integers', () => {
  test('sum, difference, product, quotient, order, sign, whole part', () => {
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        expect(same(add(a.ours, b.ours), plus(a.naive, b.naive))).toBe(true);
        expect(same(subtract(a.ours, b.ours), minus(a.naive, b.naive))).toBe(true);
        expect(same(multiply(a.ours, b.ours), times(a.naive, b.naive))).toBe(true);
        expect(compare(a.ours, b.ours)).toBe(order(a.naive, b.naive));
        expect(sign(a.ours)).toBe(order(a.naive, rational(0n)));
        expect(floor(a.ours)).toBe(wholeBelow(a.naive));
        expect(ceil(a.ours)).toBe(-wholeBelow(rational(-a.naive.n, a.naive.d)));
        if (isZero(b.ours)) expect(() => divide(a.ours, b.ours)).toThrow(RangeError);
        else expect(same(divide(a.ours, b.ours), over(a.naive, b.naive))).toBe(true);
        if (sign(b.ours) > 0) expect(same(quotient(a.ours, b.ours), over(a.naive, b.naive))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
  test('a denominator is always above zero, and nothing divides by zero', () => {
    fc.assert(
      fc.property(pair, ({ ours }) => {
        expect(BigInt(ours.d) > 0n).toBe(true);
      }),
    );
    expect(() => fraction(1, 0)).toThrow(RangeError);
  });
});

describe('text', () => {
  test('decimal text is read digit by digit', () => {
    const text = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.stringMatching(/^\d{0,18}$/))
      .map(([minus, n, part]) => `${minus ? '-' : ''}${n}${part ? `.${part}` : ''}`);
    fc.assert(
      fc.property(text, (t) => {
        expect(same(parseExact(t), decimal(t))).toBe(true);
      }),
    );
  });
  test('a number is the decimal a person wrote, whatever its size', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(same(fromNumber(x), decimal(String(x)))).toBe(true);
      }),
    );
    expect(exactText(add(fromNumber(0.1), fromNumber(0.2)))).toBe('0.3');
  });
  test('exact text reads back as the same number', () => {
    fc.assert(
      fc.property(pair, ({ ours, naive }) => {
        expect(same(parseExact(exactText(ours)), naive)).toBe(true);
      }),
    );
    expect(exactText(fraction(283_428, 1_981_364))).toBe('70857/495341');
    expect(exactText(fraction(3, 8))).toBe('0.375');
    expect(exactText(fraction(-30, 10))).toBe('-3');
  });
  test.each(['', ' 3', '3 ', '3%', '1,000', '.5', '5.', '--1', '1e9999', '0x10', 'NaN', '1/2/x', '/2', '三'])(
    '%j is no number',
    (text) => expect(() => parseExact(text)).toThrow(RangeError),
  );
  test('neither are NaN and infinity, nor a fraction over zero', () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) expect(() => fromNumber(x)).toThrow(RangeError);
    expect(() => parseExact('1/0')).toThrow(RangeError);
  });
});

describe('rounding for people', () => {
  test.each([
    ['0.125', 2, '0.13', '0.13', '0.12'],
    ['-0.125', 2, '-0.13', '-0.13', '-0.12'],
    ['0.1249999', 2, '0.12', '0.13', '0.12'],
    ['2/3', 2, '0.67', '0.67', '0.66'],
    ['-1/3', 0, '0', '-1', '0'],
    ['5/2', 0, '3', '3', '2'],
    ['999.995', 2, '1000.00', '1000.00', '999.99'],
    ['7', 2, '7.00', '7.00', '7.00'],
    ['0.001', 2, '0.00', '0.01', '0.00'],
  ] as const)('%s to %i places: half %s, up %s, down %s', (text, places, half, up, down) => {
    const value = parseExact(text);
    expect(decimalText(value, places)).toBe(half);
    expect(decimalText(value, places, 'up')).toBe(up);
    expect(decimalText(value, places, 'down')).toBe(down);
  });
  test('half is never further away than half a place; up and down bracket the value', () => {
    fc.assert(
      fc.property(pair, fc.nat(6), ({ ours, naive }, places) => {
        const unit = rational(1n, 10n ** BigInt(places));
        const size = (r: Rational) => (r.n < 0n ? rational(-r.n, r.d) : r);
        const off = size(minus(decimal(decimalText(ours, places)), naive));
        expect(order(times(off, rational(2n)), unit)).toBeLessThanOrEqual(0);
        const [up, down] = (['up', 'down'] as const).map((r) => size(decimal(decimalText(ours, places, r))));
        expect(order(up!, size(naive))).toBeGreaterThanOrEqual(0);
        expect(order(down!, size(naive))).toBeLessThanOrEqual(0);
        expect(order(minus(up!, down!), unit)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('square root', () => {
  test('is the largest decimal whose square is not above, at any size', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        fc.nat(10),
        (n, d, places) => {
          const root = sqrtText(fraction(n, d), places);
          const naive = rational(BigInt(root.n), BigInt(root.d));
          const above = plus(naive, rational(1n, 10n ** BigInt(places)));
          expect(order(times(naive, naive), rational(n, d))).toBeLessThanOrEqual(0);
          expect(order(times(above, above), rational(n, d))).toBe(1);
        },
      ),
      { numRuns: 500 },
    );
  });
  test('ends quickly for numbers no double can hold', () => {
    const huge = sqrtText(parseExact('1e308/1e-300'), 8);
    expect(exactText(huge)).toBe(`1${'0'.repeat(304)}`);
    expect(exactText(sqrtText(parseExact('1.1025'), 8))).toBe('1.05');
    expect(() => sqrtText(parseExact('-4'), 2)).toThrow(RangeError);
  });
});

test('for drawing, a number may be a double', () => {
  expect(approximate(fraction(1, 3))).toBeCloseTo(1 / 3, 12);
  expect(approximate(parseExact('90000000000000000000000/30000000000000000000000'))).toBe(3);
});
