import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlanBatch } from '../../electron/plan/batch.ts';
import { JOURNAL } from '../../electron/plan/batch-journal.ts';
import en from '../../resources/i18n/en/batch-file.json' with { type: 'json' };
import { champion, documentOf, resources, struggling } from '../plan/plan-fixture.ts';
import { startService } from '../service/start-service.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-批量-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pdfs = () => readdirSync(folder).filter((name) => name.endsWith('.pdf'));
/** Every file in the folder is a whole PDF, the index or the record. */
function expectOnlyWholeFiles() {
  for (const name of readdirSync(folder)) {
    if (name === JOURNAL || name.endsWith('.xlsx')) continue;
    expect(name).toMatch(/\.pdf$/);
    const bytes = readFileSync(join(folder, name));
    expect(bytes.subarray(0, 5).toString('latin1'), name).toBe('%PDF-');
    expect(bytes.subarray(-6).toString('latin1'), name).toContain('%%EOF');
  }
}

/** A service with the samples, and what its batch says in the end. */
async function exporting(onProgress: (done: number) => void = () => undefined) {
  const events: [string, unknown][] = [];
  const running = startService({
    emit(name, payload) {
      events.push([name, payload]);
      const { job, done } = payload as { job?: string; done?: number };
      if (name === 'progress' && job === 'plans') onProgress(done ?? 0);
    },
  });
  await running.ask('samples.load', {});
  const { rows } = await running.ask('library.list', { sort: 'name', limit: 500 });
  const ended = () =>
    vi.waitFor(
      async () => {
        const status = await running.ask('plan.batch.status', {});
        expect(status.state).not.toMatch(/running|ending/);
        return status;
      },
      { timeout: 240_000, interval: 50 },
    );
  return { ...running, events, ids: rows.map((row) => row.id), rows, ended };
}

describe('a batch of plans', () => {
  test('makes one PDF each, plans where there are none, and an index of them', async () => {
    const { ask, ids, rows, ended, events } = await exporting();
    const own = await ask('plan.create', { enterpriseId: ids[0]! });
    const gone = '019a0000-0000-7000-8000-0000000000ff';
    const asked = { ids: [...ids, gone], locales: ['en' as const], folder, language: 'en' as const };
    expect(await ask('plan.batch.start', asked)).toMatchObject({ state: 'running', total: ids.length + 1 });
    const status = await ended();
    expect(status).toMatchObject({ state: 'done', made: ids.length, kept: 0, failed: 1, fault: null });
    expect(status.errors).toMatchObject([{ enterpriseId: gone, error: { key: 'enterpriseNotFound' } }]);
    expectOnlyWholeFiles();
    expect(pdfs()).toHaveLength(ids.length);
    for (const id of ids) expect(await ask('plan.list', { enterpriseId: id })).toHaveLength(1);
    expect((await ask('plan.list', { enterpriseId: ids[0]! }))[0]!.id).toBe(own.id);
    const table = (await readSheet(readFileSync(status.index!))) as unknown[][];
    expect(table[0]).toEqual([
      en.name,
      en.uscc,
      en.tier,
      en.target,
      en.targetYear,
      en.edition,
      en.file,
      en.result,
    ]);
    expect(table.slice(1, -1).map((row) => row[0])).toEqual(rows.map((row) => row.name));
    expect(
      table
        .slice(1, -1)
        .map((row) => row[6])
        .sort(),
    ).toEqual(pdfs().sort());
    expect(table.at(-1)![7]).toMatch(/^Failed: This enterprise is not in the library/);
    const told = events.filter(
      ([name, payload]) => name === 'progress' && (payload as { job: string }).job === 'plans',
    );
    expect(told.at(-1)![1]).toMatchObject({ done: ids.length + 1, total: ids.length + 1 });
  });

  test('what is finished and unchanged is kept; what was edited, cut short or deleted is made again', async () => {
    const { ask, ids, ended } = await exporting();
    const asked = { ids: ids.slice(0, 4), locales: ['zh' as const], folder, language: 'zh' as const };
    await ask('plan.batch.start', asked);
    await ended();
    const [edited, shortened, deleted, kept] = pdfs().sort();
    const inode = (name: string) => statSync(join(folder, name!)).ino;
    const before = inode(kept!);
    const title = edited!.split('_')[0]!;
    const owner = (await ask('library.list', { query: title })).rows[0]!.id;
    const plan = await ask('plan.get', { id: (await ask('plan.list', { enterpriseId: owner }))[0]!.id });
    await ask('plan.update', { id: plan.id, content: { ...plan.content, consultant: '新顾问' } });
    writeFileSync(join(folder, shortened!), '%PDF-');
    rmSync(join(folder, deleted!));
    await ask('plan.batch.start', asked);
    expect(await ended()).toMatchObject({ state: 'done', made: 3, kept: 1, failed: 0, unfinished: null });
    expect(inode(kept!)).toBe(before);
    expect(pdfs()).toHaveLength(4);
    expectOnlyWholeFiles();
  });

  test('is cancelled between files, taken up again, and never writes over a file that is not its own', async () => {
    let cancelled: Promise<unknown> | null = null;
    // Asked between two files, before the next one can be done.
    const { ask, refusal, ids, ended, rows, service } = await exporting((done) => {
      if (done > 1) cancelled ??= service.call('plan.batch.cancel', {}, 'window');
    });
    const foreign = join(folder, `${rows[0]!.name}_培育方案_2026-06-15.pdf`);
    writeFileSync(foreign, 'mine');
    expect((await refusal('plan.batch.resume', { language: 'zh' }, 'shell')).key).toBe('batchNothingLeft');
    await ask('plan.batch.start', { ids, locales: ['zh', 'en'], folder, language: 'zh' });
    expect(
      (await refusal('plan.batch.start', { ids, locales: ['zh'], folder, language: 'zh' }, 'shell')).key,
    ).toBe('batchRunning');
    const stopped = await ended();
    expect(await cancelled).toMatchObject({ ok: true });
    expect(stopped.state).toBe('cancelled');
    expect(stopped.unfinished).toEqual({ folder, total: 2 * ids.length, done: stopped.done });
    // As after the end of the program in the middle: a line cut short, a file half written.
    appendFileSync(join(folder, JOURNAL), '{"kind":"file","task":"x');
    writeFileSync(join(folder, '.half.0123456789ab.tmp'), '%PDF-');
    await ask('plan.batch.resume', { language: 'zh' });
    expect(await ended()).toMatchObject({
      state: 'done',
      kept: stopped.done,
      made: 2 * ids.length - stopped.done,
      unfinished: null,
    });
    expect(readFileSync(foreign, 'utf8')).toBe('mine');
    rmSync(foreign);
    expect(pdfs()).toHaveLength(2 * ids.length);
    expectOnlyWholeFiles();
  });

  test('a folder that is not there is refused', async () => {
    const { refusal, ids } = await exporting();
    const nowhere = { ids, locales: ['zh'], folder: join(folder, 'no'), language: 'zh' };
    expect((await refusal('plan.batch.start', nowhere, 'shell')).key).toBe('batchFolder');
    expect((await refusal('plan.batch.start', { ...nowhere, folder })).key).toBe('shellOnly');
  });
});

