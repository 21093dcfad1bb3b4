import { putOnShelf } from './backup-shelf.ts';
import type { Migration } from './migrations/index.ts';
import { APPLICATION_ID, type Db, libraryFault, userVersion } from './open.ts';
import { Refusal } from './refusal.ts';

/** The highest format a list of steps leads to. */
export function newestVersion(steps: readonly Migration[]): number {
  return steps.reduce((newest, step) => {
    if (step.version <= newest) throw new Error(`migration ${step.version} is out of order`);
    return step.version;
  }, 0);
}

/**
 * Brings a library to the newest format: all pending steps in one transaction, the version with them. An existing
 * library is backed up into the folder `backups` first, and the copy checked; if that fails nothing is changed (Refusal).
 * `backups` null: the library is itself a copy of one that stays. `second` is a second folder for the backup.
 */
export async function migrate(
  db: Db,
  steps: readonly Migration[],
  options: { backups: string | null; now: Date; second?: string | null },
): Promise<void> {
  const version = userVersion(db);
  const pending = steps.filter((step) => step.version > version);
  if (pending.length === 0) return;
  if (version > 0 && options.backups !== null) {
    try {
      const { now, second = null } = options;
      await putOnShelf(db.name, options.backups, { why: 'migrate', now, second });
    } catch (error) {
      throw libraryFault(error, db.name, options.backups) ?? new Refusal('library', 'backupFailed');
    }
  }
  const change = db.transaction(() => {
    for (const step of pending) step.up(db);
    const broken = db.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error('a migration broke references');
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${newestVersion(steps)}`);
  });
  try {
    change.immediate();
  } catch (error) {
    throw libraryFault(error, db.name) ?? error;
  }
  try {
    db.pragma('optimize');
    // The format should stand in the file's own header, where it is read before anything is opened.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // It is done. On a full disk it stands in the log, which belongs to the file, until that is closed.
    if (libraryFault(error, db.name)?.key !== 'diskFull') throw error;
  }
}
