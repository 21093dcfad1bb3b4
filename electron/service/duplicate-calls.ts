import { apartKey, findDuplicates } from '../exchange/find-duplicates.ts';
import { compareEnterprises, mergeEnterprises } from '../exchange/merge-enterprises.ts';
import type { Handlers } from './context.ts';
import { announce } from './library-calls.ts';

/** Enterprises that are in the library twice: found, compared, put together. */
export const duplicateHandlers = {
  'duplicates.list'({ db }) {
    return findDuplicates(db);
  },

  'duplicates.apart'(context, { ids }) {
    context.write('duplicates.apart', (tx) => {
      for (const [i, a] of ids.entries())
        for (const b of ids.slice(i + 1)) tx.put('setting', { key: apartKey(a, b) }, { value: true }, null);
    });
    return {};
  },

  'duplicates.compare'({ db }, { keep, gone }) {
    return compareEnterprises(db, keep, gone);
  },

  'duplicates.merge'(context, { keep, gone, take }) {
    context.write('enterprise.merge', (tx) => mergeEnterprises(tx, keep, gone, new Set(take)));
    announce(context, keep);
    announce(context, gone);
    return { id: keep };
  },
} satisfies Partial<Handlers>;
