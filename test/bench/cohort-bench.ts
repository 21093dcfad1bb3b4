// How long the cohort takes, as ratios to a bare scan of the same rows, and how calls on the library fare meanwhile.
// node build/node.mjs test/bench/cohort-bench.ts [--size 20000] [--routes 500] [--keep DIR: made there once, used again]
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { createService } from '../../electron/service/service.ts';
import { generate } from './generate.ts';

const TODAY = '2026-11-24';
const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '20000' },
    routes: { type: 'string', default: '500' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run bench:cohort -- [--size 20000] [--routes 500] [--keep FOLDER]
  --size N    enterprises in the library
  --routes N  enterprises whose way up is worked out
  --keep DIR  a library that stays; one of the other bench can be used`);
  process.exit(0);
}
const size = Math.max(100, Math.floor(Number(options.size)) || 20_000);
const routed = Math.max(20, Math.floor(Number(options.routes)) || 500);
const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'cultivar-cohort-bench-'));
mkdirSync(folder, { recursive: true });
const file = join(folder, 'library.sqlite');

function line(label: string, seconds: number, note = ''): void {
  console.log(`${label.padEnd(58)}${seconds.toFixed(3).padStart(10)} s   ${note}`);
}
async function timed<T>(work: () => T | Promise<T>): Promise<[seconds: number, value: T]> {
  const start = performance.now();
  const value = await work();
  return [(performance.now() - start) / 1000, value];
}

try {
  const there = existsSync(file);
  const db = await openLibrary(file, new Date(`${TODAY}T00:00:00Z`));
  if (!there) {
    // The log of a bulk load would hold all of it twice until the end.
    db.pragma('wal_autocheckpoint = 4000');
    generate(db, size, 56_789, 2025);
  }
  const enterprises = db.prepare('SELECT count(*) FROM enterprise').pluck().get();
  // Some firms in a district of their own, for the routes.
  db.prepare("UPDATE enterprise SET district = 'bench' WHERE id IN (SELECT id FROM enterprise LIMIT ?)").run(
    routed,
  );
  const scan = () => {
    let rows = 0;
    for (const table of ['enterprise', 'figure', 'fact', 'title'])
      for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) if (row) rows++;
    return rows;
  };
  scan();
  const [bare, rows] = await timed(scan);
  closeLibrary(db);
  console.log(`${enterprises} enterprises, ${rows} rows; every time from the call to its answer`);
  const service = createService({
    dataDir: folder,
    resourcesDir: join(import.meta.dirname, '../../resources'),
    now: () => new Date(`${TODAY}T04:00:00Z`),
    emit: () => undefined,
    actor: 'bench',
  });
  await service.ready;
  async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const result = await service.call(name, input, 'window');
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value as CallOutput<N>;
  }
  const looks = { condition: {}, locale: 'zh', dark: false } as const;
  const ratio = (seconds: number) => `${(seconds / bare).toFixed(2)} × bare scan`;
  line('bare SELECT * of the same rows', bare);
  const [first] = await timed(() => ask('cohort.facets', {}));
  line('first look at the cohort (reads and judges everything)', first, ratio(first));
  for (const [label, work] of [
    ['pipeline', () => ask('cohort.pipeline', looks)],
    ['portrait', () => ask('cohort.profile', looks)],
    ['benchmark', () => ask('cohort.benchmark', { ...looks, metric: 'revenue', by: 'division' })],
    ['failing gates', () => ask('cohort.heat', { ...looks, rung: 2, by: 'division' })],
    [
      'a list behind a number',
      () => ask('cohort.list', { condition: { heldBelow: 2 }, offset: 0, limit: 60 }),
    ],
  ] as const) {
    const [seconds] = await timed<unknown>(work);
    line(`dashboards at hand: ${label}`, seconds, ratio(seconds));
  }
  const question = { rung: 2, date: TODAY, routes: false };
  const [screened, found] = await timed(() => ask('cohort.screen', question));
  line('screening of all, gaps and distance, without routes', screened, ratio(screened));
  const [paged] = await timed(() =>
    ask('cohort.screeningPage', { id: found.id, offset: 0, limit: 60, fresh: true }),
  );
  line('first page of it, with the gaps in words', paged);
  const some = { ...question, routes: true, condition: { district: ['bench'] } };
  // Calls on the library go on while routes are worked out.
  const waits: number[] = [];
  let running = true;
  const work = timed(() => ask('cohort.screen', some)).finally(() => {
    running = false;
  });
  while (running) {
    const [seconds] = await timed(() => ask('library.summary', {}));
    waits.push(seconds * 1000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const [withRoutes, last] = await work;
  const judged = last.summary.counts.sure + last.summary.counts.possible + last.summary.counts.impossible;
  line(
    `screening of ${judged} with their routes`,
    withRoutes,
    `${((Math.max(0, withRoutes - screened) / judged) * 1000).toFixed(2)} ms each beside the walk over all`,
  );
  waits.sort((a, b) => a - b);
  const p95 = waits[Math.floor(waits.length * 0.95)] ?? 0;
  console.log(
    `calls on the library meanwhile: ${waits.length}, p95 ${p95.toFixed(1)} ms, most ${(waits.at(-1) ?? 0).toFixed(1)} ms (asked: p95 below 50)`,
  );
  console.log(`resident memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  await service.close();
} finally {
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
