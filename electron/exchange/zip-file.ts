import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Refusal } from '../library/refusal.ts';
import {
  checkZip,
  contentStart,
  END_SPAN,
  unpacked,
  type ZipEntry,
  type ZipLimits,
  zipDirectory,
  zipEnd,
} from './zip.ts';

/** An archive on disk, of which only what is asked for is read. */
export interface ZipFile {
  readonly entries: readonly ZipEntry[];
  /** The content of an entry. Throws a Refusal as unzipEntry does. */
  read(entry: ZipEntry): Buffer;
  close(): void;
}

/** A directory longer than this is none: a hundred bytes an entry for a million of them. */
const DIRECTORY = 200_000_000;

/** Opens an archive of any size. Throws a Refusal where it cannot be read, is cut off, or goes beyond the limits. */
export function openZip(path: string, limits: ZipLimits): ZipFile {
  const unreadable = (error: unknown) =>
    new Refusal('file', 'fileUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    throw unreadable(error);
  }
  const bytes = (at: number, length: number): Buffer => {
    const into = Buffer.alloc(Math.max(0, length));
    try {
      let done = 0;
      while (done < into.length) {
        const more = readSync(fd, into, done, into.length - done, at + done);
        if (more === 0) break;
        done += more;
      }
      return into.subarray(0, done);
    } catch (error) {
      throw unreadable(error);
    }
  };
  try {
    const { size } = fstatSync(fd);
    const from = Math.max(0, size - END_SPAN);
    const end = zipEnd(bytes(from, size - from), from);
    if (end.at > size || size - end.at > DIRECTORY) throw new Refusal('file', 'zipDamaged');
    const entries = zipDirectory(bytes(end.at, size - end.at), end.entries);
    checkZip(entries, limits);
    return {
      entries,
      read(entry) {
        const start = entry.offset + contentStart(bytes(entry.offset, 30), 0);
        if (entry.compressed > size) throw new Refusal('file', 'zipDamaged');
        return unpacked(bytes(start, entry.compressed), entry);
      },
      close: () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    if (error instanceof RangeError) throw new Refusal('file', 'zipDamaged');
    throw error;
  }
}
