import { Problem } from './cell-values.ts';
import type { Mapping } from './import-mapping.ts';
import { identityKey } from './import-names.ts';
import { type Lexicon, type Read, type Reading, readCell, type Value } from './import-reader.ts';
import type { Target } from './import-targets.ts';
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
  /** Rows that stay out because of an error. */
  readonly failed: ReadonlySet<number>;
  readonly rows: number;
  /** Amounts that had parts of a yuan. */
  readonly rounded: number;
  /** Rows about an enterprise that an earlier row is about too, saying the same or something more. */
  readonly repeated: number;
}

export interface DraftOptions {
  readonly mapping: Mapping;
  readonly targets: ReadonlyMap<string, Target>;
  readonly words: Lexicon;
  /** Row of the sheet at which the data begins. */
  readonly firstRow: number;
  /** Latest fiscal year there can be figures of. */
  readonly newestYear: number;
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
}

/** Rows as what they say of enterprises. Rows of the same enterprise are put together; contradictions are errors. */
export function readDrafts(rows: readonly (readonly Cell[])[], options: DraftOptions): Drafts {
  const { mapping, targets, words, firstRow, newestYear } = options;
  let rounded = 0;
  const noteRounded = () => {
    rounded += 1;
  };
  const columns = mapping.columns.flatMap((c): Column[] => {
    const target = c.target === null ? undefined : targets.get(c.target);
    return target
      ? [{ column: c.column, year: c.year, target, unit: c.unit, money: mapping.unit, words, noteRounded }]
      : [];
  });
  const yearColumn = columns.find((c) => c.target.kind === 'year');
  const fields = columns.filter((c) => c.target.kind !== 'year');
  const errors: CellError[] = [];
  const failed = new Set<number>();
  const byUscc = new Map<string, Draft>();
  const byName = new Map<string, Draft>();
  const drafts: Draft[] = [];
  let [count, repeated] = [0, 0];

  for (const [i, cells] of rows.entries()) {
    const row = firstRow + i;
    if (cells.every((cell) => cell === null || cell === '')) continue;
    count += 1;
    const before = errors.length;
    const fail = (column: number | null, problem: Problem, cell?: Cell) =>
      errors.push({ row, column, key: problem.key, details: problem.details, value: shown(cell) });
    const values = new Map<Path, { value: Value; column: number }>();
    let rowYear: number | null = null;
    if (yearColumn) {
      const read = readCell(cells[yearColumn.column], yearColumn);
      if (read instanceof Problem) fail(yearColumn.column, read, cells[yearColumn.column]);
      else rowYear = read as number | null;
    }
    for (const field of fields) {
      const cell = cells[field.column];
      if (cell === null || cell === undefined) continue;
      const read: Read = readCell(cell, field);
      if (read === null) continue;
      if (read instanceof Problem) {
        fail(field.column, read, cell);
        continue;
      }
      const year = field.target.yearly ? (field.year ?? rowYear ?? mapping.year) : null;
      // The score of the platform is given for the year of application, one after the last closed.
      if (year !== null && year > newestYear) fail(field.column, new Problem('yearInFuture', { year }), cell);
      else
        values.set(year === null ? field.target.id : `${field.target.id}@${year}`, {
          value: read,
          column: field.column,
        });
    }
    const name = (values.get('profile:name')?.value as string | undefined) ?? null;
    const uscc = (values.get('profile:uscc')?.value as string | undefined) ?? null;
    if (name === null && uscc === null && errors.length === before) {
      // A row of totals or notes under the table: nothing says which enterprise it is about.
      fail(null, new Problem('noIdentity'));
    }
    const key = name === null ? null : identityKey(name);
    let draft =
      (uscc === null ? undefined : byUscc.get(uscc)) ?? (key === null ? undefined : byName.get(key));
    // The same name under two credit codes is two enterprises.
    if (draft && uscc !== null && draft.uscc !== null && draft.uscc !== uscc) draft = undefined;
    if (draft && errors.length === before) {
      for (const [path, { value, column }] of values) {
        const known = draft.values.get(path);
        if (known === undefined || same(known, value)) continue;
        if (path === 'profile:name' && identityKey(String(known)) === identityKey(String(value))) continue;
        fail(column, new Problem('contradicts', { row: draft.rows[0]! + 1 }), cells[column]);
      }
    }
    if (errors.length > before) {
      failed.add(row);
      continue;
    }
    if (!draft) {
      draft = { rows: [], name: null, uscc: null, values: new Map() };
      drafts.push(draft);
    } else repeated += 1;
    draft.rows.push(row);
    draft.name ??= name;
    draft.uscc ??= uscc;
    for (const [path, { value }] of values) if (!draft.values.has(path)) draft.values.set(path, value);
    if (uscc !== null) byUscc.set(uscc, draft);
    if (key !== null) byName.set(key, draft);
  }
  return { drafts, errors, failed, rows: count, rounded, repeated };
}
