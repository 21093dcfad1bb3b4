import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { proveCopy, removeCopy } from './backup.ts';
import { rekey } from './connect.ts';
import { libraryBytes, requireRoom } from './disk-space.ts';
import { syncFile } from './durable-file.ts';
import { continueClock } from './hlc.ts';
import { migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { closeLibrary, type Db, openFile, openReadOnly } from './open.ts';
import { write } from './write.ts';

/** A backup to be restored: the file, and the hash it was proved with when it was made (null = not known). */
export interface RestoreSource {
  readonly file: string;
  readonly sha256: string | null;
}

/** What the restored library is to say of the restore: from which backup, what was made before, who did it. */
export interface RestoreNote {
  readonly name: string;
  readonly before: string;
  readonly actor: string;
  /** The newest time the library gave before; times go on after it. */
  readonly last: string | null;
}

/** Where a backup is made ready beside the library it is to become. */
export function restoringPath(library: string): string {
  return join(dirname(library), 'restoring.sqlite');
}

/** Stands in the copy before it becomes the library: a full disk cannot come between the content and the note. */
function takeNote(db: Db, { name, before, actor, last }: RestoreNote, now: Date): void {
  continueClock(db, last);
  // What was half typed when that backup was made is not half typed now.
  db.exec('DELETE FROM draft');
  write(db, { action: 'backup.restore', actor, now }, (tx) =>
    tx.put('setting', { key: 'internal.restored' }, { value: { name, before, at: tx.at } }, null),
  );
}

/**
 * A copy of a backup in `target`, proved and brought to the newest format. The backup itself is not touched. Throws
 * where the backup is not what it was, is damaged, or comes from a newer version. With `key` it is brought to that
 * encryption (null = in clear), whatever the backup has. With `note` it says of itself that it was restored.
 */
export async function readyCopy(
  { file, sha256 }: RestoreSource,
  target: string,
  now: Date,
  key?: string | null,
  note?: RestoreNote,
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
    if (note) takeNote(db, note, now);
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
export async function restoreInto(
  library: string,
  source: RestoreSource,
  now: Date,
  note?: RestoreNote,
): Promise<void> {
  const copy = restoringPath(library);
  try {
    requireRoom(dirname(library), 3 * libraryBytes(source.file));
    await readyCopy(source, copy, now, null, note);
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
