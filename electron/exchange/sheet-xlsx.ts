import { readSheet } from 'read-excel-file/universal';
import { Refusal } from '../library/refusal.ts';
import { decimalText, plainDecimal } from './cell-values.ts';
import { LIMITS } from './sheet-kind.ts';
import type { Cell, Merge, Table } from './sheet-table.ts';
import { unzipEntry, type ZipEntry, zipWriter } from './zip.ts';

/** A workbook in memory, still packed. */
export interface Workbook {
  readonly bytes: Buffer;
  readonly entries: readonly ZipEntry[];
  readonly sheets: readonly {
    readonly name: string;
    readonly hidden: boolean;
    readonly path: string | null;
  }[];
}

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const damaged = () => new Refusal('file', 'workbookDamaged');

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  const value = found?.[1] ?? found?.[2];
  if (value === undefined) return null;
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return value.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, word) => {
    if (word) return named[word] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function part(bytes: Buffer, entries: readonly ZipEntry[], name: string): Buffer | null {
  const entry = entries.find((e) => e.name === name);
  return entry ? unzipEntry(bytes, entry) : null;
}

/** The sheets of a workbook, in order. Throws a Refusal where it is damaged or has none. */
export function openWorkbook(bytes: Buffer, entries: readonly ZipEntry[]): Workbook {
  const workbook = part(bytes, entries, WORKBOOK)?.toString('utf8');
  const relations = part(bytes, entries, RELATIONS)?.toString('utf8');
  if (!workbook || !relations) throw damaged();
  const targets = new Map<string, string>();
  for (const [tag] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const [id, target, type] = [attribute(tag, 'Id'), attribute(tag, 'Target'), attribute(tag, 'Type')];
    if (id && target && type?.endsWith('/worksheet'))
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].flatMap(([tag]) => {
    const [name, id, state] = [attribute(tag, 'name'), attribute(tag, 'id'), attribute(tag, 'state')];
    if (!name || !id) return [];
    return [{ name, hidden: state === 'hidden' || state === 'veryHidden', path: targets.get(id) ?? null }];
  });
  if (!sheets.some((sheet) => sheet.path)) throw damaged();
  return { bytes, entries, sheets };
}

function count(text: string, part: string): number {
  let n = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) n += 1;
  return n;
}

function columnNumber(letters: string): number {
  let n = 0;
  for (const letter of letters) n = n * 26 + letter.charCodeAt(0) - 64;
  return n;
}

