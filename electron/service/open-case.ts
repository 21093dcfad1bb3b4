import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import type { CaseFirmPlan, OpenedCase } from '../exchange/case-opened.ts';
import type { OpenCase } from '../exchange/case-read.ts';
import { planFirm } from '../exchange/case-store.ts';
import type { Db } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import type { Context } from './context.ts';

const SHOWN = 300;

/** A package or a plan's PDF that was opened, and is still to be taken in. */
export interface HeldCase {
  readonly kind: OpenedCase['kind'];
  readonly path: string;
  /** The file, while its passphrase may be asked for. */
  readonly bytes: Buffer | null;
  readonly sealed: boolean;
  read: OpenCase | null;
}

/** One package is open at a time in a library; a new one takes its place. */
const open = new WeakMap<Db, { id: string; held: HeldCase }>();

/** The package opened under this id. Throws a Refusal where another one took its place. */
export function heldCase({ db }: Context, id: string): HeldCase {
  const found = open.get(db);
  if (found?.id !== id) throw new Refusal('not-found', 'caseClosed');
  return found.held;
}

/** Keeps a package open and returns its id. */
export function holdCase({ db }: Context, held: HeldCase): string {
  const id = uuid();
  open.set(db, { id, held });
  return id;
}

/** Forgets an opened package. */
export function letGo({ db }: Context, id: string): void {
  if (open.get(db)?.id === id) open.delete(db);
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

/** What an open package would change here, firm by firm. */
export async function shownCase(context: Context, id: string, held: HeldCase): Promise<OpenedCase> {
  const { kind, path, sealed, read } = held;
  const source = basename(path);
  if (!read) return { id, kind, source, sealed, content: null };
  const firms: CaseFirmPlan[] = [];
  for (const firm of read.firms) {
    firms.push(told(context.db, firm));
    // Other calls are answered in between.
    await setImmediate();
  }
  const { sender, createdAt } = read.manifest;
  return { id, kind, source, sealed, content: { sender, createdAt, firms } };
}
