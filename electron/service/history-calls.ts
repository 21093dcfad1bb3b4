import { fileAsOf } from '../library/as-of.ts';
import { localDay } from '../library/dates.ts';
import { dropDraft, keepDraft, listDrafts } from '../library/drafts.ts';
import { requireEnterprise } from '../library/enterprises.ts';
import { listFieldHistory, restoreValue } from '../library/field-history.ts';
import { prepared } from '../library/open.ts';
import type { Handlers } from './context.ts';
import { guestOf } from './guest.ts';
import { announce } from './library-calls.ts';

/** The history of one field, past days, and drafts. */
export const historyCalls = {
  'history.field.list'({ db }, { limit, ...of }) {
    requireEnterprise(db, of.enterpriseId);
    return listFieldHistory(db, of, limit ?? 50);
  },

  'history.restore'(context, { changeId, field, side }) {
    const id = context.write('history.restore', (tx) => restoreValue(tx, changeId, field, side));
    announce(context, id);
    return {};
  },

  'history.asOf.get'({ db }, { enterpriseId, day }) {
    const end = new Date(`${day}T23:59:59.999`);
    const first = prepared(db, 'SELECT min(at) AS at FROM change WHERE enterprise_id = ?').get(enterpriseId);
    return {
      file: fileAsOf(db, enterpriseId, end.toISOString()),
      firstDay: first?.at ? localDay(new Date(String(first.at))) : null,
    };
  },

  'draft.list'({ db }) {
    const guest = guestOf(db);
    // What was typed for other enterprises stays out of sight while guests watch.
    return listDrafts(db).filter(({ key }) => guest === null || key === 'place' || key.includes(guest));
  },

  'draft.keep'({ db, now }, { key, value }) {
    keepDraft(db, key, value, now());
    return {};
  },

  'draft.drop'({ db }, { key }) {
    dropDraft(db, key);
    return {};
  },
} satisfies Partial<Handlers>;
