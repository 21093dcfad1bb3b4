import { fold } from './names.ts';
import { type Db, prepared } from './open.ts';
import { type Entry, searchIndexOf } from './search-index.ts';
import type { ListRow } from './shapes.ts';

export interface ListQuestion {
  /** Words that must all occur, each anywhere in a name, its pinyin or initials, the credit code or the product. */
  readonly query?: string | undefined;
  readonly filter?:
    | {
        readonly rung?: readonly number[] | undefined;
        readonly verdict?: readonly string[] | undefined;
        readonly district?: readonly string[] | undefined;
        readonly division?: readonly string[] | undefined;
        readonly archived?: boolean | undefined;
        readonly samples?: boolean | undefined;
      }
    | undefined;
  readonly sort?: 'name' | 'updated' | 'revenue' | 'rung' | 'unmet' | undefined;
  readonly descending?: boolean | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

const SORT_COLUMNS = {
  name: 'name_sort',
  updated: 'updated_at',
  revenue: 'revenue',
  rung: 'current_rung',
  unmet: 'unmet',
} as const;

/** Conditions with their parameters; the text of the SQL depends on which there are, never on what they hold. */
function conditions(question: ListQuestion): { parts: string[]; parameters: unknown[] } {
  const filter = question.filter ?? {};
  const parts = ['s.archived = ?'];
  const parameters: unknown[] = [filter.archived ? 1 : 0];
  const among = (column: string, values: readonly unknown[] | undefined) => {
    if (!values || values.length === 0) return;
    parts.push(`${column} IN (SELECT value FROM json_each(?))`);
    parameters.push(JSON.stringify(values));
  };
  among('s.current_rung', filter.rung);
  among('s.next_verdict', filter.verdict);
  among('s.district', filter.district);
  among('s.division', filter.division);
  if (filter.samples !== undefined) {
    parts.push('s.is_sample = ?');
    parameters.push(filter.samples ? 1 : 0);
  }
  return { parts, parameters };
}

function toRow(row: Record<string, unknown>): ListRow {
  const revenue = row.revenue as number | null;
  return {
    id: row.enterprise_id as string,
    name: row.name as string,
    shortName: row.short_name as string | null,
    uscc: row.uscc as string | null,
    district: row.district as string | null,
    city: row.city as string | null,
    industryDivision: row.division as string | null,
    mainProduct: row.main_product as string | null,
    isSample: row.is_sample === 1,
    isSynthetic: row.is_synthetic === 1,
    archived: row.archived === 1,
    sizeClass: row.size_class as string | null,
    stage: row.stage as string | null,
    currentRung: row.current_rung as number,
    nextRung: row.next_rung as number | null,
    rungs: JSON.parse(String(row.rungs)) as ListRow['rungs'],
    counts: {
      met: row.met as number,
      unmet: row.unmet as number,
      unknown: row.unknown as number,
      manual: row.manual as number,
    },
    revenue: revenue === null ? null : { year: row.revenue_year as number, yuan: revenue },
    updatedAt: row.updated_at as string,
  };
}

/** Whether an entry of the index passes the filter: the same conditions as above, without the disk. */
function passes(entry: Entry, filter: NonNullable<ListQuestion['filter']>): boolean {
  const among = <T>(values: readonly T[] | undefined, value: T | null) =>
    !values || values.length === 0 || (value !== null && values.includes(value));
  return (
    entry.archived === (filter.archived ?? false) &&
    (filter.samples === undefined || entry.isSample === filter.samples) &&
    among(filter.rung, entry.rung) &&
    among(filter.verdict, entry.verdict) &&
    among(filter.district, entry.district) &&
    among(filter.division, entry.division)
  );
}

/** Up to this many matches are looked up one by one; more are met soon enough when walking in order. */
const FEW = 2000;

/**
 * A page of the library: what matches, in the order asked for (default: worked on last first). Enterprises whose
 * revenue is unknown come last in either direction. `total` counts all that match; revenue in yuan.
 */
export function listEnterprises(db: Db, question: ListQuestion): { total: number; rows: ListRow[] } {
  const { parts, parameters } = conditions(question);
  const words = fold(question.query ?? '')
    .split(/[\s\u0000]+/)
    .filter(Boolean);
  let total: number | undefined;
  if (words.length > 0) {
    const filter = question.filter ?? {};
    const found = searchIndexOf(db)
      .find(words)
      .filter((entry) => passes(entry, filter));
    total = found.length;
    if (total === 0) return { total, rows: [] };
    if (total <= FEW) {
      parts.push('s.rowid IN (SELECT value FROM json_each(?))');
      parameters.push(JSON.stringify(found.map((entry) => entry.row)));
    } else {
      for (const word of words) {
        // instr takes every character as it is: %, _ and quotes are searched for like any other.
        parts.push('instr(s.search_text, ?) > 0');
        parameters.push(word);
      }
    }
  }
  const where = parts.join(' AND ');
  total ??= prepared(db, `SELECT count(*) AS total FROM standing s WHERE ${where}`).get(...parameters)
    ?.total as number;
  const sort = question.sort ?? 'updated';
  const descending = question.descending ?? sort === 'updated';
  const direction = descending ? 'DESC' : 'ASC';
  const nulls = sort === 'revenue' ? ' NULLS LAST' : '';
  const order = `s.${SORT_COLUMNS[sort]} ${direction}${nulls}, s.enterprise_id ${direction}`;
  const rows = prepared(
    db,
    `WITH page AS MATERIALIZED (
       SELECT s.enterprise_id AS id FROM standing s WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?
     )
     SELECT s.*, e.name, e.short_name, e.uscc, e.city, e.main_product, e.is_synthetic
     FROM page JOIN standing s ON s.enterprise_id = page.id JOIN enterprise e ON e.id = page.id
     ORDER BY ${order}`,
  ).all(...parameters, question.limit ?? 100, question.offset ?? 0);
  return { total, rows: rows.map(toRow) };
}

/** Counts for the head of the library screen; `byRung` and `districts` are of those that are not archived. */
export function summarize(db: Db): {
  total: number;
  archived: number;
  byRung: number[];
  districts: string[];
} {
  const byRung = [0, 0, 0, 0];
  for (const row of prepared(
    db,
    'SELECT current_rung, count(*) AS n FROM standing WHERE archived = 0 GROUP BY current_rung',
  ).all()) {
    byRung[row.current_rung as number] = row.n as number;
  }
  const archived = prepared(db, 'SELECT count(*) AS n FROM standing WHERE archived = 1').get();
  const districts = prepared(
    db,
    'SELECT DISTINCT district FROM standing WHERE archived = 0 AND district IS NOT NULL ORDER BY district',
  ).all();
  return {
    total: byRung.reduce((sum, n) => sum + n, 0),
    archived: archived?.n as number,
    byRung,
    districts: districts.map((row) => String(row.district)),
  };
}
