import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LIMITS } from '../exchange/sheet-kind.ts';
import { Refusal, type RefusalCode } from '../library/refusal.ts';
import type { FromWorker, WorkerSetup, WorkerTask } from './library-worker.ts';

/** The worker's file: beside this one when run from source, beside the bundle or above its chunks when built. */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const places = ['library-worker.ts', 'library-worker.js', join('..', 'library-worker.js')].map((name) =>
    join(here, name),
  );
  return places.find((place) => existsSync(place)) ?? places[1]!;
}

/** Why a thread could not open the library: a Refusal that has lost its class on the way here. */
function refusalOf(error: unknown): Refusal | null {
  const { code, key, details } = error as Partial<Refusal>;
  return code && key && details ? new Refusal(code, key, details) : null;
}

/** A thread that works on the library beside the service, and may hold one opened table. Tasks run one after the other; time and memory are bounded. */
export class LibraryThread {
  readonly #worker: Worker;
  readonly #cancel = new SharedArrayBuffer(4);
  #queue: Promise<unknown> = Promise.resolve();
  #gone: Refusal | null = null;
  #busy = false;

  constructor(setup: Omit<WorkerSetup, 'cancel'>) {
    this.#worker = new Worker(workerFile(), {
      workerData: { ...setup, cancel: this.#cancel } satisfies WorkerSetup,
      resourceLimits: { maxOldGenerationSizeMb: LIMITS.memory, stackSizeMb: 16 },
    });
    this.#worker.unref();
    this.#worker.on('error', (error) => {
      const memory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (!memory && !refusalOf(error)) console.error('The library thread failed:', error);
      this.#gone ??= refusalOf(error) ?? new Refusal('file', memory ? 'importMemory' : 'importFailed');
    });
    this.#worker.on('exit', () => {
      this.#gone ??= new Refusal('file', 'importClosed');
    });
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Asks for a task. Throws a Refusal: the task's own, or why the thread ended. `time` in milliseconds. */
  run<T>(
    task: WorkerTask,
    options: { time?: number; progress?: (done: number, total: number) => void } = {},
  ): Promise<T> {
    const next = this.#queue.then(() => this.#run<T>(task, options));
    this.#queue = next.catch(() => undefined);
    return next;
  }

  async #run<T>(
    task: WorkerTask,
    { time, progress }: { time?: number; progress?: (done: number, total: number) => void },
  ): Promise<T> {
    if (this.#gone) throw this.#gone;
    this.#busy = true;
    let timer: NodeJS.Timeout | undefined;
    const worker = this.#worker;
    worker.ref();
    const listeners: [event: string, listener: (value: never) => void][] = [];
    try {
      return await new Promise<T>((resolve, reject) => {
        const on = (event: 'message' | 'exit', listener: (value: never) => void) => {
          worker.on(event, listener as never);
          listeners.push([event, listener]);
        };
        on('message', (message: FromWorker) => {
          if (message.type === 'progress') progress?.(message.done, message.total);
          else if (message.type === 'done') resolve(message.value as T);
          else if (message.refusal) {
            const { code, key, details } = message.refusal;
            reject(new Refusal(code as RefusalCode, key, details));
          } else {
            console.error('An import task failed:', message.message);
            reject(new Refusal('file', 'importFailed'));
          }
        });
        // 'error' comes before 'exit' and has set the reason.
        on('exit', () => reject(this.#gone ?? new Refusal('file', 'importClosed')));
        if (time !== undefined)
          timer = setTimeout(() => {
            this.#gone = new Refusal('file', 'importTime', { seconds: Math.round(time / 1000) });
            void worker.terminate();
          }, time);
        // A cancel meant for the task before is not meant for this one.
        Atomics.store(new Int32Array(this.#cancel), 0, 0);
        worker.postMessage(task);
      });
    } finally {
      clearTimeout(timer);
      for (const [event, listener] of listeners) worker.off(event, listener as never);
      worker.unref();
      this.#busy = false;
    }
  }

  /** Asks the task under way to end before it commits. */
  cancel(): void {
    Atomics.store(new Int32Array(this.#cancel), 0, 1);
  }

  async close(): Promise<void> {
    this.#gone ??= new Refusal('file', 'importClosed');
    await this.#worker.terminate();
  }
}
