import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './refusal.ts';

/** What must stay free beside a copy, so that the next edits still find room. Bytes. */
const RESERVE = 16 * 1024 * 1024;

/** Bytes of a library together with its log; 0 where there is none. */
export function libraryBytes(file: string): number {
  return [file, `${file}-wal`].reduce(
    (sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** Free bytes where `path` lies or will lie; null where the system does not say. */
export function freeBytes(path: string): number | null {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Less than SQLite needs for its smallest steps. Bytes. */
const NOTHING_LEFT = 256 * 1024;

/** Whether the disk of a path is full. */
export function isFull(path: string): boolean {
  const free = freeBytes(path);
  return free !== null && free < NOTHING_LEFT;
}

/** Refuses, before anything is begun, a copy of `bytes` bytes for which the disk of `folder` has no room. */
export function requireRoom(folder: string, bytes: number, reserve = RESERVE): void {
  const free = freeBytes(folder);
  if (free === null || free >= bytes + reserve) return;
  const mega = (n: number) => Math.ceil(n / 1048576);
  throw new Refusal('library', 'diskShort', { needed: mega(bytes + reserve), free: mega(free) });
}
