import { shelfOf } from './backup-shelf.ts';
import { migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { closeLibrary, type Db, openFile } from './open.ts';
import { readSafetyState } from './safety-state.ts';

/**
 * Opens the library in `file` ready for use: created where there is none, brought to the newest format where it is
 * older (after a checked backup beside it). Throws a Refusal for a newer, foreign, damaged or unreachable file.
 */
export async function openLibrary(file: string, now: Date, steps = migrations): Promise<Db> {
  const db = openFile(file, newestVersion(steps));
  try {
    const shelf = shelfOf(file);
    await migrate(db, steps, { backups: shelf, now, second: readSafetyState(shelf).second });
    return db;
  } catch (error) {
    closeLibrary(db);
    throw error;
  }
}
