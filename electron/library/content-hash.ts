import { createHash } from 'node:crypto';
import { rowCounts } from './backup.ts';
import type { Db } from './open.ts';

const EVERY = 2000;

/**
 * SHA-256 over every row of every table of ours, in the order in which the tables are stored: the same for a library and
 * for a copy of it that is encrypted otherwise. `step` hears of rows read and all; false ends it (null).
 */
export function contentHash(db: Db, step: (done: number, total: number) => boolean): string | null {
  const hash = createHash('sha256');
  const counts = rowCounts(db);
  const total = Object.values(counts).reduce((sum, rows) => sum + rows, 0);
  let done = 0;
  for (const table of Object.keys(counts)) {
    hash.update(`\n${table}\n`);
    for (const row of db.prepare(`SELECT * FROM "${table}" NOT INDEXED`).raw().iterate()) {
      hash.update(
        JSON.stringify(
          (row as unknown[]).map((cell) => (Buffer.isBuffer(cell) ? cell.toString('base64') : cell)),
        ),
      );
      done += 1;
      if (done % EVERY === 0 && !step(done, total)) return null;
    }
  }
  return hash.digest('hex');
}
