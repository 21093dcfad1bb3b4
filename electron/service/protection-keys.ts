import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { shelfOf } from '../library/backup-shelf.ts';
import {
  type KeyFile,
  keepKey,
  keyFilePath,
  readKeptKeys,
  readKeyFile,
  spreadKeys,
  writeKeyFile,
} from '../library/key-file.ts';
import { Refusal } from '../library/refusal.ts';
import { readSafetyState } from '../library/safety-state.ts';

/** The key files a library may be opened with: its own; where that is gone or damaged, the copies with its backups. */
export function usableKeyFiles(library: string): KeyFile[] {
  const own = readKeyFile(dirname(library));
  if (own === 'newer') throw new Refusal('newer-library', 'keyFileNewer');
  if (own !== null && typeof own === 'object') return [own];
  return readKeptKeys(shelfOf(library));
}

/**
 * Puts a key file beside the library and with its backups, in the second place too where that is there. `changed`: it is
 * another one than before, and must be written; otherwise only one that is missing or damaged is made good, as far as
 * that can be. Throws a Refusal where it cannot be written.
 */
export function storeKeyFile(library: string, file: KeyFile, changed: boolean): void {
  const folder = dirname(library);
  const path = keyFilePath(folder);
  const own = readKeyFile(folder);
  if (!changed && own !== null && typeof own === 'object') return;
  try {
    // What cannot be read is not thrown away.
    if (own === 'damaged' && existsSync(path)) renameSync(path, path.replace(/\.json$/, '.damaged.json'));
    writeKeyFile(path, file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    if (changed) throw new Refusal('library', 'libraryUnreachable', { reason });
    return;
  }
  const shelf = shelfOf(library);
  const { second } = readSafetyState(shelf);
  try {
    keepKey(folder, shelf);
    if (second !== null) spreadKeys(shelf, second);
  } catch (error) {
    // The copies follow with the next backup.
    console.error('A copy of the key file was not written:', (error as NodeJS.ErrnoException).code);
  }
}
