import { type Db, prepared } from './open.ts';

/** What the index knows of one enterprise: enough to count matches without touching the disk. */
export interface Entry {
  /** Row of the `standing` table. */
  readonly row: number;
  readonly text: string;
  readonly archived: boolean;
  readonly isSample: boolean;
  readonly rung: number;
  readonly verdict: string | null;
  readonly district: string | null;
  readonly division: string | null;
}

/** Entries are kept in blocks whose texts are joined: one search through a block costs little more than through one text. */
const BLOCK = 2048;
const BETWEEN = '\u0000';

interface Block {
  readonly entries: Entry[];
  /** The texts joined, and where each begins; null while out of date. */
  joined: { readonly text: string; readonly starts: readonly number[] } | null;
}

const SELECT = `SELECT rowid AS row, search_text, archived, is_sample, current_rung, next_verdict, district, division
  FROM standing`;

function toEntry(row: Record<string, unknown>): Entry {
  return {
    row: row.row as number,
    text: row.search_text as string,
    archived: row.archived === 1,
    isSample: row.is_sample === 1,
    rung: row.current_rung as number,
    verdict: row.next_verdict as string | null,
    district: row.district as string | null,
    division: row.division as string | null,
  };
}

/** The search texts of a library in memory, because a scan of the table is too slow for every keystroke. */
class SearchIndex {
  readonly #db: Db;
  readonly #blocks: Block[] = [];
  readonly #places = new Map<number, { block: Block; at: number }>();
  readonly #stale = new Set<string>();
  #lastRow = 0;
  #complete = false;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Enterprises that were written since they were read. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#stale.add(id);
  }

  /** Reads some thousand more entries; false once all are there. */
  readMore(limit = 4 * BLOCK): boolean {
    if (this.#complete) return false;
    const rows = prepared(this.#db, `${SELECT} WHERE rowid > ? ORDER BY rowid LIMIT ?`).all(
      this.#lastRow,
      limit,
    );
    for (const row of rows) this.#put(toEntry(row));
    if (rows.length < limit) this.#complete = true;
    return !this.#complete;
  }

  /** Entries whose text holds all words, in no particular order. */
  find(words: readonly string[]): Entry[] {
    while (this.readMore());
    this.#freshen();
    const [first = '', ...more] = words;
    const found: Entry[] = [];
    for (const block of this.#blocks) findIn(block, first, found);
    return more.length === 0
      ? found
      : found.filter((entry) => more.every((word) => entry.text.includes(word)));
  }

  #put(entry: Entry): void {
    const known = this.#places.get(entry.row);
    if (known) {
      const before = known.block.entries[known.at];
      known.block.entries[known.at] = entry;
      if (before?.text !== entry.text) known.block.joined = null;
      return;
    }
    let block = this.#blocks.at(-1);
    if (!block || block.entries.length >= BLOCK) {
      block = { entries: [], joined: null };
      this.#blocks.push(block);
    }
    this.#places.set(entry.row, { block, at: block.entries.length });
    block.entries.push(entry);
    block.joined = null;
    this.#lastRow = Math.max(this.#lastRow, entry.row);
  }

  #freshen(): void {
    for (const id of this.#stale) {
      const row = prepared(this.#db, `${SELECT} WHERE enterprise_id = ?`).get(id);
      if (row) this.#put(toEntry(row));
    }
    this.#stale.clear();
  }
}

function findIn(block: Block, word: string, found: Entry[]): void {
  if (!block.joined) {
    const starts: number[] = [];
    let length = 0;
    for (const { text } of block.entries) {
      starts.push(length);
      length += text.length + BETWEEN.length;
    }
    block.joined = { text: block.entries.map((entry) => entry.text).join(BETWEEN), starts };
  }
  const { text, starts } = block.joined;
  let at = 0;
  for (let hit = text.indexOf(word); hit >= 0; hit = text.indexOf(word, starts[at] ?? text.length)) {
    at = placeOf(starts, hit, at);
    found.push(block.entries[at]!);
    at += 1;
    if (at >= starts.length) return;
  }
}

/** Index of the last start that is not after `position`. */
function placeOf(starts: readonly number[], position: number, from: number): number {
  // A frequent word is found in one text after the other.
  if (position < (starts[from + 1] ?? Number.POSITIVE_INFINITY)) return from;
  let [low, high] = [from, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
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
