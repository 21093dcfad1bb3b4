import { formatNumber, formatWan, type NumberProblem, parseCount, parseWan } from '../components/money.ts';
import { canBeNegative, type FigureColumn, figureColumns, isStaff } from './figure-rows.ts';

export type CellProblem = NumberProblem | 'negative' | 'outside';
export type CellReading = { ok: true; value: number | null } | { ok: false; problem: CellProblem };

/** Reads a typed cell: amounts in 万元 into whole yuan, staff into persons. Empty is null (unknown). */
export function readCell(column: FigureColumn, text: string): CellReading {
  const reading = isStaff(column) ? parseCount(text) : parseWan(text);
  if (!reading.ok || reading.value === null) return reading;
  if (reading.value < 0 && !canBeNegative(column)) return { ok: false, problem: 'negative' };
  if (isStaff(column) && reading.value > 1e8) return { ok: false, problem: 'tooLarge' };
  return reading;
}

/** A stored cell as it is read: thousands separators, no unit. */
export function cellText(column: FigureColumn, value: number | null): string {
  if (value === null) return '';
  return isStaff(column) ? formatNumber(value) : formatWan(value);
}

export interface PastedCell {
  row: number;
  text: string;
  /** Null below the last row or right of the last year. */
  column: FigureColumn | null;
  year: number | null;
  reading: CellReading;
}

/** Splits a block copied from a spreadsheet into lines of cells; null when it is a single cell. */
export function splitBlock(text: string): string[][] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  if (lines.length === 1 && !lines[0]!.includes('\t')) return null;
  return lines.map((line) =>
    line.split('\t').map((cell) =>
      cell
        .trim()
        .replace(/^"([\s\S]*)"$/, '$1')
        .trim(),
    ),
  );
}

/** Lays a pasted block over the grid, its corner at a cell. Empty cells of the block leave what is there. */
export function layBlock(
  block: readonly (readonly string[])[],
  start: { column: FigureColumn; year: number },
  years: readonly number[],
): PastedCell[] {
  const top = figureColumns.indexOf(start.column);
  const left = years.indexOf(start.year);
  return block.flatMap((line, row) =>
    line.flatMap((text, at) => {
      if (text === '') return [];
      const column = figureColumns[top + row] ?? null;
      const year = years[left + at] ?? null;
      const reading: CellReading =
        column && year !== null ? readCell(column, text) : { ok: false, problem: 'outside' };
      return [{ row, text, column, year, reading }];
    }),
  );
}
