import { accessSync, constants, copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { removeCopy } from './backup.ts';
import { hasBackups, shelfOf } from './backup-shelf.ts';
import { requireKey } from './connect.ts';
import { BEAT, type Holder, type Lock, takeLock } from './lock.ts';
import { migrate, newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { checkHeader, closeLibrary, type Db, openReadOnly } from './open.ts';
import { openLibrary } from './open-library.ts';
import type { OpenedLibrary, ReadOnly } from './opened-library.ts';
import { copyContent, openPrivateCopy } from './private-copy.ts';
import { tidyProtection } from './protect.ts';
import { Refusal } from './refusal.ts';
import { breakSeal, checkSeal, seal } from './seal.ts';
import { Database } from './sqlite-driver.ts';

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
      await copyContent(db, target);
    } finally {
      db.close();
    }
    return;
  }
  // Over a network SQLite's own locks cannot be relied on: the files are only read, as they are.
  copyFileSync(file, target);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${target}-wal`);
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
  for (let turn = 1; ; turn += 1) {
    try {
      return await openPrivateCopy(file, readOnly, newest, {
        fill: (copy) => copyOf(file, copy, readOnly.holder),
        ready: (db) => migrate(db, migrations, { backups: null, now }),
      });
    } catch (error) {
      // Copied while it was being written: once more.
      const torn = error instanceof Refusal && error.code === 'damaged-library';
      if (!torn || readOnly.reason !== 'held' || turn === TURNS) throw error;
    }
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
      proved: sealed,
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
