import { randomUUID } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const holderShape = z.object({
  /** Drawn for each opening. */
  token: z.string(),
  host: z.string(),
  user: z.string(),
  pid: z.number().int(),
  since: z.string(),
  beat: z.number().int(),
});
/** Who has a library open: the computer, the account, the process, since when (ISO text). */
export type Holder = z.infer<typeof holderShape>;

/** The holder says that it is still there this often; after three minutes of silence nobody is. Milliseconds. */
export const BEAT = 30_000;
export const SILENCE = 180_000;

/** The lock of a library, or who has it. */
export type LockAnswer =
  | { readonly mine: true; readonly lock: Lock }
  /** `silent`: the holder has not been heard of for long, though its process seems to be there. */
  | { readonly mine: false; readonly holder: Holder | null; readonly silent: boolean };

export interface Lock {
  readonly holder: Holder;
  /** Says once more that the holder is there. False where the lock is somebody else's by now. */
  beat(): boolean;
  release(): void;
}

export interface LockOptions {
  readonly now: () => Date;
  readonly host?: string;
  readonly pid?: number;
  /** Takes the lock from a silent holder whose process seems to be there. */
  readonly force?: boolean;
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

function readHolder(file: string): Holder | null {
  // A beat that is just being written is read once more.
  for (let turn = 0; turn < 3; turn += 1) {
    try {
      return holderShape.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
  return null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * How long a lock has not been written, in milliseconds, by the clock of the disk it lies on: a file written now is the
 * measure, so that neither a wrong clock of this laptop nor of the other one matters.
 */
function silenceOf(file: string): number {
  const probe = `${file}.${randomUUID()}`;
  try {
    writeFileSync(probe, '');
    return statSync(probe).mtimeMs - statSync(file).mtimeMs;
  } catch {
    return 0;
  } finally {
    rmSync(probe, { force: true });
  }
}

function create(file: string, holder: Holder): boolean {
  let fd: number;
  try {
    fd = openSync(file, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeSync(fd, JSON.stringify(holder));
  } catch (error) {
    // On a full disk the name alone keeps others away; who it is follows with the first beat that finds room.
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(fd);
  }
  return true;
}

/** Puts a lock aside that nobody holds any more. False where somebody else has taken it meanwhile. */
function putAside(file: string, stale: Holder | null): boolean {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  const moved = readHolder(aside);
  const same = moved?.token === stale?.token;
  try {
    // Not the one that was looked at: somebody was quicker, and gets it back.
    if (!same) linkSync(aside, file);
  } catch {
    // A third one has it by now.
  } finally {
    rmSync(aside, { force: true });
  }
  return same;
}

/**
 * Takes the lock of the library in `folder`, or says who has it. A lock is stale, and taken over, when its process on
 * this computer is gone or when another computer has been silent for three minutes. Throws the system's error where the
 * folder cannot be written.
 */
export function takeLock(folder: string, options: LockOptions): LockAnswer {
  const { now, host = hostname(), pid = process.pid, force = false } = options;
  const file = join(folder, 'library.lock');
  const holder: Holder = {
    token: randomUUID(),
    host,
    user: account(),
    pid,
    since: now().toISOString(),
    beat: 0,
  };
  for (let turn = 0; turn < 5; turn += 1) {
    if (create(file, holder)) return { mine: true, lock: lockOf(file, holder) };
    const other = readHolder(file);
    const silent = silenceOf(file) > SILENCE;
    const here = other !== null && other.host === host;
    const stale = here ? !isAlive(other.pid) || (silent && force) : silent;
    if (!stale) {
      // Gone between the two looks: it is tried again.
      if (other === null && statSync(file, { throwIfNoEntry: false }) === undefined) continue;
      return { mine: false, holder: other, silent };
    }
    putAside(file, other);
  }
  return { mine: false, holder: readHolder(file), silent: false };
}

function lockOf(file: string, holder: Holder): Lock {
  let beats = 0;
  const isMine = () => {
    const found = readHolder(file);
    return (
      found?.token === holder.token ||
      (found === null && statSync(file, { throwIfNoEntry: false })?.size === 0)
    );
  };
  return {
    holder,
    beat() {
      if (!isMine()) return false;
      beats += 1;
      try {
        writeFileSync(file, JSON.stringify({ ...holder, beat: beats }));
      } catch {
        // A disk that is away for a moment; the next beat tries again.
      }
      return true;
    },
    release() {
      if (isMine()) rmSync(file, { force: true });
    },
  };
}
