import { existsSync, statSync } from 'node:fs';
import { contentPath, readContent, storeOf } from '../library/evidence-store.ts';
import { type Db, userVersion } from '../library/open.ts';
import { sha256 } from '../library/packs.ts';
import { type CsvCell, csvLine } from './csv-text.ts';
import { csvTables, EVERYTHING, everythingTables, type Manifest } from './everything-format.ts';
import { exchangeTexts } from './exchange-texts.ts';
import { writeWhole } from './whole-file.ts';
import { zipWriter } from './zip.ts';

/** One file in the archive: small enough to be read in one go by anything, and to be held in memory while it is made. */
const CHUNK = { rows: 10_000, characters: 8_000_000 };
/** Rows between two looks at whether it was cancelled. */
const TOLD = 2_000;

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

type Cell = string | number | bigint | Uint8Array | null;

function jsonOf(value: Cell): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `{"base64":"${Buffer.from(value).toString('base64')}"}`;
  return String(value);
}

/** Rows of a table as they become files: JSON of all, and CSV for people where the table has it. */
class Part {
  readonly #heads: readonly string[];
  readonly #csv: boolean;
  readonly #columns: readonly string[];
  #lines: string[] = [];
  #csvLines: string[] = [];
  #length = 0;

  constructor(columns: readonly string[], csv: boolean) {
    this.#columns = columns;
    this.#heads = columns.map((column, i) => `${i === 0 ? '{' : ','}${JSON.stringify(column)}:`);
    this.#csv = csv;
  }

  add(row: readonly Cell[]): void {
    let line = '';
    for (let i = 0; i < row.length; i++) line += this.#heads[i] + jsonOf(row[i] as Cell);
    this.#lines.push(`${line}}`);
    if (this.#csv) this.#csvLines.push(csvLine(row as CsvCell[]));
    this.#length += line.length;
  }

  get rows(): number {
    return this.#lines.length;
  }

  get full(): boolean {
    return this.#lines.length >= CHUNK.rows || this.#length >= CHUNK.characters;
  }

  take(): { json: Buffer; csv: Buffer | null } {
    const json = Buffer.from(`[\n${this.#lines.join(',\n')}\n]\n`, 'utf8');
    const csv = this.#csv
      ? Buffer.from(`\ufeff${[csvLine(this.#columns), ...this.#csvLines].join('\r\n')}\r\n`, 'utf8')
      : null;
    this.#lines = [];
    this.#csvLines = [];
    this.#length = 0;
    return { json, csv };
  }
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
      zip.add(name, content, { level: 4 });
      files.push({ name, sha256: sha256(content), table, rows });
    };
    const attachments = new Set<string>();
    db.transaction(() => {
      const total = everythingTables.reduce(
        (sum, table) =>
          sum +
          Number(
            db
              .prepare(`SELECT count(*) FROM "${table}" ${CONDITION[table] ?? ''}`)
              .pluck()
              .get(),
          ),
        0,
      );
      let done = 0;
      for (const table of everythingTables) {
        const columns = (db.pragma(`table_info("${table}")`) as { name: string }[]).map(
          (column) => column.name,
        );
        const part = new Part(columns, csvTables.includes(table));
        const hash = table === 'attachment' ? columns.indexOf('content_hash') : -1;
        let number = 0;
        counts[table] = 0;
        const flush = () => {
          const { rows } = part;
          if (rows === 0) return;
          number += 1;
          const name = `${table}-${String(number).padStart(4, '0')}`;
          const { json, csv } = part.take();
          add(`data/${name}.json`, json, table, rows);
          if (csv) add(`csv/${name}.csv`, csv, null, rows);
        };
        const all = db.prepare(`SELECT * FROM "${table}" ${CONDITION[table] ?? ''} ORDER BY 1`).raw(true);
        for (const row of all.iterate() as unknown as IterableIterator<Cell[]>) {
          if (done % TOLD === 0) progress(done, total + 1);
          done += 1;
          part.add(row);
          counts[table] += 1;
          if (hash >= 0) attachments.add(String(row[hash]));
          if (part.full) flush();
        }
        flush();
      }
    })();
    let attached = 0;
    for (const hash of attachments) {
      progress(attached++, attachments.size + 1);
      const store = storeOf(libraryPath);
      if (existsSync(contentPath(store, hash))) add(`attachments/${hash}`, readContent(store, hash), null, 0);
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
