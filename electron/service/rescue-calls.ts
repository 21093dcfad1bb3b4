import { existsSync } from 'node:fs';
import type { z } from 'zod';
import type { CallInput, CallOutput } from '../api.ts';
import type { accessShape, RescueCallName } from '../library/access-call-shapes.ts';
import { libraryFault } from '../library/open.ts';
import type { OpenHow } from '../library/open-for-work.ts';
import { Refusal } from '../library/refusal.ts';
import { acceptChanged, lookForRescue, rescueFrom, setAside } from '../library/rescue.ts';
import type { SavedChange } from '../library/salvage.ts';
import type { Context } from './context.ts';
import { guestOf } from './guest.ts';

/** What these calls work with: the library that is or is not open. */
export interface Opening {
  readonly libraryPath: string;
  readonly now: () => Date;
  readonly actor: string;
  /** The open library, or why it is not. */
  current(): Promise<Context | unknown>;
  /** Closes what is open and opens anew; rejects where it cannot. */
  reopen(options?: OpenHow): Promise<Context>;
  /** Closes what is open. */
  shut(): Promise<void>;
}

/** Whether the library is open. */
export function isContext(found: unknown): found is Context {
  return typeof found === 'object' && found !== null && 'db' in found;
}

/** How a library is open, for the window. */
export function accessOf({ access }: Context): z.output<typeof accessShape> {
  const { readOnly, cloud, folder } = access;
  const holder = readOnly?.holder;
  return {
    readOnly: readOnly && {
      reason: readOnly.reason,
      holder: holder ? { host: holder.host, user: holder.user, pid: holder.pid, since: holder.since } : null,
      silent: readOnly.silent,
      day: readOnly.day ?? null,
    },
    cloud: cloud && { id: cloud.id, name: cloud.name },
    folder,
  };
}

const LISTED = 8;

/** Enterprises that newer changes are about, with the name they bear in them where it was changed. */
function touched(changes: readonly SavedChange[]): { name: string; changes: number }[] {
  const found = new Map<string, { name: string; changes: number }>();
  for (const { enterpriseId, fields } of changes) {
    if (enterpriseId === null) continue;
    const one = found.get(enterpriseId) ?? { name: '', changes: 0 };
    const name = fields.name?.new;
    if (typeof name === 'string' && one.name === '') one.name = name;
    one.changes += 1;
    found.set(enterpriseId, one);
  }
  return [...found.values()].sort((a, b) => b.changes - a.changes);
}

/** A library that is only looked at here is not ours to repair. */
async function requireBroken(opening: Opening): Promise<void> {
  const found = await opening.current();
  if (isContext(found) && found.access.readOnly) throw readOnlyRefusal(found);
}

/** Why nothing can be changed in a library that is open for looking. */
export function readOnlyRefusal({ access }: Context): Refusal {
  const { reason, holder } = access.readOnly ?? { reason: 'lost', holder: null };
  return new Refusal(
    'forbidden',
    { media: 'readOnlyMedia', held: 'readOnlyHeld', lost: 'readOnlyLost', past: 'readOnlyPast' }[reason],
    {
      holder: holder ? `${holder.user}@${holder.host}` : '',
    },
  );
}

type RescueHandlers = {
  [N in RescueCallName]: (opening: Opening, input: Required<CallInput<N>>) => Promise<CallOutput<N>>;
};

/** The ways out of a library that cannot be opened; and opening it anew. */
export const rescueHandlers: RescueHandlers = {
  async 'access.reopen'(opening, { force }) {
    return accessOf(await opening.reopen({ force: force === true }));
  },

  async 'access.past'(opening, { day }) {
    const found = await opening.current();
    // The way to another day would lead past what guests may see.
    if (isContext(found) && guestOf(found.db) !== null) throw new Refusal('forbidden', 'guestsWatch');
    try {
      return accessOf(await opening.reopen({ past: day }));
    } catch (error) {
      // Whatever is wrong with that day, today's library is there again.
      await opening.reopen();
      throw error;
    }
  },

  async 'rescue.status'(opening) {
    const found = await opening.current();
    const file = opening.libraryPath;
    const fault = isContext(found) ? null : libraryFault(found);
    const { backups, best, newer, aside } = await lookForRescue(file);
    const enterprises = touched(newer?.changes ?? []);
    return {
      error: fault && { code: fault.code, key: fault.key, details: fault.details },
      file,
      backups: backups.map(({ backup, good }) => ({
        name: backup.name,
        why: backup.why,
        at: backup.manifest?.at ?? null,
        enterprises: backup.manifest?.counts.enterprise ?? null,
        good,
      })),
      best: best?.name ?? null,
      newer: newer && {
        changes: newer.changes.length,
        partly: newer.partly,
        first: newer.changes[0]?.at ?? null,
        last: newer.changes.at(-1)?.at ?? null,
        enterprises: enterprises.slice(0, LISTED),
        more: Math.max(0, enterprises.length - LISTED),
      },
      aside: [...aside],
    };
  },

  async 'rescue.restore'(opening, { name, takeNewer }) {
    await requireBroken(opening);
    await opening.shut();
    const { now, actor, libraryPath } = opening;
    try {
      return await rescueFrom(libraryPath, name, { takeNewer, actor, now: now() });
    } finally {
      await opening.reopen().catch(() => undefined);
    }
  },

  async 'rescue.begin'(opening) {
    await requireBroken(opening);
    await opening.shut();
    const aside = existsSync(opening.libraryPath) ? setAside(opening.libraryPath) : null;
    await opening.reopen({ begin: true });
    return { aside };
  },

  async 'rescue.accept'(opening) {
    await requireBroken(opening);
    acceptChanged(opening.libraryPath);
    await opening.reopen();
    return {};
  },
};
