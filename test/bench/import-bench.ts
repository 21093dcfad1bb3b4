import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/universal';
import writeExcel from 'write-excel-file/node';
import { ImportSession } from '../../electron/exchange/import-session.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { readResources } from '../../electron/service/resources.ts';

/** One line of the bench's table: our time, the time of the yardstick in the same run, and how far it may go. */
export interface ImportBench {
  readonly rows: number;
  readonly columns: number;
  /** Milliseconds of processor time: opening, mapping and checking every cell. */
  readonly ours: number;
  /** Milliseconds of processor time: the bare parse of the same workbook by the same reader. */
  readonly bare: number;
  readonly ratio: number;
  readonly limit: 2;
}

const YEARS = [2023, 2024, 2025];
const FIGURES = ['营业收入', '主营业务收入', '研发费用', '净利润', '资产总额', '负债总额', '职工总数'];

function rowsOf(count: number): unknown[][] {
  const head = [
    '企业名称',
    '所在区',
    '成立日期',
    '主导产品',
    '高新技术企业',
    '自主品牌',
    '市场占有率',
    '研发人员占比',
    '联系人',
  ];
  const figures = YEARS.flatMap((year) =>
    FIGURES.map((name) => `${year}年${name}${name === '职工总数' ? '' : '（万元）'}`),
  );
  const text = (value: string) => ({ value, type: String });
  return [
    [...head, ...figures].map(text),
    ...Array.from({ length: count }, (_, i) => [
      ...[
        `武汉测速${i}有限公司`,
        '江夏区',
        `20${String(i % 20).padStart(2, '0')}年3月5日`,
        `产品${i}`,
        '是',
        '否',
        `${i % 60}%`,
        '12.5%',
        '某人',
      ].map(text),
      ...figures.map((_, j) => ({ value: j % 7 === 6 ? (i % 300) + 20 : i * 1.37 + j, type: Number })),
    ]),
  ];
}

/** Processor time, since another process on the machine must not change the ratio. */
async function spent(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * Opening, mapping and checking a workbook against the bare parse of it by the same reader, best of three each. Nothing is
 * stored: the design's line is for import with validation.
 */
export async function benchImport(rows = 20_000): Promise<ImportBench> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'));
  const now = new Date('2026-06-15T04:00:00Z');
  const db = await openLibrary(join(folder, 'library.sqlite'), now);
  try {
    const path = join(folder, 'bench.xlsx');
    const sheet = rowsOf(rows);
    await writeExcel(sheet as never).toFile(path);
    const resources = readResources(join(import.meta.dirname, '..', '..', 'resources'));
    const bytes = readFileSync(path);
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let i = 0; i < 3; i += 1) {
      bare.push(
        await spent(() =>
          readSheet(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer),
        ),
      );
      ours.push(
        await spent(async () => {
          const session = new ImportSession({
            db,
            resources,
            today: '2026-06-15',
            remembered: () => null,
            rememberedPolicies: () => null,
          });
          await session.open({ path });
          const preview = session.preview({ policy: 'fill', fields: {}, faulty: 'row', out: [], part: [] });
          if (preview.added !== rows) throw new Error(`${preview.added} of ${rows} rows were understood`);
        }),
      );
    }
    const best = (times: number[]) => Math.min(...times);
    return {
      rows,
      columns: sheet[0]?.length ?? 0,
      ours: Math.round(best(ours)),
      bare: Math.round(best(bare)),
      ratio: Math.round((best(ours) / best(bare)) * 100) / 100,
      limit: 2,
    };
  } finally {
    closeLibrary(db);
    rmSync(folder, { recursive: true, force: true });
  }
}
