import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../library/scratch.ts';
import { FILL, fileOf, harness, workbook } from './harness.ts';

test('each field has its own policy; the preview counts what every choice would change, and the choice is remembered', async () => {
  const h = await harness();
  const first = await h.call('enterprise.create', {
    name: '武汉甲策略有限公司',
    district: '洪山区',
    niche: '激光',
  });
  await h.call('enterprise.create', { name: '武汉乙策略有限公司', district: '江岸区' });
  const text = [
    '企业名称\t所在区\t从事领域\t主导产品\t从业人员',
    '武汉甲策略有限公司\t江夏区\t光学\t切割机\t10',
    '武汉乙策略有限公司\t江岸区\t机械\t阀门\t20',
    '武汉丙策略有限公司\t江岸区\t机械\t泵\t30',
  ].join('\n');
  const opened = await h.call('import.paste', { text });
  expect(opened.columns.map((c) => c.target)).toEqual([
    'profile:name',
    'profile:district',
    'profile:niche',
    'profile:mainProduct',
    'figure:staffTotal',
  ]);
  expect(opened.policies).toEqual({ policy: 'fill', fields: {} });
  const fields = { 'profile:district': 'replace', 'profile:mainProduct': 'keep' } as const;
  const choices = { ...FILL, fields };
  const preview = await h.call('import.preview', { id: opened.id, choices });
  // What is new counts nowhere: there is nothing to choose between.
  expect(preview.fields).toEqual([
    { target: 'profile:name', blank: 0, differ: 0 },
    { target: 'profile:district', blank: 0, differ: 1 },
    { target: 'profile:niche', blank: 1, differ: 1 },
    { target: 'profile:mainProduct', blank: 2, differ: 0 },
    { target: 'figure:staffTotal', blank: 2, differ: 0 },
  ]);
  expect(preview).toMatchObject({ known: 2, added: 1, changed: 2, conflictCount: 3 });
  await h.call('import.apply', { id: opened.id, choices });
  expect((await h.call('enterprise.get', { id: first.id })).enterprise).toMatchObject({
    district: '江夏区',
    niche: '激光',
    mainProduct: null,
  });
  expect((await fileOf(h, '武汉乙策略有限公司')).enterprise).toMatchObject({
    niche: '机械',
    mainProduct: null,
  });
  expect((await fileOf(h, '武汉丙策略有限公司')).enterprise.mainProduct).toBe('泵');
  const again = await h.call('import.paste', { text: text.replace('切割机', '焊接机') });
  expect(again.policies).toEqual({ policy: 'fill', fields });
  const other = await h.call('import.paste', { text: '企业名称\t所在区\n武汉甲策略有限公司\t江岸区' });
  expect(other.policies).toEqual({ policy: 'fill', fields: {} });
});

test('rows come in without their faulty cells or stay out by hand, in one step, and what stayed out comes back', async () => {
  const h = await harness();
  const folder = scratchFolder();
  const path = await workbook(join(folder, 'a.xlsx'), [
    [
      '企业名称',
      '统一社会信用代码',
      '成立日期',
      '年度',
      '营业收入（万元）',
      '高新技术企业发证日期',
      '高新技术企业证书有效期',
    ],
    ['武汉好行有限公司', null, '2010-01-01', 2025, 1, null, null],
    ['武汉坏格有限公司', '91420100MA4KXXXXX0', '2010-02-30', 2025, 2, '2024-01-01', '2023-01-01'],
    ['武汉坏年有限公司', null, '2010-03-01', '去年的', 3, null, null],
    ['武汉剔除有限公司', null, '2010-04-01', 2025, 4, null, null],
    ['武汉好行有限公司', null, '2011-01-01', 2025, 1, null, null],
    [null, '91420100MA4KXXXXX1', '2010-05-01', 2025, 5, null, null],
  ]);
  const opened = await h.shell('import.open', { path });
  const strict = await h.call('import.preview', { id: opened.id, choices: FILL });
  expect(strict).toMatchObject({ rows: 6, failedRows: 4, partRows: 0, faultyRows: 4, added: 2 });
  // One row alone, and all but one.
  const one = await h.call('import.preview', { id: opened.id, choices: { ...FILL, part: [3] } });
  expect(one).toMatchObject({ failedRows: 3, partRows: 1, added: 3 });
  const choices = { ...FILL, faulty: 'cells', out: [5] } as const;
  const preview = await h.call('import.preview', { id: opened.id, choices: { ...choices, out: [5] } });
  expect(preview).toMatchObject({ failedRows: 3, handRows: 1, partRows: 2, added: 2, rows: 6 });
  expect(preview.errors.map((e) => [e.row, e.column, e.key, e.left, e.needed])).toEqual([
    [3, 1, 'usccCheck', 'cell', false],
    [3, 2, 'notDate', 'cell', false],
    [3, 6, 'titleDates', 'cell', false],
    // Without its year nobody knows what the row's amounts belong to.
    [4, 3, 'notYear', 'row', true],
    [6, 2, 'contradicts', 'cell', false],
    [7, null, 'noIdentity', 'row', true],
    [7, 1, 'usccCheck', 'row', false],
  ]);
  const page = await h.call('import.rows', { id: opened.id, query: '', offset: 0, limit: 50 });
  expect(page).toEqual({
    total: 6,
    rows: [
      { row: 2, name: '武汉好行有限公司', becomes: 'added', faults: 0, lost: false },
      { row: 3, name: '武汉坏格有限公司', becomes: 'added', faults: 3, lost: false },
      { row: 4, name: '武汉坏年有限公司', becomes: 'faulty', faults: 1, lost: true },
      { row: 5, name: '武汉剔除有限公司', becomes: 'out', faults: 0, lost: false },
      { row: 6, name: '武汉好行有限公司', becomes: 'added', faults: 1, lost: false },
      { row: 7, name: '91420100MA4KXXXXX1', becomes: 'faulty', faults: 2, lost: true },
    ],
  });
  const found = await h.call('import.rows', { id: opened.id, query: '剔', offset: 0, limit: 50 });
  expect(found.rows.map((row) => row.row)).toEqual([5]);
  const paged = await h.call('import.rows', { id: opened.id, query: '', offset: 4, limit: 1 });
  expect([paged.total, paged.rows.map((row) => row.row)]).toEqual([6, [6]]);

  const applied = await h.call('import.apply', { id: opened.id, choices: { ...choices, out: [5] } });
  expect(applied).toMatchObject({ added: 2, failedRows: 3, handRows: 1, partRows: 2 });
  const file = await fileOf(h, '武汉坏格有限公司');
  expect(file.enterprise).toMatchObject({ uscc: null, foundedOn: null });
  expect(file.figures.map((f) => f.values)).toEqual([{ revenue: 20_000 }]);
  expect(file.titles).toEqual([]);
  const target = join(folder, 'left.xlsx');
  expect(await h.shell('import.errorsFile', { id: opened.id, path: target, locale: 'zh' })).toMatchObject({
    rows: 5,
  });
  const back = await h.shell('import.open', { path: target });
  const said = back.columns.at(-1)!;
  expect(said.header).toBe('问题说明');
  expect(back.rows).toBe(5);
  expect(said.samples.join()).toContain('已导入，但不含标色的单元格');
  await h.call('import.undo', { batchId: applied.batchId });
  expect((await h.call('library.summary', {})).total).toBe(0);
});

