import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { closeLibrary, type Db } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { type Tx, write } from '../../electron/library/write.ts';

export const NOW = new Date('2026-06-15T04:00:00Z');

/** A folder of this test's own, gone afterwards. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An open library in a real file, closed and gone after the test. */
export async function scratchLibrary(file = join(scratchFolder(), 'library.sqlite')): Promise<Db> {
  const db = await openLibrary(file, NOW);
  onTestFinished(() => closeLibrary(db));
  return db;
}

/** A write by "tester" at a given moment. */
export function writeAs<T>(db: Db, action: string, work: (tx: Tx) => T, now = NOW, grouped = false): T {
  return write(db, { action, actor: 'tester', now, grouped }, work);
}

/** Everything a library holds, for comparing before and after. */
export function dump(db: Db): Record<string, unknown[]> {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  return Object.fromEntries(
    (tables as string[]).map((table) => {
      const rows = db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
      // Efforts are worked out in the background, whenever there is time.
      if (table === 'standing')
        for (const row of rows) {
          delete row.effort;
          delete row.effort_key;
        }
      return [table, rows];
    }),
  );
}

/** A valid credit code out of a number. */
export function usccFor(number: number): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91420100${String(number).padStart(9, '0')}`;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += weight * alphabet.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return body + alphabet.charAt((31 - (sum % 31)) % 31);
}
