import {
  bare,
  findTarget,
  type HeaderIndex,
  headerText,
  readHeader,
  type Unit,
  unitOf,
} from './import-headers.ts';
import { headerWords } from './import-targets.ts';
import type { Cell, Table } from './sheet-table.ts';

/** Where the header of a table is, and what stands in it column by column. */
export interface FoundHeader {
  /** First row of the header, from 0. */
  readonly row: number;
  /** Rows the header takes, with a row of units under it. */
  readonly rows: number;
  readonly headers: readonly string[];
  /** The lower line of a header of two rows, column by column; the header itself where it has one. */
  readonly lower: readonly string[];
  /** Units of a row of units, by column. */
  readonly units: ReadonlyMap<number, Unit>;
  /** Unit named once for the whole sheet above the header. */
  readonly sheetUnit: Unit | null;
}

const SEARCHED_ROWS = 40;

function filled(table: Table): Cell[][] {
  const top = table.rows.slice(0, SEARCHED_ROWS + 3).map((row) => [...row]);
  for (const { top: first, left, bottom, right } of table.merges) {
    const value = top[first]?.[left];
    if (value === undefined || value === null) continue;
    for (let r = first; r <= Math.min(bottom, top.length - 1); r += 1) {
      for (let c = left; c <= right; c += 1) top[r]![c] ??= value;
    }
  }
  return top;
}

function texts(row: readonly Cell[] | undefined): string[] {
  return (row ?? []).map(headerText);
}

/** How much a row looks like a header: names it has, texts, and no amounts. */
function score(row: readonly Cell[], index: HeaderIndex): number {
  const seen = new Set<string>();
  let points = 0;
  for (const cell of row) {
    const text = headerText(cell);
    if (text === '' || seen.has(text)) continue;
    seen.add(text);
    if (typeof cell === 'string' && text.length <= 60) {
      const found = findTarget(index, readHeader(text));
      points += found?.sure ? 4 : found ? 1.5 : 0.2;
      if (found?.id === 'profile:name' || found?.id === 'profile:uscc') points += 3;
    } else points -= 1;
  }
  return seen.size < 2 ? points / 4 : points;
}

function unitRow(row: readonly Cell[] | undefined): Map<number, Unit> | null {
  const found = new Map<number, Unit>();
  let [known, others] = [0, 0];
  for (const [column, cell] of (row ?? []).entries()) {
    const text = headerText(cell);
    if (text === '') continue;
    const unit = unitOf(text);
    if (unit === null) others += 1;
    else known += 1;
    if (unit !== null && unit !== 'none') found.set(column, unit);
  }
  return found.size > 0 && known > others * 3 ? found : null;
}

const groups = new Set(headerWords.rows.groups.map(bare));

/** A header of two lines as one text; a word over a group of columns that says nothing of the field is left away. */
function joined(above: string, below: string): string {
  if (below === '' || above === below) return above;
  return above === '' || groups.has(bare(above)) ? below : `${above} ${below}`;
}

/** Whether a row goes on with the header above it: merged with it, or years and parts under a common word. */
function continues(table: Table, row: number, rows: readonly Cell[][], index: HeaderIndex): boolean {
  const over = table.merges.some((m) => m.top === row && m.bottom === row && m.right > m.left);
  const down = table.merges.some((m) => m.top === row && m.bottom > row && m.bottom <= row + 2);
  if (!over && !down) return false;
  const next = rows[row + 1] ?? [];
  const amounts = next.filter((cell) => typeof cell === 'number' && (cell < 1949 || cell > 2200)).length;
  return (
    amounts === 0 &&
    (down || score(next, index) > 0 || next.some((c) => readHeader(headerText(c)).year !== null))
  );
}

/** Finds the header: titles above it are skipped, a header of two rows is read as one. */
export function findHeader(table: Table, index: HeaderIndex): FoundHeader {
  const rows = filled(table);
  let best = { row: 0, score: Number.NEGATIVE_INFINITY };
  for (const [row, cells] of rows.slice(0, SEARCHED_ROWS).entries()) {
    const points = score(cells, index);
    if (points > best.score) best = { row, score: points };
  }
  const { row } = best;
  let headers = texts(rows[row]);
  let lower = headers;
  let count = 1;
  if (continues(table, row, rows, index)) {
    const under = texts(rows[row + 1]);
    const width = Math.max(headers.length, under.length);
    lower = Array.from({ length: width }, (_, i) => under[i] || headers[i] || '');
    headers = Array.from({ length: width }, (_, i) => joined(headers[i] ?? '', under[i] ?? ''));
    count = 2;
  } else if (
    row > 0 &&
    table.merges.some((m) => m.top === row - 1 && m.bottom === row - 1 && m.right > m.left)
  ) {
    // The lower row of a header won; groups stand above it, but a title over the whole sheet is none.
    const above = texts(rows[row - 1]);
    if (new Set(above.filter(Boolean)).size > 1)
      headers = headers.map((text, i) => joined(above[i] ?? '', text));
  }
  const units = unitRow(rows[row + count]);
  let sheetUnit: Unit | null = null;
  for (const cells of rows.slice(0, row)) {
    for (const text of texts(cells)) {
      const named = /(?:单位|unit)\s*[::]\s*([^\s,，;；)）]+)/i.exec(text.normalize('NFKC'));
      const unit = named && unitOf(named[1]!);
      if (unit && unit !== 'none') sheetUnit = unit;
    }
  }
  return { row, rows: count + (units ? 1 : 0), headers, lower, units: units ?? new Map(), sheetUnit };
}
