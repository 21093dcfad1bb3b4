import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { type MadeBackup, type NewBackup, putOnShelf } from './backup-shelf.ts';
import { compareLibraries } from './compare-libraries.ts';
import { drill } from './drill.ts';
import { spread, storeOf } from './evidence-store.ts';
import { libraryFault } from './open.ts';
import { convertCopy, convertingPath } from './protect.ts';
import { convertBackups } from './protect-backups.ts';
import { convertContents } from './protect-evidence.ts';
import { type RestoreNote, type RestoreSource, readyCopy, restoreInto } from './restore.ts';
import { selfCheck } from './self-check.ts';

/** What the thread can be asked; one task a thread. `now` in milliseconds since 1970. */
export type SafetyTask =
  | ({
      readonly do: 'back-up';
      readonly library: string;
      readonly shelf: string;
      readonly now: number;
    } & Pick<NewBackup, 'why' | 'second' | 'spare'>)
  | { readonly do: 'drill'; readonly source: RestoreSource; readonly shelf: string; readonly now: number }
  | { readonly do: 'compare'; readonly here: string; readonly there: string }
  | {
      readonly do: 'restore';
      readonly library: string;
      readonly source: RestoreSource;
      readonly now: number;
      readonly note: RestoreNote;
    }
  | { readonly do: 'self-check'; readonly library: string }
  /** A proved copy of a backup beside the library, in the library's encryption: it is to take its place. */
  | {
      readonly do: 'ready';
      readonly source: RestoreSource;
      readonly target: string;
      readonly key: string | null;
      readonly now: number;
      readonly note: RestoreNote;
    }
  /** Brings attached files to an encryption: those of the library first, which backups on its disk share. */
  | {
      readonly do: 'convert-evidence';
      readonly library: string;
      readonly shelves: readonly string[];
      readonly key: string | null;
      readonly cancel: SharedArrayBuffer;
    }
  | {
      readonly do: 'convert';
      readonly library: string;
      readonly key: string | null;
      readonly cancel: SharedArrayBuffer;
    }
  | {
      readonly do: 'convert-backups';
      readonly shelves: readonly string[];
      readonly key: string | null;
      readonly cancel: SharedArrayBuffer;
    };

export type FromSafety =
  | { readonly type: 'settled' }
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly step?: string }
  | { readonly type: 'done'; readonly value: unknown }
  | {
      readonly type: 'failed';
      readonly refusal: { code: string; key: string; details: Record<string, unknown> } | null;
      readonly message: string;
    };

/** Fields of a task that name a file or folder it writes to. */
const PLACES = ['library', 'shelf', 'second', 'target'];

const port = parentPort;
if (!port) throw new Error('safety-worker runs as a worker thread');
const tell = (message: FromSafety) => port.postMessage(message);

/** A backup, and the evidence it refers to beside it: contents that are there already are not copied again. */
async function withEvidence(
  { library, shelf, second }: Extract<SafetyTask, { do: 'back-up' }>,
  options: NewBackup,
): Promise<MadeBackup> {
  const store = storeOf(library);
  spread(store, join(shelf, 'attachments'), { link: true });
  const made = await putOnShelf(library, shelf, options);
  if (second === null || made.secondFault !== null) return made;
  try {
    spread(store, join(second, 'attachments'), { link: false });
    return made;
  } catch (error) {
    return { ...made, secondFault: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
}

/** Tells how far a step is; false where the task is to end. */
function reporter(cancel: SharedArrayBuffer) {
  const flag = new Int32Array(cancel);
  let told = 0;
  return (step: string, done: number, total: number): boolean => {
    const now = performance.now();
    if (now - told > 100 || done === 0 || done === total) {
      tell({ type: 'progress', step, done, total });
      told = now;
    }
    return Atomics.load(flag, 0) === 0;
  };
}

async function work(task: SafetyTask): Promise<unknown> {
  const progress = (done: number, total: number) => tell({ type: 'progress', done, total });
  switch (task.do) {
    case 'back-up':
      return withEvidence(task, {
        why: task.why,
        second: task.second,
        spare: task.spare ?? null,
        now: new Date(task.now),
        settled: () => tell({ type: 'settled' }),
        progress,
      });
    case 'drill':
      return drill(task.source, task.shelf, new Date(task.now));
    case 'compare':
      return compareLibraries(task.here, task.there);
    case 'restore':
      return restoreInto(task.library, task.source, new Date(task.now), task.note);
    case 'ready':
      return readyCopy(task.source, task.target, new Date(task.now), task.key, task.note);
    case 'convert':
      return convertCopy(task.library, convertingPath(task.library), task.key, reporter(task.cancel));
    case 'convert-evidence': {
      const report = reporter(task.cancel);
      const store = storeOf(task.library);
      const sum = convertContents(store, task.key, (d, t) => report('evidence', d, t));
      for (const shelf of task.shelves) {
        const place = join(shelf, 'attachments');
        const more = convertContents(place, task.key, (d, t) => report('evidence', d, t), store);
        sum.done += more.done;
        sum.failed += more.failed;
      }
      return sum;
    }
    case 'convert-backups': {
      const report = reporter(task.cancel);
      const sum = { done: 0, failed: 0 };
      for (const shelf of task.shelves) {
        const { done, failed } = await convertBackups(shelf, task.key, (d, t) => report('backups', d, t));
        sum.done += done;
        sum.failed += failed;
      }
      return sum;
    }
    case 'self-check':
      return selfCheck(task.library);
  }
}

try {
  tell({ type: 'done', value: await work(workerData as SafetyTask) });
} catch (error) {
  const places = Object.entries(workerData as SafetyTask).filter(([name]) => PLACES.includes(name));
  const known = libraryFault(error, ...places.map(([, place]) => String(place)));
  tell({
    type: 'failed',
    refusal: known && { code: known.code, key: known.key, details: known.details },
    message: error instanceof Error ? error.message : String(error),
  });
}
