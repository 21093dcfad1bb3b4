import { fold } from '../library/names.ts';
import type { Check } from './import-check.ts';
import type { Drafts } from './import-drafts.ts';
import type { ImportRow } from './import-shapes.ts';
import type { Cell } from './sheet-table.ts';

export interface RowsQuestion {
  /** Part of a name or a credit code; '' = all. */
  readonly query: string;
  readonly offset: number;
  readonly limit: number;
}

export interface RowsPage {
  readonly total: number;
  readonly rows: ImportRow[];
}

interface Parts {
  readonly check: Check;
  readonly drafts: Drafts;
  /** All rows of the sheet. */
  readonly rows: readonly (readonly Cell[])[];
  readonly firstRow: number;
  /** Columns of the name and of the credit code; -1 where there is none. */
  readonly nameColumns: readonly number[];
}

/** A page of the rows of a table, with what an import makes of each; rows about no enterprise are not among them. */
export function rowsPage({ query, offset, limit }: RowsQuestion, parts: Parts): RowsPage {
  const { check, drafts, rows, firstRow, nameColumns } = parts;
  const becomes = new Map<number, ImportRow['becomes']>();
  for (const { draft, plan } of check.drafts) {
    const state = plan.id === null ? 'added' : plan.set.length > 0 ? 'changed' : 'same';
    for (const row of draft.rows) becomes.set(row, state);
  }
  const errors = new Map<number, number>();
  const lost = new Set<number>();
  for (const { row, needed } of check.errors) {
    errors.set(row, (errors.get(row) ?? 0) + 1);
    if (needed) lost.add(row);
  }
  const passed = new Set(drafts.others.map(({ row }) => row));
  const wanted = fold(query.trim());
  const found: ImportRow[] = [];
  let total = 0;
  for (let row = firstRow; row < rows.length; row += 1) {
    const cells = rows[row]!;
    if (passed.has(row) || cells.every((cell) => cell === null || cell === '')) continue;
    const [name = '', code = ''] = nameColumns.map((column) =>
      String(cells[column] ?? '')
        .slice(0, 200)
        .toWellFormed(),
    );
    if (wanted !== '' && !fold(`${name}\n${code}`).includes(wanted)) continue;
    total += 1;
    if (total <= offset || found.length === limit) continue;
    const faults = errors.get(row) ?? 0;
    found.push({
      row: row + 1,
      name: name || code,
      becomes: check.byHand.has(row) ? 'out' : (becomes.get(row) ?? 'faulty'),
      faults,
      lost: lost.has(row),
    });
  }
  return { total, rows: found };
}
