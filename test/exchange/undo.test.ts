import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { dump, scratchFolder, usccFor } from '../library/scratch.ts';
import { FILL, harness, REPLACE, workbook } from './harness.ts';

/** All content of a library: records without the times of the last write, the log and what is derived from them. */
function content(file: string): Record<string, unknown> {
  const db = new Database(file, { readonly: true });
  const all = dump(db);
  db.close();
  const kept = ['enterprise', 'figure', 'fact', 'title', 'ip_right', 'diagnosis', 'plan', 'attachment'];
  return Object.fromEntries(
    kept.map((table) => [
      table,
      all[table]?.map((row) => {
        const { updated_at: _, ...rest } = row as Record<string, unknown>;
        return rest;
      }),
    ]),
  );
}

async function filled() {
  const h = await harness();
  await h.call('samples.load', {});
  const one = await h.call('enterprise.create', {
    name: '武汉一号科技有限公司',
    uscc: usccFor(1),
    district: '洪山区',
    tags: ['种子'],
  });
  await h.call('figures.set', {
    enterpriseId: one.id,
    years: [
      {
        year: 2024,
        values: { revenue: 5_000_000, rdExpense: 1 },
        backing: { basis: 'checked', source: '审计报告' },
      },
    ],
  });
  await h.call('facts.set', {
    enterpriseId: one.id,
    facts: [{ factId: 'has_own_brand', year: null, value: false, note: '问过' }],
  });
  const path = await workbook(join(scratchFolder(), 'a.xlsx'), [
    [
      '企业名称',
      '信用代码',
      '所在区',
      '2024年营业收入（万元）',
      '2025年营业收入（万元）',
      '自主品牌',
      '标签',
      '高企证书编号',
    ],
    ['武汉一号科技股份有限公司', usccFor(1), '江夏区', 777, 888, '是', 'a,b', 'GR1'],
    ['武汉全新有限公司', usccFor(2), '江岸', 1, 2, '否', null, 'GR2'],
  ]);
  return { h, one, path };
}

test('undo brings back exactly what was there, on another day and after a restart', async () => {
  const { h, one, path } = await filled();
  const before = content(h.library);
  const { applied } = await h.bring(path, REPLACE);
  expect(applied).toMatchObject({ added: 1, changed: 1 });
  expect(content(h.library)).not.toEqual(before);
  await h.close();

  const again = await harness(h.dataDir);
  again.later(86_400_000);
  expect(await again.call('import.list', {})).toMatchObject([
    { id: applied.batchId, source: 'a.xlsx', actor: 'tester', undoneAt: null },
  ]);
  await again.call('import.undo', { batchId: applied.batchId });
  expect(content(again.library)).toEqual(before);
  expect((await again.call('library.list', { query: '全新' })).total).toBe(0);
  expect((await again.call('library.list', { query: '一号' })).rows[0]).toMatchObject({
    id: one.id,
    name: '武汉一号科技有限公司',
  });
  expect((await again.call('import.list', {}))[0]?.undoneAt).not.toBeNull();
  await expect(again.call('import.undo', { batchId: applied.batchId })).rejects.toMatchObject({
    key: 'importUndone',
  });
  // And once more forwards.
  await again.bring(path, REPLACE);
  expect((await again.call('library.list', { query: '全新' })).total).toBe(1);
});

test('undo is refused with the places where the same fields were edited since, and leaves all as it is', async () => {
  const { h, one, path } = await filled();
  const { applied } = await h.bring(path, REPLACE);
  await h.call('figures.set', { enterpriseId: one.id, years: [{ year: 2025, values: { revenue: 9 } }] });
  const now = content(h.library);
  await expect(h.call('import.undo', { batchId: applied.batchId })).rejects.toMatchObject({
    key: 'importEdited',
    details: { places: expect.arrayContaining(['武汉一号科技股份有限公司: figure.revenue']) },
  });
  expect(content(h.library)).toEqual(now);
});

test('edits elsewhere do not stop an undo and survive it; work on a new enterprise does', async () => {
  const { h, one, path } = await filled();
  const first = await h.bring(path, REPLACE);
  await h.call('enterprise.update', { id: one.id, changes: { consultant: '李工' } });
  await h.call('import.undo', { batchId: first.applied.batchId });
  const file = await h.call('enterprise.get', { id: one.id });
  expect(file.enterprise).toMatchObject({ consultant: '李工', name: '武汉一号科技有限公司', tags: ['种子'] });
  const second = await h.bring(path, REPLACE);
  const fresh = (await h.call('library.list', { query: '全新' })).rows[0]!;
  await h.call('facts.set', {
    enterpriseId: fresh.id,
    facts: [{ factId: 'digital_level', year: null, value: '2' }],
  });
  await expect(h.call('import.undo', { batchId: second.applied.batchId })).rejects.toMatchObject({
    key: 'importEdited',
  });
});

test('an import that is cancelled or fails leaves nothing', async () => {
  const { h } = await filled();
  const before = content(h.library);
  const rows = Array.from({ length: 3000 }, (_, i) => [`武汉取消${i}有限公司`, i]);
  const path = await workbook(join(scratchFolder(), 'c.xlsx'), [['企业名称', '2025年营业收入'], ...rows]);
  const opened = await h.shell('import.open', { path });
  const going = h.call('import.apply', { id: opened.id, choices: FILL });
  // Asked as soon as the first progress is told, long before the end.
  const watch = setInterval(() => {
    if (h.progress().some((p) => p.job === 'import')) void h.call('work.cancel', { job: 'import' });
  }, 1);
  await expect(going).rejects.toMatchObject({ key: 'workCancelled' });
  clearInterval(watch);
  expect(content(h.library)).toEqual(before);
  expect(await h.call('import.list', {})).toEqual([]);
  // The table is still open and can be imported after all.
  expect(await h.call('import.apply', { id: opened.id, choices: FILL })).toMatchObject({ added: 3000 });
});
