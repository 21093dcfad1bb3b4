import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PlanFault } from './plan-fault.ts';

/** Why a path cannot be written, as data. */
export function writeFault(path: string, error: unknown): PlanFault {
  const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  return new PlanFault('file', 'fileWrite', { path, reason });
}

/** The name of a file being written by `writeFileSafely`. */
export function isTemporary(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.tmp$/.test(name);
}

/**
 * Writes a whole file or nothing: a temporary file in the same folder is written, flushed to the disk and renamed.
 * Throws PlanFault (code 'file', key 'fileWrite', details path and reason); an existing file then stays as it was.
 */
export async function writeFileSafely(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 40)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFault(path, error);
  }
}

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** In UTF-16 units, as Windows counts; and in bytes, as Linux does. */
const LONGEST = 120;
const MOST_BYTES = 240;

/** Cuts a text to so many UTF-16 units and UTF-8 bytes, on a character edge. */
function cut(text: string, units: number, bytes: number): string {
  let [end, size] = [0, 0];
  for (const character of text) {
    size += Buffer.byteLength(character);
    if (end + character.length > units || size > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * A file name every system takes, from a firm's name and what the file is: Chinese stays, characters that Windows
 * forbids become "_", at most `longest` UTF-16 units and 240 bytes with the extension.
 */
export function suggestedFileName(
  firm: string,
  document: string,
  day: string,
  { longest = LONGEST, extension = '.pdf' } = {},
): string {
  const tidy = (text: string) =>
    text
      .toWellFormed()
      .normalize('NFC')
      .replaceAll(
        /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g,
        '_',
      )
      .replaceAll(/\s+/g, ' ')
      .trim();
  const tail = cut(`_${tidy(document)}_${tidy(day)}`, 60, 120);
  const head = cut(
    tidy(firm).replace(/^[. ]+/, ''),
    longest - extension.length - 1 - tail.length,
    MOST_BYTES - extension.length - 1 - Buffer.byteLength(tail),
  );
  const name = `${head}${tail}`.replace(/[. ]+$/, '');
  return `${RESERVED.test(name) || head === '' ? `_${name}` : name}${extension}`;
}
