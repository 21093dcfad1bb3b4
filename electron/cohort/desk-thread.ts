import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../library/refusal.ts';
import type { DeskSetup } from './desk.ts';
import type { DeskInput, DeskOutput, DeskTaskName } from './desk-work.ts';
import type { DeskWorkerSetup, FromDesk, ToDesk } from './desk-worker.ts';

/** Beside this file in source; beside the bundle or above its chunks in the build. */
function workerPath(): string {
  const found = ['./desk-worker.ts', './desk-worker.js', '../desk-worker.js']
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find(existsSync);
  if (!found) throw new Error('desk-worker not found');
  return found;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  progress(done: number, total: number): void;
}

/** The desk in a thread of its own: however long it works, calls on the library are answered. */
export class DeskThread {
  readonly #setup: DeskSetup;
  readonly #cancelled = new SharedArrayBuffer(4);
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #asked = 0;
  #closed = false;

  constructor(setup: DeskSetup) {
    this.#setup = setup;
  }

  /** Asks the desk; rejects with a Refusal: its own, `batchCancelled`, or `batchFailed` where the thread broke. */
  ask<N extends DeskTaskName>(
    name: N,
    input: DeskInput<N>,
    today: string,
    progress: (done: number, total: number) => void = () => undefined,
  ): Promise<DeskOutput<N>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Refusal('library', 'batchCancelled'));
        return;
      }
      const n = ++this.#asked;
      this.#pending.set(n, { resolve: resolve as (value: unknown) => void, reject, progress });
      this.#thread().postMessage({ n, name, input, today } satisfies ToDesk);
    });
  }

  /** Ends what is under way; it then rejects with `batchCancelled`. Says how many questions were open. */
  cancel(): number {
    Atomics.store(new Int32Array(this.#cancelled), 0, this.#asked);
    return this.#pending.size;
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    this.cancel();
    await this.#worker?.terminate();
    this.#fail('batchCancelled');
  }

  #fail(key: string): void {
    for (const { reject } of this.#pending.values()) reject(new Refusal('library', key));
    this.#pending.clear();
  }

  #thread(): Worker {
    if (this.#worker) return this.#worker;
    const { libraryPath, rules, folder } = this.#setup;
    const setup: DeskWorkerSetup = { libraryPath, rules, folder, cancelled: this.#cancelled };
    const worker = new Worker(workerPath(), { workerData: setup, execArgv: [], name: 'cohort' });
    worker.unref();
    worker.on('message', (message: FromDesk) => this.#take(message));
    worker.on('error', (error) => console.error('The cohort thread failed:', error));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#fail(this.#closed ? 'batchCancelled' : 'batchFailed');
    });
    this.#worker = worker;
    return worker;
  }

  #take(message: FromDesk): void {
    const pending = this.#pending.get(message.n);
    if (!pending) return;
    if (message.type === 'progress') {
      pending.progress(message.done, message.total);
      return;
    }
    this.#pending.delete(message.n);
    if (message.type === 'done') pending.resolve(message.value);
    else if (message.type === 'refused')
      pending.reject(new Refusal(message.code, message.key, message.details));
    else {
      console.error('The cohort thread could not answer:', message.message);
      pending.reject(new Refusal('library', 'batchFailed'));
    }
  }
}
