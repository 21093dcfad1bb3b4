import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { CaseFirmPlan } from '../exchange/case-call-shapes.ts';
import { canBeStored } from '../exchange/case-check.ts';
import { caseBytes, type OpenCase, readCase, storeEvidence } from '../exchange/case-read.ts';
import { isSealed } from '../exchange/case-seal.ts';
import { listCases, planFirm, takeBack, takeIn } from '../exchange/case-store.ts';
import { writeCase } from '../exchange/case-write.ts';
import { listConflicts, settleConflict } from '../exchange/conflicts.ts';
import { storeOf } from '../library/evidence-store.ts';
import { type Db, userVersion } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import type { Context, Handlers } from './context.ts';
import { withBackup } from './safety.ts';

const SHOWN = 300;

interface Held {
  readonly path: string;
  readonly bytes: Buffer;
  readonly sealed: boolean;
  read: OpenCase | null;
}

/** One package is open at a time in a library; a new one takes its place. */
const open = new WeakMap<Db, { id: string; held: Held }>();

function heldBy({ db }: Context, id: string): Held {
  const found = open.get(db);
  if (found?.id !== id) throw new Refusal('not-found', 'caseClosed');
  return found.held;
}

function told(db: Db, firm: OpenCase['firms'][number]): CaseFirmPlan {
  const { id, name, found, sameName, merge } = planFirm(db, firm);
  const made: Record<string, number> = {};
  for (const write of merge.writes)
    if (write.made) made[write.record.entity] = (made[write.record.entity] ?? 0) + 1;
  return {
    caseId: firm.id,
    id,
    name,
    found,
    sameName,
    made,
    removed: merge.removed.slice(0, SHOWN).map((record) => ({
      entity: record.entity,
      entityId: record.id,
      name: typeof record.parts.name === 'string' ? record.parts.name : null,
    })),
    taken: merge.taken.slice(0, SHOWN).map(({ id: entityId, ...rest }) => ({ ...rest, entityId })),
    takenCount: merge.taken.length,
    disagreements: merge.disagreements
      .slice(0, SHOWN)
      .map(({ id: entityId, ...rest }) => ({ ...rest, entityId })),
    disagreementCount: merge.disagreements.length,
  };
}

async function shown(context: Context, id: string, held: Held) {
  const { path, sealed, read } = held;
  const source = basename(path);
  if (!read) return { id, source, sealed, content: null };
  const firms: CaseFirmPlan[] = [];
  for (const firm of read.firms) {
    firms.push(told(context.db, firm));
    // Other calls are answered in between.
    await setImmediate();
  }
  const { sender, createdAt } = read.manifest;
  return { id, source, sealed, content: { sender, createdAt, firms } };
}

async function unpack(context: Context, held: Held, passphrase: string | null): Promise<void> {
  const read = await readCase(held.bytes, { passphrase, libraryFormat: userVersion(context.db) });
  for (const firm of read.firms) {
    if (!canBeStored(firm)) throw new Refusal('file', 'caseDamaged');
    await setImmediate();
  }
  held.read = read;
}

function announce(context: Context): void {
  context.emit('changed', { topic: 'library' });
}

/** Packages between laptops: written, looked at, taken in, taken back; and what waits for a decision. */
export const caseHandlers = {
  async 'case.write'(context, { ids, path, passphrase }) {
    const { consultant, organisation } = context.settings();
    const sender = [consultant, organisation].filter((part) => part.trim() !== '').join(' · ');
    const written = await writeCase(context.db, { ids, path, passphrase, sender, now: context.now() });
    return { path, ...written };
  },

  async 'case.open'(context, { path }) {
    const bytes = caseBytes(path);
    const held: Held = { path, bytes, sealed: isSealed(bytes), read: null };
    if (!held.sealed) await unpack(context, held, null);
    const id = uuid();
    open.set(context.db, { id, held });
    return shown(context, id, held);
  },

  async 'case.unlock'(context, { id, passphrase }) {
    const held = heldBy(context, id);
    await unpack(context, held, passphrase);
    return shown(context, id, held);
  },

  async 'case.apply'(context, { id, firms }) {
    const { read, path } = heldBy(context, id);
    if (!read) throw new Refusal('file', 'passphraseNeeded');
    await withBackup(context, 'merge');
    storeEvidence(storeOf(context.db.name), read, new Set(firms));
    const taken = context.write('case.merge', (tx) => takeIn(tx, read, path, new Set(firms)));
    open.delete(context.db);
    announce(context);
    return taken;
  },

  'case.close'(context, { id }) {
    if (open.get(context.db)?.id === id) open.delete(context.db);
    return {};
  },

  'case.list': ({ db }) => listCases(db),

  async 'case.undo'(context, { batchId }) {
    await withBackup(context, 'merge');
    context.write('case.undo', (tx) => takeBack(tx, batchId));
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