test('a column of percents written in two ways is decided by a person; sums and notes are passed over', async () => {
  const h = await harness();
  const text = [
    '企业名称\t研发人员占比\t资产负债率(%)',
    '武汉百分有限公司\t12.5\t0.4',
    '武汉小数有限公司\t0.35\t0.383',
    '武汉标明有限公司\t8%\t38.3%',
    '武汉为一有限公司\t1\t0',
    '合计：4 家\t13.85\t0.783',
    '企业名称\t研发人员占比\t资产负债率(%)',
    '二、江夏区\t\t',
    '注：以上数据未经审计。\t\t',
  ].join('\n');
  const opened = await h.call('import.paste', { text });
  const [, staff, debt] = opened.columns;
  expect(staff).toMatchObject({
    unit: null,
    doubt: {
      kind: 'mixed',
      percents: [
        { row: 2, value: '12.5' },
        { row: 6, value: '13.85' },
      ],
      fractions: [{ row: 3, value: '0.35' }],
    },
  });
  expect(debt).toMatchObject({ unit: 'fraction', doubt: { kind: 'small' } });
  const asked = await h.call('import.preview', { id: opened.id, choices: FILL });
  // Until somebody decides, what can be meant in two ways is not guessed.
  expect(asked.errors.map((e) => [e.row, e.key])).toEqual([
    [3, 'ratioUndecided'],
    [5, 'ratioUndecided'],
  ]);
  expect(asked.notices.map((n) => [n.row, n.key])).toEqual([
    [3, 'ratioMixed'],
    [2, 'ratioSmall'],
    [6, 'total'],
    [7, 'header'],
    [8, 'heading'],
    [9, 'note'],
  ]);
  expect(asked).toMatchObject({ rows: 4, added: 2 });
  const decide = async (unit: 'percent' | 'fraction' | 'bySize') => {
    const columns = opened.columns.map(({ column, target, year, unit: own }) => ({
      column,
      target,
      year,
      unit: column === 1 ? unit : own,
    }));
    await h.call('import.setMapping', { id: opened.id, mapping: { year: 2025, unit: 'wan', columns } });
    return h.call('import.preview', { id: opened.id, choices: FILL });
  };
  expect((await decide('percent')).errorCount).toBe(0);
  expect((await decide('fraction')).errors.map((e) => [e.row, e.key])).toEqual([[2, 'tooHigh']]);
  expect((await decide('bySize')).errors.map((e) => [e.row, e.key])).toEqual([[5, 'ratioDoubtful']]);
  await h.call('import.apply', { id: opened.id, choices: FILL });
  const share = async (name: string) => {
    const { facts } = await fileOf(h, name);
    return ['rd_staff_ratio', 'debt_ratio'].map((id) => facts.find((f) => f.factId === id)?.value);
  };
  expect(await share('武汉百分有限公司')).toEqual(['0.125', '0.4']);
  expect(await share('武汉小数有限公司')).toEqual(['0.35', '0.383']);
  expect(await share('武汉标明有限公司')).toEqual(['0.08', '0.383']);
  // The decision is remembered for such tables, and said again.
  const again = await h.call('import.paste', { text });
  expect(again.columns[1]).toMatchObject({ unit: 'bySize', doubt: { kind: 'mixed' } });
});
