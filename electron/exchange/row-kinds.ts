import { isUnknown } from './cell-values.ts';
import { bare } from './import-headers.ts';
import { headerWords } from './import-targets.ts';
import type { Cell } from './sheet-table.ts';

const totals = new Set(headerWords.rows.totals.map(bare));
const notes = headerWords.rows.notes.map(bare);

/** "一、东湖高新区（32家）", "(二) 江夏区": a line over the rows that follow. */
const HEADING =
  /^[(（]?[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}(?:[)）][、.．\s]?|[、.．])/;
/** No firm's name holds these. */
const SENTENCE = /[。；;：:！？]/;

/** "填表人：张三", "注：…". */
function isNote(text: string): boolean {
  if (text.length > 2000 || !SENTENCE.test(text)) return false;
  const plain = bare(text.slice(0, 20));
  return notes.some((word) => plain.startsWith(word));
}

/** A row of a table that is about no enterprise: sums, notes under the table, its header once more, a heading of a group. */
export type OtherRow = 'total' | 'note' | 'header' | 'heading';

/**
 * Whether a row is about something else than an enterprise; null where it is about one, or nobody can tell. `name` is the
 * text in the column of names, '' where that is empty; a row with something in the column of credit codes (`coded`) is about
 * an enterprise, or the header.
 */
export function otherRow(
  cells: readonly Cell[],
  name: string,
  headers: readonly string[],
  coded: boolean,
): OtherRow | null {
  let [filled, first, repeated, labels, others] = [0, '', 0, 0, 0];
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i];
    if (cell === null || cell === undefined || cell === '') continue;
    filled += 1;
    if (first === '') first = String(cell);
    if (typeof cell === 'string' && cell === headers[i]) repeated += 1;
    else if (typeof cell === 'string' && isNote(cell)) labels += 1;
    else others += 1;
  }
  if (filled >= 2 && repeated * 2 > filled) return 'header';
  if (coded) return null;
  // "填表人：…  联系电话：…  日期：…" in one row.
  if (labels > 0 && others === 0) return 'note';
  // Names are long; only short or lonely cells are looked at closely.
  const lonely = filled <= 2;
  if (!lonely && first.length > 8 && name.length > 8) return null;
  for (const text of [first, name]) {
    const plain = bare(text);
    if (totals.has(plain.replace(/\d+[\u5bb6\u6237\u4e2a]?$/, ''))) return 'total';
    if (!lonely) continue;
    if (HEADING.test(text)) return 'heading';
    if (SENTENCE.test(text) && text.length > 4) return 'note';
  }
  return null;
}

/** How many rows are about an enterprise, as far as that can be told before they are read; columns -1 = none. */
export function enterpriseRows(
  rows: readonly (readonly Cell[])[],
  name: number,
  code: number,
  headers: readonly string[],
): number {
  return rows.filter((cells) => {
    if (cells.every((cell) => cell === null || cell === '')) return false;
    const text = String(cells[name] ?? '').trim();
    return otherRow(cells, text, headers, !isUnknown(cells[code])) === null;
  }).length;
}
