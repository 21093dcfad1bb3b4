import Papa from 'papaparse';
import { Refusal } from '../library/refusal.ts';
import { fromNeutral } from './csv-text.ts';
import { LIMITS } from './sheet-kind.ts';
import type { Table } from './sheet-table.ts';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

/**
 * Bytes as text: a byte order mark decides, else strict UTF-8, else GB18030 (what Excel and WPS write on a Chinese
 * Windows). Throws a Refusal for what is no text.
 */
export function decodeText(bytes: Buffer): { text: string; encoding: TextEncoding } {
  const decode = (encoding: TextEncoding): string | null => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  };
  const [first, second] = [bytes[0], bytes[1]];
  const marked: TextEncoding | null =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  if (!marked && bytes.includes(0)) throw new Refusal('file', 'notTable');
  const tried: readonly TextEncoding[] = marked ? [marked] : ['utf-8', 'gb18030'];
  for (const encoding of tried) {
    const text = decode(encoding);
    if (text !== null) {
      if (/[\u0000-\u0008\u000e-\u001f]/.test(text)) throw new Refusal('file', 'notTable');
      return { text, encoding };
    }
  }
  throw new Refusal('file', 'encoding');
}

const SNIFFED = 30;

/** How often each sign stands in a line outside quotation marks. */
function counts(line: string): Map<string, number> {
  const found = new Map<string, number>();
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === ',' || sign === ';' || sign === '\t'))
      found.set(sign, (found.get(sign) ?? 0) + 1);
  }
  return found;
}

/** The sign that parts the cells: the one that stands equally often in the most lines. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 200_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, SNIFFED)
    .map(counts);
  let best = { sign: ',', score: 0 };
  for (const sign of ['\t', ',', ';']) {
    const times = new Map<number, number>();
    for (const line of lines) {
      const count = line.get(sign) ?? 0;
      if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
    }
    for (const [count, agreeing] of times) {
      const score = agreeing + Math.min(count, 100) / 1000;
      if (score > best.score) best = { sign, score };
    }
  }
  return best.sign;
}

/**
 * Comma, semicolon or tab separated text as a table. At most one row more than allowed is ever read. Throws a Refusal
 * where there are too many rows, columns or cells, or a quotation mark is never closed.
 */
export function parseDelimited(text: string): Table {
  const named = /^sep=([,;\t])\r?\n/i.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const parsed = Papa.parse<string[]>(body, {
    delimiter: named?.[1] ?? delimiterOf(body),
    preview: LIMITS.rows + 1,
  });
  const open = parsed.errors.find((error) => error.code === 'MissingQuotes');
  if (open) throw new Refusal('file', 'csvQuotes', { row: (open.row ?? 0) + 1 });
  const rows = parsed.data;
  if (rows.length > LIMITS.rows) throw new Refusal('file', 'tooManyRows', { limit: LIMITS.rows });
  let cells = 0;
  for (const row of rows) {
    if (row.length > LIMITS.columns)
      throw new Refusal('file', 'tooManyColumns', { columns: row.length, limit: LIMITS.columns });
    cells += row.length;
  }
  if (cells > LIMITS.cells) throw new Refusal('file', 'tooManyCells', { limit: LIMITS.cells });
  return { rows: rows.map((row) => row.map((text) => fromNeutral(text.trim()) || null)), merges: [] };
}
