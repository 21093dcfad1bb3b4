import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder, usccFor } from '../library/scratch.ts';
import { FILL, harness, workbook } from './harness.ts';

test('10,000 enterprises in, out as a list, and in again: nothing differs', async () => {
  const h = await harness();
  const folder = scratchFolder();
  const head = [
    '企业名称',
    '统一社会信用代码',
    '所在区',
    '2024年营业收入（万元）',
    '2025年营业收入（万元）',
    '2025年研发费用（万元）',
    '职工总数',
    '自主品牌',
  ];
  const rows = Array.from({ length: 10_000 }, (_, i) => [
    `武汉往返${i}有限公司`,
    usccFor(i),
    ['江岸区', '武昌区', '洪山区'][i % 3]!,
    i % 7 === 0 ? null : i * 1.25,
    i + 0.0001,
    i % 11 === 0 ? '—' : i / 8,
    i % 500,
    ['是', '否', null][i % 3]!,
  ]);
  const path = await workbook(join(folder, 'in.xlsx'), [head, ...rows]);
  const { applied } = await h.bring(path);
  expect(applied).toMatchObject({ added: 10_000, failedRows: 0 });
  const list = join(folder, 'out.xlsx');
  expect(
    await h.shell('export.list', {
      list: {},
      columns: ['name', 'uscc', 'district', 'revenue'],
      path: list,
      locale: 'zh',
    }),
  ).toMatchObject({ rows: 10_000 });
  const opened = await h.shell('import.open', { path: list });
  // The list gives the year beside the amount: a column of years.
  expect(opened.columns.map((c) => c.target)).toEqual([
    'profile:name',
    'profile:uscc',
    'profile:district',
    'year',
    'figure:revenue',
  ]);
  const strict = { ...FILL, fields: { 'figure:revenue': 'replace' as const } };
  expect(await h.call('import.preview', { id: opened.id, choices: strict })).toMatchObject({
    rows: 10_000,
    added: 0,
    changed: 0,
    same: 10_000,
    conflicting: 0,
    errorCount: 0,
  });
  const { rows: found } = await h.call('library.list', { query: '往返7776有限' });
  const file = await h.call('enterprise.get', { id: found[0]!.id });
  expect(file.figures.map((f) => [f.year, f.values])).toEqual([
    [2024, { revenue: 97_200_000 }],
    [2025, { revenue: 77_760_001, rdExpense: 9_720_000, staffTotal: 276 }],
  ]);
});
