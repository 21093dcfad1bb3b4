import { v7 as uuid } from 'uuid';
import type { Mapping } from '../exchange/import-mapping.ts';
import type { RowsPage } from '../exchange/import-rows.ts';
import type { ImportSource } from '../exchange/import-session.ts';
import type { AppliedResult, OpenedImport, Preview } from '../exchange/import-shapes.ts';
import { listBatches } from '../exchange/import-undo.ts';
import { LIMITS } from '../exchange/sheet-kind.ts';
import type { Db } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import type { Context, Handlers } from './context.ts';
import type { LibraryThread } from './library-thread.ts';
import { longWork } from './long-work.ts';
import { withBackup } from './safety.ts';
import { followThread, judgeLater, newThread } from './thread-work.ts';
import { inTurn, whileWriting } from './writing.ts';

/** At most this many tables are open at once; the one opened first makes room. */
const OPEN_AT_ONCE = 2;
const threads = new WeakMap<Db, Map<string, LibraryThread>>();

function threadsOf({ db }: Context): Map<string, LibraryThread> {
  let mine = threads.get(db);
  if (!mine) {
    mine = new Map();
    threads.set(db, mine);
  }
  return mine;
}

function thread(context: Context, id: string): LibraryThread {
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
    await inTurn(context.db, () =>
      context.write('import.mapping', (tx) =>
        tx.put('setting', { key: `import.mapping.${set.signature}` }, { value: set.mapping }, null),
      ),
    );
    return { id, ...set.opened };
  },

  'import.preview'(context, { id, choices }) {
    return thread(context, id).run<Preview>({ do: 'preview', choices }, { time: 2 * LIMITS.time });
  },

  'import.rows'(context, { id, ...question }) {
    return thread(context, id).run<RowsPage>({ do: 'rows', question }, { time: 2 * LIMITS.time });
  },

  async 'import.apply'(context, { id, choices }) {
    const worker = thread(context, id);
    const { touched, signature, ...result } = await longWork(context, 'import', async (under) => {
      await withBackup(context, 'import');
      under.stopWith(() => worker.cancel());
      return whileWriting(context.db, () =>
        worker.run<AppliedResult & { touched: string[]; signature: string }>(
          { do: 'apply', choices, actor: context.actor(), now: context.now().getTime() },
          under,
        ),
      );
    });
    followThread(context.db);
    const { policy, fields } = choices;
    // The import is stored: that its choices could not be remembered must not look like its failure.
    await inTurn(context.db, () =>
      context.write('import.mapping', (tx) =>
        tx.put('setting', { key: `import.policies.${signature}` }, { value: { policy, fields } }, null),
      ),
    ).catch(() => undefined);
    context.emit('changed', { topic: 'library' });
    judgeLater(context, worker, touched, () => undefined);
    return result;
  },

  async 'import.close'(context, { id }) {
    const mine = threadsOf(context);
    const worker = mine.get(id);
    mine.delete(id);
    if (worker?.busy)
      worker
        .run({ do: 'judge', ids: [] })
        .catch(() => undefined)
        .finally(() => worker.close());
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
            { do: 'undo', batchId, actor: context.actor(), now: context.now().getTime() },
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
