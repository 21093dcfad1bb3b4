import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { decodeText, parseDelimited } from '../../electron/exchange/sheet-csv.ts';
import { sheetKind } from '../../electron/exchange/sheet-kind.ts';
import type { Table } from '../../electron/exchange/sheet-table.ts';
import { openWorkbook, readWorkbookSheet } from '../../electron/exchange/sheet-xlsx.ts';
import { unzipEntry, zipEntries, zipWriter } from '../../electron/exchange/zip.ts';
import { scratchFolder } from '../library/scratch.ts';
import { FILL, fixture, harness, workbook } from './harness.ts';

async function read(bytes: Buffer, sheet = 0): Promise<Table> {
  const kind = sheetKind(bytes);
  if (kind.kind !== 'xlsx') return parseDelimited(decodeText(bytes).text);
  return readWorkbookSheet(openWorkbook(bytes, kind.entries), sheet);
}

/** A workbook with parts of it replaced. */
function altered(parts: Record<string, string | Buffer>): Buffer {
  const bytes = readFileSync(fixture('calc-wide.xlsx'));
  const pieces: Buffer[] = [];
  const zip = zipWriter((piece) => pieces.push(piece));
  for (const entry of zipEntries(bytes)) {
    if (!(entry.name in parts)) zip.add(entry.name, unzipEntry(bytes, entry));
  }
  for (const [name, content] of Object.entries(parts)) zip.add(name, Buffer.from(content));
  zip.end();
  return Buffer.concat(pieces);
}

