import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder, usccFor } from '../library/scratch.ts';
import { Failed, FILL, fileOf, fixture, harness, REPLACE, workbook } from './harness.ts';

test('a workbook of LibreOffice: title, unit of the sheet, years as columns, a formula', async () => {
  const h = await harness();
  const opened = await h.shell('import.open', { path: fixture('calc-wide.xlsx') });
  expect(opened).toMatchObject({ headerRow: 3, rows: 3, unit: 'wan', remembered: false });
  const preview = await h.call('import.preview', { id: opened.id, choices: FILL });
  // The credit code of the first row is none.
  expect(preview).toMatchObject({ rows: 3, added: 2, failedRows: 1, errorCount: 1 });
  expect(preview.errors[0]).toMatchObject({
    row: 4,
    header: '统一社会信用代码',
    value: '91420100MA4KXXXXX0',
  });
  expect((await h.call('library.summary', {})).total).toBe(0);
  const applied = await h.call('import.apply', { id: opened.id, choices: FILL });
  expect(applied).toMatchObject({ added: 2, changed: 0, failedRows: 1 });
  const file = await fileOf(h, '武汉样本机械股份有限公司');
  expect(file.enterprise).toMatchObject({ district: '江夏区', foundedOn: '2005-11-01' });
  // 暂无 is unknown, never zero.
  expect(file.figures.map((f) => [f.year, f.values])).toEqual([
    [2024, { revenue: 120_000_000 }],
    [2025, { rdExpense: 6_000_000 }],
  ]);
  expect(file.facts).toMatchObject([
    { factId: 'honor_hightech_valid', value: false, basis: 'declared', source: 'calc-wide.xlsx' },
  ]);
  const soft = await fileOf(h, '武汉范例软件有限公司');
  expect(soft.enterprise.district).toBe('东湖新技术开发区');
  expect(soft.figures[0]).toMatchObject({ year: 2024, values: { revenue: 81_005_000 } });
  expect(soft.facts.find((f) => f.factId === 'rd_ratio')).toMatchObject({ year: 2025, value: '0.1' });
});

test('years as rows, amounts in yuan, texts that look like formulas', async () => {
  const h = await harness();
  const { preview } = await h.bring(fixture('calc-years-as-rows.xlsx'));
  expect(preview).toMatchObject({ rows: 3, added: 2, repeated: 1, rounded: 1, errorCount: 0 });
  const file = await fileOf(h, '武汉长表一号有限公司');
  expect(file.enterprise.notes).toBe('=HYPERLINK("x")');
  expect(file.figures.map((f) => [f.year, f.values.revenue, f.values.rdStaff])).toEqual([
    [2024, 12_000_000, 12],
    [2025, 15_000_001, 15],
  ]);
});

