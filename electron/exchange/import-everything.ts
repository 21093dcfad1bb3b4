import { closeSync, openSync, readSync } from 'node:fs';
import { storeOf, takeInBytes } from '../library/evidence-store.ts';
import { type Db, prepared, userVersion } from '../library/open.ts';
import { sha256 } from '../library/packs.ts';
import { Refusal } from '../library/refusal.ts';
import { write } from '../library/write.ts';
import {
  bytesShape,
  type EverythingTable,
  everythingTables,
  type Manifest,
  manifestShape,
} from './everything-format.ts';
import { markWaiting } from './import-apply.ts';
import { openZip } from './zip-file.ts';

/** Evidence makes an archive as large as a disk allows; no single file in it may become larger than memory. */
const LIMITS = { entries: 2_000_000, total: 500_000_000_000, ratio: 2_000 };
const LARGEST = 1_000_000_000;
const damaged = () => new Refusal('file', 'everythingDamaged');

type Row = Record<string, unknown>;

interface Archive {
  readonly manifest: Manifest;
  file(name: string): Buffer;
  close(): void;
}

function readArchive(path: string): Archive {
  if (!beginsLikeZip(path)) throw new Refusal('file', 'notEverything');
  const zip = openZip(path, LIMITS);
  try {
    const byName = new Map(zip.entries.map((entry) => [entry.name, entry]));
    const file = (name: string) => {
      const entry = byName.get(name);
      if (!entry || entry.size > LARGEST) throw damaged();
      return zip.read(entry);
    };
    if (!byName.has('manifest.json')) throw new Refusal('file', 'notEverything');
    let raw: unknown;
    try {
      raw = JSON.parse(file('manifest.json').toString('utf8'));
    } catch {
      throw damaged();
    }
    const manifest = manifestShape.safeParse(raw);
    if (!manifest.success) throw new Refusal('file', 'notEverything');
    const told = new Map(manifest.data.files.map(({ name, sha256: sum }) => [name, sum]));
    return {
      manifest: manifest.data,
      file(name) {
        const content = file(name);
        if (sha256(content) !== told.get(name)) throw damaged();
        return content;
      },
      close: zip.close,
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function beginsLikeZip(path: string): boolean {
  try {
    const fd = openSync(path, 'r');
    try {
      const two = Buffer.alloc(2);
      return readSync(fd, two) === 2 && two.toString('latin1') === 'PK';
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new Refusal('file', 'fileUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

/** Keeps a row's own columns; anything else in it means another format. */
function insert(db: Db, table: EverythingTable, columns: ReadonlySet<string>, row: Row): void {
  const names = Object.keys(row);
  if (names.length === 0 || names.some((name) => !columns.has(name))) throw damaged();
  const values = names.map((name) => {
    const value = row[name];
    const bytes = bytesShape.safeParse(value);
    if (bytes.success) return Buffer.from(bytes.data.base64, 'base64');
    if (value !== null && typeof value !== 'string' && typeof value !== 'number') throw damaged();
    return value;
  });
  const marks = names.map(() => '?').join(', ');
  const list = names.map((name) => `"${name}"`).join(', ');
  prepared(db, `INSERT OR IGNORE INTO "${table}" (${list}) VALUES (${marks})`).run(...values);
}

/**
 * Adds a complete export to a library, in one transaction: records come back as they were, with their ids, times and
 * history. An enterprise whose id or credit code is there already stays as it is, with all that belongs to it. Throws a
 * Refusal for a damaged, foreign or newer archive; nothing is changed then.
 */
export function importEverything(
  db: Db,
  options: {
    path: string;
    libraryPath: string;
    actor: string;
    now: Date;
    progress(done: number, total: number): void;
  },
): { added: number; skipped: number; touched: string[] } {
  const archive = readArchive(options.path);
  try {
    return takeIn(db, archive, options);
  } finally {
    archive.close();
  }
}

function takeIn(
  db: Db,
  { manifest, file }: Archive,
  options: Parameters<typeof importEverything>[1],
): ReturnType<typeof importEverything> {
  const { libraryPath, actor, now, progress } = options;
  // Every file is checked before anything is written, also those that are not needed here.
  const steps = manifest.files.length;
  for (const [i, { name }] of manifest.files.entries()) {
    progress(i, 2 * steps);
    file(name);
  }
  let done = steps;
  const version = userVersion(db);
  if (manifest.libraryFormat > version)
    throw new Refusal('newer-library', 'libraryNewer', { version: manifest.libraryFormat, newest: version });
  const skipped = new Set<string>();
  const added: string[] = [];
  write(db, { action: 'import.everything', actor, now }, (tx) => {
    for (const table of everythingTables) {
      const columns = new Set((db.pragma(`table_info("${table}")`) as { name: string }[]).map((c) => c.name));
      for (const part of manifest.files.filter((f) => f.table === table)) {
        progress(done++, 2 * steps);
        let rows: Row[];
        try {
          rows = JSON.parse(file(part.name).toString('utf8')) as Row[];
        } catch (error) {
          if (error instanceof Refusal) throw error;
          throw damaged();
        }
        if (!Array.isArray(rows) || rows.length !== part.rows) throw damaged();
        for (const row of rows) {
          if (typeof row !== 'object' || row === null) throw damaged();
          const owner = String(table === 'enterprise' ? row.id : (row.enterprise_id ?? ''));
          if (table === 'enterprise') {
            const held = prepared(db, 'SELECT 1 FROM enterprise WHERE id = ? OR uscc = ?').get(
              row.id,
              row.uscc ?? '',
            );
            if (held) skipped.add(owner);
            else added.push(owner);
          }
          if (skipped.has(owner)) continue;
          if (table === 'change') {
            // Numbers of the log are this library's own.
            const { id: _, ...change } = row;
            insert(db, table, columns, change);
          } else insert(db, table, columns, row);
        }
      }
    }
    markWaiting(db, added);
    tx.put(
      'setting',
      { key: 'import.everything' },
      { value: { at: tx.at, exportedAt: manifest.exportedAt, added: added.length } },
      null,
    );
  });
  for (const { name } of manifest.files) {
    const hash = /^attachments\/([0-9a-f]{64})$/.exec(name)?.[1];
    if (!hash) continue;
    const content = file(name);
    if (sha256(content) !== hash) throw damaged();
    takeInBytes(storeOf(libraryPath), content);
  }
  return { added: added.length, skipped: skipped.size, touched: added };
}