const SHEET = 'xl/worksheets/sheet1.xml';
const sheetOf = (rows: string, more = '') =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${more}</worksheet>`;
const refusal = (key: string) => expect.objectContaining({ key });

test('what a file is, is told by its content', () => {
  const kind = (bytes: Buffer | string) => () => sheetKind(Buffer.from(bytes));
  expect(kind('')).toThrow(refusal('emptyFile'));
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  expect(kind(ole)).toThrow(refusal('oldXls'));
  expect(kind(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]))).toThrow(
    refusal('encrypted'),
  );
  expect(kind('<html><table><tr><td>1</td></tr></table></html>')).toThrow(refusal('htmlTable'));
  expect(kind('\ufeff  <TABLE border=1>')).toThrow(refusal('htmlTable'));
  expect(sheetKind(Buffer.from('a,b\n1,2')).kind).toBe('text');
});

test('cut off and altered archives are refused at every length', async () => {
  const whole = readFileSync(fixture('calc-wide.xlsx'));
  for (let length = 4; length < whole.length; length += 211) {
    await expect((async () => read(whole.subarray(0, length)))(), `${length}`).rejects.toThrow(
      refusal('zipDamaged'),
    );
  }
  // One byte changed anywhere: read as it was, or refused with a reason; never something else.
  const expected = await read(whole);
  for (let at = 0; at < whole.length; at += 97) {
    const bent = Buffer.from(whole);
    bent[at] = bent[at]! ^ 0x55;
    const result = await (async () => read(bent))().catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toMatchObject({ code: 'file' });
    else expect(result).toEqual(expected);
  }
});

test('an archive that would become too large is refused by its directory, before it is unpacked', async () => {
  const bomb = altered({ 'xl/media/a.xml': Buffer.alloc(210 * 1024 * 1024) });
  expect(bomb.length).toBeLessThan(400_000);
  expect(() => sheetKind(bomb)).toThrow(refusal('zipBomb'));
  // A directory that lies about the size: unpacking stops at what it promised.
  const lying = altered({ [SHEET]: Buffer.alloc(50 * 1024 * 1024, 0x20) });
  const entry = zipEntries(lying).find((e) => e.name === SHEET)!;
  expect(() => unzipEntry(lying, { ...entry, size: 1000 })).toThrow(refusal('zipDamaged'));
  const many = altered(Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`xl/x${i}.xml`, ''])));
  expect(() => sheetKind(many)).toThrow(refusal('zipEntries'));
});

test('16,384 columns and a million rows are refused; coloured empty ones are not', async () => {
  const far = altered({
    [SHEET]: sheetOf('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'),
  });
  await expect(read(far)).rejects.toThrow(refusal('tooManyColumns'));
  const deep = altered({
    [SHEET]: sheetOf(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>',
    ),
  });
  await expect(read(deep)).rejects.toThrow(refusal('tooManyRows'));
  const coloured = altered({
    [SHEET]: sheetOf(
      '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576" s="1"><c r="A1048576" s="0"/></row>',
    ),
  });
  expect((await read(coloured)).rows).toEqual([[1]]);
});

test('a CSV of a million rows is refused clearly, before it is taken in', async () => {
  const path = join(scratchFolder(), 'long.csv');
  const file = createWriteStream(path);
  file.write('企业名称,2025年营业收入\n');
  for (let i = 0; i < 100; i += 1) file.write('武汉长长长有限公司,100\n'.repeat(10_000));
  file.end();
  await finished(file);
  const h = await harness();
  await expect(h.shell('import.open', { path })).rejects.toMatchObject({
    key: 'tooManyRows',
    details: { limit: 200_000 },
  });
  expect((await h.call('library.summary', {})).total).toBe(0);
});

test('formulas: the stored result counts, an error or a missing one is an error of that cell', async () => {
  const cells = (row: number, name: string, cell: string) =>
    `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>${name}</t></is></c>${cell}</row>`;
  const bytes = altered({
    [SHEET]: sheetOf(
      cells(1, '企业名称', '<c r="B1" t="inlineStr"><is><t>2025年营业收入</t></is></c>') +
        cells(2, '武汉甲有限公司', '<c r="B2"><f>1+1</f><v>2</v></c>') +
        cells(3, '武汉乙有限公司', '<c r="B3"><f>1+1</f></c>') +
        cells(4, '武汉丙有限公司', '<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c>') +
        cells(5, '武汉丁有限公司', '<c r="B5"><f t="shared" si="0"/><v></v></c>') +
        cells(6, '武汉戊有限公司', '<c r="B6"/>'),
    ),
  });
  const path = join(scratchFolder(), 'f.xlsx');
  writeFileSync(path, bytes);
  const h = await harness();
  const opened = await h.shell('import.open', { path });
  const preview = await h.call('import.preview', { id: opened.id, choices: FILL });
  expect(preview.errors.map((e) => [e.row, e.key])).toEqual([
    [3, 'formulaEmpty'],
    [4, 'formulaError'],
    [5, 'formulaEmpty'],
  ]);
  expect(preview.added).toBe(2);
});

test('merged cells: texts fill down, numbers do not; a damaged cell is named', async () => {
  const rows =
    '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c><c r="B1" t="inlineStr"><is><t>所在区</t></is></c><c r="C1" t="inlineStr"><is><t>从业人员</t></is></c></row>' +
    [2, 3]
      .map(
        (r) =>
          `<row r="${r}"><c r="A${r}" t="inlineStr"><is><t>武汉合并${r}有限公司</t></is></c>${r === 2 ? '<c r="B2" t="inlineStr"><is><t>江岸区</t></is></c><c r="C2"><v>9</v></c>' : ''}</row>`,
      )
      .join('');
  const path = join(scratchFolder(), 'm.xlsx');
  writeFileSync(
    path,
    altered({
      [SHEET]: sheetOf(
        rows,
        '<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="C2:C3"/></mergeCells>',
      ),
    }),
  );
  const h = await harness();
  await h.bring(path);
  const { rows: listed } = await h.call('library.list', { query: '合并3' });
  const file = await h.call('enterprise.get', { id: listed[0]!.id });
  expect(file.enterprise.district).toBe('江岸区');
  expect(file.figures).toEqual([]);
  const broken = altered({ [SHEET]: sheetOf('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>') });
  await expect(read(broken)).rejects.toMatchObject({
    key: 'cellDamaged',
    details: { row: '1', column: '1' },
  });
});

test('hostile texts stay texts, other files and folders are refused, nothing changes', async () => {
  const h = await harness();
  const folder = scratchFolder();
  const nasty = [
    "'; DROP TABLE enterprise; --",
    '<script>alert(1)</script>',
    '{{name}}',
    '../../etc',
    '%s%n',
    '=cmd|x',
  ];
  const path = await workbook(join(folder, 'a.xlsx'), [
    ['企业名称', '备注'],
    ...nasty.map((text, i) => [`武汉敌意${i}有限公司`, text]),
  ]);
  await h.bring(path);
  for (const [i, text] of nasty.entries()) {
    const { rows } = await h.call('library.list', { query: `敌意${i}` });
    expect((await h.call('enterprise.get', { id: rows[0]!.id })).enterprise.notes).toBe(text);
  }
  const before = (await h.call('library.summary', {})).total;
  const open = (name: string, bytes: Buffer | string) => {
    writeFileSync(join(folder, name), bytes);
    return h.shell('import.open', { path: join(folder, name) });
  };
  await expect(open('x.xlsx', Buffer.from('%PDF-1.7\n\u0000\u0001'))).rejects.toMatchObject({
    key: 'notTable',
  });
  await expect(open('b.csv', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0xff]))).rejects.toMatchObject({
    key: 'encoding',
  });
  await expect(open('q.csv', 'a,b\n"open,1\n2,3\n')).rejects.toMatchObject({ key: 'csvQuotes' });
  await expect(
    open('w.csv', Array.from({ length: 1200 }, (_, i) => `c${i}`).join(',')),
  ).rejects.toMatchObject({ key: 'tooManyColumns' });
  mkdirSync(join(folder, 'dir.xlsx'));
  await expect(h.shell('import.open', { path: join(folder, 'dir.xlsx') })).rejects.toMatchObject({
    key: 'fileUnreadable',
  });
  await expect(h.shell('import.open', { path: join(folder, 'none') })).rejects.toMatchObject({
    key: 'fileUnreadable',
  });
  await expect(h.call('import.open', { path })).rejects.toMatchObject({ key: 'shellOnly' });
  expect((await h.call('library.summary', {})).total).toBe(before);
});
