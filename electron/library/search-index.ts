import { type Columns, emptyColumns, LINE, type Line, lineId, lineText, putLine } from './list-columns.ts';
import { checksOf } from './list-filter.ts';
import { Orders } from './list-orders.ts';
import type { ListFilter, ListSort } from './list-question.ts';
import { type Db, prepared } from './open.ts';
import { SearchTexts } from './search-texts.ts';

/** Lines read at a time while the window is in use: some 10 ms. */
const SLICE = 1000;
/** With more changes than this at once, orders are made afresh rather than mended. */
const MANY = 100;

/** What a list looks for. */
export interface Wanted {
  readonly words: readonly string[];
  readonly filter: ListFilter;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** The lines of the library screen in memory: search, filter and order of a hundred thousand within a few milliseconds. */
export class SearchIndex {
  readonly columns: Columns = emptyColumns();
  readonly #db: Db;
  readonly #texts = new SearchTexts();
  readonly #orders = new Orders(this.columns);
  readonly #rows = new Map<string, number>();
  readonly #stale = new Set<string>();
  #lastId = '';
  #complete = false;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Enterprises that were written since they were read. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#stale.add(id);
  }

  /** An effort that was worked out in the background; nothing else of the line has changed. */
  setEffort(id: string, effort: number | null): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.columns.numbers.effort[row] = effort ?? Number.NaN;
    this.#orders.drop('effort');
  }

  get complete(): boolean {
    return this.#complete;
  }

  /** Reads some more lines; false once all are there. */
  readMore(limit = SLICE): boolean {
    if (this.#complete) return false;
    const lines = prepared(this.#db, `${LINE} WHERE enterprise_id > ? ORDER BY enterprise_id LIMIT ?`)
      .raw(true)
      .all(this.#lastId, limit) as unknown as Line[];
    for (const line of lines) this.#put(line);
    const last = lines.at(-1);
    if (last) this.#lastId = lineId(last);
    if (lines.length < limit) {
      this.#complete = true;
      // The order the library opens with.
      this.#orders.get('updated');
    }
    return !this.#complete;
  }

  /** A mark for each row that is wanted, and how many there are. */
  find({ words, filter, today }: Wanted): { hits: Uint8Array; total: number } {
    this.#settle();
    const size = this.columns.ids.length;
    const hits = words.length > 0 ? this.#texts.find(words) : new Uint8Array(size).fill(1);
    const checks = checksOf(this.columns, filter, today);
    let total = 0;
    rows: for (let row = 0; row < size; row += 1) {
      if (hits[row] === 0) continue;
      for (const check of checks) {
        if (check.passes(row)) continue;
        hits[row] = 0;
        continue rows;
      }
      total += 1;
    }
    return { hits, total };
  }

  /** Ids of marked rows in an order, from the `offset`-th on. Values that are not known come last in either direction. */
  page(
    hits: Uint8Array,
    by: { sort: ListSort; descending: boolean; offset: number; limit: number },
  ): string[] {
    return this.#orders
      .get(by.sort)
      .page(hits, by.descending, by.offset, by.limit)
      .map((row) => this.columns.ids[row]!);
  }

  /**
   * Rows that hold words and a filter, for counting by facet: `visit` is told the one facet a row fails by, or null where
   * it fails by none. Rows that fail by several are left out.
   */
  eachNear({ words, filter, today }: Wanted, visit: (row: number, fails: string | null) => void): void {
    this.#settle();
    const size = this.columns.ids.length;
    const hits = words.length > 0 ? this.#texts.find(words) : null;
    const checks = checksOf(this.columns, filter, today);
    rows: for (let row = 0; row < size; row += 1) {
      if (hits && hits[row] === 0) continue;
      let fails: string | null = null;
      for (const check of checks) {
        if (check.passes(row)) continue;
        if (fails !== null) continue rows;
        fails = check.facet;
      }
      visit(row, fails);
    }
  }

  #settle(): void {
    while (this.readMore(20_000));
    if (this.#stale.size === 0) return;
    if (this.#stale.size > MANY) this.#orders.clear();
    for (const id of this.#stale) {
      const line = prepared(this.#db, `${LINE} WHERE enterprise_id = ?`).raw(true).get(id) as
        | Line
        | undefined;
      if (line) this.#put(line);
      else this.#drop(id);
    }
    this.#stale.clear();
  }

  #put(line: Line): void {
    const id = lineId(line);
    const known = this.#rows.get(id);
    const row = known ?? this.columns.ids.length;
    this.#rows.set(id, row);
    if (known !== undefined) this.#orders.remove(row);
    const words = this.#orders.any ? wordCount(this.columns) : 0;
    putLine(this.columns, row, line);
    if (this.#orders.any) {
      if (wordCount(this.columns) !== words) this.#orders.clear(true);
      this.#orders.add(row);
    }
    this.#texts.set(row, lineText(line));
  }

  /** An enterprise that is gone keeps its row, which nothing finds any more. */
  #drop(id: string): void {
    const row = this.#rows.get(id);
    if (row !== undefined) this.columns.numbers.state[row] = -1;
  }
}

function wordCount({ words }: Columns): number {
  return Object.values(words).reduce((sum, column) => sum + column.words.length, 0);
}

const indexes = new WeakMap<Db, SearchIndex>();

/** The index of an open library; it is read bit by bit, or all at once by the first search. */
export function searchIndexOf(db: Db): SearchIndex {
  let index = indexes.get(db);
  if (!index) {
    index = new SearchIndex(db);
    indexes.set(db, index);
  }
  return index;
}

/** Lets go of an index after many enterprises were written by another connection; the next search reads it afresh. */
export function dropSearchIndex(db: Db): void {
  indexes.delete(db);
}

/** Reads the whole index with pauses for other calls; done when a search will not have to wait. */
export async function readSearchIndex(db: Db): Promise<void> {
  while (db.open && searchIndexOf(db).readMore()) await new Promise((resolve) => setImmediate(resolve));
}
