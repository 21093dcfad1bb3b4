import { continueClock } from '../library/hlc.ts';
import type { Db } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { dropSearchIndex } from '../library/search-index.ts';
import type { Context } from './context.ts';
import { LibraryThread } from './library-thread.ts';
import type { WorkerTask } from './library-worker.ts';
import type { LongWork } from './long-work.ts';
import { readOnlyRefusal } from './rescue-calls.ts';
import { whileWriting } from './writing.ts';

/** A thread on the library of a service; whoever starts it closes it. */
export function newThread({ libraryPath, resources, today }: Context): LibraryThread {
  return new LibraryThread({ libraryPath, resourcesDir: resources.folder, today: today() });
}

/** Does one thing in a thread of its own that ends with it. Throws a Refusal, `workCancelled` where it was ended. */
export async function inThread<T>(
  context: Context,
  under: LongWork,
  work: (thread: LibraryThread) => Promise<T>,
): Promise<T> {
  const fresh = newThread(context);
  try {
    under.stopWith(() => fresh.cancel());
    return await work(fresh);
  } finally {
    void fresh.close();
  }
}

/** What the thread wrote is not in this connection's memory: the clock goes on after its times, the search reads afresh. */
export function followThread(db: Db): void {
  dropSearchIndex(db);
  continueClock(db);
}

/** Judging goes on after the answer; a failure only leaves the lines to be judged at the next start. */
export function judgeLater(
  context: Context,
  worker: LibraryThread,
  ids: readonly string[],
  done: () => void,
): void {
  worker
    .run(
      { do: 'judge', ids },
      { progress: (d, total) => context.emit('progress', { job: 'judge', done: d, total }) },
    )
    .catch((error: unknown) => {
      // Closing the program ends the judging; that is no fault.
      if (!(error instanceof Refusal && error.key === 'importClosed'))
        console.error('Enterprises of an import wait to be judged:', error);
    })
    .finally(() => {
      dropSearchIndex(context.db);
      context.emit('changed', { topic: 'library' });
      done();
    });
}

/**
 * Changes many records in a thread of its own, all of it or nothing; judging in the background stops meanwhile and goes on
 * with what was changed. Throws a Refusal where the library is open for looking only, and `workCancelled` where it was ended.
 */
export async function writeInThread<T>(context: Context, under: LongWork, task: WorkerTask): Promise<T> {
  if (context.access.readOnly) throw readOnlyRefusal(context);
  return whileWriting(context.db, async () => {
    // Two that write would wait for each other.
    context.pauseRefresh();
    try {
      return await inThread(context, under, (thread) => thread.run<T>(task, under));
    } finally {
      followThread(context.db);
      context.resumeRefresh();
    }
  });
}
