import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { removeCopy } from './backup.ts';
import { hasBackups, shelfOf } from './backup-shelf.ts';
import { keyOf, requireKey } from './connect.ts';
import { BEAT, type Holder, type Lock, takeLock } from './lock.ts';
import { migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { checkHeader, closeLibrary, type Db, openFile, openReadOnly } from './open.ts';
import { openLibrary } from './open-library.ts';
import { tidyProtection } from './protect.ts';
import { Refusal } from './refusal.ts';
import { breakSeal, checkSeal, seal } from './seal.ts';
import { Database } from './sqlite-driver.ts';

/** Why a library can be looked at and not be changed. */
export interface ReadOnly {
  /** media: the place cannot be written; held: somebody else has it open; lost: somebody took it over; past: see `day`. */
  readonly reason: 'media' | 'held' | 'lost' | 'past';
  readonly holder: Holder | null;
  /** The holder has not been heard of for long: the library may be taken over. */
  readonly silent: boolean;
  /** The past day it is looked at, YYYY-MM-DD. */
  readonly day?: string;
}

/** A library opened for work: its database, and why it cannot be changed (null = it can). */
export interface OpenedLibrary {
  readonly db: Db;
  readonly readOnly: ReadOnly | null;
  close(): void;
}

export interface OpenOptions {
  readonly now: () => Date;
  /** A new, empty library is wanted although there was one here. */
  readonly begin?: boolean;
  /** Takes the library from a holder that has been silent for long. */
  readonly force?: boolean;
  /** A past day (YYYY-MM-DD): the library as it was at its end, for looking. */
  readonly past?: string;
  /** Somebody else took the library over while it was open here. */
  readonly lost?: () => void;
}

/** How a library is to be opened, as whoever asks for it may choose. */
export type OpenHow = Pick<OpenOptions, 'begin' | 'force' | 'past'>;

/** Names under which damaged libraries are set aside. */
export const ASIDE = /^library\.damaged-\d+\.sqlite$/;

/** A library that was here and is gone must not be answered with an empty one. */
function refuseMissing(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  const folder = dirname(file);
  const aside = existsSync(folder) && readdirSync(folder).some((name) => ASIDE.test(name));
  if (aside || hasBackups(shelfOf(file))) throw new Refusal('damaged-library', 'libraryMissing');
}

function canWrite(file: string): boolean {
  try {
    if (existsSync(file)) accessSync(file, constants.W_OK);
    if (existsSync(dirname(file))) accessSync(dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The content of a library that others may be writing, as it was at one moment, as far as that can be had. */
async function copyOf(file: string, target: string, holder: Holder | null): Promise<void> {
  removeCopy(target);
  if (holder?.host === hostname()) {
    const db = openReadOnly(file);
    try {
      if (keyOf(db) === null) await db.backup(target);
      else db.prepare('VACUUM INTO ?').run(target);
    } finally {
      db.close();
    }
    return;
  }
  // Over a network SQLite's own locks cannot be relied on: the files are only read, as they are.
  copyFileSync(file, target);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${target}-wal`);
}

function link(from: string, to: string): void {
  try {
    if (existsSync(from) && !existsSync(to)) symlinkSync(from, to, 'junction');
  } catch {
    // Without it everything but the evidence can be looked at.
  }
}

/** The tables of a library with their columns, as text that can be compared, whatever the words they were made with. */
function tablesOf(db: Db): Map<string, string> {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .pluck()
    .all() as string[];
  return new Map(
    names.map((name) => {
      const columns = db.pragma(`table_info("${name}")`) as { name: string; type: string; pk: number }[];
      return [name, JSON.stringify(columns.map(({ name, type, pk }) => [name, type, pk]).sort())];
    }),
  );
}

/** Refuses a library whose tables are not described as this version makes them. */
function checkSchema(db: Db): void {
  const fresh: Db = new Database(':memory:');
  try {
    for (const step of migrations) step.up(fresh);
    const there = tablesOf(db);
    // What another program added beside is no damage.
    const same = [...tablesOf(fresh)].every(([name, columns]) => there.get(name) === columns);
    if (!same) throw new Refusal('damaged-library', 'libraryDamaged');
  } finally {
    fresh.close();
  }
}

const TURNS = 3;

/** Opens a private copy of a library for looking: where it lies, not a byte is written, not even beside it. */
async function openForLooking(file: string, readOnly: ReadOnly, now: Date): Promise<OpenedLibrary> {
  const newest = newestVersion(migrations);
  checkHeader(file, newest);
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-view-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, basename(file));
  try {
    for (let turn = 1; ; turn += 1) {
      try {
        await copyOf(file, copy, readOnly.holder);
        // Evidence is read where it lies.
        link(join(dirname(file), 'attachments'), join(folder, 'attachments'));
        const db = openFile(copy, newest);
        await migrate(db, migrations, { backups: null, now });
        return {
          db,
          readOnly,
          close() {
            db.close();
            clear();
          },
        };
      } catch (error) {
        // Copied while it was being written: once more.
        const torn = error instanceof Refusal && error.code === 'damaged-library';
        if (!torn || readOnly.reason !== 'held' || turn === TURNS) throw error;
      }
    }
  } catch (error) {
    clear();
    throw error;
  }
}

/**
 * Opens the library in `file` for work, with its lock. Where the place cannot be written or somebody else has it open, a
 * private copy is opened for looking. Throws a Refusal for a newer, foreign, damaged, changed or missing library, with
 * no byte of it touched.
 */
export async function openForWork(file: string, options: OpenOptions): Promise<OpenedLibrary> {
  const { now } = options;
  requireKey(file);
  if (!options.begin) refuseMissing(file);
  if (!canWrite(file)) return openForLooking(file, { reason: 'media', holder: null, silent: false }, now());
  const folder = dirname(file);
  const answer = existsSync(folder) ? takeLock(folder, options) : null;
  if (answer && !answer.mine)
    return openForLooking(file, { reason: 'held', holder: answer.holder, silent: answer.silent }, now());
  let lock: Lock | null = answer?.mine ? answer.lock : null;
  try {
    tidyProtection(file);
    const sealed = checkSeal(file);
    const db = await openLibrary(file, now());
    try {
      // Without a seal a changed byte may have hit the words in which the tables are described.
      if (!sealed) checkSchema(db);
    } catch (error) {
      db.close();
      throw error;
    }
    breakSeal(file);
    // The folder is made with the library.
    if (!lock) {
      const taken = takeLock(folder, options);
      if (taken.mine) lock = taken.lock;
    }
    const beats = setInterval(() => {
      if (lock?.beat() !== false) return;
      clearInterval(beats);
      options.lost?.();
    }, BEAT);
    beats.unref();
    return {
      db,
      readOnly: null,
      close() {
        clearInterval(beats);
        try {
          closeLibrary(db);
          seal(file);
        } finally {
          lock?.release();
        }
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}
