import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PlanFault } from './plan-fault.ts';

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
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new PlanFault('file', 'fileWrite', { path, reason });
  }
}

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const LONGEST = 120;
const EXTENSION = '.pdf';

/**
 * A file name every system takes, from a firm's name and what the file is: Chinese stays, characters that Windows
 * forbids become "_", at most 120 UTF-16 units with the extension.
 */
export function suggestedFileName(firm: string, document: string, day: string): string {
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
  const tail = `_${tidy(document)}_${tidy(day)}`.slice(0, 60);
  let head = tidy(firm)
    .replace(/^[. ]+/, '')
    .slice(0, LONGEST - EXTENSION.length - tail.length);
  if (!head.isWellFormed()) head = head.slice(0, -1);
  const name = `${head}${tail}`.replace(/[. ]+$/, '');
  return `${RESERVED.test(name) || head === '' ? `_${name}` : name}${EXTENSION}`.slice(-LONGEST);
}
