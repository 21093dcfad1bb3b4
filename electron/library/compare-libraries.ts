import { lastChange, rowCounts } from './backup.ts';
import { attach } from './connect.ts';
import { type Db, openReadOnly, prepared } from './open.ts';

/** An enterprise that is on one side only, or differs. */
export interface Differing {
  readonly id: string;
  readonly name: string;
  /** Kinds of record that differ ("figure", "fact" …). */
  readonly kinds: string[];
}

/** Two states of a library side by side. Lists hold at most `most` enterprises, numbers count all. */
export interface Comparison {
  readonly counts: Record<string, { here: number; there: number }>;
  readonly last: {
    readonly here: { at: string; actor: string } | null;
    readonly there: { at: string; actor: string } | null;
  };
  /** Only in the library that is open: they would be gone after restoring the other. */
  readonly onlyHere: { readonly total: number; readonly some: Differing[] };
  /** Only in the other. */
  readonly onlyThere: { readonly total: number; readonly some: Differing[] };
  readonly changed: { readonly total: number; readonly some: Differing[] };
}

/** Derived or for keeping the books: not what a person would miss. */
const NOT_CONTENT = new Set([
  'standing',
  'change',
  'import_item',
  'import_batch',
  'desk',
  'long_value',
  'taken_back',
]);

function columns(db: Db, schema: string, table: string): string[] {
  return (db.pragma(`${schema}.table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
}

function tablesOf(db: Db, schema: string): string[] {
  return db
    .prepare(
      `SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[];
}

/** Ids of enterprises of which a table's rows differ, in columns that both sides have. */
function differingIds(db: Db, table: string): string[] {
  const there = new Set(columns(db, 'there', table));
  const shared = columns(db, 'main', table).filter((name) => there.has(name) && name !== 'updated_at');
  const id = table === 'enterprise' ? 'id' : 'enterprise_id';
  if (!shared.includes(id)) return [];
  const list = shared.map((name) => `"${name}"`).join(', ');
  const rows = (from: string) => `SELECT ${list} FROM ${from}."${table}"`;
  const only = (a: string, b: string) => `SELECT ${id} AS id FROM (${rows(a)} EXCEPT ${rows(b)})`;
  return db
    .prepare(`${only('main', 'there')} UNION ${only('there', 'main')}`)
    .pluck()
    .all() as string[];
}

/**
 * Compares the library in `here` with the one in `there`, by content: which enterprises are only on one side, and of which
 * any record differs. Only reads. Throws where one of them cannot be read.
 */
export function compareLibraries(here: string, there: string, most = 200): Comparison {
  const db = openReadOnly(here);
  const other = openReadOnly(there);
  try {
    const [mine, theirs] = [rowCounts(db), rowCounts(other)];
    const last = { here: lastChange(db), there: lastChange(other) };
    attach(db, there, 'there');
    const shared = tablesOf(db, 'main').filter((table) => table in theirs && !NOT_CONTENT.has(table));
    const differing = new Map<string, string[]>();
    for (const table of shared)
      for (const id of differingIds(db, table)) differing.set(id, [...(differing.get(id) ?? []), table]);
    const nameIn = (schema: string, id: string) =>
      prepared(db, `SELECT name FROM ${schema}.enterprise WHERE id = ?`).get(id)?.name as string | undefined;
    const lists = { onlyHere: [] as Differing[], onlyThere: [] as Differing[], changed: [] as Differing[] };
    for (const [id, kinds] of differing) {
      const [a, b] = [nameIn('main', id), nameIn('there', id)];
      if (a === undefined && b === undefined) continue;
      const list = a === undefined ? lists.onlyThere : b === undefined ? lists.onlyHere : lists.changed;
      list.push({ id, name: a ?? b ?? '', kinds });
    }
    const part = (list: Differing[]) => ({ total: list.length, some: list.slice(0, most) });
    const brief = (change: typeof last.here) => change && { at: change.at, actor: change.actor };
    return {
      counts: Object.fromEntries(
        [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
          .filter((table) => !NOT_CONTENT.has(table))
          .map((table) => [table, { here: mine[table] ?? 0, there: theirs[table] ?? 0 }]),
      ),
      last: { here: brief(last.here), there: brief(last.there) },
      onlyHere: part(lists.onlyHere),
      onlyThere: part(lists.onlyThere),
      changed: part(lists.changed),
    };
  } finally {
    other.close();
    db.close();
  }
}
