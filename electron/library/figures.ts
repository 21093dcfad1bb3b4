import { checkFiscalYear } from './dates.ts';
import { requireEnterprise } from './enterprises.ts';
import { type Db, prepared } from './open.ts';
import { recordOf, recordsOf } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import {
  type Backing,
  type FigureColumn,
  type Figures,
  type FigureValues,
  figureColumns,
  nonNegativeColumns,
} from './shapes.ts';
import type { Tx } from './write.ts';

/** Figures of one fiscal year to be stored: yuan or persons, null = back to unknown, what is not given stays. */
export interface YearInput {
  readonly year: number;
  readonly values: FigureValues;
  /** Where the given values come from; without it they count as declared by the firm. */
  readonly backing?: Backing | undefined;
}

function toFigures(record: Record<string, unknown>): Figures {
  const values: FigureValues = {};
  for (const column of figureColumns) {
    const value = record[column];
    if (typeof value === 'number') values[column] = value;
  }
  return { year: record.year as number, values, backing: record.backing as Figures['backing'] };
}

/** All fiscal years of an enterprise, earliest first; a column that is not there is unknown. Yuan and persons. */
export function listFigures(db: Db, enterpriseId: string): Figures[] {
  return recordsOf(db, 'figure', enterpriseId, 'year').map(toFigures);
}

/** Refuses figures that cannot be: a year not begun, a year given twice, an amount below zero where none can be. */
export function checkFigures(years: readonly Pick<YearInput, 'year' | 'values'>[], now: Date): void {
  const seen = new Set<number>();
  for (const { year, values } of years) {
    checkFiscalYear(year, now, 'year');
    if (seen.has(year)) throw invalid('yearTwice', { path: 'year', year });
    seen.add(year);
    for (const [column, value] of Object.entries(values)) {
      if (typeof value === 'number' && value < 0 && nonNegativeColumns.includes(column as FigureColumn))
        throw invalid('figureNegative', { path: column, column, year, value });
    }
  }
}

/** Stores figures of one or more fiscal years. Throws a Refusal. */
export function setFigures(tx: Tx, enterpriseId: string, years: readonly YearInput[]): void {
  requireEnterprise(tx.db, enterpriseId);
  checkFigures(years, tx.meta.now);
  for (const { year, values, backing } of years) {
    const row = prepared(tx.db, 'SELECT * FROM figure WHERE enterprise_id = ? AND year = ?').get(
      enterpriseId,
      year,
    );
    const before = row ? toFigures(recordOf('figure', row)) : null;
    const backings: Figures['backing'] = { ...before?.backing };
    for (const column of figureColumns) {
      const value = values[column];
      if (value === undefined) continue;
      const changed = value !== (before?.values[column] ?? null);
      if (value === null) delete backings[column];
      else if (backing) backings[column] = backing;
      // A document proves the number that stands in it; another number typed over it is only declared.
      else if (changed) backings[column] = { basis: 'declared', source: null };
    }
    tx.put('figure', { enterpriseId, year }, { ...values, backing: backings }, enterpriseId);
  }
}

/** Removes a fiscal year with all its figures. Throws a Refusal where there is none. */
export function removeYear(tx: Tx, enterpriseId: string, year: number): void {
  requireEnterprise(tx.db, enterpriseId);
  if (!tx.remove('figure', { enterpriseId, year }, enterpriseId))
    throw new Refusal('not-found', 'yearNotFound', { year });
}
