import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { readJson, writeDurably } from './durable-file.ts';
import { Refusal } from './refusal.ts';

/** Up to this size a library is sealed when it is closed; reading it takes some 1 ms a megabyte. Bytes. */
export const SEALED_UP_TO = 64 * 1024 * 1024;

const sealShape = z.object({ bytes: z.number().int(), sha256: z.string().length(64) });

const sealOf = (file: string) => `${file}.seal`;

function hash(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/**
 * Writes down what a closed library file holds, so that a byte that changes while nobody has it open is found when it is
 * opened again. A file with a log beside it, or a large one, is not sealed. Never throws: without a seal the structure
 * is still checked.
 */
export function seal(file: string): void {
  try {
    const { size } = statSync(file);
    if (size > SEALED_UP_TO || existsSync(`${file}-wal`)) return;
    writeDurably(sealOf(file), JSON.stringify({ bytes: size, sha256: hash(file) }));
  } catch {
    rmSync(sealOf(file), { force: true });
  }
}

/** Refuses a library file that is not the one that was closed; false where there is no seal to tell by. */
export function checkSeal(file: string): boolean {
  const parsed = sealShape.safeParse(readJson(sealOf(file)));
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (!parsed.success || size === undefined) return false;
  const same = size === parsed.data.bytes && !existsSync(`${file}-wal`) && hash(file) === parsed.data.sha256;
  if (!same) throw new Refusal('damaged-library', 'libraryChanged');
  return true;
}

/** The library is about to be written, or is accepted as it is: what was written down holds no longer. */
export function breakSeal(file: string): void {
  rmSync(sealOf(file), { force: true });
}
