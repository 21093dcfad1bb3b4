/** A cell as it was read: text without spaces at its ends, a number, yes/no, or nothing. Dates are text, YYYY-MM-DD. */
export type Cell = string | number | boolean | null;

/** A rectangle of merged cells, all bounds included, counted from 0. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** One sheet. Rows may be of different length; `rows[0]` is the sheet's first row. */
export interface Table {
  readonly rows: Cell[][];
  readonly merges: readonly Merge[];
}

/** What an error in a formula looks like, and what stands where a formula has no stored result. */
export const CELL_ERROR = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|FORMULA!)$/;
