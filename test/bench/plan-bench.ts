// Plans on paper, against Chromium's print and pdfmake on the same content: one at a time, in turn, so that all meet the
// same load; many in a batch with calls beside it; and one after an edit. Each in a process of its own, memory watched.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { generate } from './generate.ts';
import { line, quantile, TODAY } from './part.ts';
import type { BatchFigures } from './plan-batch-part.ts';
import type { ContenderName, Printed } from './plan-contender.ts';
import { planDocuments } from './plan-documents.ts';
import { treeProcessor, watchMemory } from './process-memory.ts';

const HELP = `npm run bench:plan -- [--plans 120] [--single 20]
  --plans N    plans in the batch (1067: the whole city)
  --single N   plans that each contender prints one at a time`;
const { values: options } = parseArgs({
  options: {
    plans: { type: 'string', default: '120' },
    single: { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const whole = (text: string, least: number) => Math.max(least, Math.floor(Number(text)) || least);
const plans = whole(options.plans, 20);
const rounds = whole(options.single, 5);
const NAMES: readonly ContenderName[] = ['cultivar', 'chromium', 'pdfmake'];
/** The engine compiles what is used often while the first documents are made. */
const WARMING = 10;
const folder = mkdtempSync(join(tmpdir(), 'cultivar-plan-bench-'));
const ms = (value: number) => `${value.toFixed(0)} ms`;
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`${child.spawnargs.at(2)} ended`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

interface Contender {
  readonly ms: number[];
  readonly bytes: number[];
  /** Milliseconds of processor time, all processes and threads, for all documents after the warming. */
  processor: number;
  peak: number;
  first: number;
}

async function single(): Promise<Record<ContenderName, Contender>> {
  const file = join(folder, 'documents.bin');
  writeFileSync(file, serialize(await planDocuments(folder, rounds + WARMING)));
  const running = [];
  for (const name of NAMES) {
    const child = fork(join(import.meta.dirname, 'plan-contender.ts'), [name, file]);
    await answerOf(child);
    running.push({ name, child, memory: watchMemory(child.pid ?? 0) });
  }
  const results = Object.fromEntries(
    NAMES.map((name) => [name, { ms: [], bytes: [], processor: 0, peak: 0, first: 0 }]),
  ) as unknown as Record<ContenderName, Contender>;
  for (let i = 0; i < rounds + WARMING; i++) {
    if (i === WARMING)
      for (const { name, child } of running) results[name].processor = -treeProcessor(child.pid ?? 0);
    for (const { name, child } of running) {
      const answer = answerOf<Printed>(child);
      child.send(i);
      const { ms: took, bytes } = await answer;
      if (i === 0) results[name].first = took;
      if (i < WARMING) continue;
      results[name].ms.push(took);
      results[name].bytes.push(bytes);
    }
  }
  for (const { name, child, memory } of running) {
    results[name].peak = memory.peak();
    results[name].processor += treeProcessor(child.pid ?? 0);
    memory.stop();
    child.disconnect();
  }
  for (const name of NAMES) {
    const { ms: times, bytes, first, peak, processor } = results[name];
    const order = sorted(times);
    line(
      `one plan, ${name}, median`,
      ms(quantile(order, 0.5)),
      `p95 ${ms(quantile(order, 0.95))}, first ${ms(first)}, processor ${ms(processor / rounds)}, ${(mean(bytes) / 1024).toFixed(0)} kB, memory ${peak} MB`,
    );
  }
  const own = quantile(sorted(results.cultivar.ms), 0.5);
  for (const name of ['chromium', 'pdfmake'] as const) {
    const other = results[name];
    line(
      `time against ${name}`,
      `${(own / quantile(sorted(other.ms), 0.5)).toFixed(2)} ×`,
      `${name === 'chromium' ? 'at most 0.5; ' : ''}processor ${(results.cultivar.processor / other.processor).toFixed(2)} ×, size ${(mean(results.cultivar.bytes) / mean(other.bytes)).toFixed(2)} ×`,
    );
  }
  return results;
}

/** The library of the batch, made here so that the process whose memory is watched does only what the application does. */
async function library(): Promise<void> {
  for (const name of ['library', 'plans']) mkdirSync(join(folder, name));
  const db = await openLibrary(join(folder, 'library', 'library.sqlite'), new Date(`${TODAY}T00:00:00Z`));
  generate(db, plans, 56_789, 2025);
  writeFileSync(
    join(folder, 'ids.json'),
    JSON.stringify(db.prepare('SELECT id FROM enterprise').pluck().all()),
  );
  closeLibrary(db);
}

async function batch(singles: Record<ContenderName, Contender>): Promise<void> {
  await library();
  const child = fork(join(import.meta.dirname, 'plan-batch-part.ts'), [folder, `${rounds}`]);
  const memory = watchMemory(child.pid ?? 0);
  await answerOf(child);
  const peak = memory.peak();
  const made = await answerOf<BatchFigures>(child);
  memory.stop();
  const each = (made.seconds * 1000) / plans;
  line(
    `batch of ${plans}: check-up, plan, PDF, file`,
    `${made.seconds.toFixed(1)} s`,
    `${ms(each)} each, processor ${ms(made.processor / plans)}, ${made.files} files, ${made.failed} failed, ${(made.bytes / 1024 / 1024).toFixed(0)} MB`,
  );
  for (const name of ['chromium', 'pdfmake'] as const) {
    const theirs = mean(singles[name].ms);
    const work = singles[name].processor / rounds / (made.processor / plans);
    line(
      `batch against the print alone by ${name}`,
      `${(theirs / each).toFixed(2)} ×`,
      `as fast${name === 'chromium' ? '; at least 4' : ''}; ${((theirs * plans) / 1000).toFixed(0)} s for as many one after the other; of its processor time 1/${work.toFixed(1)}`,
    );
  }
  line(
    'memory at its highest, the whole process',
    `${peak} MB`,
    `before ${made.before.toFixed(0)} MB; at most 700`,
  );
  const waits = sorted(made.waits);
  line(
    'calls beside the batch, p95',
    ms(quantile(waits, 0.95)),
    `median ${ms(quantile(waits, 0.5))}, ${waits.length} calls; at most 50 ms`,
  );
  const previews = sorted(made.previews);
  line(
    'edit → preview, median',
    ms(quantile(previews, 0.5)),
    `p95 ${ms(quantile(previews, 0.95))}; at most 300 ms, without the drawing of the page`,
  );
}

try {
  await batch(await single());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
