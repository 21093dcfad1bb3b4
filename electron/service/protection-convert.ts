import { dirname } from 'node:path';
import { removeCopy } from '../library/backup.ts';
import type { KeyFile } from '../library/key-file.ts';
import { forgetKey, holdKey } from '../library/keyring.ts';
import { takeLock } from '../library/lock.ts';
import { convertingPath, takeClear, takeEncrypted } from '../library/protect.ts';
import { Refusal } from '../library/refusal.ts';
import { shelvesOf } from '../library/safety-state.ts';
import { startSafety } from '../library/safety-thread.ts';
import type { Context } from './context.ts';
import { isContext } from './rescue-calls.ts';
import type { Vault } from './vault.ts';

interface Convert {
  /** The backups too. */
  readonly backups: boolean;
  /** One whole number; anything but 0 asks it to end. */
  readonly cancel: SharedArrayBuffer;
}

function requireNotCancelled(cancel: SharedArrayBuffer): void {
  if (Atomics.load(new Int32Array(cancel), 0) !== 0) throw new Refusal('library', 'protectionCancelled');
}

/** What went wrong, as a Refusal: its own, or that nothing was changed. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  console.error('The encryption was not changed:', error instanceof Error ? error.message : 'failed');
  return new Refusal('library', 'protectionFailed');
}

/**
 * The copy in the other encryption is made and proved in a thread, with the library closed and its lock in our hands, and
 * then takes its place. Rejects with a Refusal; then the library is as it was.
 */
async function convert(
  vault: Vault,
  key: string | null,
  { cancel }: Convert,
  take: () => void,
): Promise<void> {
  const library = vault.libraryPath;
  const answer = takeLock(dirname(library), { now: vault.now });
  if (!answer.mine) throw new Refusal('library', 'libraryBusy');
  try {
    await startSafety({ do: 'convert', library, key, cancel }, (done, total, step) =>
      vault.progress(step ?? 'copy', done, total),
    ).result;
    requireNotCancelled(cancel);
    take();
  } catch (error) {
    throw refusalOf(error);
  } finally {
    removeCopy(convertingPath(library));
    answer.lock.release();
  }
}

/** Brings all backups, in the second place too, to a key or to none. Rejects with a Refusal. */
export async function convertBackupsOf(
  vault: Vault,
  { safety }: Context,
  key: string | null,
  cancel: SharedArrayBuffer,
): Promise<{ done: number; failed: number }> {
  const shelves = shelvesOf(safety.shelf);
  try {
    return await safety.run({ do: 'convert-backups', shelves, key, cancel }, (done, total) =>
      vault.progress('backups', done, total),
    );
  } catch (error) {
    throw refusalOf(error);
  }
}

/**
 * Brings attached files, also those with the backups and in the second place, to a key or to none. Each is there in one
 * form or the other whatever happens; it may be gone on with later. Rejects with a Refusal.
 */
export async function convertEvidenceOf(
  { safety, libraryPath }: Context,
  key: string | null,
  cancel: SharedArrayBuffer,
  progress: Vault['progress'],
): Promise<void> {
  const shelves = shelvesOf(safety.shelf);
  try {
    await safety.run({ do: 'convert-evidence', library: libraryPath, shelves, key, cancel }, (done, total) =>
      progress('evidence', done, total),
    );
  } catch (error) {
    throw refusalOf(error);
  }
}

/** After the library: what is left in the other form is gone on with at the next opening. */
async function thenEvidence(vault: Vault, key: string | null, { cancel }: Convert): Promise<void> {
  const found = await vault.current();
  if (!isContext(found)) return;
  await convertEvidenceOf(found, key, cancel, vault.progress).catch((error: unknown) => {
    console.error('Attached files were not all converted:', error instanceof Refusal ? error.key : 'failed');
  });
}

/** Backups come after the library: where they are cancelled or fail, the library stays as it is now. */
async function thenBackups(vault: Vault, key: string | null, { backups, cancel }: Convert): Promise<void> {
  if (!backups) return;
  const found = await vault.current();
  if (!isContext(found)) return;
  await convertBackupsOf(vault, found, key, cancel).catch((error: unknown) => {
    console.error('The backups were not all converted:', error instanceof Refusal ? error.key : 'failed');
  });
}

/** Encrypts the library after a proved backup of it. Rejects with a Refusal where it cannot; then all is as it was. */
export async function turnOn(
  vault: Vault,
  context: Context,
  { file, key }: { file: KeyFile; key: Uint8Array },
  how: Convert,
): Promise<void> {
  vault.progress('backup', 0, 1);
  await context.safety.backUp('protect');
  requireNotCancelled(how.cancel);
  await vault.apart(async () => {
    holdKey(file.id, key);
    try {
      await convert(vault, file.id, how, () => takeEncrypted(vault.libraryPath, file));
    } catch (error) {
      forgetKey(file.id);
      throw error;
    }
  });
  await thenEvidence(vault, file.id, how);
  await thenBackups(vault, file.id, how);
}

/** Takes the encryption off after a proved backup. Rejects with a Refusal where it cannot; then all is as it was. */
export async function turnOff(vault: Vault, context: Context, id: string, how: Convert): Promise<void> {
  vault.progress('backup', 0, 1);
  await context.safety.backUp('protect');
  requireNotCancelled(how.cancel);
  try {
    // Attached files first: in a library in clear an encrypted one could not be opened any more.
    await convertEvidenceOf(context, null, how.cancel, vault.progress);
    await vault.apart(() => convert(vault, null, how, () => takeClear(vault.libraryPath)));
  } catch (error) {
    await thenEvidence(vault, id, { ...how, cancel: new SharedArrayBuffer(4) });
    throw error;
  }
  await thenEvidence(vault, null, how);
  await thenBackups(vault, null, how);
  forgetKey(id);
}
