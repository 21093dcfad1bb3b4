import { checkPast } from '../library/dates.ts';
import { clearFact, listFacts, setFacts } from '../library/facts.ts';
import { listFigures, removeYear, setFigures } from '../library/figures.ts';
import { listIpRights, removeIpRight, saveIpRight } from '../library/ip-rights.ts';
import { listTitles, removeTitle, saveTitle } from '../library/titles.ts';
import type { Context, Handlers } from './context.ts';
import { announce } from './library-calls.ts';

/**
 * Refuses a day of issue or grant that lies ahead, as a person types it. A line that holds one already can be edited
 * otherwise, and an old step can bring one back.
 */
function checkTyped<F extends string, R extends { id?: string | undefined } & Record<F, string | null>>(
  context: Context,
  line: R,
  field: F,
  lines: readonly Record<F | 'id', string | null>[],
): void {
  const before = lines.find(({ id }) => id === line.id);
  if (line[field] !== (before?.[field] ?? null)) checkPast(line[field], context.today(), field);
}

/** What belongs to an enterprise: yearly figures, answers, titles, rights. Each call answers with the whole list. */
export const recordCalls = {
  'figures.set'(context, { enterpriseId, years }) {
    context.write('figures.set', (tx) => setFigures(tx, enterpriseId, years));
    announce(context, enterpriseId);
    return listFigures(context.db, enterpriseId);
  },

  'figures.removeYear'(context, { enterpriseId, year }) {
    context.write('figures.removeYear', (tx) => removeYear(tx, enterpriseId, year));
    announce(context, enterpriseId);
    return listFigures(context.db, enterpriseId);
  },

  'facts.set'(context, { enterpriseId, facts }) {
    context.write('facts.set', (tx) => setFacts(tx, enterpriseId, facts, context.rules.facts));
    announce(context, enterpriseId);
    return listFacts(context.db, enterpriseId);
  },

  'facts.clear'(context, { enterpriseId, factId, year }) {
    context.write('facts.clear', (tx) => clearFact(tx, enterpriseId, factId, year));
    announce(context, enterpriseId);
    return listFacts(context.db, enterpriseId);
  },

  'titles.save'(context, { enterpriseId, title }) {
    checkTyped(context, title, 'issuedOn', listTitles(context.db, enterpriseId));
    context.write('titles.save', (tx) => saveTitle(tx, enterpriseId, title));
    announce(context, enterpriseId);
    return listTitles(context.db, enterpriseId);
  },

  'titles.remove'(context, { enterpriseId, id }) {
    context.write('titles.remove', (tx) => removeTitle(tx, enterpriseId, id));
    announce(context, enterpriseId);
    return listTitles(context.db, enterpriseId);
  },

  'ip.save'(context, { enterpriseId, right }) {
    checkTyped(context, right, 'grantedOn', listIpRights(context.db, enterpriseId));
    context.write('ip.save', (tx) => saveIpRight(tx, enterpriseId, right));
    announce(context, enterpriseId);
    return listIpRights(context.db, enterpriseId);
  },

  'ip.remove'(context, { enterpriseId, id }) {
    context.write('ip.remove', (tx) => removeIpRight(tx, enterpriseId, id));
    announce(context, enterpriseId);
    return listIpRights(context.db, enterpriseId);
  },
} satisfies Partial<Handlers>;
