import { applyBulk, idsOf, type Operation, previewBulk, sectionsOf } from '../library/bulk.ts';
import { readSearchIndex } from '../library/search-index.ts';
import { purgeEnterprise, trashedIds } from '../library/trash.ts';
import type { Context, Handlers } from './context.ts';
import { actorOf, followThread, newThread } from './import-calls.ts';
import { type LongWork, longWork } from './long-work.ts';
import { withBackup } from './safety.ts';
import { whileWriting } from './writing.ts';

/** Up to this many enterprises are changed at once; more in a thread, so that the window is not kept waiting. */
const AT_ONCE = 300;

function told(context: Context): void {
  context.emit('changed', { topic: 'enterprise' });
  context.emit('changed', { topic: 'library' });
}

const ACTION = {
  edit: 'enterprise.bulk',
  archive: 'enterprise.bulk',
  trash: 'enterprise.trash',
  restore: 'enterprise.trash',
  purge: 'enterprise.purge',
} as const;

async function change(
  context: Context,
  ids: readonly string[],
  operation: Operation | { readonly do: 'purge' },
  under: LongWork,
): Promise<number> {
  if (ids.length === 0) return 0;
  if (ids.length <= AT_ONCE) {
    const changed = context.write(ACTION[operation.do], (tx) =>
      operation.do === 'purge'
        ? ids.filter((id) => purgeEnterprise(tx, id)).length
        : applyBulk(tx, ids, operation, sectionsOf(context.resources.industries)),
    );
    told(context);
    return changed;
  }
  return whileWriting(context.db, () => inThread(context, ids, operation, under));
}

async function inThread(
  context: Context,
  ids: readonly string[],
  operation: Operation | { readonly do: 'purge' },
  under: LongWork,
): Promise<number> {
  // Two that write would wait for each other.
  context.pauseRefresh();
  const thread = newThread(context);
  try {
    under.stopWith(() => thread.cancel());
    const { changed } = await thread.run<{ changed: number }>(
      {
        do: 'bulk',
        ids,
        operation,
        action: ACTION[operation.do],
        actor: actorOf(context),
        now: context.now().getTime(),
      },
      under,
    );
    return changed;
  } finally {
    void thread.close();
    followThread(context.db);
    // Lines that wait are judged in the background.
    context.resumeRefresh();
    told(context);
  }
}

/** What is done to many enterprises at once. */
export const bulkCalls = {
  async 'library.ids.get'({ db, today }, { selection, offset = 0, limit = 200_000 }) {
    await readSearchIndex(db);
    return { ids: idsOf(db, selection, today()).slice(offset, offset + limit) };
  },

  async 'bulk.preview'({ db, today }, { selection, changes }) {
    await readSearchIndex(db);
    return previewBulk(db, idsOf(db, selection, today()), changes);
  },

  async 'bulk.apply'(context, { selection, operation }) {
    await readSearchIndex(context.db);
    const ids = idsOf(context.db, selection, context.today());
    return longWork(context, 'bulk', async (under) => {
      if (ids.length > AT_ONCE) await withBackup(context, 'bulk');
      under.check();
      return { selected: ids.length, changed: await change(context, ids, operation, under) };
    });
  },

  async 'trash.empty'(context, { selection }) {
    const { db } = context;
    await readSearchIndex(db);
    const trashed = trashedIds(db);
    const wanted = selection && new Set(idsOf(db, selection, context.today()));
    const ids = wanted ? trashed.filter((id) => wanted.has(id)) : trashed;
    if (ids.length === 0) return { deleted: 0 };
    return longWork(context, 'bulk', async (under) => {
      await withBackup(context, 'bulk');
      under.check();
      return { deleted: await change(context, ids, { do: 'purge' }, under) };
    });
  },
} satisfies Partial<Handlers>;
