import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boolValue,
  countValue,
  dateValue,
  decimalText,
  endOfSpan,
  isUnknown,
  moneyValue,
  Problem,
  plainDecimal,
  ratioValue,
} from '../../electron/exchange/cell-values.ts';

const yuan = (cell: string | number, unit: Parameters<typeof moneyValue>[1] = 'wan') => {
  const read = moneyValue(cell, unit);
  return read instanceof Problem ? read.key : read.value;
};

describe('amounts become whole yuan exactly', () => {
  test.each([
    ['1,234.56', 'wan', 12_345_600],
    ['１，２３４．５６', 'wan', 12_345_600],
    [0.1 + 0.2, 'wan', 3000],
    [86.4, 'wan', 864_000],
    ['1.005', 'wan', 10_050],
    ['1.2亿', 'wan', 120_000_000],
    ['500万元', 'yuan', 5_000_000],
    ['¥3,000,000.00', 'yuan', 3_000_000],
    ['(12.5)', 'wan', -125_000],
    ['-12.5', 'wan', -125_000],
    ['12345678.5', 'yuan', 12_345_679],
    ['-0.5', 'yuan', -1],
    ['-0.4', 'yuan', 0],
    ['1.5E+3', 'wan', 15_000_000],
    ['0.35', 'yi', 35_000_000],
    [8.7, 'million', 8_700_000],
    ['12,345', 'thousand', 12_345_000],
    [0, 'wan', 0],
  ] as const)('%s in %s', (cell, unit, expected) => {
    expect(yuan(cell, unit)).toBe(expected);
    expect(Object.is(yuan(cell, unit), -0)).toBe(false);
  });

  test.each(['1,23', '12a', '1.2.3', '1 2', '十万', '2025-03-01', '=1+1'])('%s is none', (cell) => {
    expect(yuan(cell)).toBe('notAmount');
  });

  test('parts of a yuan are told, too large is refused', () => {
    expect(moneyValue('1.23', 'yuan')).toEqual({ value: 1, rounded: true });
    expect(moneyValue('1.2300', 'wan')).toEqual({ value: 12_300, rounded: false });
    expect(yuan('999999999999')).toBe('amountTooLarge');
  });
});

test('unknown is unknown and never zero', () => {
  for (const cell of [
    '',
    ' ',
    '—',
    '--',
    '－',
    '/',
    '空',
    '暂无',
    '不详',
    'N/A',
    '（空）',
    '…',
    null,
    undefined,
  ])
    expect(isUnknown(cell), String(cell)).toBe(true);
  for (const cell of [0, '0', '无', '0.00', false, '-5']) expect(isUnknown(cell), String(cell)).toBe(false);
});

test('ratios are fractions in exact text', () => {
  expect(ratioValue('3%', null)).toBe('0.03');
  expect(ratioValue('３％', null)).toBe('0.03');
  expect(ratioValue('3', 'percent')).toBe('0.03');
  expect(ratioValue(0.03, 'fraction')).toBe('0.03');
  expect(ratioValue('38.30%', 'fraction')).toBe('0.383');
  expect(ratioValue('-12.5%', null)).toBe('-0.125');
  expect(ratioValue('百分之5', null)).toBe('0.05');
  expect(ratioValue('高', null)).toBeInstanceOf(Problem);
});

test('dates as people write them', () => {
  expect(dateValue('2018年3月5日')).toBe('2018-03-05');
  expect(dateValue('２０１８年３月')).toBe('2018-03');
  expect(dateValue('2018/3/5')).toBe('2018-03-05');
  expect(dateValue('2018.03')).toBe('2018-03');
  expect(dateValue('20180305')).toBe('2018-03-05');
  expect(dateValue(43164)).toBe('2018-03-05');
  expect(dateValue(2018)).toBe('2018');
  expect(dateValue('2018-03-05 00:00:00')).toBe('2018-03-05');
  expect(dateValue('二〇一二年三月')).toBe('2012-03');
  expect(dateValue('二○一二年十月三十一日')).toBe('2012-10-31');
  expect(dateValue('二零二〇年十二月二十日')).toBe('2020-12-20');
  expect(dateValue('一九九八年')).toBe('1998');
  expect(dateValue('二〇一二年十三月')).toBeInstanceOf(Problem);
  expect(dateValue('长期')).toBeNull();
  expect((dateValue(2018.1) as Problem).key).toBe('dateAmbiguous');
  for (const wrong of ['2018-02-30', '2018年13月', 'abc', '3/5/2018'])
    expect(dateValue(wrong), wrong).toBeInstanceOf(Problem);
  expect(dateValue(endOfSpan('2023-11-08至2026-11-07'))).toBe('2026-11-07');
  expect(dateValue(endOfSpan('2023年11月8日-2026年11月7日'))).toBeInstanceOf(Problem);
  expect(dateValue(endOfSpan('2023.11.08 - 2026.11.07'))).toBe('2026-11-07');
});

test('yes and no, counts and ranks', () => {
  for (const yes of ['是', '有', '√', '✔', 'Y', 'TRUE', '１', true, 1])
    expect(boolValue(yes), String(yes)).toBe(true);
  for (const no of ['否', '无', '×', 'x', 'No', '0', false, 0]) expect(boolValue(no), String(no)).toBe(false);
  expect(boolValue('也许')).toBeInstanceOf(Problem);
  expect(countValue('第3名')).toBe(3);
  expect(countValue('三级')).toBe(3);
  expect(countValue('1,200人')).toBe(1200);
  expect(countValue(12.5)).toBeInstanceOf(Problem);
});

test('plain decimals', () => {
  expect(plainDecimal('1e-3')).toBe('0.001');
  expect(plainDecimal('12.50e2')).toBe('1250');
  expect(plainDecimal('-0.0')).toBe('0');
  expect(plainDecimal('.5')).toBe('0.5');
  expect(plainDecimal('.')).toBeNull();
});

describe('amounts of a spreadsheet', () => {
  test('a number is the same amount as its fifteen digits written out', () => {
    const units = ['yuan', 'thousand', 'wan', 'million', 'yi'] as const;
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
      fc
        .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 12 }))
        .map(([n, d]) => n / 10 ** d),
      fc
        .tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 9 }))
        .map(([n, d]) => n * 1.37 + d / 1e9),
      fc.constantFrom(0, -0, 0.5, 1e-20, 0.00005, 1.00005, 999999.99995, 1e13, 9007199254740.992),
    );
    fc.assert(
      fc.property(number, fc.constantFrom(...units), (n, unit) => {
        expect(moneyValue(n, unit)).toEqual(moneyValue(decimalText(n) as string, unit));
      }),
      { numRuns: 3000 },
    );
  });
});
