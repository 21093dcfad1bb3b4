import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { libraryFault } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';

/**
 * Writes a file that is either whole or not there: to a temporary one beside it, then renamed. Throws a Refusal where the
 * place cannot be written; errors of `work` pass through. Nothing half-written is left.
 */
export async function writeWhole<T>(
  path: string,
  work: (write: (bytes: Uint8Array) => void) => T | Promise<T>,
): Promise<T> {
  const temporary = `${path}.part`;
  const unwritable = (error: unknown) =>
    libraryFault(error) ??
    new Refusal('file', 'fileUnwritable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  let fd: number;
  try {
    fd = openSync(temporary, 'w');
  } catch (error) {
    throw unwritable(error);
  }
  let open = true;
  try {
    const result = await work((bytes) => {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      } catch (error) {
        throw unwritable(error);
      }
    });
    try {
      fsyncSync(fd);
      closeSync(fd);
      open = false;
      renameSync(temporary, path);
    } catch (error) {
      throw unwritable(error);
    }
    return result;
  } finally {
    if (open) closeSync(fd);
    rmSync(temporary, { force: true });
  }
}
