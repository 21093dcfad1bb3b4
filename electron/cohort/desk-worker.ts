import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../library/refusal.ts';
import { CohortDesk, type DeskSetup, type Work } from './desk.ts';
import { type DeskTaskName, deskWork } from './desk-work.ts';

export interface DeskWorkerSetup extends DeskSetup {
  /** One whole number: every question up to it is cancelled. */
  readonly cancelled: SharedArrayBuffer;
}
/** A question to the thread. */
export interface ToDesk {
  readonly n: number;
  readonly name: DeskTaskName;
  readonly input: unknown;
  readonly today: string;
}
export type FromDesk =
  | { readonly n: number; readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly n: number; readonly type: 'done'; readonly value: unknown }
  | {
      readonly n: number;
      readonly type: 'refused';
      readonly code: Refusal['code'];
      readonly key: string;
      readonly details: Record<string, unknown>;
    }
  | { readonly n: number; readonly type: 'failed'; readonly message: string };

const port = parentPort;
if (!port) throw new Error('desk-worker runs as a worker thread');
const setup = workerData as DeskWorkerSetup;
const stop = new Int32Array(setup.cancelled);
let desk: CohortDesk | undefined;

port.on('message', async ({ n, name, input, today }: ToDesk) => {
  const answer = (message: FromDesk) => port.postMessage(message);
  const work: Work = {
    today,
    cancelled: () => Atomics.load(stop, 0) >= n,
    progress: (done, total) => answer({ n, type: 'progress', done, total }),
  };
  try {
    desk ??= new CohortDesk(setup);
    const task = deskWork[name] as (desk: CohortDesk, input: unknown, work: Work) => Promise<unknown>;
    answer({ n, type: 'done', value: await task(desk, input, work) });
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, key, details } = error;
      answer({ n, type: 'refused', code, key, details });
    } else
      answer({
        n,
        type: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
});
