import writeExcel from 'write-excel-file/node';
import { exchangeTexts, fill } from './exchange-texts.ts';
import type { CellError } from './import-drafts.ts';
import type { Cell } from './sheet-table.ts';

export interface ErrorRows {
  readonly headers: readonly string[];
  /** The row of units under the header, where there is one. */
  readonly units: readonly Cell[] | null;
  readonly rows: readonly {
    readonly cells: readonly Cell[];
    readonly errors: readonly CellError[];
    /** The whole row is left out for its faults, only its faulty cells are, or a person left it out. */
    readonly left: 'row' | 'cells' | 'hand';
  }[];
  readonly locale: 'zh' | 'en';
}

function cell(value: Cell | undefined, wrong: boolean) {
  if (value === null || value === undefined) return wrong ? { value: '', backgroundColor: '#FFE3E0' } : null;
  // A text that looks like a formula stays a text: it is given its type.
  const type = typeof value === 'number' ? Number : typeof value === 'boolean' ? Boolean : String;
  return { value, type, ...(wrong ? { backgroundColor: '#FFE3E0' } : {}) };
}

/**
 * The rows that could not be imported, as they were, their wrong cells coloured and what is wrong in a last column: to be
 * corrected and imported again as it is.
 */
export async function errorsWorkbook({ headers, units, rows, locale }: ErrorRows): Promise<Buffer> {
  const texts = exchangeTexts(locale);
  const words = texts.problem as Record<string, string>;
  const reason = ({ column, key, details }: CellError) => {
    const said = fill(words[key] ?? key, details);
    return column === null ? said : `${headers[column] ?? ''}${locale === 'zh' ? '：' : ': '}${said}`;
  };
  const lead = { row: [], cells: [texts.leftCells], hand: [texts.leftByHand] };
  const head = [...headers.map((text) => ({ value: text, type: String, fontWeight: 'bold' as const }))];
  const sheet = [
    [...head, { value: texts.errorColumn, type: String, fontWeight: 'bold' as const }],
    ...(units ? [[...headers.map((_, i) => cell(units[i], false)), null]] : []),
    ...rows.map(({ cells, errors, left }) => {
      const wrong = new Set(errors.map((error) => error.column));
      return [
        ...headers.map((_, i) => cell(cells[i], wrong.has(i))),
        { value: [...lead[left], ...errors.map(reason)].join('\n'), type: String, wrap: true },
      ];
    }),
  ];
  return writeExcel(sheet as never, { sheet: texts.errorSheet, stickyRowsCount: 1 } as never).toBuffer();
}
