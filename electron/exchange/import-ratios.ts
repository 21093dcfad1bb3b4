import type { Unit } from './import-headers.ts';
import type { Target } from './import-targets.ts';
import type { Cell } from './sheet-table.ts';

/** A number of a column with its row, counted from 1 as the sheet shows it. */
export interface Example {
  readonly row: number;
  readonly value: string;
}

/** Why a column of ratios can be read in two ways, with rows to look at. */
export interface RatioDoubt {
  /** 'mixed': some numbers can only be percent points, others look like fractions; 'small': % in the header, all below 1. */
  readonly kind: 'mixed' | 'small';
  readonly percents: Example[];
  readonly fractions: Example[];
}

export interface RatioLook {
  /** How the column is read; null = a person must say. */
  readonly unit: Extract<Unit, 'percent' | 'fraction'> | null;
  readonly doubt: RatioDoubt | null;
}

const EXAMPLES = 3;

/** Above this a number without a sign can only be percent points: a share of 1 is all, growth by 500 % is rare. */
export function fractionTop(target: Target): number {
  return target.fact?.type === 'growth' ? 5 : 1;
}

/** A number without a percent sign, which says by itself how it is meant. */
function bareNumber(cell: Cell | undefined): number | null {
  const value =
    typeof cell === 'number'
      ? cell
      : typeof cell === 'string' && cell !== '' && !/[%％]/.test(cell)
        ? Number(cell.replace(/,/g, ''))
        : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** Looks over a whole column of ratios. `named` is the unit its header gives, `firstRow` the row of the first cell from 0. */
export function lookAtRatios(
  rows: readonly (readonly Cell[])[],
  column: number,
  target: Target,
  named: Unit | null,
  firstRow: number,
): RatioLook {
  const top = fractionTop(target);
  const [percents, fractions]: [Example[], Example[]] = [[], []];
  for (let i = 0; i < rows.length; i += 1) {
    const value = bareNumber(rows[i]![column]);
    if (value === null || value === 0) continue;
    const size = Math.abs(value);
    const list = size > top ? percents : size < 1 ? fractions : null;
    if (list === null || list.length === EXAMPLES) continue;
    list.push({ row: firstRow + i + 1, value: String(rows[i]![column]) });
    if (percents.length === EXAMPLES && fractions.length === EXAMPLES) break;
  }
  if (percents.length > 0 && fractions.length > 0)
    return { unit: null, doubt: { kind: 'mixed', percents, fractions } };
  if (percents.length > 0) return { unit: 'percent', doubt: null };
  // A spreadsheet keeps 3 % as 0.03 whatever its header says; half a percent looks the same.
  if (named === 'percent' && fractions.length > 0)
    return { unit: 'fraction', doubt: { kind: 'small', percents, fractions } };
  return { unit: named === 'percent' ? 'percent' : 'fraction', doubt: null };
}
