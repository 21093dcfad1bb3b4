import { describe, expect, test } from 'vitest';
import { FILL, fileOf, fixture, harness, REPLACE } from './harness.ts';

test('the section follows the division that is known, whatever the file says of it', async () => {
  const h = await harness();
  await h.call('enterprise.create', { name: '武汉门类丁有限公司', industryDivision: '65' });
  const text =
    '企业名称\t国民经济行业门类\t国民经济行业大类\n武汉门类丁有限公司\tC\t\n武汉门类戊有限公司\tC\t65\n';
  const opened = await h.call('import.paste', { text });
  expect(opened.columns.map((c) => c.target)).toEqual([
    'profile:name',
    'profile:industrySection',
    'profile:industryDivision',
  ]);
  const preview = await h.call('import.preview', { id: opened.id, choices: REPLACE });
  expect(preview).toMatchObject({ added: 1, changed: 0, same: 1, errorCount: 0 });
  await h.call('import.apply', { id: opened.id, choices: REPLACE });
  for (const name of ['武汉门类丁有限公司', '武汉门类戊有限公司'])
    expect((await fileOf(h, name)).enterprise).toMatchObject({
      industrySection: 'I',
      industryDivision: '65',
    });
});

describe('workbooks as bureaus keep them', () => {
  async function check(name: string) {
    const h = await harness();
    const opened = await h.shell('import.open', { path: fixture(name) });
    const preview = await h.call('import.preview', { id: opened.id, choices: FILL });
    return { h, opened, preview, notices: preview.notices.map((n) => [n.row, n.key]) };
  }

  test('a list of codes as the first sheet, a hidden one, a title, two header rows, groups, subtotals, notes, a signature line', async () => {
    const { h, opened, preview, notices } = await check('calc-messy-summary.xlsx');
    expect(opened).toMatchObject({ sheet: 1, headerRow: 3, firstRow: 5, rows: 4, unit: 'wan' });
    expect(opened.sheets.map((sheet) => sheet.hidden)).toEqual([false, false, true]);
    expect(opened.columns.map((c) => [c.target, c.year])).toEqual([
      [null, null],
      ['profile:name', null],
      ['profile:uscc', null],
      ['figure:revenue', 2023],
      ['figure:revenue', 2024],
      ['figure:revenue', 2025],
      ['figure:rdExpense', 2024],
      ['figure:rdExpense', 2025],
      ['fact:rd_ratio', null],
      [null, null],
      ['figure:staffTotal', null],
      ['profile:notes', null],
    ]);
    // Cells with a percent format say how they are meant; the two typed without it do not.
    expect(opened.columns[8]?.doubt).toEqual({
      kind: 'mixed',
      percents: [{ row: 7, value: '5.4' }],
      fractions: [{ row: 11, value: '0.051' }],
    });
    expect(preview.errors.map((e) => [e.row, e.key])).toEqual([[11, 'ratioUndecided']]);
    expect(notices).toEqual([
      [11, 'ratioMixed'],
      [5, 'heading'],
      [8, 'total'],
      [9, 'heading'],
      [12, 'total'],
      [14, 'note'],
      [15, 'note'],
    ]);
    expect(preview).toMatchObject({ rows: 4, added: 3 });
    await h.call('import.apply', { id: opened.id, choices: FILL });
    const file = await fileOf(h, '武汉混乱光电有限公司');
    expect(file.figures.map((f) => [f.year, f.values])).toEqual([
      [2023, { revenue: 20_000_000 }],
      [2024, { revenue: 24_000_000, rdExpense: 1_000_000 }],
      [2025, { rdExpense: 1_300_000, staffTotal: 80 }],
    ]);
    expect(file.facts.find((f) => f.factId === 'rd_ratio')?.value).toBe('0.054');
    const soft = await fileOf(h, '武汉混乱软件有限公司');
    expect(soft.facts.find((f) => f.factId === 'rd_ratio')?.value).toBe('0.06');
  });

  test('the sheet with the table is found behind notes on filling in; groups and years stand over the columns', async () => {
    const { opened, preview, notices } = await check('calc-messy-years.xlsx');
    expect(opened).toMatchObject({ sheet: 1, headerRow: 4 });
    expect(opened.columns.map((c) => [c.target, c.year, c.guessed])).toEqual([
      [null, null, false],
      ['profile:name', null, false],
      ['profile:foundedOn', null, false],
      ['profile:district', null, false],
      ['figure:revenue', 2024, false],
      ['figure:netProfit', 2024, false],
      ['figure:rdExpense', 2024, false],
      ['figure:revenue', 2025, false],
      ['figure:netProfit', 2025, false],
      ['figure:rdExpense', 2025, false],
    ]);
    expect(preview).toMatchObject({ rows: 3, added: 3, errorCount: 0 });
    expect(notices).toEqual([
      [8, 'total'],
      [10, 'note'],
    ]);
  });

  test('a row for each year with the name merged over them, the header once more, an apostrophe before a code', async () => {
    const { h, opened, preview, notices } = await check('calc-messy-rows.xlsx');
    expect(preview).toMatchObject({ rows: 5, added: 2, repeated: 3, rounded: 1, errorCount: 0 });
    expect(notices).toEqual([
      [5, 'header'],
      [8, 'total'],
      [9, 'note'],
    ]);
    await h.call('import.apply', { id: opened.id, choices: FILL });
    const file = await fileOf(h, '武汉行列一号有限公司');
    expect(file.figures.map((f) => [f.year, f.values.revenue])).toEqual([
      [2023, 12_000_000],
      [2024, 15_000_000],
      [2025, 15_600_000],
    ]);
    expect(file.titles).toMatchObject([{ kind: 'hightech', expiresOn: '2027-11' }]);
    expect(file.enterprise).toMatchObject({ registeredCapital: 5_000_000, contactPhone: '13800138000' });
  });
});
