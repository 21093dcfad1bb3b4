import { isUnknown, Problem } from './cell-values.ts';
import type { Take } from './import-choices.ts';
import { columnName, type Mapping } from './import-mapping.ts';
import { identityKey } from './import-names.ts';
import {
  type Lexicon,
  type Read,
  type Reading,
  readCell,
  sectionNamed,
  type Value,
} from './import-reader.ts';
import type { Target } from './import-targets.ts';
import { type OtherRow, otherRow } from './row-kinds.ts';
import type { Cell } from './sheet-table.ts';

/** Where a value goes: its target and, for yearly ones, the fiscal year. "figure:revenue@2025". */
export type Path = string;

/** A cell that cannot be imported; rows and columns counted from 0 as they stand in the sheet. */
export interface CellError {
  readonly row: number;
  readonly column: number | null;
  readonly key: string;
  readonly details: Record<string, string | number>;
  readonly value: string;
  /** The row cannot come in without this cell: it says which enterprise or which year the row is about. */
  readonly needed: boolean;
}

/** What the file says of one enterprise, from one row or several. */
export interface Draft {
  readonly rows: number[];
  name: string | null;
  uscc: string | null;
  readonly values: Map<Path, Value>;
}

export interface Drafts {
  readonly drafts: Draft[];
  readonly errors: CellError[];
  /** Rows that stay out: because of an error, or by hand. */
  readonly failed: ReadonlySet<number>;
  /** Those of them a person left out. */
  readonly byHand: ReadonlySet<number>;
  /** Rows that come in without their faulty cells. */
  readonly part: ReadonlySet<number>;
  /** Rows about no enterprise: sums, notes, headings. They are passed over. */
  readonly others: readonly { readonly row: number; readonly kind: OtherRow; readonly text: string }[];
  readonly rows: number;
  /** Amounts that had parts of a yuan. */
  readonly rounded: number;
  /** Rows about an enterprise that an earlier row is about too, saying the same or something more. */
  readonly repeated: number;
}

export interface DraftOptions {
  readonly mapping: Mapping;
  readonly headers: readonly string[];
  readonly targets: ReadonlyMap<string, Target>;
  readonly words: Lexicon;
  /** Row of the sheet at which the data begins. */
  readonly firstRow: number;
  /** Latest fiscal year there can be figures of. */
  readonly newestYear: number;
  /** Today, YYYY-MM-DD: what has happened lies before it. */
  readonly today: string;
  /** How a row is taken; rows counted from 0. */
  take(row: number): Take;
}

const shown = (cell: Cell | undefined) =>
  String(cell ?? '')
    .slice(0, 80)
    .toWellFormed();

function same(a: Value, b: Value): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.join('\n') === b.join('\n') : a === b;
}

interface Column extends Reading {
  readonly column: number;
  readonly year: number | null;
  /** What a text of this column was read as: the same few words fill most columns. */
  readonly known: Map<string, Read> | null;
  path(year: number | null): Path;
}

/** Kinds whose texts differ from row to row, or whose reading counts something. */
const VARIED: ReadonlySet<Target['kind']> = new Set(['name', 'uscc', 'text', 'money']);
/** Dates of what has happened; only the ends of titles may lie ahead. */
const PAST = /^profile:(?:foundedOn|nicheSince)$|^title:\w+:issuedOn$/;
const REMEMBERED = 1_000;
const SECTION = 'profile:industrySection';

function readText(cell: Cell, field: Column): Read {
  if (typeof cell !== 'string' || field.known === null) return readCell(cell, field);
  let read = field.known.get(cell);
  if (read === undefined) {
    read = readCell(cell, field);
    if (field.known.size < REMEMBERED) field.known.set(cell, read);
  }
  return read;
}

function pathMaker({ id }: Target): (year: number | null) => Path {
  const made = new Map<number | null, Path>([[null, id]]);
  return (year) => {
    let path = made.get(year);
    if (path === undefined) {
      path = `${id}@${year}`;
      made.set(year, path);
    }
    return path;
  };
}

