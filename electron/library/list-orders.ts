import type { Columns, WordName } from './list-columns.ts';
import type { ListSort } from './list-question.ts';

/** Words that have an order of their own; others are sorted as they sound. */
const OWN_ORDER: Partial<Record<WordName, readonly string[]>> = {
  sizeClass: ['micro', 'small', 'medium', 'large'],
  stage: ['startup', 'growth', 'maturity', 'renewal'],
};
const WORDS: Partial<Record<ListSort, WordName>> = {
  district: 'district',
  industry: 'division',
  sizeClass: 'sizeClass',
  stage: 'stage',
  consultant: 'consultant',
  editor: 'editor',
  tags: 'tags',
};
const NUMBERS = {
  updated: 'updated',
  revenue: 'revenue',
  rung: 'rung',
  unmet: 'unmet',
  unknown: 'unknown',
  distance: 'distance',
  effort: 'effort',
  review: 'reviewDay',
  expiry: 'expiryDay',
  checked: 'checkedDay',
} as const;
const REACH = { s: 0, p: 1, i: 2 } as Readonly<Record<string, number>>;
const collator = new Intl.Collator('zh-CN', { numeric: true });

/** What rows are compared by: a number each, NaN = not known. */
type Key = (row: number) => number;

function wordKey({ words }: Columns, name: WordName): Key {
  const column = words[name];
  const own = OWN_ORDER[name];
  const rank = new Float64Array(column.words.length).fill(Number.NaN);
  const known = column.words.map((_, i) => i).slice(1);
  if (own) for (const i of known) rank[i] = own.indexOf(column.words[i]!);
  else {
    known.sort((a, b) => collator.compare(column.words[a]!, column.words[b]!));
    known.forEach((i, at) => {
      rank[i] = at;
    });
  }
  return (row) => rank[column.rows[row]!] ?? Number.NaN;
}

function keyOf(columns: Columns, sort: Exclude<ListSort, 'name'>): Key {
  const word = WORDS[sort];
  if (word) return wordKey(columns, word);
  if (sort === 'rung1' || sort === 'rung2' || sort === 'rung3') {
    const at = Number(sort.slice(4)) - 1;
    const ranks = columns.words.reach.words.map((letters) => REACH[letters[at] ?? ''] ?? Number.NaN);
    return (row) => ranks[columns.words.reach.rows[row]!] ?? Number.NaN;
  }
  const numbers = columns.numbers[NUMBERS[sort as keyof typeof NUMBERS]];
  return (row) => numbers[row]!;
}

/** All rows in one order, ascending; those whose value is not known come after the others. Equal ones go by their id. */
class Order {
  #rows: Uint32Array;
  #known = 0;
  #size = 0;
  readonly #columns: Columns;
  readonly #key: Key | null;

  constructor(columns: Columns, sort: ListSort) {
    this.#columns = columns;
    this.#key = sort === 'name' ? null : keyOf(columns, sort);
    const size = columns.ids.length;
    this.#rows = new Uint32Array(size + 256);
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let row = 0; row < size; row += 1) (this.#isKnown(row) ? known : unknown).push(row);
    const byId = (a: number, b: number) => this.#byId(a, b);
    // Rows are mostly read in the order of their ids; what is in order already is not sorted again.
    const { ids, names } = columns;
    if (ids.some((id, row) => row > 0 && id < ids[row - 1]!)) {
      known.sort(byId);
      unknown.sort(byId);
    }
    // A stable sort leaves equal ones in the order of their ids.
    if (this.#key) {
      const values = Float64Array.from({ length: size }, (_, row) => this.#key!(row));
      known.sort((a, b) => values[a]! - values[b]!);
    } else known.sort((a, b) => (names[a]! < names[b]! ? -1 : names[a] === names[b] ? 0 : 1));
    this.#rows.set(known);
    this.#rows.set(unknown, known.length);
    this.#known = known.length;
    this.#size = size;
  }

  remove(row: number): void {
    const at = this.#rows.subarray(0, this.#size).indexOf(row);
    if (at < 0) return;
    this.#rows.copyWithin(at, at + 1, this.#size);
    this.#size -= 1;
    if (at < this.#known) this.#known -= 1;
  }

  add(row: number): void {
    if (this.#size === this.#rows.length) {
      const more = new Uint32Array(this.#size * 2);
      more.set(this.#rows);
      this.#rows = more;
    }
    const known = this.#isKnown(row);
    let [low, high] = known ? [0, this.#known] : [this.#known, this.#size];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#rows[middle]!;
      if ((known ? this.#compare(other, row) : this.#byId(other, row)) < 0) low = middle + 1;
      else high = middle;
    }
    this.#rows.copyWithin(low + 1, low, this.#size);
    this.#rows[low] = row;
    this.#size += 1;
    if (known) this.#known += 1;
  }

  /** Rows that bear a mark, from the `offset`-th on, at most `limit`; unknown ones last in either direction. */
  page(hits: Uint8Array, descending: boolean, offset: number, limit: number): number[] {
    const page: number[] = [];
    let before = offset;
    const take = (from: number, to: number) => {
      const step = descending ? -1 : 1;
      for (let at = descending ? to - 1 : from; at >= from && at < to; at += step) {
        const row = this.#rows[at]!;
        if (hits[row] !== 1) continue;
        if (before > 0) before -= 1;
        else {
          page.push(row);
          if (page.length === limit) return;
        }
      }
    };
    if (limit > 0) take(0, this.#known);
    if (page.length < limit) take(this.#known, this.#size);
    return page;
  }

  #isKnown(row: number): boolean {
    return this.#key === null || !Number.isNaN(this.#key(row));
  }

  #byId(a: number, b: number): number {
    const { ids } = this.#columns;
    return ids[a]! < ids[b]! ? -1 : 1;
  }

  #compare(a: number, b: number): number {
    if (this.#key) {
      const [x, y] = [this.#key(a), this.#key(b)];
      return x < y ? -1 : x > y ? 1 : this.#byId(a, b);
    }
    const { names } = this.#columns;
    const [x, y] = [names[a]!, names[b]!];
    return x < y ? -1 : x > y ? 1 : this.#byId(a, b);
  }
}

/** Makes orders when they are first asked for and keeps them true while single rows change. */
export class Orders {
  readonly #columns: Columns;
  readonly #orders = new Map<ListSort, Order>();

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** Lets go of one order; it is made afresh when it is asked for. */
  drop(sort: ListSort): void {
    this.#orders.delete(sort);
  }

  /** Whether there is any order to be kept true. */
  get any(): boolean {
    return this.#orders.size > 0;
  }

  get(sort: ListSort): Order {
    let order = this.#orders.get(sort);
    if (!order) {
      order = new Order(this.#columns, sort);
      this.#orders.set(sort, order);
    }
    return order;
  }

  /** To be called before a row's values change; `added` after they did. */
  remove(row: number): void {
    for (const order of this.#orders.values()) order.remove(row);
  }

  add(row: number): void {
    for (const order of this.#orders.values()) order.add(row);
  }

  /** Orders by words rest on the words there were; a new word makes them void. */
  clear(onlyWords = false): void {
    for (const sort of [...this.#orders.keys()])
      if (!onlyWords || WORDS[sort] || sort.startsWith('rung')) this.#orders.delete(sort);
  }
}
