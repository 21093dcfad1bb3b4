import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatNumber,
  formatPercent,
  formatWan,
  parseCount,
  parsePercent,
  parseWan,
} from '../../renderer/components/money.ts';

const value = <T>(parsed: { ok: true; value: T } | { ok: false; problem: string }) =>
  parsed.ok ? parsed.value : parsed.problem;

describe('amounts typed in ten thousand yuan', () => {
  test.each([
    ['19,813.64', 198_136_400],
    ['\uff11\uff19\uff0c\uff18\uff11\uff13\uff0e\uff16\uff14', 198_136_400],
    [' 19 813.64 ', 198_136_400],
    ['0.0001', 1],
    ['.5', 5_000],
    ['0', 0],
    ['-0', 0],
    ['(1,234.5)', -12_345_000],
    ['\uff081,234.5\uff09', -12_345_000],
    ['\u22123', -30_000],
    ['1.2\u4ebf', 120_000_000],
    ['1.2\u4ebf\u5143', 120_000_000],
    ['86.4\u4e07\u5143', 864_000],
    ['\u00a5500\u5143', 500],
    ['1000000000', 10_000_000_000_000],
    ['12.50000000', 125_000],
    ['0.07', 700],
    ['1.1', 11_000],
  ])('%s is %d yuan', (text, yuan) => {
    expect(value(parseWan(text))).toBe(yuan);
  });

  test.each([
    ['abc', 'notANumber'],
    ['1,5', 'notANumber'],
    ['1,23,456', 'notANumber'],
    ['12,3456', 'notANumber'],
    ['1.2.3', 'notANumber'],
    ['.', 'notANumber'],
    ['-', 'notANumber'],
    ['(-1)', 'notANumber'],
    ['1e5', 'notANumber'],
    ['<script>', 'notANumber'],
    ['0.00001', 'tooFine'],
    ['0.5\u5143', 'tooFine'],
    ['1000000000.0001', 'tooLarge'],
    ['99999999999999999999', 'tooLarge'],
  ])('%s is refused: %s', (text, problem) => {
    expect(value(parseWan(text))).toBe(problem);
  });

  test('nothing typed is unknown, not zero', () => {
    expect(parseWan('  ')).toEqual({ ok: true, value: null });
  });

  test('what is shown reads back as the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), (yuan) => {
        expect(value(parseWan(formatWan(yuan)))).toBe(yuan);
      }),
    );
  });
});

describe('amounts shown', () => {
  test.each([
    [198_136_400, '19,813.64'],
    [-12_345_000, '-1,234.5'],
    [1, '0.0001'],
    [0, '0'],
    ['2834.28', '2,834.28'],
    ['283428/100', '2,834.28'],
    ['1/3', '0.3333'],
    ['-0.00001', '0'],
    ['n/a', 'n/a'],
  ])('%s as %s', (amount, text) => {
    expect(formatWan(amount)).toBe(text);
  });

  test('columns of amounts have the same number of decimals, rounded half away from zero', () => {
    expect(formatWan(198_136_400, 2)).toBe('19,813.64');
    expect(formatWan(10_000, 2)).toBe('1.00');
    expect(formatWan(10_050, 2)).toBe('1.01');
    expect(formatWan(-10_050, 2)).toBe('-1.01');
  });

  test('counts and scores', () => {
    expect(formatNumber(1067)).toBe('1,067');
    expect(formatNumber('73.50')).toBe('73.5');
  });
});

describe('ratios', () => {
  test.each([
    ['0.383', '38.3%'],
    ['0.03', '3%'],
    ['283428/1981364', '14.3%'],
    ['-0.1', '-10%'],
    ['0.00004', '0%'],
    ['sqrt:121/100', '10%'],
    ['sqrt:81/100', '-10%'],
    ['1/0', '1/0'],
  ])('%s is shown as %s', (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  test.each([
    ['38.3', '0.383'],
    ['38.3%', '0.383'],
    ['\uff13\uff18.\uff13\uff05', '0.383'],
    ['3', '0.03'],
    ['0.5', '0.005'],
    ['100', '1'],
    ['1,234.5', '12.345'],
    ['0', '0'],
    ['-0', '0'],
    ['-2.50', '-0.025'],
    ['0.1', '0.001'],
    ['', null],
  ])('%s percent is stored as %s', (text, ratio) => {
    expect(value(parsePercent(text))).toBe(ratio);
  });

  test('a percentage typed is exactly a hundredth, whatever its digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 999 }), (whole, part) => {
        const stored = value(parsePercent(`${whole}.${String(part).padStart(3, '0')}`)) as string;
        const [integer = '0', fraction = ''] = stored.split('.');
        expect(BigInt(integer + fraction.padEnd(5, '0'))).toBe(BigInt(whole) * 1000n + BigInt(part));
      }),
    );
  });
});

test.each([
  ['120', 120],
  ['1,067', 1067],
  ['\uff11\uff12', 12],
  ['12.0', 12],
  ['-3', -3],
  ['', null],
  ['1.5', 'tooFine'],
  ['ten', 'notANumber'],
])('the count %s is read as %s', (text, count) => {
  expect(value(parseCount(text))).toBe(count);
});
