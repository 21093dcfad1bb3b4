import { parentPort, workerData } from 'node:worker_threads';
import type { Rules } from '../diagnosis/context.ts';
import { openReadOnly } from '../library/open.ts';
import { batchAskNext } from './batch-ask.ts';
import { type ImpactQuestion, impactOf } from './impact.ts';

/** What a worker thread is to do with a library, looking only. */
export type BatchTask =
  | { readonly do: 'impact'; readonly question: ImpactQuestion }
  | { readonly do: 'ask'; readonly today: string };
export interface BatchSetup {
  readonly libraryPath: string;
  readonly rules: Rules;
  readonly task: BatchTask;
  /** One whole number; anything but 0 asks the work to end. */
  readonly cancel: SharedArrayBuffer;
}
export type FromBatch =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly value: unknown }
  | { readonly type: 'failed'; readonly message: string };

const { libraryPath, rules, task, cancel } = workerData as BatchSetup;
const port = parentPort;
if (!port) throw new Error('batch-worker runs as a worker thread');
const stop = new Int32Array(cancel);
const EVERY = 500;

try {
  const db = openReadOnly(libraryPath);
  try {
    const total = db
      .prepare('SELECT count(*) FROM enterprise WHERE archived_at IS NULL')
      .pluck()
      .get() as number;
    const step = (done: number) => {
      if (done % EVERY === 0 || done === total)
        port.postMessage({ type: 'progress', done, total } satisfies FromBatch);
      return Atomics.load(stop, 0) === 0;
    };
    const value =
      task.do === 'impact'
        ? impactOf(db, rules, task.question, step)
        : batchAskNext(db, rules, task.today, step);
    port.postMessage({ type: 'done', value } satisfies FromBatch);
  } finally {
    db.close();
  }
} catch (error) {
  port.postMessage({
    type: 'failed',
    message: error instanceof Error ? error.message : String(error),
  } satisfies FromBatch);
}
