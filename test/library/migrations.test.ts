import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { migrate, newestVersion } from '../../electron/library/migrate.ts';
import { type Migration, migrations } from '../../electron/library/migrations/index.ts';
import { APPLICATION_ID, closeLibrary, openFile, userVersion } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { dump, NOW, scratchFolder, scratchLibrary, writeAs } from './scratch.ts';

const newest = newestVersion(migrations);
const fixtures = join(import.meta.dirname, '../fixtures/library');
/** The step after the newest one, as a later version of the product would have it. */
const next: Migration = {
  version: newest + 10,
  up: (db) => db.exec("ALTER TABLE enterprise ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'"),
};

test('the steps rise', () => {
  expect(() => newestVersion([next, ...migrations])).toThrow('out of order');
  expect(migrations.every((step) => step.version % 10 === 0)).toBe(true);
});

test('a fresh library needs no backup', async () => {
  const file = join(scratchFolder(), 'library.sqlite');
  await scratchLibrary(file);
  expect(existsSync(join(dirname(file), 'backups'))).toBe(false);
});

// One file for each format that was released; a file here is never changed.
const released = readdirSync(fixtures).filter((name) => /^format-\d+\.sql$/.test(name));
test('every released format has its file', () => {
  expect(released).toEqual(migrations.map((step) => `format-${step.version}.sql`));
});

test.each(released)('%s comes up to the newest format with everything in it', async (name) => {
  const file = join(scratchFolder(), 'library.sqlite');
  const old = new Database(file);
  old.exec(readFileSync(join(fixtures, name), 'utf8'));
  old.close();
  const db = await scratchLibrary(file);
  expect(userVersion(db)).toBe(newest);
  const fresh = await scratchLibrary();
  const schema = (of: typeof db) =>
    of
      .prepare("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
      .all();
  expect(schema(db)).toEqual(schema(fresh));
  const kept = readFile(db, '01a20bcf-0000-7000-8000-000000000001');
  expect(kept.enterprise).toMatchObject({
    name: '武汉样板科技有限公司',
    tags: ['种子'],
    registeredCapital: 5_000_000,
    archivedAt: null,
  });
  expect(kept.figures).toEqual([
    {
      year: 2025,
      values: { revenue: 100_000_000, rdExpense: 0, staffTotal: 50 },
      backing: { revenue: { basis: 'documented', source: '审计报告' } },
    },
  ]);
  expect(kept.facts.map((f) => [f.factId, f.year, f.value])).toEqual([
    ['has_own_brand', null, true],
    ['in_abnormal_list', null, null],
    ['rd_ratio', 2025, '0.0300'],
  ]);
  expect(kept.titles).toHaveLength(1);
  expect(kept.ipRights).toEqual([
    expect.objectContaining({ name: '一种装置', forMainProduct: true, applied: null }),
  ]);
});

async function filled(): Promise<string> {
  const file = join(scratchFolder(), 'library.sqlite');
  const db = await openLibrary(file, NOW);
  writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  closeLibrary(db);
  return file;
}

test('an existing library is backed up before it is changed, and the copy is the library as it was', async () => {
  const file = await filled();
  const before = await openLibrary(file, NOW);
  const content = dump(before);
  closeLibrary(before);
  closeLibrary(await openLibrary(file, NOW, [...migrations, next]));
  const names = readdirSync(join(dirname(file), 'backups')).sort();
  expect(names).toEqual(['backup-00000001-migrate.json', 'backup-00000001-migrate.sqlite']);
  const backup = names[1];
  const copy = new Database(join(dirname(file), 'backups', backup!), { readonly: true });
  expect(userVersion(copy)).toBe(newest);
  expect(copy.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
  expect(dump(copy)).toEqual(content);
  copy.close();
  expect(readFileSync(file).readUInt32BE(60)).toBe(newest + 10);
});

test('a step that fails leaves the library as it was, all steps together', async () => {
  const file = await filled();
  const broken: Migration = {
    version: newest + 20,
    up: () => {
      throw new Error('cannot');
    },
  };
  await expect(openLibrary(file, NOW, [...migrations, next, broken])).rejects.toThrow('cannot');
  const db = await scratchLibrary(file);
  expect(userVersion(db)).toBe(newest);
  expect(db.prepare('SELECT name FROM enterprise').pluck().all()).toEqual(['甲']);
  expect(() => db.prepare('SELECT colour FROM enterprise')).toThrow('no such column');
});

test('a step that breaks a reference is not kept', async () => {
  const file = await filled();
  const db = openFile(file, newest + 10);
  const careless: Migration = {
    version: newest + 10,
    up: (d) =>
      d.exec("CREATE TABLE pet (owner TEXT REFERENCES enterprise (id)); INSERT INTO pet VALUES ('nobody')"),
  };
  await expect(
    migrate(db, [...migrations, careless], { backups: join(dirname(file), 'b'), now: NOW }),
  ).rejects.toThrow();
  expect(userVersion(db)).toBe(newest);
  closeLibrary(db);
});

test('without a backup nothing is changed', async () => {
  const file = await filled();
  writeFileSync(join(dirname(file), 'backups'), 'a file where the folder should be');
  await expect(openLibrary(file, NOW, [...migrations, next])).rejects.toMatchObject({
    code: 'library',
    key: 'backupFailed',
  });
  expect(userVersion(await scratchLibrary(file))).toBe(newest);
});

test('a second upgrade does not replace the first backup, also one whose description is lost', async () => {
  const file = await filled();
  const folder = join(dirname(file), 'backups');
  mkdirSync(folder);
  writeFileSync(join(folder, 'backup-00000007-migrate.sqlite'), 'precious');
  closeLibrary(await openLibrary(file, NOW, [...migrations, next]));
  expect(readFileSync(join(folder, 'backup-00000007-migrate.sqlite'), 'utf8')).toBe('precious');
  expect(readdirSync(folder)).toContain('backup-00000008-migrate.sqlite');
});
