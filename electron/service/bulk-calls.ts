import { applyBulk, idsOf, type Operation, previewBulk, sectionsOf } from '../library/bulk.ts';
import { readSearchIndex } from '../library/search-index.ts';
import { purgeEnterprise, trashedIds } from '../library/trash.ts';
import type { Context, Handlers } from './context.ts';
import { type LongWork, longWork } from './long-work.ts';
import { withBackup } from './safety.ts';
import { writeInThread } from './thread-work.ts';
import { inTurn } from './writing.ts';

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
    const changed = await inTurn(context.db, () =>
      context.write(ACTION[operation.do], (tx) =>
        operation.do === 'purge'
          ? ids.filter((id) => purgeEnterprise(tx, id)).length
          : applyBulk(tx, ids, operation, sectionsOf(context.resources.industries)),
      ),
    );
    told(context);
    return changed;
  }
  const [action, actor, now] = [ACTION[operation.do], context.actor(), context.now().getTime()];
  try {
    const { changed } = await writeInThread<{ changed: number }>(context, under, {
      do: 'bulk',
      ids,
      operation,
      action,
      actor,
      now,
    });
    return changed;
  } finally {
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
