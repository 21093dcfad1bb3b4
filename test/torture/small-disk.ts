import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** A disk of a few megabytes in memory, to be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves `bytes` free. */
  fill(bytes: number): void;
  /** Fills it, from a thread, as soon as a file of it has `size` bytes; resolves once that is watched for. */
  fillOnce(file: string, size: number): Promise<{ stop(): Promise<void> }>;
  /** Frees what was filled. */
  free(): void;
  end(): void;
}

/** Looks without a pause, because what it waits for is there for milliseconds only. */
const WATCHER = `
  const { statSync, openSync, writeSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const { file, size, filler } = workerData;
  const piece = Buffer.alloc(1 << 20);
  const fd = openSync(filler, 'a');
  parentPort.postMessage('watching');
  for (;;) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found && found.size >= size) break;
  }
  for (let size = piece.length; size >= 4096; size /= 4)
    try { for (;;) writeSync(fd, piece, 0, size); } catch {}
`;

/** Mounts a small disk; null, with a line on why, where that is not allowed. */
export function smallDisk(megabytes: number, name: string): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`  ${name} is left out: a small disk cannot be mounted here (it needs root on Linux)`);
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill(bytes) {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      const size = bavail * bsize - bytes;
      try {
        if (size > 0) writeFileSync(filler, Buffer.alloc(size));
      } catch (error) {
        // Somebody else was writing as well: it is full all the same.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    async fillOnce(file, size) {
      const watcher = new Worker(WATCHER, { eval: true, workerData: { file, size, filler } });
      await once(watcher, 'message');
      return {
        async stop() {
          await watcher.terminate();
        },
      };
    },
    free() {
      rmSync(filler, { force: true });
    },
    end() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
