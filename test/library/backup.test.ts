import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, rowCounts } from '../../electron/library/backup.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { dump, scratchFolder, scratchLibrary, writeAs } from './scratch.ts';

test('a backup is one file that holds everything, also what only stands in the log yet', async () => {
  const db = await scratchLibrary();
  writeAs(db, 'x', (tx) => {
    for (let i = 0; i < 50; i++) createEnterprise(tx, { name: `企业${i}` });
  });
  const folder = scratchFolder();
  await backUp(db, join(folder, 'new', 'copy.sqlite'));
  expect(readdirSync(join(folder, 'new'))).toEqual(['copy.sqlite']);
  const copy = new Database(join(folder, 'new', 'copy.sqlite'), { readonly: true });
  expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(dump(copy)).toEqual(dump(db));
  copy.close();
  expect(readdirSync(join(folder, 'new'))).toEqual(['copy.sqlite']);
});

test('a file that is there is never replaced', async () => {
  const db = await scratchLibrary();
  const target = join(scratchFolder(), 'copy.sqlite');
  writeFileSync(target, 'precious');
  await expect(backUp(db, target)).rejects.toThrow('exists already');
  expect(readFileSync(target, 'utf8')).toBe('precious');
});

test('a copy that breaks references does not become a backup', async () => {
  const db = await scratchLibrary();
  db.pragma('foreign_keys = OFF');
  db.exec("INSERT INTO figure (enterprise_id, year) VALUES ('nobody', 2025)");
  const folder = scratchFolder();
  await expect(backUp(db, join(folder, 'copy.sqlite'))).rejects.toThrow('references');
  expect(readdirSync(folder)).toEqual([]);
});

test('a left-over of a backup that was cut off is cleared away', async () => {
  const db = await scratchLibrary();
  const target = join(scratchFolder(), 'copy.sqlite');
  writeFileSync(`${target}.tmp`, 'half');
  await backUp(db, target);
  expect(existsSync(`${target}.tmp`)).toBe(false);
});

test('rows are counted by table', async () => {
  const db = await scratchLibrary();
  writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  expect(rowCounts(db)).toMatchObject({ enterprise: 1, change: 1, figure: 0 });
});
