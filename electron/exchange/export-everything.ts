import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Db, userVersion } from '../library/open.ts';
import { sha256 } from '../library/packs.ts';
import { csvText } from './csv-text.ts';
import { csvTables, EVERYTHING, everythingTables, type Manifest } from './everything-format.ts';
import { exchangeTexts } from './exchange-texts.ts';
import { writeWhole } from './whole-file.ts';
import { zipWriter } from './zip.ts';

/** Rows of one file in the archive: small enough to be read in one go by anything. */
const CHUNK = 10_000;

interface ExportOptions {
  readonly libraryPath: string;
  readonly path: string;
  readonly locale: 'zh' | 'en';
  readonly now: Date;
  progress(done: number, total: number): void;
}

/** What is exported of a table: the product's own settings of this computer stay. */
const CONDITION: Partial<Record<(typeof everythingTables)[number], string>> = {
  setting: "WHERE key NOT LIKE 'internal.%'",
};

function plain(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    ]),
  );
}

/**
 * Everything the library holds as one zip: complete JSON by table, CSV of the main tables, attached files, and a manifest
 * that describes the columns and carries a checksum of every file. Throws a Refusal where the place cannot be written.
 */
export async function exportEverything(
  db: Db,
  { libraryPath, path, locale, now, progress }: ExportOptions,
): Promise<{ enterprises: number; bytes: number }> {
  const files: Manifest['files'] = [];
  const counts: Record<string, number> = {};
  await writeWhole(path, (write) => {
    const zip = zipWriter((bytes) => write(bytes));
    const add = (name: string, content: Buffer, table: string | null, rows: number) => {
      zip.add(name, content);
      files.push({ name, sha256: sha256(content), table, rows });
    };
    const attachments = new Set<string>();
    db.transaction(() => {
      for (const [i, table] of everythingTables.entries()) {
        progress(i, everythingTables.length + 1);
        const columns = (db.pragma(`table_info("${table}")`) as { name: string }[]).map(
          (column) => column.name,
        );
        let chunk: Record<string, unknown>[] = [];
        let part = 0;
        counts[table] = 0;
        const flush = () => {
          if (chunk.length === 0) return;
          part += 1;
          const name = `${table}-${String(part).padStart(4, '0')}`;
          add(
            `data/${name}.json`,
            Buffer.from(JSON.stringify(chunk.map(plain), null, 1), 'utf8'),
            table,
            chunk.length,
          );
          if (csvTables.includes(table)) {
            const rows = chunk.map((row) => columns.map((column) => row[column] as string | number | null));
            add(`csv/${name}.csv`, Buffer.from(csvText([columns, ...rows]), 'utf8'), null, chunk.length);
          }
          chunk = [];
        };
        const all = db.prepare(`SELECT * FROM "${table}" ${CONDITION[table] ?? ''} ORDER BY 1`).iterate();
        for (const row of all as IterableIterator<Record<string, unknown>>) {
          chunk.push(row);
          counts[table] += 1;
          if (table === 'attachment') attachments.add(String(row.content_hash));
          if (chunk.length === CHUNK) flush();
        }
        flush();
      }
    })();
    for (const hash of attachments) {
      const file = join(dirname(libraryPath), 'attachments', hash);
      if (existsSync(file)) add(`attachments/${hash}`, readFileSync(file), null, 0);
    }
    const manifest: Manifest = {
      schema: EVERYTHING,
      exportedAt: now.toISOString(),
      libraryFormat: userVersion(db),
      counts,
      files,
      description: exchangeTexts(locale).everything,
    };
    zip.add('manifest.json', Buffer.from(JSON.stringify(manifest, null, 1), 'utf8'));
    zip.end();
    progress(1, 1);
  });
  return { enterprises: counts.enterprise ?? 0, bytes: statSync(path).size };
}
