import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { connect, keyOf, mayBeEncrypted } from './connect.ts';
import { isFull } from './disk-space.ts';
import { Refusal } from './refusal.ts';
import { Database, type Db, type Statement } from './sqlite-driver.ts';

/** "CULT": marks a file as a library of this product (PRAGMA application_id). */
export const APPLICATION_ID = 0x43554c54;

export type { Db };

const statements = new WeakMap<Db, Map<string, Statement>>();

/** The statement for an SQL text, prepared once for each open library. */
export function prepared(db: Db, sql: string): Statement {
  let known = statements.get(db);
  if (!known) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (!statement) {
    statement = db.prepare<unknown[], Record<string, unknown>>(sql);
    known.set(sql, statement);
  }
  return statement;
}

/**
 * What a failure of SQLite means to the user, or null where it is none of SQLite's. A damaged file is reported and
 * left as it is: it is evidence and the only copy of somebody's work. `near` are files or folders it may concern: on a full
 * disk SQLite fails in several ways, not all of which name it.
 */
export function libraryFault(error: unknown, ...near: readonly string[]): Refusal | null {
  if (error instanceof Refusal) return error;
  const system = (error as NodeJS.ErrnoException | null)?.code;
  if (system === 'ENOSPC' || system === 'EDQUOT') return new Refusal('library', 'diskFull');
  if (!(error instanceof Database.SqliteError)) return null;
  const { code } = error;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new Refusal('damaged-library', 'libraryDamaged');
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new Refusal('library', 'libraryBusy');
  if (code === 'SQLITE_FULL') return new Refusal('library', 'diskFull');
  if (/^SQLITE_(CANTOPEN|READONLY|IOERR|PERM|AUTH)/.test(code))
    return near.some(isFull)
      ? new Refusal('library', 'diskFull')
      : new Refusal('library', 'libraryUnreachable', { reason: code });
  return null;
}

const HEADER = 108;

interface Header {
  readonly size: number;
  readonly sqlite: boolean;
  readonly applicationId: number;
  readonly userVersion: number;
  /** The first page holds an empty schema: a library that was begun and never written. */
  readonly empty: boolean;
}

function readHeader(file: string): Header | null {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Refusal('library', 'libraryUnreachable', {
      reason: (error as NodeJS.ErrnoException).code ?? '',
    });
  }
  try {
    const bytes = Buffer.alloc(HEADER);
    readSync(fd, bytes, 0, HEADER, 0);
    return {
      size: statSync(file).size,
      sqlite: bytes.toString('latin1', 0, 16) === 'SQLite format 3\0',
      applicationId: bytes.readUInt32BE(68),
      userVersion: bytes.readUInt32BE(60),
      empty: bytes[100] === 0x0d && bytes.readUInt16BE(103) === 0,
    };
  } finally {
    closeSync(fd);
  }
}

/** Refuses, by reading the header alone, files that are not ours or come from a newer version of the product. */
export function checkHeader(file: string, newest: number): void {
  const header = readHeader(file);
  if (!header || header.size === 0) return;
  if (!header.sqlite) {
    // What an encrypted one holds is looked at once it is open.
    if (mayBeEncrypted(file)) return;
    throw new Refusal('library', 'libraryForeign');
  }
  if (header.applicationId !== APPLICATION_ID) {
    if (header.applicationId === 0 && header.userVersion === 0 && header.empty) return;
    throw new Refusal('library', 'libraryForeign');
  }
  refuseNewer(header.userVersion, newest);
}

function refuseNewer(version: number, newest: number): void {
  if (version > newest) throw new Refusal('newer-library', 'libraryNewer', { version, newest });
}

/**
 * Up to this size a library is looked through for damage at every start, which takes some 10 ms a megabyte. In a larger
 * one damage shows when a damaged page is read, and is then told the same way.
 */
const ALWAYS_CHECKED = 32 * 1024 * 1024;

/** Damage anywhere in the file's structure. */
function quickCheck(db: Db): void {
  const rows = db.pragma('quick_check(1)') as { quick_check: string }[];
  if (rows[0]?.quick_check !== 'ok') throw new Refusal('damaged-library', 'libraryDamaged');
}

/** Settings of every connection that writes. */
function configure(db: Db): void {
  db.pragma('journal_mode = WAL');
  // Reopening a WAL file falls back to NORMAL; FULL is what makes an acknowledged edit survive a power cut.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
  // 32 MB of pages in memory: a page of a list touches some hundred of them.
  db.pragma('cache_size = -32768');
  db.pragma('checkpoint_fullfsync = ON');
}

/**
 * Opens a library file, or begins a new one; folders are created. `newest` is the highest format this version knows.
 * A file of another program, of a newer version, or a damaged one is refused (Refusal) with no byte of it touched.
 */
export function openFile(file: string, newest: number): Db {
  checkHeader(file, newest);
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let db: Db | undefined;
  try {
    db = connect(file);
    const version = userVersion(db);
    const encrypted = keyOf(db) !== null && version > 0;
    if (encrypted && db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
      throw new Refusal('library', 'libraryForeign');
    // The header on disk may lag behind the log of a run that was cut off.
    refuseNewer(version, newest);
    if (version > 0 && size <= ALWAYS_CHECKED) quickCheck(db);
    configure(db);
    return db;
  } catch (error) {
    db?.close();
    const known = libraryFault(error, file);
    if (known) throw known;
    // "unsupported file format" and the like: of a file that bears our mark it is damage.
    if (error instanceof Database.SqliteError && size > 0)
      throw new Refusal('damaged-library', 'libraryDamaged');
    throw error;
  }
}

/** Opens a file for looking only: for checking a backup. */
export function openReadOnly(file: string): Db {
  return connect(file, { readonly: true, fileMustExist: true });
}

/** Makes a copied library one file of its own, with no log beside it. */
export function settleCopy(file: string): void {
  const db = connect(file, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

/** The format a library has; 0 = just begun. */
export function userVersion(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** Closes a library so that one complete file is left. */
export function closeLibrary(db: Db): void {
  if (!db.open) return;
  try {
    db.pragma('optimize');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // On a full disk the log stays beside the file and belongs to it; nothing in it is lost.
    if (!(error instanceof Database.SqliteError)) throw error;
  } finally {
    db.close();
  }
}
