import { createHash } from 'node:crypto';
import { linkSync, rmSync } from 'node:fs';
import { requireRoom } from './disk-space.ts';
import { renameStubbornly, syncFolder, writeSynced } from './durable-file.ts';
import { encryptContent, isEncryptedFile } from './evidence-cipher.ts';
import { contentPath, contentsOf, readContent } from './evidence-store.ts';
import { Refusal } from './refusal.ts';

/** Whether a content lies otherwise than it is to. */
function differs(path: string, key: string | null): boolean {
  return isEncryptedFile(path) !== (key !== null);
}

/** The same content of another store as a second name of one file, where both lie on one disk. */
function linked(twin: string, temporary: string, key: string | null): boolean {
  try {
    if (differs(twin, key)) return false;
    linkSync(twin, temporary);
    return true;
  } catch {
    return false;
  }
}

function rewrite(store: string, hash: string, temporary: string, key: string | null): void {
  const content = readContent(store, hash);
  // One that is not what it was stays as it is, for the check to find.
  if (createHash('sha256').update(content).digest('hex') !== hash) throw new Error('the content has changed');
  const bytes = key === null ? content : encryptContent(content, hash, key);
  requireRoom(store, bytes.length);
  writeSynced(temporary, bytes);
}

/**
 * Encrypts the contents of a store, or takes their encryption off (null), one file after the other; each is there in one
 * form or the other at any moment, so it may be cut off and gone on with. `twin`: a store whose files may be shared.
 * Contents that are damaged or whose key is not open stay. Throws a Refusal where `report` says to end.
 */
export function convertContents(
  store: string,
  key: string | null,
  report: (done: number, total: number) => boolean,
  twin: string | null = null,
): { done: number; failed: number } {
  const others = contentsOf(store).filter((hash) => differs(contentPath(store, hash), key));
  let done = 0;
  let failed = 0;
  for (const hash of others) {
    if (!report(done + failed, others.length)) throw new Refusal('library', 'protectionCancelled');
    const path = contentPath(store, hash);
    const temporary = `${path}.part`;
    try {
      rmSync(temporary, { force: true });
      if (twin === null || !linked(contentPath(twin, hash), temporary, key))
        rewrite(store, hash, temporary, key);
      renameStubbornly(temporary, path);
      done += 1;
    } catch (error) {
      if (error instanceof Refusal && error.key === 'diskShort') throw error;
      failed += 1;
    } finally {
      rmSync(temporary, { force: true });
    }
  }
  if (done > 0) syncFolder(store);
  return { done, failed };
}
