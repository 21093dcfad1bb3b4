import { removeCopy } from './backup.ts';
import { type Backup, listBackups, manifestPath } from './backup-shelf.ts';
import { hashOfFile, renameStubbornly, syncFolder, writeDurably } from './durable-file.ts';
import { keyWith } from './keyring.ts';
import { convertCopy } from './protect.ts';
import { Refusal } from './refusal.ts';

/** Backups of a folder by how they lie; shut = encrypted with a key that is not open. */
export function countBackups(backups: readonly Backup[]): { encrypted: number; clear: number; shut: number } {
  const encrypted = backups.filter((backup) => backup.encrypted);
  const shut = encrypted.filter(({ manifest }) => manifest?.key && keyWith(manifest.key) === null);
  return { encrypted: encrypted.length, clear: backups.length - encrypted.length, shut: shut.length };
}

async function convert(
  { file, manifest }: Backup,
  key: string | null,
  report: (done: number, total: number) => boolean,
): Promise<void> {
  if (manifest && (await hashOfFile(file)) !== manifest.sha256)
    throw new Error('the backup is not the file that was proved when it was made');
  const target = `${file}.converting`;
  try {
    const made = await convertCopy(file, target, key, (_, done, total) => report(done, total));
    const write = (content: object) => writeDurably(manifestPath(file), JSON.stringify(content, null, 1));
    // What it is to be is written down first, so that it is known in any case which of the two the file is.
    if (manifest) write({ ...manifest, next: { ...made, key } });
    renameStubbornly(target, file);
    if (manifest) write({ ...manifest, ...made, key });
  } finally {
    removeCopy(target);
  }
}

/**
 * Brings the backups of a folder to the encryption with this key, or to none (null), one after the other; each stays as
 * it is until its copy is proved. Those that are damaged or whose key is not open stay. Throws a Refusal where it is
 * cancelled or the disk is short.
 */
export async function convertBackups(
  folder: string,
  key: string | null,
  report: (done: number, total: number) => boolean,
): Promise<{ done: number; failed: number }> {
  const others = listBackups(folder).filter(({ encrypted }) => encrypted !== (key !== null));
  let done = 0;
  let failed = 0;
  for (const [at, backup] of others.entries()) {
    try {
      // Each counts for a hundred.
      await convert(backup, key, (part, whole) =>
        report(at * 100 + (whole > 0 ? Math.floor((99 * part) / whole) : 0), others.length * 100),
      );
      done += 1;
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'locked') throw error;
      failed += 1;
    }
  }
  if (done > 0) syncFolder(folder);
  return { done, failed };
}
