import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal, type RefusalCode } from './refusal.ts';
import type { FromSafety, SafetyTask } from './safety-worker.ts';

/** Beside this file in source; beside the bundle or above its chunks in the build. */
function workerPath(): string {
  const found = ['./safety-worker.ts', './safety-worker.js', '../safety-worker.js']
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find(existsSync);
  if (!found) throw new Error('safety-worker not found');
  return found;
}

/** A task that was not a Refusal: its own words are for the log and for deciding, not for the user. */
export class SafetyFault extends Error {}

/** A task under way in a thread of its own. */
export interface SafetyJob<T> {
  readonly result: Promise<T>;
  /** For a backup: its content is settled, whatever is written from now on. Also done when the task ends. */
  readonly settled: Promise<void>;
  /** Ends the thread at once; what it was making is not kept. */
  end(): Promise<void>;
}

/** Starts a task beside the interactive path. The result rejects with a Refusal or a SafetyFault. */
export function startSafety<T>(
  task: SafetyTask,
  progress: (done: number, total: number, step?: string) => void = () => undefined,
): SafetyJob<T> {
  const worker = new Worker(workerPath(), { workerData: task, execArgv: [], name: 'safety' });
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const result = new Promise<T>((resolve, reject) => {
    worker.on('message', (message: FromSafety) => {
      if (message.type === 'progress') progress(message.done, message.total, message.step);
      else if (message.type === 'settled') settle();
      else if (message.type === 'done') resolve(message.value as T);
      else if (message.refusal) {
        const { code, key, details } = message.refusal;
        reject(new Refusal(code as RefusalCode, key, details));
      } else reject(new SafetyFault(message.message));
    });
    worker.on('error', (error) => reject(new SafetyFault(error.message)));
    worker.on('exit', () => reject(new SafetyFault('ended')));
  });
  result.then(settle, settle);
  return {
    result,
    settled,
    async end() {
      await worker.terminate();
    },
  };
}