/** The last row and column a sheet uses, from its cells; what the sheet says of its own size is not believed. */
function extent(xml: string): { rows: number; columns: number; cells: number } {
  const last = /^<row\s[^>]*?\br="(\d+)"/.exec(xml.slice(Math.max(0, xml.lastIndexOf('<row '))));
  let columns = 702;
  // Columns beyond ZZ have three letters; few honest sheets have any.
  for (const [, letters] of xml.matchAll(/<c\s[^>]*?\br="([A-Z]{3,})\d/g)) {
    if (letters!.length > 3) return { rows: 0, columns: Number.MAX_SAFE_INTEGER, cells: 0 };
    columns = Math.max(columns, columnNumber(letters!));
  }
  return { rows: Math.max(Number(last?.[1] ?? 0), count(xml, '<row')), columns, cells: count(xml, '<c ') };
}

/** Empty cells and rows that only carry a format: people colour whole columns down to row 1,048,576. */
function withoutEmpty(xml: string): string {
  return xml.replace(/<c\s[^>]*\/>/g, '').replace(/<row\b[^>]*(?:\/>|>\s*<\/row>)/g, '');
}

/** The reader makes errors and formulas without a stored result into empty cells; as texts they stay what they are. */
function markFormulas(xml: string): string {
  const told = xml.includes('t="e"') ? xml.replace(/(<c\b[^>]*?\bt=)"e"/g, '$1"str"') : xml;
  if (!told.includes('<f')) return told;
  return told.replace(
    /<c\b([^>]*)>\s*<f\b[^>]*(?:\/>|>[^<]*<\/f>)\s*(?:<v\s*\/>|<v>\s*<\/v>)?\s*<\/c>/g,
    (whole, attributes: string) => {
      // An empty text is a result: a formula like IF(…,"") has it.
      if (attributes.includes('t="str"') && /<v/.test(whole)) return whole;
      const cell = /\br="[A-Z]+\d+"/.exec(attributes)?.[0] ?? '';
      return `<c ${cell} t="str"><v>#FORMULA!</v></c>`;
    },
  );
}

function checkedSheet(xml: string): string {
  let sheet = xml;
  let size = extent(sheet);
  if (size.rows > LIMITS.rows || size.columns > LIMITS.columns || size.cells > LIMITS.cells) {
    sheet = withoutEmpty(sheet);
    size = extent(sheet);
  }
  if (size.rows > LIMITS.rows) throw new Refusal('file', 'tooManyRows', { limit: LIMITS.rows });
  if (size.columns > LIMITS.columns)
    throw new Refusal('file', 'tooManyColumns', { columns: size.columns, limit: LIMITS.columns });
  if (size.cells > LIMITS.cells) throw new Refusal('file', 'tooManyCells', { limit: LIMITS.cells });
  return markFormulas(sheet);
}

function mergesOf(xml: string): Merge[] {
  const merges: Merge[] = [];
  for (const [, c1, r1, c2, r2] of xml.matchAll(
    /<mergeCell\s[^>]*?\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"/g,
  )) {
    merges.push({
      top: Number(r1) - 1,
      left: columnNumber(c1!) - 1,
      bottom: Number(r2) - 1,
      right: columnNumber(c2!) - 1,
    });
    if (merges.length >= 100_000) break;
  }
  return merges;
}

/** Styles (by their index) that show a number as a percentage. */
function percentStyles(styles: string): Set<string> {
  const formats = new Set(['9', '10']);
  for (const [tag] of styles.matchAll(/<(?:\w+:)?numFmt\s[^>]*>/g)) {
    const [id, code] = [attribute(tag, 'numFmtId'), attribute(tag, 'formatCode')];
    // A sign in quotation marks is a word of the format, not the format.
    if (id && code && /%/.test(code.replace(/"[^"]*"|\\./g, ''))) formats.add(id);
  }
  const list = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles)?.[1] ?? '';
  const found = new Set<string>();
  let index = 0;
  for (const [tag] of list.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)) {
    if (formats.has(attribute(tag, 'numFmtId') ?? '')) found.add(String(index));
    index += 1;
  }
  return found;
}

/**
 * Numbers shown as percentages become what the sheet shows: 0.05 is "5%". Beside a 5 somebody typed without the format
 * that tells the two apart.
 */
function showPercents(rows: unknown[][], xml: string, styles: string): void {
  const wanted = percentStyles(styles);
  if (wanted.size === 0) return;
  const cells = new RegExp(
    `<c\\s(?=[^>]*\\bs="(?:${[...wanted].join('|')})")[^>]*?\\br="([A-Z]{1,3})(\\d+)"`,
    'g',
  );
  for (const [, letters, number] of xml.matchAll(cells)) {
    const row = rows[Number(number) - 1];
    const column = columnNumber(letters!) - 1;
    const value = row?.[column];
    if (typeof value !== 'number') continue;
    const text = plainDecimal(`${decimalText(value)}e2`);
    if (text !== null) row![column] = `${text}%`;
  }
}

function toCell(value: unknown): Cell {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value as Cell;
}

/**
 * One sheet of a workbook. Its size is checked on the unpacked text before it becomes cells; the reader is given a
 * small archive of the parts it needs, unpacked already. Throws a Refusal.
 */
export async function readWorkbookSheet({ bytes, entries, sheets }: Workbook, index: number): Promise<Table> {
  const sheet = sheets[index];
  if (!sheet) throw new Refusal('file', 'sheetGone');
  const source = sheet.path === null ? null : part(bytes, entries, sheet.path);
  // Charts and macro sheets have no table.
  if (!source || sheet.path === null) throw new Refusal('file', 'sheetEmpty', { sheet: sheet.name });
  const original = source.toString('utf8');
  const xml = checkedSheet(original);
  const pieces: Buffer[] = [];
  const zip = zipWriter((piece) => pieces.push(piece));
  for (const entry of entries) {
    const wanted =
      entry.name === WORKBOOK ||
      entry.name === RELATIONS ||
      /^xl\/(sharedStrings|styles)\.xml$/i.test(entry.name);
    if (wanted) zip.add(entry.name, unzipEntry(bytes, entry), { store: true });
  }
  zip.add(sheet.path, xml === original ? source : Buffer.from(xml, 'utf8'), { store: true });
  zip.end();
  const whole = Buffer.concat(pieces);
  let rows: unknown[][];
  try {
    rows = await readSheet(
      whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer,
      sheet.name,
    );
  } catch (error) {
    const place = /row (\d+), col (\d+)/.exec(error instanceof Error ? error.message : '');
    throw place ? new Refusal('file', 'cellDamaged', { row: place[1], column: place[2] }) : damaged();
  }
  for (const row of rows) {
    for (let i = 0; i < row.length; i += 1)
      if (typeof row[i] === 'object') row[i] = row[i] === null ? null : toCell(row[i]);
  }
  const styles = part(bytes, entries, 'xl/styles.xml');
  if (styles) showPercents(rows, xml, styles.toString('utf8'));
  return { rows: rows as Cell[][], merges: mergesOf(original) };
}
