// A batch of plans with calls beside it, and edits with their preview, in a process of its own whose memory is watched.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { calls } from '../../electron/api.ts';
import { createService } from '../../electron/service/service.ts';
import { root } from './part.ts';

/** Times in milliseconds, memory in MB. */
export interface BatchFigures {
  readonly seconds: number;
  readonly files: number;
  readonly failed: number;
  readonly bytes: number;
  readonly waits: readonly number[];
  readonly previews: readonly number[];
  readonly before: number;
  /** Milliseconds of processor time, all threads. */
  readonly processor: number;
}

/** `folder` holds the library, the ids of all enterprises in it, and an empty folder for the plans. */
async function run(folder: string, rounds: number): Promise<BatchFigures> {
  const dataDir = join(folder, 'library');
  const out = join(folder, 'plans');
  const ids = JSON.parse(readFileSync(join(folder, 'ids.json'), 'utf8')) as string[];
  const resourcesDir = join(root, 'resources');
  const now = () => new Date();
  const service = createService({ dataDir, resourcesDir, now, emit: () => undefined, actor: 'bench' });
  await service.ready;
  async function ask<N extends CallName>(name: N, given: CallInput<N>): Promise<CallOutput<N>> {
    const result = await service.call(name, given, calls[name].from);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value as CallOutput<N>;
  }
  const timed = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  // The library settles: every line is judged once.
  await ask('library.list', { limit: 50 });
  const before = process.memoryUsage.rss() / 1024 / 1024;
  const begun = performance.now();
  const worked = process.cpuUsage();
  await ask('plan.batch.start', { ids, locales: ['zh'], folder: out, language: 'zh' });
  const waits: number[] = [];
  let status = await ask('plan.batch.status', {});
  for (let i = 0; status.state === 'running' || status.state === 'ending'; i++) {
    const id = ids[i % ids.length] as string;
    const work = [
      () => ask('library.list', { query: String(i % 10), limit: 50 }),
      () => ask('enterprise.get', { id }),
      () => ask('plan.batch.status', {}),
    ][i % 3] as () => Promise<unknown>;
    waits.push(await timed(work));
    await new Promise((resolve) => setTimeout(resolve, 25));
    if (i % 10 === 0) status = await ask('plan.batch.status', {});
  }
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(worked);
  process.send?.('batch ended');
  const id = (await ask('plan.list', { enterpriseId: ids[0] as string }))[0]?.id ?? '';
  const { content } = await ask('plan.get', { id });
  const previews: number[] = [];
  for (let i = 0; i <= rounds; i++) {
    const edited = { ...content, notes: { zh: `第 ${i} 次修改`, en: `Edit ${i}` } };
    const took = await timed(() => ask('plan.render', { id, locale: 'zh', content: edited }));
    if (i > 0) previews.push(took);
  }
  await service.close();
  const files = readdirSync(out).filter((name) => name.endsWith('.pdf'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
  return {
    seconds,
    files: files.length,
    failed: status.failed,
    bytes,
    waits,
    previews,
    before,
    processor: (user + system) / 1000,
  };
}

const [, , folder, rounds] = process.argv;
if (folder && rounds && process.send) {
  process.send(await run(folder, Number(rounds)));
  process.disconnect();
}
