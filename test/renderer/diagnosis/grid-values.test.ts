import { describe, expect, test } from 'vitest';
import { cellText, layBlock, readCell, splitBlock } from '../../../renderer/diagnosis/grid-values.ts';

const years = [2016, 2017, 2018];

describe('a cell', () => {
  test('amounts are typed in 万元 and kept in whole yuan', () => {
    expect(readCell('revenue', '19,813.64')).toEqual({ ok: true, value: 198_136_400 });
    expect(cellText('revenue', 198_136_400)).toBe('19,813.64');
  });
  test('staff are whole persons', () => {
    expect(readCell('staffTotal', '1,234')).toEqual({ ok: true, value: 1234 });
    expect(readCell('staffTotal', '12.5')).toEqual({ ok: false, problem: 'tooFine' });
  });
  test('zero is a value and empty is unknown', () => {
    expect(readCell('exports', '0')).toEqual({ ok: true, value: 0 });
    expect(readCell('exports', ' ')).toEqual({ ok: true, value: null });
  });
  test('only what can be below zero may be', () => {
    expect(readCell('netProfit', '(3.5)')).toEqual({ ok: true, value: -35_000 });
    expect(readCell('revenue', '-1')).toEqual({ ok: false, problem: 'negative' });
  });
});

describe('a pasted block', () => {
  test('a single cell is left to the field', () => {
    expect(splitBlock('123')).toBeNull();
    expect(splitBlock('123\r\n')).toBeNull();
  });
  test('lines and tabs are split as a spreadsheet writes them', () => {
    expect(splitBlock('1\t"2,000"\r\n\t4\r\n')).toEqual([
      ['1', '2,000'],
      ['', '4'],
    ]);
  });
  test('it is laid from its corner; empty cells leave what is there', () => {
    const cells = layBlock(
      [
        ['1', ''],
        ['', '１,２００'],
      ],
      { column: 'totalProfit', year: 2017 },
      years,
    );
    expect(cells.map(({ column, year, reading }) => [column, year, reading])).toEqual([
      ['totalProfit', 2017, { ok: true, value: 10_000 }],
      ['netProfit', 2018, { ok: true, value: 12_000_000 }],
    ]);
  });
  test('cells beside or below the grid are faults, never dropped', () => {
    const [, right] = layBlock([['1', '2']], { column: 'revenue', year: 2018 }, years);
    expect(right).toMatchObject({ year: null, reading: { ok: false, problem: 'outside' } });
    const [, below] = layBlock([['1'], ['2']], { column: 'techStaff', year: 2018 }, years);
    expect(below).toMatchObject({ column: null, reading: { ok: false, problem: 'outside' } });
  });
});
