import { extname } from 'node:path';
import writeExcel from 'write-excel-file/node';
import { csvText } from './csv-text.ts';
import { writeWhole } from './whole-file.ts';

export type TableCell = string | number | null;

/**
 * Writes a table as .xlsx or, by the ending of the path, .csv: texts stay texts whatever they begin with, numbers are
 * numbers. Throws a Refusal where the place cannot be written.
 */
export async function writeTable(
  path: string,
  sheetName: string,
  titles: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Promise<void> {
  if (extname(path).toLowerCase() === '.csv') {
    const text = csvText([[...titles], ...rows.map((row) => [...row])]);
    await writeWhole(path, (write) => write(Buffer.from(text, 'utf8')));
    return;
  }
  const sheet = [
    titles.map((title) => ({ value: title, type: String, fontWeight: 'bold' })),
    ...rows.map((row) =>
      row.map((value) =>
        value === null ? null : { value, type: typeof value === 'number' ? Number : String },
      ),
    ),
  ];
  const bytes = await writeExcel(
    sheet as never,
    { sheet: sheetName, stickyRowsCount: 1 } as never,
  ).toBuffer();
  await writeWhole(path, (write) => write(bytes));
}
