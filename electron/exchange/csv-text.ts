export type CsvCell = string | number | null;

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe before it; reading such a file again takes it
 * away. Numbers stay numbers.
 */
export function neutral(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** What `neutral` wrote, as it was. */
export function fromNeutral(text: string): string {
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}

/** Marks that a cell must be quoted for; spaces at its ends would be lost on some readers. */
const MARKED = /[",\r\n\ufeff]|^ | $/;

function written(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = neutral(cell);
  return MARKED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row as CSV, without the end of its line. */
export function csvLine(row: readonly CsvCell[]): string {
  let line = '';
  for (let i = 0; i < row.length; i += 1) line += (i === 0 ? '' : ',') + written(row[i] ?? null);
  return line;
}

/** Rows as CSV with a byte order mark, so that Excel and WPS read Chinese. Lines end in CRLF. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${rows.map((row) => `${csvLine(row)}\r\n`).join('')}`;
}
