import { Refusal } from '../library/refusal.ts';
import { checkZip, type ZipEntry, zipEntries } from './zip.ts';

/** What may be opened at most; everything beyond is refused before it costs time or memory. */
export const LIMITS = {
  /** Bytes of the file as it lies on the disk. */
  fileBytes: 150 * 1024 * 1024,
  zip: { entries: 2000, total: 200 * 1024 * 1024, ratio: 400 },
  rows: 200_000,
  columns: 1_000,
  cells: 10_000_000,
  /** Milliseconds for reading one file. */
  time: 60_000,
  /** Megabytes of memory for an opened file. */
  memory: 2_048,
} as const;

export type SheetKind =
  | { readonly kind: 'xlsx'; readonly entries: readonly ZipEntry[] }
  | { readonly kind: 'text' };

const refuse = (key: string) => new Refusal('file', key);

function zipKind(bytes: Buffer): SheetKind {
  const entries = zipEntries(bytes);
  checkZip(entries, LIMITS.zip);
  const has = (name: string) => entries.some((entry) => entry.name === name);
  if (has('xl/workbook.xml')) return { kind: 'xlsx', entries };
  if (has('xl/workbook.bin')) throw refuse('xlsb');
  if (has('content.xml') && has('mimetype')) throw refuse('ods');
  throw refuse('notTable');
}

/**
 * What a file is, by its content; its name says nothing. Throws a Refusal for what cannot be read: old .xls, encrypted
 * workbooks, web pages saved as .xls, other files.
 */
export function sheetKind(bytes: Buffer): SheetKind {
  if (bytes.length === 0) throw refuse('emptyFile');
  const magic = bytes.toString('hex', 0, 8);
  if (magic.startsWith('504b0304') || magic.startsWith('504b0506')) return zipKind(bytes);
  if (magic === 'd0cf11e0a1b11ae1') {
    const encrypted = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw refuse(encrypted ? 'encrypted' : 'oldXls');
  }
  const start = bytes
    .toString('latin1', 0, 400)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(!doctype html|html|head|table|meta|body)/.test(start)) throw refuse('htmlTable');
  if (start.startsWith('<?xml')) throw refuse(start.includes('mso-application') ? 'htmlTable' : 'notTable');
  return { kind: 'text' };
}
