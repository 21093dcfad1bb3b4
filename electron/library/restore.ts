import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { proveCopy, removeCopy } from './backup.ts';
import { rekey } from './connect.ts';
import { libraryBytes, requireRoom } from './disk-space.ts';
import { syncFile } from './durable-file.ts';
import { migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { closeLibrary, openFile, openReadOnly } from './open.ts';

/** A backup to be restored: the file, and the hash it was proved with when it was made (null = not known). */
export interface RestoreSource {
  readonly file: string;
  readonly sha256: string | null;
}

/** Where a backup is made ready beside the library it is to become. */
export function restoringPath(library: string): string {
  return join(dirname(library), 'restoring.sqlite');
}

/**
 * A copy of a backup in `target`, proved and brought to the newest format. The backup itself is not touched. Throws
 * where the backup is not what it was, is damaged, or comes from a newer version. With `key` it is brought to that
 * encryption (null = in clear), whatever the backup has.
 */
export async function readyCopy(
  { file, sha256 }: RestoreSource,
  target: string,
  now: Date,
  key?: string | null,
): Promise<void> {
  requireRoom(dirname(target), libraryBytes(file));
  mkdirSync(dirname(target), { recursive: true });
  removeCopy(target);
  copyFileSync(file, target);
  await proveCopy(target, sha256 === null ? undefined : { counts: {}, sha256 });
  if (key !== undefined) rekey(target, key);
  const db = openFile(target, newestVersion(migrations));
  try {
    await migrate(db, migrations, { backups: null, now });
    // One complete file without a log beside it.
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } finally {
    closeLibrary(db);
  }
  syncFile(target);
}

/**
 * Puts the content of a backup into an open library in clear, in one transaction of SQLite's: a crash leaves the library as it
 * was or as the backup has it. Other connections see the new content at their next read. Throws where it cannot.
 */
export async function restoreInto(library: string, source: RestoreSource, now: Date): Promise<void> {
  const copy = restoringPath(library);
  try {
    requireRoom(dirname(library), 3 * libraryBytes(source.file));
    await readyCopy(source, copy, now, null);
    const db = openReadOnly(copy);
    try {
      // All pages in one step: nobody writes in between, and the lock is held as short as can be.
      await db.backup(library, { progress: () => 0x7fffffff });
    } finally {
      db.close();
    }
  } finally {
    removeCopy(copy);
  }
}