describe('the runner', () => {
  const ids = Array.from({ length: 7 }, (_, i) => `019a0000-0000-7000-8000-00000000000${i}`);
  const inputs = new Map(
    ids.map((id, i) => {
      const input = documentOf(i % 2 ? champion() : struggling(), 'zh');
      return [id, { ...input, file: { ...input.file, enterprise: { ...input.file.enterprise, id } } }];
    }),
  );
  const batchOf = (more: { progress?: () => void; workers?: number; documentsPerWorker?: number } = {}) =>
    new PlanBatch({
      resourcesDir: resources,
      folder,
      wanted: { ids, locales: ['zh'], layout: 'takeaway' },
      day: '2026-11-24',
      prepare: ({ enterpriseId }) => inputs.get(enterpriseId)!,
      nameOf: (id) => id,
      tell: (error) => error as never,
      progress: () => undefined,
      ...more,
    });

  test('a worker killed in the middle loses its file at most, and says which', async () => {
    let killed = false;
    const batch: PlanBatch = batchOf({
      workers: 1,
      progress() {
        if (killed) return;
        killed = true;
        // The next document is in the thread when the timer fires.
        setTimeout(() => void batch.workers[0]?.terminate(), 5);
      },
    });
    await batch.run();
    expect(killed).toBe(true);
    const lost = batch.outcomes().filter(({ outcome }) => outcome?.error);
    expect(batch.status()).toMatchObject({
      state: 'done',
      failed: lost.length,
      made: ids.length - lost.length,
    });
    expect(lost.length).toBeLessThanOrEqual(1);
    for (const { outcome } of lost) expect(outcome).toMatchObject({ file: null, error: { key: 'render' } });
    expect(pdfs()).toHaveLength(ids.length - lost.length);
    expectOnlyWholeFiles();
    const again = batchOf();
    await again.run();
    expect(again.status()).toMatchObject({
      state: 'done',
      kept: ids.length - lost.length,
      made: lost.length,
    });
  });

  test('workers are replaced every so many documents, and firms of one name get names of their own', async () => {
    const seen = new Set<number>();
    const batch: PlanBatch = batchOf({
      workers: 1,
      documentsPerWorker: 2,
      progress: () => {
        for (const worker of batch.workers) seen.add(worker.threadId);
      },
    });
    await batch.run();
    expect(seen.size).toBeGreaterThanOrEqual(3);
    expect(pdfs().filter((name) => / \([2-4]\)\.pdf$/.test(name))).toHaveLength(5);
  });

  test('a folder that goes away ends the batch instead of failing every file', async () => {
    const batch = batchOf({ workers: 1, progress: () => rmSync(folder, { recursive: true, force: true }) });
    await batch.run();
    expect(batch.status()).toMatchObject({ state: 'failed', fault: { key: 'fileWrite' } });
    expect(batch.outcomes().filter(({ outcome }) => outcome === null).length).toBeGreaterThan(3);
  });
});