/** Rows as what they say of enterprises. Rows of the same enterprise are put together; contradictions are errors. */
export function readDrafts(rows: readonly (readonly Cell[])[], options: DraftOptions): Drafts {
  const { mapping, headers, targets, words, firstRow, newestYear, today } = options;
  let rounded = 0;
  const noteRounded = () => {
    rounded += 1;
  };
  const columns = mapping.columns.flatMap((c): Column[] => {
    const target = c.target === null ? undefined : targets.get(c.target);
    if (!target) return [];
    const known = VARIED.has(target.kind) ? null : new Map<string, Read>();
    const reading = { target, unit: c.unit, money: mapping.unit, words, noteRounded };
    return [{ ...reading, column: c.column, year: c.year, known, path: pathMaker(target) }];
  });
  const yearColumn = columns.find((c) => c.target.kind === 'year');
  const fields = columns.filter((c) => c.target.kind !== 'year');
  const yearOf = (field: Column, rowYear: number | null) =>
    field.target.yearly ? (field.year ?? rowYear ?? mapping.year) : null;
  const columnOf = (path: Path, rowYear: number | null) =>
    fields.findLast((field) => field.path(yearOf(field, rowYear)) === path)?.column ?? 0;
  const nameColumn = fields.find((c) => c.target.id === 'profile:name')?.column ?? -1;
  const usccColumn = fields.find((c) => c.target.id === 'profile:uscc')?.column ?? -1;
  const errors: CellError[] = [];
  const [failed, byHand, part] = [new Set<number>(), new Set<number>(), new Set<number>()];
  const others: Drafts['others'][number][] = [];
  const byUscc = new Map<string, Draft>();
  const byName = new Map<string, Draft>();
  const drafts: Draft[] = [];
  let [count, repeated] = [0, 0];

  for (const [i, cells] of rows.entries()) {
    const row = firstRow + i;
    if (cells.every((cell) => cell === null || cell === '')) continue;
    const text = String(cells[nameColumn] ?? '').trim();
    const kind = otherRow(cells, text, headers, !isUnknown(cells[usccColumn]));
    if (kind !== null) {
      others.push({ row, kind, text: shown(text || cells.find((cell) => cell !== null && cell !== '')) });
      continue;
    }
    count += 1;
    const take = options.take(row);
    const before = errors.length;
    let needed = false;
    const fail = (column: number | null, problem: Problem, cell?: Cell) => {
      const necessary = column === null || column === yearColumn?.column;
      needed ||= necessary;
      const { key, details } = problem;
      errors.push({ row, column, key, details, value: shown(cell), needed: necessary });
    };
    /** Whether the row has to stay out for what was found so far. */
    const lost = () => errors.length > before && (take !== 'part' || needed);
    const values = new Map<Path, Value>();
    let rowYear: number | null = null;
    if (yearColumn) {
      const read = readCell(cells[yearColumn.column], yearColumn);
      if (read instanceof Problem) fail(yearColumn.column, read, cells[yearColumn.column]);
      else rowYear = read as number | null;
    }
    for (const field of fields) {
      const cell = cells[field.column];
      if (cell === null || cell === undefined) continue;
      const read: Read = readText(cell, field);
      if (read === null) continue;
      if (read instanceof Problem) {
        const section = field.target.kind === 'division' ? sectionNamed(cell, words) : null;
        if (section !== null) {
          // Less than was asked for, and true: a column of sections under the name of industries.
          if (!values.has(SECTION)) values.set(SECTION, section);
          continue;
        }
        fail(field.column, read, cell);
        continue;
      }
      const year = yearOf(field, rowYear);
      // The score of the platform is given for the year of application, one after the last closed.
      if (year !== null && year > newestYear) {
        fail(field.column, new Problem('yearInFuture', { year }), cell);
        continue;
      }
      if (PAST.test(field.target.id) && typeof read === 'string' && read > today.slice(0, read.length)) {
        fail(field.column, new Problem('dateInFuture', { today }), cell);
        continue;
      }
      const path = field.path(year);
      const other = values.get(path);
      // "2025年营业收入" beside a column whose year is the row's: in the rows of 2025 both say the same thing.
      if (other !== undefined && !same(other, read)) {
        const first = fields.find((f) => f !== field && f.path(yearOf(f, rowYear)) === path);
        const named = { other: columnName(headers, first?.column ?? 0), year: year ?? '' };
        fail(field.column, new Problem('columnsDiffer', named), cell);
      } else values.set(path, read);
    }
    const name = (values.get('profile:name') as string | undefined) ?? null;
    const uscc = (values.get('profile:uscc') as string | undefined) ?? null;
    // Nothing says which enterprise the row is about; where a cell that would is faulty, that is said already.
    if (name === null && uscc === null && (errors.length === before || take === 'part'))
      fail(null, new Problem('noIdentity'));
    if (take === 'out') {
      failed.add(row);
      byHand.add(row);
      continue;
    }
    const key = name === null ? null : identityKey(name);
    let draft =
      (uscc === null ? undefined : byUscc.get(uscc)) ?? (key === null ? undefined : byName.get(key));
    // The same name under two credit codes is two enterprises.
    if (draft && uscc !== null && draft.uscc !== null && draft.uscc !== uscc) draft = undefined;
    if (draft && !lost()) {
      for (const [path, value] of values) {
        const known = draft.values.get(path);
        if (known === undefined || same(known, value)) continue;
        if (path === 'profile:name' && identityKey(String(known)) === identityKey(String(value))) continue;
        const column = columnOf(path, rowYear);
        fail(column, new Problem('contradicts', { row: draft.rows[0]! + 1 }), cells[column]);
      }
    }
    if (lost()) {
      failed.add(row);
      continue;
    }
    if (errors.length > before) part.add(row);
    if (!draft) {
      draft = { rows: [], name: null, uscc: null, values };
      drafts.push(draft);
    } else {
      repeated += 1;
      for (const [path, value] of values) if (!draft.values.has(path)) draft.values.set(path, value);
    }
    draft.rows.push(row);
    draft.name ??= name;
    draft.uscc ??= uscc;
    if (uscc !== null) byUscc.set(uscc, draft);
    if (key !== null) byName.set(key, draft);
  }
  return { drafts, errors, failed, byHand, part, others, rows: count, rounded, repeated };
}
