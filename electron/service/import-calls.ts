import { v7 as uuid } from 'uuid';
import type { Mapping } from '../exchange/import-mapping.ts';
import type { ImportSource } from '../exchange/import-session.ts';
import type { AppliedResult, OpenedImport, Preview } from '../exchange/import-shapes.ts';
import { listBatches } from '../exchange/import-undo.ts';
import { LIMITS } from '../exchange/sheet-kind.ts';
import { continueClock } from '../library/hlc.ts';
import type { Db } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { dropSearchIndex } from '../library/search-index.ts';
import type { Context, Handlers } from './context.ts';
import { ImportThread } from './import-thread.ts';
import { cancelWork, type LongWork, longWork } from './long-work.ts';
import { withBackup } from './safety.ts';
import { whileWriting } from './writing.ts';

/** At most this many tables are open at once; the one opened first makes room. */
const OPEN_AT_ONCE = 2;
const threads = new WeakMap<Db, Map<string, ImportThread>>();

function threadsOf({ db }: Context): Map<string, ImportThread> {
  let mine = threads.get(db);
  if (!mine) {
    mine = new Map();
    threads.set(db, mine);
  }
  return mine;
}

export function newThread({ libraryPath, resources, today }: Context): ImportThread {
  return new ImportThread({ libraryPath, resourcesDir: resources.folder, today: today() });
}

/** Does one thing in a thread of its own that ends with it. Throws a Refusal, `workCancelled` where it was ended. */
export async function inThread<T>(
  context: Context,
  under: LongWork,
  work: (thread: ImportThread) => Promise<T>,
): Promise<T> {
  const fresh = newThread(context);
  try {
    under.stopWith(() => fresh.cancel());
    return await work(fresh);
  } finally {
    void fresh.close();
  }
}

function thread(context: Context, id: string): ImportThread {
  const found = threadsOf(context).get(id);
  if (!found) throw new Refusal('not-found', 'importClosed');
  return found;
}

async function open(context: Context, source: ImportSource): Promise<OpenedImport & { id: string }> {
  const mine = threadsOf(context);
  for (const [id, old] of mine) {
    if (mine.size < OPEN_AT_ONCE || old.busy) continue;
    mine.delete(id);
    void old.close();
  }
  const fresh = newThread(context);
  try {
    const opened = await fresh.run<OpenedImport>({ do: 'open', source }, { time: LIMITS.time });
    const id = uuid();
    mine.set(id, fresh);
    return { id, ...opened };
  } catch (error) {
    void fresh.close();
    throw error;
  }
}

/** Who is at work: the write function knows. Nothing is written. */
export function actorOf(context: Context): string {
  return context.write('import', (tx) => tx.meta.actor);
}

/** What the thread wrote is not in this connection's memory: the clock goes on after its times, the search reads afresh. */
export function followThread(db: Db): void {
  dropSearchIndex(db);
  continueClock(db);
}

/** Judging goes on after the answer; a failure only leaves the lines to be judged at the next start. */
export function judgeLater(
  context: Context,
  worker: ImportThread,
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

/** Import of tables: a thread of its own for each opened table, nothing stored before 'import.apply'. */
export const importCalls = {
  'import.open'(context, { path }) {
    return open(context, { path });
  },

  'import.bytes'(context, { name, bytes }) {
    return open(context, { name, bytes });
  },

  'import.paste'(context, { text }) {
    return open(context, { text });
  },

  'import.sheet'(context, { id, sheet }) {
    return thread(context, id)
      .run<OpenedImport>({ do: 'sheet', sheet }, { time: LIMITS.time })
      .then((opened) => ({ id, ...opened }));
  },

  async 'import.setMapping'(context, { id, mapping }) {
    const set = await thread(context, id).run<{ opened: OpenedImport; signature: string; mapping: Mapping }>({
      do: 'mapping',
      mapping,
    });
    context.write('import.mapping', (tx) =>
      tx.put('setting', { key: `import.mapping.${set.signature}` }, { value: set.mapping }, null),
    );
    return { id, ...set.opened };
  },

  'import.preview'(context, { id, policies }) {
    return thread(context, id).run<Preview>({ do: 'preview', policies }, { time: 2 * LIMITS.time });
  },

  async 'import.apply'(context, { id, policies }) {
    const worker = thread(context, id);
    const { touched, ...result } = await longWork(context, 'import', async (under) => {
      await withBackup(context, 'import');
      under.stopWith(() => worker.cancel());
      return whileWriting(context.db, () =>
        worker.run<AppliedResult & { touched: string[] }>(
          { do: 'apply', policies, actor: actorOf(context), now: context.now().getTime() },
          under,
        ),
      );
    });
    followThread(context.db);
    context.emit('changed', { topic: 'library' });
    judgeLater(context, worker, touched, () => undefined);
    return result;
  },

  'import.cancel'(context, { id }) {
    thread(context, id);
    cancelWork(context, 'import');
    return {};
  },

  async 'import.close'(context, { id }) {
    const mine = threadsOf(context);
    const worker = mine.get(id);
    mine.delete(id);
    if (worker?.busy) worker.run({ do: 'judge', ids: [] }).finally(() => worker.close());
    else await worker?.close();
    return {};
  },

  'import.errorsFile'(context, { id, path, locale }) {
    return thread(context, id)
      .run<{ rows: number }>({ do: 'errors', path, locale }, { time: LIMITS.time })
      .then(({ rows }) => ({ path, rows }));
  },

  'import.list'({ db }) {
    return listBatches(db);
  },

  async 'import.undo'(context, { batchId }) {
    const worker = newThread(context);
    try {
      const { touched } = await longWork(context, 'undo', async (under) => {
        await withBackup(context, 'import');
        under.stopWith(() => worker.cancel());
        return whileWriting(context.db, () =>
          worker.run<{ touched: string[] }>(
            { do: 'undo', batchId, actor: actorOf(context), now: context.now().getTime() },
            under,
          ),
        );
      });
      followThread(context.db);
      context.emit('changed', { topic: 'library' });
      judgeLater(context, worker, touched, () => void worker.close());
      return listBatches(context.db);
    } catch (error) {
      void worker.close();
      throw error;
    }
  },
} satisfies Partial<Handlers>;

/** Ends every thread of a library that is being closed. */
export async function closeImports(db: Db): Promise<void> {
  await Promise.all([...(threads.get(db)?.values() ?? [])].map((worker) => worker.close()));
  threads.delete(db);
}
