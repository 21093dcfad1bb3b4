import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { decodeText, parseDelimited } from '../../electron/exchange/sheet-csv.ts';
import { unzipEntry, zipEntries } from '../../electron/exchange/zip.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { dump, scratchFolder, usccFor } from '../library/scratch.ts';
import { harness } from './harness.ts';

const COLUMNS = ['name', 'uscc', 'district', 'tier', 'gaps', 'revenue'] as const;

async function library() {
  const h = await harness();
  const create = async (name: string, n: number, yuan: number | null, district = '江夏区') => {
    const { id } = await h.call('enterprise.create', { name, uscc: usccFor(n), district });
    if (yuan !== null)
      await h.call('figures.set', { enterpriseId: id, years: [{ year: 2025, values: { revenue: yuan } }] });
    return id;
  };
  await create('=HYPERLINK("http://x")有限公司', 1, 12_345_678);
  await create('+甲,"乙"有限公司', 2, 0);
  await create('@丙有限公司', 3, null);
  await create('丁有限公司', 4, 990_000, '洪山区');
  return h;
}

test('a list as shown: filter, order and columns; numbers in 万元; formulas disarmed', async () => {
  const h = await library();
  const folder = scratchFolder();
  const list = { filter: { district: ['江夏区'] }, sort: 'revenue' as const, descending: true };
  const input = { list, columns: [...COLUMNS], locale: 'zh' as const };
  const csv = join(folder, 'a.csv');
  expect(await h.shell('export.list', { ...input, path: csv })).toEqual({ path: csv, rows: 3 });
  const bytes = readFileSync(csv);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = bytes.toString('utf8');
  expect(text).toContain(`"'=HYPERLINK(""http://x"")有限公司"`);
  expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  const { rows } = parseDelimited(decodeText(bytes).text);
  expect(rows[0]).toEqual([
    '企业名称',
    '统一社会信用代码',
    '所在区',
    '当前层级',
    '下一层级：符合项',
    '下一层级：不符合项',
    '下一层级：待补数据项',
    '下一层级：待判断项',
    '营业收入年度',
    '营业收入（万元）',
  ]);
  // Read again, the names are what they were.
  expect(rows.slice(1, 4).map((row) => row[0])).toEqual([
    '=HYPERLINK("http://x")有限公司',
    '+甲,"乙"有限公司',
    '@丙有限公司',
  ]);
  expect(rows.slice(1, 4).map((row) => row[9])).toEqual(['1234.5678', '0', null]);
  const xlsx = join(folder, 'a.xlsx');
  await h.shell('export.list', { ...input, path: xlsx });
  const sheet = await readSheet(xlsx);
  expect(sheet.slice(1).map((row) => [row[0], row[9]])).toEqual([
    ['=HYPERLINK("http://x")有限公司', 1234.5678],
    ['+甲,"乙"有限公司', 0],
    ['@丙有限公司', null],
  ]);
  const whole = readFileSync(xlsx);
  for (const entry of zipEntries(whole))
    expect(unzipEntry(whole, entry).toString('utf8')).not.toMatch(/<f[ >]/);
});

test('a place that cannot be written is told, and nothing half-written is left', async () => {
  const h = await library();
  const path = join(scratchFolder(), 'none', 'a.csv');
  await expect(
    h.shell('export.list', { list: {}, columns: ['name'], path, locale: 'en' }),
  ).rejects.toMatchObject({ key: 'fileUnwritable' });
});

/** All records, without the log's own numbers and what is derived. */
function records(file: string): Record<string, unknown> {
  const db = new Database(file, { readonly: true });
  const all = dump(db);
  db.close();
  const kept = [
    'enterprise',
    'figure',
    'fact',
    'title',
    'ip_right',
    'attachment',
    'standard_pack',
    'diagnosis',
    'plan',
  ];
  return Object.fromEntries(
    kept.map((table) => [table, all[table]?.map((row) => JSON.stringify(row)).sort()]),
  );
}

test('everything out and in again: records, times, diagnoses, plans and history without loss', async () => {
  const h = await library();
  await h.call('samples.load', {});
  const { rows } = await h.call('library.list', { filter: { samples: true } });
  for (const { id } of rows.slice(0, 3)) {
    await h.call('diagnosis.save', { enterpriseId: id });
    await h.call('plan.create', { enterpriseId: id });
    await h.call('ip.save', {
      enterpriseId: id,
      right: {
        name: '一种装置',
        number: 'ZL1',
        kind: 'invention',
        acquired: 'original',
        holderRank: 1,
        grantedOn: '2020',
        forMainProduct: true,
        applied: null,
      },
    });
  }
  const path = join(scratchFolder(), 'all.zip');
  const written = await h.shell('export.everything', { path, locale: 'zh' });
  expect(written).toMatchObject({ path, enterprises: 12 });
  const before = records(h.library);
  const there = await harness();
  expect(await there.shell('import.everything', { path })).toEqual({ added: 12, skipped: 0 });
  expect(records(there.library)).toEqual(before);
  const history = await there.call('history.list', { enterpriseId: rows[0]!.id });
  expect(history.map((c) => c.action)).toEqual(
    (await h.call('history.list', { enterpriseId: rows[0]!.id })).map((c) => c.action),
  );
  const [diagnosis] = await there.call('diagnosis.list', { enterpriseId: rows[0]!.id });
  expect(await there.call('diagnosis.verify', { id: diagnosis!.id })).toMatchObject({ same: true });
  // A second time nothing is added or changed.
  expect(await there.shell('import.everything', { path })).toEqual({ added: 0, skipped: 12 });
  expect(records(there.library)).toEqual(before);
  // The archive is readable by anybody: JSON and CSV.
  const bytes = readFileSync(path);
  const names = zipEntries(bytes).map((entry) => entry.name);
  expect(names).toEqual(
    expect.arrayContaining(['manifest.json', 'data/enterprise-0001.json', 'csv/figure-0001.csv']),
  );
});

test('a complete export that was altered or is none is refused, and nothing is changed', async () => {
  const h = await library();
  const path = join(scratchFolder(), 'all.zip');
  await h.shell('export.everything', { path, locale: 'en' });
  const bytes = readFileSync(path);
  const there = await harness();
  const before = records(there.library);
  for (const name of ['data/enterprise-0001.json', 'csv/figure-0001.csv', 'manifest.json']) {
    const at = zipEntries(bytes).find((entry) => entry.name === name)!.offset + 30 + name.length + 12;
    const bent = Buffer.from(bytes);
    bent[at] = bent[at]! ^ 0x20;
    writeFileSync(`${path}.bent`, bent);
    await expect(there.shell('import.everything', { path: `${path}.bent` })).rejects.toMatchObject({
      key: expect.stringMatching(/Damaged$/),
    });
  }
  writeFileSync(`${path}.txt`, 'hello');
  await expect(there.shell('import.everything', { path: `${path}.txt` })).rejects.toMatchObject({
    key: 'notEverything',
  });
  expect(records(there.library)).toEqual(before);
});
