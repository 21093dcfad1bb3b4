import { expect, test } from 'vitest';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { listFigures, removeYear, setFigures, type YearInput } from '../../electron/library/figures.ts';
import { type FigureColumn, moneyColumns, nonNegativeColumns } from '../../electron/library/shapes.ts';
import { scratchLibrary, writeAs } from './scratch.ts';

async function start() {
  const db = await scratchLibrary();
  const id = writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  return {
    db,
    id,
    set: (...years: YearInput[]) => writeAs(db, 'figures.set', (tx) => setFigures(tx, id, years)),
    list: () => listFigures(db, id),
  };
}

test('unknown is not zero, and zero is not unknown', async () => {
  const { set, list, db } = await start();
  set({ year: 2025, values: { revenue: 0, rdExpense: null } });
  expect(list()).toEqual([
    { year: 2025, values: { revenue: 0 }, backing: { revenue: { basis: 'declared', source: null } } },
  ]);
  expect(db.prepare('SELECT revenue, rd_expense, sales FROM figure').get()).toEqual({
    revenue: 0,
    rd_expense: null,
    sales: null,
  });
  set({ year: 2025, values: { revenue: null } });
  expect(list()).toEqual([{ year: 2025, values: {}, backing: {} }]);
});

test('what is not given stays; years come in order', async () => {
  const { set, list } = await start();
  set({ year: 2025, values: { revenue: 5, staffTotal: 7 } }, { year: 2023, values: { revenue: 3 } });
  set({ year: 2025, values: { revenue: 6 } });
  expect(list().map((f) => [f.year, f.values])).toEqual([
    [2023, { revenue: 3 }],
    [2025, { revenue: 6, staffTotal: 7 }],
  ]);
});

test('amounts up to ten trillion yuan are kept to the yuan', async () => {
  const { set, list } = await start();
  set({ year: 2025, values: { revenue: 9_999_999_999_999, netProfit: -9_999_999_999_999 } });
  expect(list()[0]?.values).toEqual({ revenue: 9_999_999_999_999, netProfit: -9_999_999_999_999 });
});

test('a document backs the number it was given for; another number over it is only declared', async () => {
  const { set, list } = await start();
  const audit = { basis: 'documented', source: '审计报告' } as const;
  set({ year: 2025, values: { revenue: 5, rdExpense: 1 }, backing: audit });
  set({ year: 2025, values: { revenue: 5, rdExpense: 2 } });
  expect(list()[0]?.backing).toEqual({ revenue: audit, rdExpense: { basis: 'declared', source: null } });
});

test.each(nonNegativeColumns)('%s cannot be below zero', async (column) => {
  const { set, list } = await start();
  expect(() => set({ year: 2024, values: { revenue: 1 } }, { year: 2025, values: { [column]: -1 } })).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      key: 'figureNegative',
      details: { path: column, column, year: 2025, value: -1 },
    }),
  );
  expect(list()).toEqual([]);
});

test('profits, net assets, taxes and cash flows can', async () => {
  const { set, list } = await start();
  const signed = moneyColumns.filter((column) => !nonNegativeColumns.includes(column));
  const values = Object.fromEntries(signed.map((column): [FigureColumn, number] => [column, -1]));
  set({ year: 2025, values });
  expect(list()[0]?.values).toEqual(values);
});

test('a year that has not begun is refused; the current one is not', async () => {
  const { set } = await start();
  set({ year: 2026, values: { revenue: 1 } });
  expect(() => set({ year: 2027, values: { revenue: 1 } })).toThrow(
    expect.objectContaining({ key: 'yearInFuture', details: { path: 'year', year: 2027, newest: 2026 } }),
  );
});

test('a year given twice is refused', async () => {
  const { set } = await start();
  expect(() => set({ year: 2025, values: { revenue: 1 } }, { year: 2025, values: { revenue: 2 } })).toThrow(
    expect.objectContaining({ key: 'yearTwice' }),
  );
});

test('a year is removed whole; one that is not there is not found', async () => {
  const { set, list, db, id } = await start();
  set({ year: 2025, values: { revenue: 1 } });
  writeAs(db, 'figures.removeYear', (tx) => removeYear(tx, id, 2025));
  expect(list()).toEqual([]);
  expect(() => writeAs(db, 'figures.removeYear', (tx) => removeYear(tx, id, 2025))).toThrow(
    expect.objectContaining({ code: 'not-found', key: 'yearNotFound' }),
  );
});
