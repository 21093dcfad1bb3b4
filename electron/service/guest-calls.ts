import { requireEnterprise } from '../library/enterprises.ts';
import type { Context, Handlers } from './context.ts';
import { GUEST_KEY, guestOf } from './guest.ts';

function keep(context: Context, enterpriseId: string | null) {
  context.write('guest', (tx) => tx.put('setting', { key: GUEST_KEY }, { value: enterpriseId }, null));
  context.emit('changed', { topic: 'settings' });
  return { enterpriseId };
}

/** Begins and ends privacy mode. */
export const guestHandlers = {
  'guest.status': ({ db }) => ({ enterpriseId: guestOf(db) }),

  'guest.begin'(context, { enterpriseId }) {
    requireEnterprise(context.db, enterpriseId);
    return keep(context, enterpriseId);
  },

  'guest.end': (context) => keep(context, null),
} satisfies Partial<Handlers>;
