import Papa from 'papaparse';

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

/** Rows as CSV with a byte order mark, so that Excel and WPS read Chinese. Lines end in CRLF. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  const safe = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? neutral(cell) : (cell ?? ''))),
  );
  return `\ufeff${Papa.unparse(safe, { newline: '\r\n' })}\r\n`;
}
