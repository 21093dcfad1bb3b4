import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Rules } from '../diagnosis/context.ts';
import { Refusal } from '../library/refusal.ts';
import type { BatchSetup, BatchTask, FromBatch } from './batch-worker.ts';

/** Beside this file in source; beside the bundle or above its chunks in the build. */
function workerPath(): string {
  const found = ['./batch-worker.ts', './batch-worker.js', '../batch-worker.js']
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find(existsSync);
  if (!found) throw new Error('batch-worker not found');
  return found;
}

/** A long look at a whole library under way in its own thread. */
export interface BatchJob<T> {
  /** Rejects with a Refusal: `batchCancelled`, or `batchFailed` where the thread broke. */
  readonly result: Promise<T>;
  /** Asks it to end soon; nothing it did stays behind, because it only looks. */
  cancel(): void;
}

/** Starts a task on the library at `libraryPath`, off the thread that answers calls. */
export function startBatch<T>(
  libraryPath: string,
  rules: Rules,
  task: BatchTask,
  progress: (done: number, total: number) => void = () => undefined,
): BatchJob<T> {
  const cancel = new SharedArrayBuffer(4);
  const setup: BatchSetup = { libraryPath, rules, task, cancel };
  const worker = new Worker(workerPath(), { workerData: setup, execArgv: [], name: 'batch' });
  worker.unref();
  let cancelled = false;
  const result = new Promise<T>((resolve, reject) => {
    let settled = false;
    const failed = (reason: string) => {
      if (settled) return;
      settled = true;
      if (!cancelled) console.error('The batch failed:', reason);
      reject(new Refusal('library', cancelled ? 'batchCancelled' : 'batchFailed'));
    };
    worker.on('message', (message: FromBatch) => {
      if (message.type === 'progress') progress(message.done, message.total);
      else if (message.type === 'failed') failed(message.message);
      else if (cancelled || message.value === undefined) failed('no result');
      else {
        settled = true;
        resolve(message.value as T);
      }
    });
    worker.on('error', (error) => failed(error.message));
    worker.on('exit', () => failed('ended'));
  });
  return {
    result,
    cancel() {
      cancelled = true;
      Atomics.store(new Int32Array(cancel), 0, 1);
    },
  };
}
