import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { keyOf } from './connect.ts';
import { type Db, openFile } from './open.ts';
import type { OpenedLibrary, ReadOnly } from './opened-library.ts';

/** The content of an open library as it is at one moment, in a new file encrypted with the same key, if with any. */
export async function copyContent(db: Db, target: string): Promise<void> {
  // The backup API cannot give its target a key.
  if (keyOf(db) === null) await db.backup(target);
  else db.prepare('VACUUM INTO ?').run(target);
}

function link(from: string, to: string): void {
  try {
    if (existsSync(from) && !existsSync(to)) symlinkSync(from, to, 'junction');
  } catch {
    // Without it everything but the evidence can be looked at.
  }
}

/**
 * Opens a private copy of the library in `file` for looking, in a folder of its own that is gone with it; evidence is read
 * where it lies. `fill` writes the copy, `ready` makes it fit to be looked at. Rejects as they do; nothing is left then.
 */
export async function openPrivateCopy(
  file: string,
  readOnly: ReadOnly,
  version: number,
  how: { fill(copy: string): Promise<void>; ready(db: Db): Promise<void> | void },
): Promise<OpenedLibrary> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-view-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, basename(file));
    await how.fill(copy);
    link(join(dirname(file), 'attachments'), join(folder, 'attachments'));
    const db = openFile(copy, version);
    try {
      await how.ready(db);
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      readOnly,
      close() {
        db.close();
        clear();
      },
    };
  } catch (error) {
    clear();
    throw error;
  }
}
