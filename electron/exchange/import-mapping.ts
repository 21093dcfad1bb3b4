import { createHash } from 'node:crypto';
import { isUnknown } from './cell-values.ts';
import type { FoundHeader } from './find-header.ts';
import {
  bare,
  findTarget,
  type HeaderIndex,
  type MoneyUnit,
  moneyUnit,
  readHeader,
  type Unit,
} from './import-headers.ts';
import { lookAtRatios, type RatioDoubt } from './import-ratios.ts';
import type { Target } from './import-targets.ts';
import type { Cell } from './sheet-table.ts';

/** What a column becomes. `target` null = ignored; `year` only where the target belongs to a fiscal year. */
export interface ColumnMapping {
  readonly column: number;
  readonly target: string | null;
  readonly year: number | null;
  readonly unit: Unit | null;
}

export interface Mapping {
  readonly columns: readonly ColumnMapping[];
  /** Fiscal year of yearly values whose header names none. */
  readonly year: number;
  /** Unit of amounts whose header and cells name none. */
  readonly unit: MoneyUnit;
}

export interface Proposal extends Mapping {
  /** Columns whose header is only similar to a known one. */
  readonly guessed: readonly number[];
}

const SAMPLED = 300;

/**
 * A mapping proposed from the headers and the first rows. `fiscalYear` is the last closed one: "last year" means it, and
 * a header without a year too. Amounts whose unit is named nowhere are taken as 万元, the unit of the forms.
 */
export function proposeMapping(
  header: FoundHeader,
  data: readonly (readonly Cell[])[],
  targets: ReadonlyMap<string, Target>,
  index: HeaderIndex,
  fiscalYear: number,
): Proposal {
  const found = header.headers.map((text, column) => {
    const parts = readHeader(text);
    if (text === '') return { column, parts, match: null };
    const whole = findTarget(index, parts);
    if (whole?.sure || header.lower[column] === text) return { column, parts, match: whole };
    // "财务 营业收入": the lower line alone may be a name; what stands over it can change its meaning, so it is asked about.
    const low = findTarget(index, readHeader(header.lower[column] ?? ''));
    return { column, parts, match: low?.sure ? { id: low.id, sure: false } : whole };
  });
  const guessed: number[] = [];
  const taken = new Set<string>();
  const columns = new Map<number, ColumnMapping>();
  // Sure ones first, so that a similar header never takes the place of the right one.
  for (const sure of [true, false]) {
    for (const { column, parts, match } of found) {
      if (!match || match.sure !== sure) continue;
      const target = targets.get(match.id)!;
      const year = target.yearly
        ? (parts.year ?? (parts.relative === null ? null : fiscalYear + parts.relative))
        : null;
      // "2025年度" alone is a year over other columns, not a column of years.
      if (target.kind === 'year' && parts.year !== null) continue;
      // A header without a year beside one of the default year is proposed too: a person says which of them counts.
      const key = `${match.id}@${year ?? ''}`;
      const meant = `${match.id}@${target.yearly ? (year ?? fiscalYear) : ''}`;
      if (taken.has(key) || (!sure && taken.has(meant))) continue;
      taken.add(key);
      if (!sure) taken.add(meant);
      const named = header.units.get(column) ?? parts.unit;
      const unit =
        target.kind === 'money'
          ? moneyUnit(named)
          : target.kind === 'ratio'
            ? lookAtRatios(data, column, target, named, 0).unit
            : null;
      columns.set(column, { column, target: match.id, year, unit });
      if (!sure) guessed.push(column);
    }
  }
  return {
    columns: header.headers.map(
      (_, column) => columns.get(column) ?? { column, target: null, year: null, unit: null },
    ),
    year: fiscalYear,
    unit: moneyUnit(header.sheetUnit) ?? 'wan',
    guessed,
  };
}

/** Columns of ratios that can be read in two ways, by column; `firstRow` is the row of the first line of data from 0. */
export function ratioDoubts(
  { columns }: Mapping,
  header: FoundHeader,
  data: readonly (readonly Cell[])[],
  targets: ReadonlyMap<string, Target>,
  firstRow: number,
): { settled: ColumnMapping[]; doubts: Map<number, RatioDoubt> } {
  const doubts = new Map<number, RatioDoubt>();
  const settled = columns.map((one) => {
    const target = one.target === null ? undefined : targets.get(one.target);
    if (target?.kind !== 'ratio') return one;
    const named = header.units.get(one.column) ?? readHeader(header.headers[one.column] ?? '').unit;
    const { unit, doubt } = lookAtRatios(data, one.column, target, named, firstRow);
    if (doubt) doubts.set(one.column, doubt);
    return one.unit === null ? { ...one, unit } : one;
  });
  return { settled, doubts };
}

/** Two columns that end on the same field, and on the same fiscal year where it has one ('row' = the row's year). */
export interface Clash {
  readonly first: number;
  readonly second: number;
  readonly year: number | 'row' | null;
}

/** The first two columns of a mapping of which one would overwrite the other; null where there are none. */
export function findClash(mapping: Mapping, targets: ReadonlyMap<string, Target>): Clash | null {
  const byRow = mapping.columns.some(({ target }) => target === 'year');
  const taken = new Map<string, number>();
  for (const { column, target, year } of mapping.columns) {
    if (target === null) continue;
    const meant = targets.get(target)?.yearly ? (year ?? (byRow ? 'row' : mapping.year)) : null;
    const key = `${target}@${meant ?? ''}`;
    const first = taken.get(key);
    if (first !== undefined) return { first, second: column, year: meant };
    taken.set(key, column);
  }
  return null;
}

/** What identifies a source: its headers, whatever the order of width, case and spaces. Years count: they shift the mapping. */
export function headerSignature(headers: readonly string[]): string {
  return createHash('sha256').update(headers.map(bare).join('\n')).digest('hex').slice(0, 32);
}

/** A column for people: its header, or its letters as a spreadsheet shows them. */
export function columnName(headers: readonly string[], column: number): string {
  if (headers[column]) return headers[column];
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

/** A few values of each column for the eye, unknown ones left out. */
export function columnSamples(data: readonly (readonly Cell[])[], columns: number): string[][] {
  return Array.from({ length: columns }, (_, column) => {
    const samples: string[] = [];
    for (const row of data.slice(0, SAMPLED)) {
      const cell = row[column];
      if (isUnknown(cell)) continue;
      const text = String(cell).slice(0, 60).toWellFormed();
      if (!samples.includes(text)) samples.push(text);
      if (samples.length === 3) break;
    }
    return samples;
  });
}
