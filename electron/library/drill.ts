import { join } from 'node:path';
import { removeCopy } from './backup.ts';
import { readFile } from './enterprise-file.ts';
import { openReadOnly, prepared } from './open.ts';
import { type RestoreSource, readyCopy } from './restore.ts';

/** What a restore on trial found. */
export interface Drilled {
  readonly enterprises: number;
  /** Enterprises that were read whole, as the product reads them. */
  readonly read: number;
}

/** At most so many enterprises are read in a drill, spread over the library. */
const READ_AT_MOST = 500;

/**
 * Restores a backup on trial beside the shelf, opens it as the product does and reads enterprises out of it, then removes
 * it. Throws what a real restore would have failed with.
 */
export async function drill(source: RestoreSource, shelf: string, now: Date): Promise<Drilled> {
  const copy = join(shelf, 'drill.sqlite');
  try {
    await readyCopy(source, copy, now);
    const db = openReadOnly(copy);
    try {
      const ids = prepared(db, 'SELECT id FROM enterprise ORDER BY id').all();
      const step = Math.max(1, Math.ceil(ids.length / READ_AT_MOST));
      let read = 0;
      for (let at = 0; at < ids.length; at += step) {
        readFile(db, String(ids[at]?.id));
        read += 1;
      }
      return { enterprises: ids.length, read };
    } finally {
      db.close();
    }
  } finally {
    removeCopy(copy);
  }
}