test('GB18030 as LibreOffice writes it, UTF-8 with and without mark, UTF-16, semicolons', async () => {
  const h = await harness();
  const { preview } = await h.bring(fixture('calc-gb18030.csv'));
  expect(preview).toMatchObject({ added: 2, errorCount: 0 });
  const rare = await fileOf(h, '武汉㐂䶮科技有限公司');
  expect(rare.enterprise).toMatchObject({ registeredCapital: 5_000_000, foundedOn: '2005-11-01' });
  const coded = await fileOf(h, '武汉编码测试有限公司');
  expect(coded.facts.find((f) => f.factId === 'debt_ratio')?.value).toBe('0.383');
  const folder = scratchFolder();
  const text = '企业名称;2025年营业收入(万元)\n甲一有限公司;1,5\n乙二有限公司;1,500\n';
  const ways: [string, Buffer][] = [
    ['a.xlsx', Buffer.from(text)],
    ['b.txt', Buffer.from(`\ufeff${text}`)],
    ['c', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['d.csv', Buffer.from(text.replaceAll(';', '\t'))],
  ];
  for (const [name, bytes] of ways) {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const opened = await h.shell('import.open', { path });
    const checked = await h.call('import.preview', { id: opened.id, choices: FILL });
    expect(checked, name).toMatchObject({ rows: 2, added: 1, errorCount: 1 });
    expect(checked.errors[0], name).toMatchObject({ row: 2, column: 1, value: '1,5', key: 'notAmount' });
  }
});

describe('finding the enterprise and what stays', () => {
  test('by credit code, by name in any writing, by its form; conflicts by policy', async () => {
    const h = await harness();
    const one = await h.call('enterprise.create', {
      name: '武汉（光谷）一号科技有限公司',
      uscc: usccFor(1),
      district: '洪山区',
    });
    const two = await h.call('enterprise.create', { name: '武汉二号机电有限公司' });
    await h.call('figures.set', {
      enterpriseId: one.id,
      years: [
        { year: 2025, values: { revenue: 5_000_000 }, backing: { basis: 'documented', source: '审计报告' } },
      ],
    });
    const path = await workbook(join(scratchFolder(), 'a.xlsx'), [
      ['企业名称', '统一社会信用代码', '所在区', '2025年营业收入（万元）', '2025年净利润（万元）'],
      ['武汉(光谷)一号 科技有限公司', usccFor(1), '江夏区', 600, 12],
      ['武汉二号机电股份有限公司', usccFor(2), '江岸', 100, null],
      ['武汉三号新有限公司', usccFor(3), null, 0, -5],
    ]);
    const opened = await h.shell('import.open', { path });
    const preview = await h.call('import.preview', { id: opened.id, choices: FILL });
    expect(preview).toMatchObject({ added: 1, changed: 2, same: 0, conflicting: 2, errorCount: 0 });
    expect(preview.notices).toMatchObject([{ key: 'nameVariant', knownName: '武汉二号机电有限公司' }]);
    expect(preview.conflicts).toMatchObject([
      { target: 'profile:name' },
      { target: 'profile:district', old: '洪山区', value: '江夏区' },
      { target: 'figure:revenue', year: 2025, old: 5_000_000, value: 6_000_000 },
      { target: 'profile:name', old: '武汉二号机电有限公司' },
    ]);
    await h.call('import.apply', {
      id: opened.id,
      choices: { ...FILL, fields: { 'figure:revenue': 'replace' } },
    });
    const file = await h.call('enterprise.get', { id: one.id });
    expect(file.enterprise.district).toBe('洪山区');
    expect(file.figures[0]).toMatchObject({
      values: { revenue: 6_000_000, netProfit: 120_000 },
      backing: { revenue: { basis: 'declared', source: 'a.xlsx' } },
    });
    expect((await h.call('enterprise.get', { id: two.id })).enterprise).toMatchObject({
      uscc: usccFor(2),
      district: '江岸区',
    });
    // Zero is a value.
    expect((await fileOf(h, '武汉三号新有限公司')).figures[0]?.values).toEqual({
      revenue: 0,
      netProfit: -50_000,
    });
    // One line of the log for each enterprise.
    expect(
      (await h.call('history.list', { enterpriseId: one.id })).filter((c) => c.action === 'import.apply'),
    ).toHaveLength(1);
    // The same file once more changes nothing.
    const again = await h.shell('import.open', { path });
    expect(await h.call('import.preview', { id: again.id, choices: FILL })).toMatchObject({
      added: 0,
      changed: 0,
    });
  });

  test('renamed firms, the same name under another code, contradictions within the file', async () => {
    const h = await harness();
    await h.call('enterprise.create', { name: '武汉旧名有限公司', uscc: usccFor(1) });
    const path = await workbook(join(scratchFolder(), 'a.xlsx'), [
      ['企业名称', '信用代码', '从业人员'],
      ['武汉新名有限公司', usccFor(1), 10],
      ['武汉同名有限公司', usccFor(2), 20],
      ['武汉同名有限公司', usccFor(3), 30],
      ['武汉重复有限公司', null, 40],
      ['武汉重复有限公司', null, 41],
      ['合计', null, null],
      [null, null, 141],
    ]);
    const opened = await h.shell('import.open', { path });
    const preview = await h.call('import.preview', { id: opened.id, choices: REPLACE });
    expect(preview.notices).toMatchObject([
      { key: 'renamed', knownName: '武汉旧名有限公司' },
      { key: 'total', row: 7 },
    ]);
    expect(preview.errors).toMatchObject([
      { row: 6, column: 2, key: 'contradicts', details: { row: 5 } },
      { row: 8, column: null, key: 'noIdentity' },
    ]);
    await h.call('import.apply', { id: opened.id, choices: REPLACE });
    const renamed = await fileOf(h, '武汉新名有限公司');
    expect(renamed.enterprise.uscc).toBe(usccFor(1));
    expect((await h.call('library.list', { query: '同名' })).total).toBe(2);
  });

  test('titles by number and date, kept apart when a certificate was renewed', async () => {
    const h = await harness();
    const folder = scratchFolder();
    const head = ['企业名称', '高新技术企业证书编号', '高新技术企业发证日期', '高新技术企业证书有效期'];
    const first = await workbook(join(folder, 'a.xlsx'), [
      head,
      ['武汉证书有限公司', 'GR1', '2020年12月1日', '2023-11-30'],
    ]);
    await h.bring(first);
    const second = await workbook(join(folder, 'b.xlsx'), [
      head,
      ['武汉证书有限公司', 'GR2', '2023-11-08', '2023-11-08至2026-11-07'],
    ]);
    await h.bring(second);
    const { titles } = await fileOf(h, '武汉证书有限公司');
    expect(titles).toMatchObject([
      {
        kind: 'hightech',
        name: '高新技术企业',
        number: 'GR1',
        issuedOn: '2020-12-01',
        expiresOn: '2023-11-30',
      },
      { kind: 'hightech', number: 'GR2', issuedOn: '2023-11-08', expiresOn: '2026-11-07' },
    ]);
    const wrong = await workbook(join(folder, 'c.xlsx'), [
      head,
      ['武汉别家有限公司', null, '2024-01-01', '2023-01-01'],
    ]);
    const opened = await h.shell('import.open', { path: wrong });
    expect((await h.call('import.preview', { id: opened.id, choices: FILL })).errors[0]?.key).toBe(
      'titleDates',
    );
  });
});

test('the mapping a person chose is remembered for the same headers, and pasted cells go the same way', async () => {
  const h = await harness();
  const text = '单位\t金额一\t金额二\n武汉粘贴有限公司\t100\t7\n';
  const opened = await h.call('import.paste', { text });
  expect(opened.columns.map((c) => c.target)).toEqual([null, null, null]);
  await expect(h.call('import.preview', { id: opened.id, choices: FILL })).rejects.toMatchObject({
    key: 'mappingNoName',
  });
  const mapping = {
    year: 2025,
    unit: 'wan',
    columns: [
      { column: 0, target: 'profile:name', year: null, unit: null },
      { column: 1, target: 'figure:revenue', year: 2024, unit: 'yi' },
      { column: 2, target: 'figure:netProfit', year: null, unit: null },
    ],
  } as const;
  const set = await h.call('import.setMapping', {
    id: opened.id,
    mapping: { ...mapping, columns: [...mapping.columns] },
  });
  expect(set.columns[1]).toMatchObject({
    target: 'figure:revenue',
    year: 2024,
    unit: 'yi',
    samples: ['100'],
  });
  const again = await h.call('import.paste', { text: text.replace('100', '200') });
  expect(again).toMatchObject({ remembered: true });
  await h.call('import.apply', { id: again.id, choices: FILL });
  expect((await fileOf(h, '武汉粘贴有限公司')).figures.map((f) => [f.year, f.values])).toEqual([
    [2024, { revenue: 20_000_000_000 }],
    [2025, { netProfit: 70_000 }],
  ]);
  const twice = {
    ...mapping,
    columns: [mapping.columns[0], { ...mapping.columns[1], target: 'profile:name', year: null }],
  };
  await expect(h.call('import.setMapping', { id: again.id, mapping: twice })).rejects.toBeInstanceOf(Failed);
});

test('rows in error come back as a workbook that can be corrected and imported', async () => {
  const h = await harness();
  const folder = scratchFolder();
  const path = await workbook(join(folder, 'a.xlsx'), [
    ['企业名称', '成立日期', '2025年营业收入（万元）', '是否高新技术企业'],
    ['武汉好行有限公司', '2010-01-01', 1, '是'],
    ['武汉坏行有限公司', '2010-02-30', '很多', '也许'],
    ['=1+1', '2010', 5, '否'],
  ]);
  const { opened, preview, applied } = await h.bring(path);
  expect(preview.errors.map((e) => [e.row, e.column, e.key])).toEqual([
    [3, 1, 'notDate'],
    [3, 2, 'notAmount'],
    [3, 3, 'notYesNo'],
  ]);
  expect(applied).toMatchObject({ added: 2, failedRows: 1 });
  const target = join(folder, 'errors.xlsx');
  expect(await h.shell('import.errorsFile', { id: opened.id, path: target, locale: 'zh' })).toEqual({
    path: target,
    rows: 1,
  });
  const back = await h.shell('import.open', { path: target });
  expect(back.columns.map((c) => c.header)).toEqual([
    '企业名称',
    '成立日期',
    '2025年营业收入（万元）',
    '是否高新技术企业',
    '问题说明',
  ]);
  expect(back.columns[4]?.samples[0]).toContain('成立日期：不是有效日期');
  expect(await h.call('import.preview', { id: back.id, choices: FILL })).toMatchObject({
    rows: 1,
    failedRows: 1,
  });
});

test('two columns of the same field and year are refused with both names, and nothing overwrites silently', async () => {
  const h = await harness();
  const wide = '企业名称\t营业收入(亿元)\t2025年营业收入(万元)\n武汉两列有限公司\t1.3\t8200\n';
  const opened = await h.call('import.paste', { text: wide });
  expect(opened.year).toBe(2025);
  const both = { first: '营业收入(亿元)', second: '2025年营业收入(万元)', year: 2025 };
  for (const ask of ['import.preview', 'import.apply'] as const)
    await expect(h.call(ask, { id: opened.id, choices: FILL })).rejects.toMatchObject({
      key: 'mappingTwiceYear',
      details: both,
    });
  const send = (columns: typeof opened.columns, year = 2025) =>
    h.call('import.setMapping', {
      id: opened.id,
      mapping: {
        year,
        unit: 'wan',
        columns: columns.map(({ column, target, year: own, unit }) => ({ column, target, year: own, unit })),
      },
    });
  await expect(send(opened.columns)).rejects.toMatchObject({ key: 'mappingTwiceYear', details: both });
  // Another default year parts them.
  await send(opened.columns, 2024);
  await h.call('import.apply', { id: opened.id, choices: FILL });
  expect((await fileOf(h, '武汉两列有限公司')).figures.map((f) => [f.year, f.values.revenue])).toEqual([
    [2024, 130_000_000],
    [2025, 82_000_000],
  ]);

  // Years as rows: the column of a fixed year meets the row's year in the rows of that year only.
  const rows = [
    '企业名称\t年度\t营业收入(万元)\t2025年营业收入(万元)',
    '武汉行年甲有限公司\t2024\t100\t300',
    '武汉行年乙有限公司\t2025\t100\t300',
    '武汉行年丙有限公司\t2025\t300\t300',
  ].join('\n');
  const byRow = await h.call('import.paste', { text: rows });
  const checked = await h.call('import.preview', { id: byRow.id, choices: FILL });
  expect(checked).toMatchObject({ added: 2, failedRows: 1 });
  expect(checked.errors).toMatchObject([
    { row: 3, column: 3, key: 'columnsDiffer', details: { other: '营业收入(万元)', year: 2025 } },
  ]);
});

test('a section under the name of industry, dates in Chinese numerals; what lies ahead is refused', async () => {
  const h = await harness();
  const text = [
    '企业名称\t所属行业\t成立日期\t高新技术企业发证日期\t高新技术企业证书有效期',
    '武汉门类有限公司\t制造业\t二〇一二年三月\t2024-11-01\t2027-10-31',
    '武汉软件有限公司\t软件\t2012\t\t',
    '武汉未来有限公司\t35\t2030-01-01\t\t',
    '武汉未发有限公司\t35\t2012\t2027-01-01\t',
    '武汉不明有限公司\t天外行业\t2012\t\t',
  ].join('\n');
  const opened = await h.call('import.paste', { text });
  const preview = await h.call('import.preview', { id: opened.id, choices: FILL });
  expect(preview.errors.map((e) => [e.row, e.column, e.key])).toEqual([
    [4, 2, 'dateInFuture'],
    [5, 3, 'dateInFuture'],
    [6, 1, 'notIndustry'],
  ]);
  await h.call('import.apply', { id: opened.id, choices: FILL });
  const first = await fileOf(h, '武汉门类有限公司');
  expect(first.enterprise).toMatchObject({
    industrySection: 'C',
    industryDivision: null,
    foundedOn: '2012-03',
  });
  expect(first.titles).toMatchObject([{ issuedOn: '2024-11-01', expiresOn: '2027-10-31' }]);
  expect((await fileOf(h, '武汉软件有限公司')).enterprise).toMatchObject({
    industrySection: 'I',
    industryDivision: '65',
  });
});
