import { setImmediate } from 'node:timers/promises';
import { canBeStored } from '../exchange/case-check.ts';
import { caseBytes, readCase, storeEvidence } from '../exchange/case-read.ts';
import { isSealed } from '../exchange/case-seal.ts';
import { listCases, takeBack, takeIn } from '../exchange/case-store.ts';
import { listConflicts, settleConflict } from '../exchange/conflicts.ts';
import { storeOf } from '../library/evidence-store.ts';
import { userVersion } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { isPdf } from '../plan/read-pdf.ts';
import type { Context, Handlers } from './context.ts';
import { longWork } from './long-work.ts';
import { type HeldCase, heldCase, holdCase, letGo, shownCase } from './open-case.ts';
import { withBackup } from './safety.ts';
import { inThread } from './thread-work.ts';
import { verifyPlan } from './verify-calls.ts';
import { inTurn } from './writing.ts';

async function unpack(
  context: Context,
  held: HeldCase,
  bytes: Buffer,
  passphrase: string | null,
): Promise<void> {
  const read = await readCase(bytes, { passphrase, libraryFormat: userVersion(context.db) });
  for (const firm of read.firms) {
    if (!canBeStored(firm)) throw new Refusal('file', 'caseDamaged');
    await setImmediate();
  }
  held.read = read;
}

async function openBytes(context: Context, path: string, bytes: Buffer) {
  if (isPdf(bytes)) return { verified: await verifyPlan(context, { path, bytes }) };
  const sealed = isSealed(bytes);
  const held: HeldCase = { kind: 'package', path, bytes: sealed ? bytes : null, sealed, read: null };
  if (!sealed) await unpack(context, held, bytes, null);
  return shownCase(context, holdCase(context, held), held);
}

function announce(context: Context): void {
  context.emit('changed', { topic: 'library' });
}

/** Packages between laptops: written, looked at, taken in, taken back; and what waits for a decision. */
export const caseHandlers = {
  'case.write'(context, { ids, path, passphrase }) {
    const { consultant, organisation } = context.settings();
    const sender = [consultant, organisation].filter((part) => part.trim() !== '').join(' · ');
    const now = context.now().getTime();
    return longWork(context, 'pack', async (under) => {
      const written = await inThread(context, under, (thread) =>
        thread.run<{ firms: number; bytes: number }>(
          { do: 'pack', ids, path, passphrase, sender, now },
          under,
        ),
      );
      return { path, ...written };
    });
  },

  'case.open': (context, { path }) => openBytes(context, path, caseBytes(path)),

  'case.bytes': (context, { name, bytes }) => openBytes(context, name, Buffer.from(bytes)),

  async 'case.unlock'(context, { id, passphrase }) {
    const held = heldCase(context, id);
    if (held.bytes) await unpack(context, held, held.bytes, passphrase);
    return shownCase(context, id, held);
  },

  async 'case.apply'(context, { id, firms }) {
    const { read, path } = heldCase(context, id);
    if (!read) throw new Refusal('file', 'passphraseNeeded');
    await withBackup(context, 'merge');
    storeEvidence(storeOf(context.db.name), read, new Set(firms));
    const taken = await inTurn(context.db, () =>
      context.write('case.merge', (tx) => takeIn(tx, read, path, new Set(firms))),
    );
    letGo(context, id);
    announce(context);
    return taken;
  },

  'case.close'(context, { id }) {
    letGo(context, id);
    return {};
  },

  'case.list': ({ db }) => listCases(db),

  async 'case.undo'(context, { batchId }) {
    await withBackup(context, 'merge');
    await inTurn(context.db, () => context.write('case.undo', (tx) => takeBack(tx, batchId)));
    announce(context);
    return listCases(context.db);
  },

  'conflict.list': ({ db }, { enterpriseId }) => listConflicts(db, enterpriseId ?? null),

  'conflict.settle'(context, { ids, side }) {
    context.write('case.settle', (tx) => {
      for (const id of ids) settleConflict(tx, id, side);
    });
    announce(context);
    return listConflicts(context.db, null);
  },
} satisfies Partial<Handlers>;
