import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyOf } from './connect.ts';
import { libraryBytes, requireRoom } from './disk-space.ts';
import { hashOfFile, renameStubbornly, syncFile, syncFolder } from './durable-file.ts';
import { type Db, openReadOnly, settleCopy, userVersion } from './open.ts';

/** What a finished copy holds, as found in the copy itself. */
export interface CopyFacts {
  /** Size in bytes and SHA-256 of the file. */
  readonly bytes: number;
  readonly sha256: string;
  /** Format of the library (user_version). */
  readonly version: number;
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>;
  /** The newest entry of the change log, or null where there is none. */
  readonly last: {
    readonly id: number;
    readonly hlc: string;
    readonly at: string;
    readonly actor: string;
  } | null;
  /** Id of the key the copy is encrypted with; null = in clear. */
  readonly key: string | null;
}

/** Rows of every table of ours, by table. */
export function rowCounts(db: Db): Record<string, number> {
  const tables = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((table) => [table, db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() as number]),
  );
}

/** The newest entry of the change log; null where nothing was ever changed. */
export function lastChange(db: Db): CopyFacts['last'] {
  const row = db.prepare('SELECT id, hlc, at, actor FROM change ORDER BY id DESC LIMIT 1').get();
  return (row as CopyFacts['last'] | undefined) ?? null;
}

/**
 * Looks through a copied library and says what it holds. Throws where it is damaged, breaks a reference or, with
 * `counts`, does not hold the same number of rows.
 */
export async function proveCopy(
  copy: string,
  expected?: { readonly counts: Readonly<Record<string, number>>; readonly sha256?: string },
): Promise<CopyFacts> {
  const sha256 = await hashOfFile(copy);
  if (expected?.sha256 !== undefined && expected.sha256 !== sha256)
    throw new Error('the copy is not the file that was proved when it was made');
  const db = openReadOnly(copy);
  try {
    const damage = db.pragma('quick_check(1)', { simple: true });
    if (damage !== 'ok') throw new Error(`the copy is damaged: ${damage}`);
    const orphans = db.pragma('foreign_key_check') as unknown[];
    if (orphans.length > 0) throw new Error('the copy breaks references');
    const counts = rowCounts(db);
    for (const [table, rows] of Object.entries(expected?.counts ?? {}))
      if (counts[table] !== rows) throw new Error(`${table}: ${counts[table]} of ${rows} rows were copied`);
    return {
      bytes: statSync(copy).size,
      sha256,
      version: userVersion(db),
      counts,
      last: lastChange(db),
      key: keyOf(db),
    };
  } finally {
    db.close();
  }
}

/** Removes a file with whatever SQLite may have left beside it. */
export function removeCopy(file: string): void {
  for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(file + tail, { force: true });
}

export interface BackUpOptions {
  /** Called once the content of the copy is settled: later edits are not part of it. */
  readonly settled?: () => void;
  /** Pages copied so far, and all. */
  readonly progress?: (done: number, total: number) => void;
}

/** Pages copied in one go: some milliseconds, then other work of this thread has its turn. */
const PAGES = 500;

/** By SQLite's backup API, in pieces. Returns the rows by table that the copy must hold. */
async function copyClear(
  db: Db,
  target: string,
  progress: BackUpOptions['progress'],
  settled: BackUpOptions['settled'],
): Promise<Record<string, number>> {
  // What this connection sees stays as it is until the transaction ends, whatever others write.
  db.exec('BEGIN');
  const counts = rowCounts(db);
  settled?.();
  await db.backup(target, {
    progress({ totalPages, remainingPages }) {
      progress?.(totalPages - remainingPages, totalPages);
      return PAGES;
    },
  });
  db.exec('COMMIT');
  return counts;
}

/**
 * An encrypted library in one statement, which sees one moment of it and encrypts the copy with the same key: the backup
 * API cannot give its target a key. Returns the rows that the copy must hold; none where others wrote meanwhile.
 */
function copyEncrypted(db: Db, target: string): Record<string, number> {
  const stamp = () => db.pragma('data_version', { simple: true });
  const before = stamp();
  const counts = rowCounts(db);
  db.prepare('VACUUM INTO ?').run(target);
  return stamp() === before ? counts : {};
}

/**
 * Copies the library in `library` to `target`, as it is at one moment however much is written meanwhile, and makes sure
 * that the copy is good before it gets that name: structure, references, row counts, hash. Throws if it is not, or a
 * Refusal where the disk is too full to begin; nothing half-made is left. An existing file is never replaced.
 */
export async function copyLibrary(
  library: string,
  target: string,
  { settled, progress }: BackUpOptions = {},
): Promise<CopyFacts> {
  if (existsSync(target)) throw new Error(`${target} exists already`);
  requireRoom(dirname(target), libraryBytes(library));
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.tmp`;
  removeCopy(temporary);
  const db = openReadOnly(library);
  try {
    const counts =
      keyOf(db) === null ? await copyClear(db, temporary, progress, settled) : copyEncrypted(db, temporary);
    settled?.();
    settleCopy(temporary);
    syncFile(temporary);
    const facts = await proveCopy(temporary, { counts });
    renameStubbornly(temporary, target);
    syncFolder(dirname(target));
    return facts;
  } finally {
    db.close();
    removeCopy(temporary);
  }
}
/** `copyLibrary` of an open library. */
export function backUp(db: Db, target: string): Promise<CopyFacts> {
  return copyLibrary(db.name, target);
}
