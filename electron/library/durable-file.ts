import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Makes sure that a file's content is on the disk and not only on its way there. Throws where it cannot be. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Writes a new file with its content on the disk before it returns. Throws where there is one, or it cannot be written. */
export function writeSynced(path: string, content: Uint8Array): void {
  const fd = openSync(path, 'wx');
  try {
    writeFileSync(fd, content);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Makes sure that a folder's names are on the disk: a rename lasts only after this. */
export function syncFolder(path: string): void {
  // Windows cannot open folders; there the rename is durable by itself.
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES']);
const PATIENCE_MS = 60;

/**
 * Renames, and tries again for about a second where a virus scanner or a synchronizing program holds the file.
 * Throws the system's error after that.
 */
export function renameStubbornly(from: string, to: string): void {
  for (let turn = 1; ; turn += 1) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (turn > 8 || !BUSY.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE_MS * Math.min(turn, 3));
    }
  }
}

/** Writes a small file so that it is the old one or the new one, also after a power cut. Throws the system's error. */
export function writeDurably(path: string, content: string): void {
  const temporary = `${path}.new`;
  try {
    writeFileSync(temporary, content);
    syncFile(temporary);
    renameStubbornly(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The JSON of a small file, or null where there is none or it is not readable as JSON. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** SHA-256 of a file's content, 64 hex digits; read in pieces, whatever its size. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
