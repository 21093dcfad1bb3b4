import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportEverything } from '../../electron/exchange/export-everything.ts';
import { benchImport } from './import-bench.ts';
import { line, type Part, scan, TODAY } from './part.ts';

const ROWS = 20_000;

/** A workbook opened, mapped and checked, against the bare parse of it; processor time, so that other work does not count. */
export const importPart: Part = {
  name: 'import',
  async run({ size }) {
    const { rows, columns, ours, bare, ratio, limit } = await benchImport(Math.min(ROWS, size));
    line(`bare parse of ${rows} rows × ${columns} columns`, `${bare} ms`, 'processor time');
    line('import with validation', `${ours} ms`);
    line('import : bare parse', `${ratio.toFixed(2)} ×`, `asked: at most ${limit}`);
  },
};

/** Everything into open formats, against a bare scan of the same rows. */
export const exportPart: Part = {
  name: 'export',
  async run({ withLibrary }) {
    await withLibrary(async (db) => {
      const start = performance.now();
      scan(db);
      const scanned = performance.now() - start;
      const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-export-'));
      try {
        const path = join(folder, 'everything.zip');
        const begin = performance.now();
        await exportEverything(db, {
          path,
          locale: 'zh',
          libraryPath: db.name,
          now: new Date(`${TODAY}T04:00:00Z`),
          progress: () => undefined,
        });
        const took = performance.now() - begin;
        line(
          'complete export',
          `${(took / 1000).toFixed(2)} s`,
          `${(statSync(path).size / 1e6).toFixed(1)} MB; ${(took / scanned).toFixed(1)} × a bare scan`,
        );
        line('resident memory', `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  },
};
