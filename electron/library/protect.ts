import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { proveCopy, removeCopy } from './backup.ts';
import { keyOf, kindOfFile, rekey } from './connect.ts';
import { contentHash } from './content-hash.ts';
import { libraryBytes, requireRoom } from './disk-space.ts';
import { renameStubbornly, syncFile, syncFolder } from './durable-file.ts';
import { type KeyFile, keepKey, keyFilePath, readKeyFile, writeKeyFile } from './key-file.ts';
import { openReadOnly, settleCopy } from './open.ts';
import { Refusal } from './refusal.ts';
import { breakSeal } from './seal.ts';

/** What is being done to a copy on its way to another encryption. */
export type ConvertStep = 'copy' | 'convert' | 'verify';
/** Hears how far it is; false = it is to end. */
export type ConvertReport = (step: ConvertStep, done: number, total: number) => boolean;

/** Where the copy is made that takes the library's place. */
export function convertingPath(library: string): string {
  return join(dirname(library), 'library.converting.sqlite');
}

const PAGES = 1000;
const cancelled = () => new Refusal('library', 'protectionCancelled');

/**
 * Makes a copy of a library nobody writes to, encrypted with another key or in clear (null), and proves that it holds the
 * same: structure, references, every row. Throws a Refusal where the disk is short or it is cancelled; nothing is left then.
 */
export async function convertCopy(
  library: string,
  target: string,
  key: string | null,
  report: ConvertReport,
): Promise<{ bytes: number; sha256: string }> {
  // The copy, and what rewriting it takes meanwhile.
  requireRoom(dirname(target), 3 * libraryBytes(library));
  removeCopy(target);
  let made = false;
  const on = (step: ConvertStep, done: number, total: number) => {
    if (!report(step, done, total)) throw cancelled();
    return true;
  };
  try {
    const source = openReadOnly(library);
    try {
      on('copy', 0, 1);
      if (keyOf(source) !== null) source.prepare('VACUUM INTO ?').run(target);
      else {
        await source.backup(target, {
          progress({ totalPages, remainingPages }) {
            on('copy', totalPages - remainingPages, totalPages);
            return PAGES;
          },
        });
        settleCopy(target);
      }
      on('convert', 0, 1);
      rekey(target, key);
      syncFile(target);
      const { bytes, sha256 } = await proveCopy(target);
      const copy = openReadOnly(target);
      try {
        const before = contentHash(source, (done, total) => on('verify', done, 2 * total));
        const after = contentHash(copy, (done, total) => on('verify', total + done, 2 * total));
        if (keyOf(copy) !== key || before !== after) throw new Error('the copy does not hold the same');
      } finally {
        copy.close();
      }
      on('verify', 1, 1);
      made = true;
      return { bytes, sha256 };
    } finally {
      source.close();
    }
  } finally {
    if (!made) removeCopy(target);
  }
}

function takePlace(library: string): void {
  // Whoever only read it leaves an empty log; one that is not empty could not be written back.
  if ((statSync(`${library}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new Refusal('library', 'diskFull');
  for (const tail of ['-wal', '-shm']) rmSync(library + tail, { force: true });
  breakSeal(library);
  renameStubbornly(convertingPath(library), library);
  syncFolder(dirname(library));
}

/**
 * Puts the encrypted copy in the place of the library, which is closed. The key file is there first: cut off anywhere,
 * either the library in clear is there, or the encrypted one with its key.
 */
export function takeEncrypted(library: string, file: KeyFile): void {
  const folder = dirname(library);
  writeKeyFile(keyFilePath(folder), file);
  keepKey(folder, join(folder, 'backups'));
  takePlace(library);
}

/** Puts the copy in clear in the place of the encrypted library, which is closed; its key file goes to the backups. */
export function takeClear(library: string): void {
  takePlace(library);
  retireKey(library);
}

/** Keeps the key file of a library that is in clear with its backups, which may still need it. */
function retireKey(library: string): void {
  const folder = dirname(library);
  const file = readKeyFile(folder);
  // What cannot be read is not thrown away.
  if (file === null || typeof file === 'string') return;
  keepKey(folder, join(folder, 'backups'));
  rmSync(keyFilePath(folder), { force: true });
}

/** After a run that was cut off: a half-made copy, maybe in clear, and a key file that no library needs any more. */
export function tidyProtection(library: string): void {
  removeCopy(convertingPath(library));
  if (kindOfFile(library) === 'clear') retireKey(library);
}
