import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readKeptKeys, readKeyFile } from './key-file.ts';
import { idsHeld, keyWith } from './keyring.ts';
import { Refusal } from './refusal.ts';
import { Database, type Db } from './sqlite-driver.ts';

/** What a file looks like from outside: nothing in it, an ordinary library, an encrypted one, or something else. */
export type FileKind = 'empty' | 'clear' | 'encrypted' | 'other';

const HEAD = 24;

/** Tells by the first bytes. An encrypted library begins with random ones, but leaves the page format readable. */
export function kindOfFile(file: string): FileKind {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return 'empty';
  const head = Buffer.alloc(HEAD);
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    // SQLite says in its own code why it cannot be read.
    return 'clear';
  }
  try {
    readSync(fd, head, 0, HEAD, 0);
  } finally {
    closeSync(fd);
  }
  if (head.toString('latin1', 0, 16) === 'SQLite format 3\0') return 'clear';
  // Page size 4096, a write and a read version, 32 bytes of each page kept for nonce and tag, three fixed fractions.
  const pages = head.readUInt16BE(16) === 4096 && [1, 2].includes(head[18]!) && [1, 2].includes(head[19]!);
  return pages && head.subarray(20).equals(Buffer.from([32, 64, 32, 32])) ? 'encrypted' : 'other';
}

/** ChaCha20 with Poly1305: each page is encrypted and its change is noticed. A raw key costs no derivation at opening. */
const CIPHER = "cipher='chacha20'";

/** A key as the driver's pragmas take it. Never to be logged. */
export function pragmaKey(id: string): string {
  const key = keyWith(id);
  if (!key) throw new Refusal('locked', 'libraryLocked');
  return `raw:${Buffer.from(key).toString('hex')}`;
}

const keys = new WeakMap<Db, string>();

/** The id of the key an open library is encrypted with, or null where it is in clear. */
export function keyOf(db: Db): string | null {
  return keys.get(db) ?? null;
}

/** The key new files of a library in this folder are encrypted with: its id, or null where nothing is. */
export function ownKey(folder: string): string | null {
  const found = readKeyFile(folder);
  if (found === null) return null;
  if (typeof found === 'string' || !keyWith(found.id)) throw new Refusal('locked', 'libraryLocked');
  return found.id;
}

function unlock(db: Db, id: string): Db {
  db.pragma(CIPHER);
  db.pragma(`key='${pragmaKey(id)}'`);
  keys.set(db, id);
  return db;
}

function idsNear(folder: string): string[] {
  const own = readKeyFile(folder);
  const shelves = [folder, join(folder, 'backups')];
  const near = shelves.flatMap((shelf) => readKeptKeys(shelf).map(({ id }) => id));
  return [...(own !== null && typeof own === 'object' ? [own.id] : []), ...near];
}

/** Whether a file that is no ordinary library is, or may be, an encrypted one: by its form or by a key file beside it. */
export function mayBeEncrypted(file: string): boolean {
  const kind = kindOfFile(file);
  if (kind === 'encrypted') return true;
  return kind === 'other' && (idsHeld().length > 0 || readKeyFile(dirname(file)) !== null);
}

/**
 * Opens a library file with the key it needs, out of those that are open in this process. A new file is encrypted where
 * its folder has a key. Throws a Refusal (locked) where the key is not open.
 */
export function connect(file: string, options: { readonly?: boolean; fileMustExist?: boolean } = {}): Db {
  const kind = kindOfFile(file);
  if (kind === 'clear') return new Database(file, options);
  const folder = dirname(file);
  if (kind === 'empty') {
    const id = ownKey(folder);
    const db = new Database(file, options);
    return id === null ? db : unlock(db, id);
  }
  const near = idsNear(folder);
  const held = idsHeld();
  const fits = [...near.filter((id) => held.includes(id)), ...held.filter((id) => !near.includes(id))];
  let fault: unknown = null;
  for (const id of fits) {
    const db = unlock(new Database(file, options), id);
    try {
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      return db;
    } catch (error) {
      db.close();
      fault = error;
      if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB')) throw error;
    }
  }
  // The right key is open and does not fit: the first page is damaged.
  if (fault !== null && (near.some((id) => held.includes(id)) || kind === 'other')) throw fault;
  if (kind === 'other' && near.length === 0) return new Database(file, options);
  throw new Refusal('locked', near.length > 0 ? 'libraryLocked' : 'libraryKeyMissing');
}

/** Encrypts a library file, or takes its encryption off (null), in its place: only for copies nobody else has open. */
export function rekey(file: string, id: string | null): void {
  const db = connect(file, { fileMustExist: true });
  try {
    if (keyOf(db) === id) return;
    db.pragma('journal_mode = DELETE');
    db.pragma(CIPHER);
    db.pragma(`rekey='${id === null ? '' : pragmaKey(id)}'`);
  } finally {
    db.close();
  }
}

/** Attaches another library for comparing, whichever of the two is encrypted. Only reads. */
export function attach(db: Db, file: string, name: string): void {
  // Opened once on its own, so that the key it needs is found.
  const other = connect(file, { readonly: true, fileMustExist: true });
  const id = keyOf(other);
  other.close();
  db.pragma(CIPHER);
  db.prepare(`ATTACH ? AS ${name} KEY ?`).run(file, id === null ? '' : pragmaKey(id));
}

/** Refuses (locked) a library that is encrypted, or was when it was there, as long as its key is not open. */
export function requireKey(file: string): void {
  if (kindOfFile(file) === 'clear') return;
  const folder = dirname(file);
  const own = readKeyFile(folder);
  const encrypted = kindOfFile(file) === 'encrypted';
  if (own === null && !encrypted) return;
  const ids = idsNear(folder);
  if (ids.some((id) => keyWith(id) !== null)) return;
  throw new Refusal('locked', ids.length > 0 || own === 'newer' ? 'libraryLocked' : 'libraryKeyMissing');
}
