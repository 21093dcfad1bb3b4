// Plans on paper: one after an edit, one against Chromium's print, and many in a batch with calls beside it.
// node build/node.mjs test/bench/plan-bench.ts [--size 1067] [--chromium 60] [--single 20]

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { calls } from '../../electron/api.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { assetPaths } from '../../electron/plan/assets.ts';
import type { DocumentInput } from '../../electron/plan/document-model.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { createService } from '../../electron/service/service.ts';
import { requireBrowser } from '../electron-stand-in/find-browser.ts';
import { champion, documentOf, struggling } from '../plan/plan-fixture.ts';
import { generate } from './generate.ts';
import { planHtml } from './plan-html.ts';

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '1067' },
    chromium: { type: 'string', default: '60' },
    single: { type: 'string', default: '20' },
  },
});
const whole = (text: string, least: number) => Math.max(least, Math.floor(Number(text)) || least);
const size = whole(options.size, 20);
const printed = whole(options.chromium, 5);
const rounds = whole(options.single, 5);
const TODAY = '2026-11-24';
const resourcesDir = join(import.meta.dirname, '../../resources');
const folder = mkdtempSync(join(tmpdir(), 'cultivar-plan-bench-'));
const MB = 1024 * 1024;

function line(label: string, value: string, note = ''): void {
  console.log(`${label.padEnd(52)}${value.padStart(14)}   ${note}`);
}
const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const value = await work();
  return [(performance.now() - start) / 1000, value];
}

/** The fonts over HTTP on this machine: a page made from a text may not read files. */
function serveFonts(): Promise<{ regular: string; bold: string; close(): void }> {
  const [regular, bold] = assetPaths(resourcesDir).fonts.map((path) => readFileSync(path));
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'max-age=3600');
    response.end(request.url === '/bold' ? bold : regular);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const url = `http://127.0.0.1:${port}`;
      resolve({ regular: `${url}/regular`, bold: `${url}/bold`, close: () => server.close() });
    }),
  );
}

const inputs: DocumentInput[] = [documentOf(struggling(), 'zh'), documentOf(champion(), 'zh')];
const input = (index: number) => inputs[index % inputs.length] as DocumentInput;

async function single() {
  const renderer = new PlanRenderer(resourcesDir);
  const [first] = await timed(() => renderer.render(input(0)));
  const own: number[] = [];
  let ownBytes = 0;
  for (let i = 0; i < rounds; i++) {
    const [seconds, pdf] = await timed(() => renderer.render(input(i)));
    own.push(seconds);
    ownBytes += pdf.byteLength;
  }
  await renderer.close();
  const fonts = await serveFonts();
  const browser = await chromium.launch({ executablePath: requireBrowser(), args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const print = async (index: number) => {
    await page.setContent(planHtml(input(index), fonts), { waitUntil: 'load' });
    await page.evaluate('document.fonts.ready');
    return page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
  };
  await print(0);
  const other: number[] = [];
  let otherBytes = 0;
  for (let i = 0; i < printed; i++) {
    const [seconds, pdf] = await timed(() => print(i));
    writeFileSync(join(folder, 'chromium.pdf'), pdf);
    other.push(seconds);
    otherBytes += pdf.byteLength;
  }
  await browser.close();
  fonts.close();
  const [mine, theirs] = [at(own, 0.5), at(other, 0.5)];
  line('first plan (starts the compiler)', ms(first));
  line('one plan, median', ms(mine), `p95 ${ms(at(own, 0.95))}, ${(ownBytes / rounds / 1024).toFixed(0)} kB`);
  line(
    'the same content printed by Chromium, median',
    ms(theirs),
    `${(otherBytes / printed / 1024).toFixed(0)} kB`,
  );
  line('ratio of time', `${(mine / theirs).toFixed(2)} ×`, 'at most 0.5');
  line('ratio of size', `${(ownBytes / rounds / (otherBytes / printed)).toFixed(2)} ×`);
  return other.reduce((a, b) => a + b, 0) / printed;
}

async function batch(chromiumEach: number) {
  const dataDir = join(folder, 'library');
  const out = join(folder, 'plans');
  mkdirSync(dataDir);
  mkdirSync(out);
  const db = await openLibrary(join(dataDir, 'library.sqlite'), new Date(`${TODAY}T00:00:00Z`));
  generate(db, size, 56_789, 2025);
  const ids = db.prepare('SELECT id FROM enterprise').pluck().all() as string[];
  closeLibrary(db);
  const service = createService({
    dataDir,
    resourcesDir,
    now: () => new Date(),
    emit: () => undefined,
    actor: 'bench',
  });
  await service.ready;
  async function ask<N extends CallName>(name: N, given: CallInput<N>): Promise<CallOutput<N>> {
    const result = await service.call(name, given, calls[name].from);
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
    return result.value as CallOutput<N>;
  }
  // The library settles: every line is judged once.
  await ask('library.list', { limit: 50 });
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const begun = performance.now();
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
    waits.push((await timed(work))[0]);
    await new Promise((resolve) => setTimeout(resolve, 25));
    if (i % 10 === 0) status = await ask('plan.batch.status', {});
  }
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  const plan = (await ask('plan.list', { enterpriseId: ids[0] as string }))[0];
  await ask('plan.get', { id: plan?.id ?? '' });
  const { content } = await ask('plan.get', { id: plan?.id ?? '' });
  const edits: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const edited = { ...content, notes: { zh: `第 ${i} 次修改`, en: `Edit ${i}` } };
    const [took] = await timed(() =>
      ask('plan.render', { id: plan?.id ?? '', locale: 'zh', content: edited }),
    );
    if (i > 0) edits.push(took);
  }
  await service.close();
  const files = readdirSync(out).filter((name) => name.endsWith('.pdf'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
  line(
    `batch of ${size}: check-up, plan, PDF, file`,
    `${seconds.toFixed(1)} s`,
    `${ms(seconds / size)} each, ${files.length} files, ${status.failed} failed`,
  );
  line(
    'Chromium, the print alone, for as many',
    `${(chromiumEach * size).toFixed(1)} s`,
    `from ${printed} prints`,
  );
  line('batch against Chromium', `${((chromiumEach * size) / seconds).toFixed(2)} ×`, 'as fast; at least 4');
  line('size in all', `${(bytes / MB).toFixed(0)} MB`);
  line(
    'memory at its highest, the whole process',
    `${(peak / MB).toFixed(0)} MB`,
    `before ${(before / MB).toFixed(0)} MB; at most 700`,
  );
  line(
    'calls beside the batch, p95',
    ms(at(waits, 0.95)),
    `median ${ms(at(waits, 0.5))}, ${waits.length} calls; at most 50 ms`,
  );
  line('preview after an edit, median', ms(at(edits, 0.5)), `p95 ${ms(at(edits, 0.95))}; at most 300 ms`);
}

try {
  await batch(await single());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
