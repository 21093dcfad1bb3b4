import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import type { longJobs } from '../../electron/library/work-call-shapes.ts';
import type { ServiceOptions } from '../../electron/service/service.ts';
import { generate } from '../bench/generate.ts';
import { scratchFolder } from '../library/scratch.ts';
import { startService } from '../service/start-service.ts';

type Job = (typeof longJobs)[number];
const SIZE = 900;

/** A service on a library of many, which ends a kind of work as soon as an event of it passes. */
async function stopping() {
  const dataDir = scratchFolder();
  const db = await openLibrary(join(dataDir, 'library.sqlite'), new Date());
  generate(db, SIZE, 3, 2025, true);
  closeLibrary(db);
  let watch: { event: 'work' | 'progress'; job: Job } | null = null;
  const seen: [string, unknown][] = [];
  const options = {
    dataDir,
    emit: (name: string, payload: unknown) => {
      seen.push([name, payload]);
      if (name !== watch?.event || (payload as { job: string }).job !== watch.job) return;
      const { job } = watch;
      watch = null;
      queueMicrotask(() => void service.call('work.cancel', { job }, 'window'));
    },
  } satisfies Partial<ServiceOptions>;
  const started = startService(options);
  const { service } = started;
  await service.ready;
  return {
    ...started,
    seen,
    stopAt(event: 'work' | 'progress', job: Job) {
      watch = { event, job };
    },
  };
}

test('whatever long work is cancelled, while it is prepared or under way, leaves nothing half-done', async () => {
  const h = await stopping();
  const { ask, refusal, content, stopAt } = h;
  const folder = scratchFolder();
  const ids = (await ask('library.ids.get', { selection: { list: { filter: {} } } })).ids;
  const tables = () => {
    const { setting: _, backup: __, standing: ___, ...rest } = content();
    return rest;
  };
  const complete = join(scratchFolder(), 'complete.zip');
  await ask('export.everything', { path: complete, locale: 'zh' });
  const list = { list: { filter: {} }, columns: ['name' as const], locale: 'zh' as const };
  const edit = { do: 'edit' as const, changes: { tags: { add: ['走访'] } } };
  const works: [Job, Parameters<typeof refusal>][] = [
    ['exportAll', ['export.everything', { path: join(folder, 'a.zip'), locale: 'zh' }, 'shell']],
    ['export', ['export.list', { ...list, path: join(folder, 'a.xlsx') }, 'shell']],
    [
      'pack',
      ['case.write', { ids: ids.slice(0, 300), path: join(folder, 'a.case'), passphrase: null }, 'shell'],
    ],
    ['bulk', ['bulk.apply', { selection: { list: { filter: {} } }, operation: edit }]],
    ['importAll', ['import.everything', { path: complete }, 'shell']],
  ];
  const before = tables();
  for (const [job, asked] of works)
    for (const event of ['work', 'progress'] as const) {
      // A list of this size is written before the cancel arrives.
      if (job === 'export' && event === 'progress') continue;
      stopAt(event, job);
      expect(await refusal(...asked), `${job} at ${event}`).toMatchObject({ key: 'workCancelled' });
      expect(readdirSync(folder), `${job} at ${event}`).toEqual([]);
      expect(tables(), `${job} at ${event}`).toEqual(before);
      expect(h.seen.findLast(([name]) => name === 'work')?.[1]).toEqual({ job, running: 0 });
    }
  // None of it is in the way of the same work done to its end.
  await ask('case.write', { ids: ids.slice(0, 300), path: join(folder, 'a.case'), passphrase: null });
  expect(existsSync(join(folder, 'a.case'))).toBe(true);
  expect(await ask('work.cancel', { job: 'bulk' })).toEqual({ cancelled: 0 });
  expect(await ask('bulk.apply', { selection: { list: { filter: {} } }, operation: edit })).toMatchObject({
    changed: SIZE,
  });
});
