import { extname } from 'node:path';
import writeExcel from 'write-excel-file/node';
import type { z } from 'zod';
import type { Db } from '../library/open.ts';
import type { Industries } from '../library/reference-schema.ts';
import { matchingIds, readRows } from '../library/search.ts';
import type { ListRow } from '../library/shapes.ts';
import type { ExportColumn, exportedListShape } from './call-shapes.ts';
import { csvText } from './csv-text.ts';
import { exchangeTexts } from './exchange-texts.ts';
import { writeWhole } from './whole-file.ts';

export interface ListExport {
  readonly list: z.infer<typeof exportedListShape>;
  readonly columns: readonly ExportColumn[];
  readonly path: string;
  readonly locale: 'zh' | 'en';
}

type Cell = string | number | null;
interface Column {
  readonly title: string;
  value(row: ListRow): Cell;
}

const PAGE = 500;

/** Yuan as 万元: exact for every amount below 10 trillion, since a double holds 15 digits. */
function wan(yuan: number): number {
  return Number(`${yuan}e-4`);
}

function columnsOf(id: ExportColumn, locale: 'zh' | 'en', industries: Industries): Column[] {
  const texts = exchangeTexts(locale);
  const titles = texts.column as Record<string, string>;
  const words = texts.words as Record<string, string>;
  const word = (key: string | null | undefined) => (key ? (words[key] ?? key) : null);
  const one = (value: Column['value'], title = titles[id] ?? id): Column[] => [{ title, value }];
  switch (id) {
    case 'industry':
      return one(
        ({ industryDivision: code }) =>
          industries.divisions.find((d) => d.code === code)?.name[locale] ?? code,
      );
    case 'sizeClass':
    case 'stage':
      return one((row) => word(row[id]));
    case 'tier':
      return one((row) => word(`tier${row.currentRung}`));
    case 'rung1':
    case 'rung2':
    case 'rung3':
      return one((row) => word(row.rungs.find((r) => `rung${r.rung}` === id)?.verdict));
    case 'gaps':
      return (['met', 'unmet', 'unknown', 'manual'] as const).map((kind) => ({
        title: titles[`gaps_${kind}`] ?? kind,
        value: (row) => (row.nextRung === null ? null : row.counts[kind]),
      }));
    case 'revenue':
      return [
        { title: titles.revenueYear ?? id, value: (row) => row.revenue?.year ?? null },
        { title: titles.revenue ?? id, value: (row) => (row.revenue ? wan(row.revenue.yuan) : null) },
      ];
    case 'tags':
      return one((row) => (row.tags.length > 0 ? row.tags.join(texts.tagJoin) : null));
    case 'review':
      return one((row) => row.reviewOn);
    case 'expiry':
      return one((row) => row.expiresOn);
    case 'checked':
      return one((row) => row.checkedAt?.slice(0, 10) ?? null);
    case 'updated':
      return one((row) => row.updatedAt.slice(0, 10));
    default:
      return one((row) => row[id]);
  }
}

/**
 * Writes a list as it is shown: its question, its columns; amounts as numbers in 万元, the unit in the header. Texts stay
 * texts whatever they begin with. Throws a Refusal where the place cannot be written.
 */
export async function exportList(
  db: Db,
  { list, columns, path, locale }: ListExport,
  industries: Industries,
  today: string,
  progress: (done: number, total: number) => void,
): Promise<{ rows: number }> {
  const all = columns.flatMap((id) => columnsOf(id, locale, industries));
  const rows: Cell[][] = [];
  // One transaction, so that an edit meanwhile moves no row to another page.
  db.transaction(() => {
    const { only, except, ...question } = list;
    const wanted = only && new Set(only);
    const left = new Set(except);
    const ids = matchingIds(db, question, today).filter((id) => (!wanted || wanted.has(id)) && !left.has(id));
    for (let at = 0; at < ids.length; at += PAGE) {
      for (const row of readRows(db, ids.slice(at, at + PAGE)))
        rows.push(all.map((column) => column.value(row)));
      progress(rows.length, ids.length);
    }
  })();
  const titles = all.map((column) => column.title);
  if (extname(path).toLowerCase() === '.csv') {
    await writeWhole(path, (write) => write(Buffer.from(csvText([titles, ...rows]), 'utf8')));
    return { rows: rows.length };
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
    {
      sheet: exchangeTexts(locale).listSheet,
      stickyRowsCount: 1,
    } as never,
  ).toBuffer();
  // The last moment at which it can be cancelled.
  progress(rows.length, rows.length);
  await writeWhole(path, (write) => write(bytes));
  return { rows: rows.length };
}
