import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { copyLibrary, proveCopy } from '../../electron/library/backup.ts';
import { type BackupReason, outlived } from '../../electron/library/backup-retention.ts';
import { listBackups, putOnShelf } from '../../electron/library/backup-shelf.ts';
import { compareLibraries } from '../../electron/library/compare-libraries.ts';
import { requireRoom } from '../../electron/library/disk-space.ts';
import { createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import { readSafetyState, writeSafetyState } from '../../electron/library/safety-state.ts';
import { dump, NOW, scratchFolder, scratchLibrary, writeAs } from './scratch.ts';

const plain = { why: 'manual', now: NOW, second: null } as const;

test('a backup is the library at one moment, whatever is written while it is copied', async () => {
  const db = await scratchLibrary();
  writeAs(db, 'x', (tx) => {
    for (let i = 0; i < 400; i++) createEnterprise(tx, { name: `企业${i}`, brief: '介绍'.repeat(500) });
  });
  const before = dump(db);
  let during = 0;
  const target = join(scratchFolder(), 'copy.sqlite');
  await copyLibrary(db.name, target, {
    progress: () => {
      during += 1;
      writeAs(db, 'x', (tx) => createEnterprise(tx, { name: `后来${during}` }));
    },
  });
  expect(during).toBeGreaterThan(0);
  const copy = await scratchLibrary(target);
  expect(dump(copy)).toEqual(before);
});

test('backups are numbered on, described, and copied to the second folder', async () => {
  const db = await scratchLibrary();
  writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  const shelf = join(dirname(db.name), 'backups');
  const second = scratchFolder();
  await putOnShelf(db.name, shelf, plain);
  const made = await putOnShelf(db.name, shelf, { ...plain, why: 'daily', second });
  expect(made.secondFault).toBeNull();
  expect(made.name).toBe('backup-00000002-daily-1.sqlite');
  expect(
    listBackups(shelf).map(({ sequence, why, manifest }) => [sequence, why, manifest?.counts.enterprise]),
  ).toEqual([
    [2, 'daily', 1],
    [1, 'manual', 1],
  ]);
  expect(readFileSync(join(second, made.name))).toEqual(readFileSync(join(shelf, made.name)));
  expect(listBackups(second)).toHaveLength(1);
  const gone = await putOnShelf(db.name, shelf, { ...plain, second: join(second, made.name, 'no') });
  expect(gone.secondFault).toBeTruthy();
  expect(gone.manifest.sequence).toBe(3);
});

test('one flipped byte in a backup is found, because it is no longer the file that was proved', async () => {
  const db = await scratchLibrary();
  const shelf = scratchFolder();
  const { name, manifest } = await putOnShelf(db.name, shelf, plain);
  const file = join(shelf, name);
  const bytes = readFileSync(file);
  bytes[bytes.length - 5]! ^= 1;
  writeFileSync(file, bytes);
  await expect(proveCopy(file, { counts: {}, sha256: manifest.sha256 })).rejects.toThrow('not the file');
});

test('a disk without room is refused before anything is begun', async () => {
  const folder = scratchFolder();
  expect(() => requireRoom(join(folder, 'not', 'there'), 2 ** 60)).toThrow(
    expect.objectContaining({ key: 'diskShort' }),
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('24 months of work leave the newest of each kind and twelve months, in whatever way the clock runs', () => {
  let shelf: { sequence: number; why: BackupReason; ordinal: number | null }[] = [];
  let sequence = 0;
  let days = 0;
  const put = (why: BackupReason) => {
    sequence += 1;
    if (why === 'daily') days += 1;
    shelf.push({ sequence, why, ordinal: why === 'daily' ? days : null });
    const gone = new Set(outlived(shelf));
    shelf = shelf.filter((backup) => !gone.has(backup));
  };
  for (let day = 0; day < 24 * 20; day += 1) {
    put('daily');
    for (let hour = 0; hour < 6; hour += 1) put('hourly');
    if (day % 7 === 0) put('import');
  }
  const of = (why: BackupReason) => shelf.filter((backup) => backup.why === why);
  expect(of('hourly')).toHaveLength(24);
  expect(of('import')).toHaveLength(10);
  expect(of('daily').map((backup) => backup.ordinal)).toEqual([
    ...Array.from({ length: 12 }, (_, i) => 241 + 20 * i),
    ...Array.from({ length: 14 }, (_, i) => 467 + i),
  ]);
  expect(Math.max(...shelf.map((backup) => backup.sequence))).toBe(sequence);
});

test('the state beside the backups survives being zeroed: the damaged file is kept aside', () => {
  const shelf = scratchFolder();
  writeSafetyState(shelf, { second: '/elsewhere', drills: [] });
  expect(readSafetyState(shelf).second).toBe('/elsewhere');
  for (const damage of ['', '\0', '{"second": 5}', 'garbage']) {
    writeFileSync(join(shelf, 'state.json'), damage);
    expect(readSafetyState(shelf)).toEqual({ second: null, drills: [] });
    expect(readFileSync(join(shelf, 'state.json.damaged'), 'utf8')).toBe(damage);
  }
});

test('a comparison names what a restore would take away and bring back', async () => {
  const db = await scratchLibrary();
  const [a, b] = writeAs(db, 'x', (tx) => [
    createEnterprise(tx, { name: '甲' }),
    createEnterprise(tx, { name: '乙' }),
  ]);
  const shelf = scratchFolder();
  const { name } = await putOnShelf(db.name, shelf, plain);
  writeAs(db, 'x', (tx) => {
    updateEnterprise(tx, a!, { niche: '激光' });
    createEnterprise(tx, { name: '丙' });
    setFigures(tx, b!, [{ year: 2025, values: { revenue: 1 } }]);
  });
  const seen = compareLibraries(db.name, join(shelf, name));
  expect(seen.onlyHere.some.map((one) => one.name)).toEqual(['丙']);
  expect(seen.changed.some.map(({ name: n, kinds }) => [n, kinds]).sort()).toEqual([
    ['乙', ['figure']],
    ['甲', ['enterprise']],
  ]);
  expect(seen.onlyThere.total).toBe(0);
  expect(seen.counts.enterprise).toEqual({ here: 3, there: 2 });
});

test('backups of earlier versions are listed and never tidied away', async () => {
  const db = await scratchLibrary();
  const shelf = scratchFolder();
  mkdirSync(shelf, { recursive: true });
  writeFileSync(join(shelf, 'library-format-20-20260101000000000.sqlite'), 'old');
  writeFileSync(join(shelf, 'notes.txt'), 'mine');
  for (let i = 1; i <= 22; i += 1)
    writeFileSync(join(shelf, `backup-${String(i).padStart(8, '0')}-manual.sqlite`), 'x');
  await putOnShelf(db.name, shelf, plain);
  const names = listBackups(shelf).map((backup) => backup.name);
  expect(names).toHaveLength(21);
  expect(names.at(-1)).toBe('library-format-20-20260101000000000.sqlite');
  expect(existsSync(join(shelf, 'notes.txt'))).toBe(true);
});
