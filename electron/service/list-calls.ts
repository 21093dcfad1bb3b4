import { countFacets, listEnterprises, needsIndex, summarize } from '../library/search.ts';
import { readSearchIndex } from '../library/search-index.ts';
import { checkUscc } from '../library/uscc.ts';
import { listViews, removeView, saveView } from '../library/views.ts';
import type { Handlers } from './context.ts';

/** Lists of enterprises and the views of them that are kept. */
export const listCallHandlers = {
  'uscc.check'(_context, { text }) {
    const check = checkUscc(text);
    if (check.ok) return { length: 18, problem: null };
    if (check.reason !== 'character')
      return {
        length: check.reason === 'length' ? check.details.length : 18,
        problem: { key: check.reason, details: check.details },
      };
    const { allowed, suggestion } = check.details;
    const key = suggestion ? 'characterMeant' : allowed === 'digit' ? 'digit' : 'character';
    return { length: 18, problem: { key, details: check.details } };
  },

  async 'library.list'({ db, today }, question) {
    // While the index is still being read, other calls go on.
    if (needsIndex(db, question, today())) await readSearchIndex(db);
    return listEnterprises(db, question, today());
  },

  async 'library.facets.get'({ db, today }, question) {
    await readSearchIndex(db);
    return countFacets(db, question, today());
  },

  'library.summary'({ db }) {
    return summarize(db);
  },

  'views.list'({ db }) {
    return listViews(db);
  },

  'views.save'(context, view) {
    const id = context.write('views.save', (tx) => saveView(tx, view));
    return { id, views: listViews(context.db) };
  },

  'views.remove'(context, { id }) {
    context.write('views.remove', (tx) => removeView(tx, id));
    return listViews(context.db);
  },
} satisfies Partial<Handlers>;
