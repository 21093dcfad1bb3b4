import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { migrations } from '../../electron/library/migrations/index.ts';
import { APPLICATION_ID, closeLibrary, userVersion } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { NOW, scratchFolder, scratchLibrary, writeAs } from './scratch.ts';

const newest = migrations.at(-1)!.version;
const refused = (file: string) =>
  openLibrary(file, NOW).then(
    () => 'opened',
    (error: { code: string; key: string }) => `${error.code} ${error.key}`,
  );

describe('a new library', () => {
  test('is made with its folders, marked as ours and durable', async () => {
    const db = await scratchLibrary(join(scratchFolder(), 'deep', 'er', 'library.sqlite'));
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(userVersion(db)).toBe(newest);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1);
  });

  test('stays durable when it is opened again', async () => {
    const file = join(scratchFolder(), 'library.sqlite');
    closeLibrary(await openLibrary(file, NOW));
    const db = await scratchLibrary(file);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
  });

  test('is one complete file once it is closed', async () => {
    const file = join(scratchFolder(), 'library.sqlite');
    const db = await openLibrary(file, NOW);
    writeAs(db, 'enterprise.create', (tx) => createEnterprise(tx, { name: '甲' }));
    closeLibrary(db);
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })).toBeUndefined();
    expect(readFileSync(file).readUInt32BE(68)).toBe(APPLICATION_ID);
    expect(readFileSync(file).readUInt32BE(60)).toBe(newest);
  });

  test('holds only strict tables', async () => {
    const db = await scratchLibrary();
    const loose = db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all();
    expect(loose).toEqual([]);
  });
});

describe('files that are no library of this version are left untouched', () => {
  function made(content: (file: string) => void): { file: string; before: Buffer } {
    const file = join(scratchFolder(), 'library.sqlite');
    content(file);
    return { file, before: readFileSync(file) };
  }
  const sqlite =
    (...statements: string[]) =>
    (file: string) => {
      const db = new Database(file);
      for (const statement of statements) db.exec(statement);
      db.close();
    };

  test.each([
    [
      'a text',
      (file: string) => writeFileSync(file, '企业名称,税号\n'.repeat(100)),
      'library libraryForeign',
    ],
    ['a few bytes', (file: string) => writeFileSync(file, 'x'), 'library libraryForeign'],
    ["another program's database", sqlite('CREATE TABLE contact (id INTEGER)'), 'library libraryForeign'],
    [
      "another program's database with a mark of its own",
      sqlite('PRAGMA application_id = 77', 'CREATE TABLE contact (id INTEGER)'),
      'library libraryForeign',
    ],
    [
      'a library of a newer version',
      sqlite(
        `PRAGMA application_id = ${APPLICATION_ID}`,
        `PRAGMA user_version = ${newest + 10}`,
        'CREATE TABLE enterprise (id TEXT)',
      ),
      'newer-library libraryNewer',
    ],
  ])('%s', async (_, content, answer) => {
    const { file, before } = made(content);
    expect(await refused(file)).toBe(answer);
    expect(readFileSync(file)).toEqual(before);
  });

  test('an empty file is a library that was never begun', async () => {
    const { file } = made((path) => writeFileSync(path, ''));
    expect(userVersion(await scratchLibrary(file))).toBe(newest);
  });

  test('a library that was begun and cut off before its first table is begun again', async () => {
    const { file } = made(sqlite('PRAGMA journal_mode = WAL'));
    expect(userVersion(await scratchLibrary(file))).toBe(newest);
  });

  test('a newer format that only stands in the log of a run that was cut off', async () => {
    const folder = scratchFolder();
    const file = join(folder, 'library.sqlite');
    const db = await openLibrary(file, NOW);
    db.pragma(`user_version = ${newest + 10}`);
    // Copied while open: the header still has the old version, the log the new one.
    const copy = join(folder, 'copy.sqlite');
    writeFileSync(copy, readFileSync(file));
    writeFileSync(`${copy}-wal`, readFileSync(`${file}-wal`));
    db.pragma(`user_version = ${newest}`);
    closeLibrary(db);
    expect(readFileSync(copy).readUInt32BE(60)).toBe(newest);
    expect(await refused(copy)).toBe('newer-library libraryNewer');
  });
});

describe('damage', () => {
  async function filled(): Promise<string> {
    const file = join(scratchFolder(), 'library.sqlite');
    const db = await openLibrary(file, NOW);
    writeAs(db, 'x', (tx) => {
      for (let i = 0; i < 300; i++) createEnterprise(tx, { name: `企业${i}`, notes: '备注'.repeat(300) });
    });
    closeLibrary(db);
    return file;
  }

  test('in the middle of the file is found at opening; the file stays as it is', async () => {
    const file = await filled();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40_000);
    writeFileSync(file, bytes);
    expect(await refused(file)).toBe('damaged-library libraryDamaged');
    expect(readFileSync(file)).toEqual(bytes);
  });

  test('of the end of the file is found at opening; the file stays as it is', async () => {
    const file = await filled();
    const bytes = readFileSync(file).subarray(0, 200_000);
    writeFileSync(file, bytes);
    expect(await refused(file)).toBe('damaged-library libraryDamaged');
    expect(readFileSync(file)).toEqual(bytes);
  });

  test('nothing else is found in a sound file', async () => {
    expect(await refused(await filled())).toBe('opened');
  });
});

describe('the tables refuse what cannot be', () => {
  test.each([
    ["INSERT INTO figure (enterprise_id, year, revenue) VALUES ('e', 2025, 'viel')", /cannot store TEXT/],
    ["INSERT INTO figure (enterprise_id, year, revenue) VALUES ('e', 2025, 1.5)", /cannot store REAL/],
    ["INSERT INTO figure (enterprise_id, year, revenue) VALUES ('nobody', 2025, 1)", /FOREIGN KEY/],
    ["UPDATE enterprise SET name = ''", /CHECK/],
    ['UPDATE enterprise SET name = NULL', /NOT NULL/],
    ['UPDATE enterprise SET registered_capital = -1', /CHECK/],
    ['UPDATE enterprise SET is_sample = 2', /CHECK/],
    ["UPDATE enterprise SET tags = 'no json'", /CHECK/],
    [
      "INSERT INTO fact (enterprise_id, fact_id, value, basis, updated_at) VALUES ('e', 'f', 'yes', 'declared', '')",
      /CHECK/,
    ],
  ])('%s', async (statement, fault) => {
    const db = await scratchLibrary();
    db.prepare(
      "INSERT INTO enterprise (id, name, name_key, name_pinyin, name_initials, created_at, updated_at) VALUES ('e', '甲', '甲', 'jia', 'j', '', '')",
    ).run();
    expect(() => db.prepare(statement).run()).toThrow(fault);
  });

  test('a fact without a year once only, with a year once a year', async () => {
    const db = await scratchLibrary();
    db.exec(
      "INSERT INTO enterprise (id, name, name_key, name_pinyin, name_initials, created_at, updated_at) VALUES ('e', '甲', '甲', 'jia', 'j', '', '')",
    );
    const add = db.prepare(
      "INSERT INTO fact (enterprise_id, fact_id, year, value, basis, updated_at) VALUES ('e', 'f', ?, 'true', 'declared', '')",
    );
    add.run(null);
    add.run(2024);
    add.run(2025);
    expect(() => add.run(null)).toThrow(/UNIQUE/);
    expect(() => add.run(2025)).toThrow(/UNIQUE/);
  });
});
