import { z } from 'zod';
import { idShape } from '../library/shapes.ts';

const path = z.string().min(1).max(4000);
const passphrase = z.string().max(200);
const nothing = z.object({});
const touch = z.object({ hlc: z.string(), at: z.string(), actor: z.string() });
const side = z.enum(['mine', 'theirs']);
const spot = { entity: z.string(), entityId: z.string(), field: z.string() };
const hand = z.object({ value: z.unknown(), by: touch });

export const disagreementShape = z.object({ ...spot, mine: hand, theirs: hand, kept: side });
const takenShape = z.object({ ...spot, from: z.unknown(), to: z.unknown(), by: touch.nullable() });

/** What a firm of a package would change here. */
export const caseFirmPlanShape = z.object({
  /** Its id in the package, and here. */
  caseId: idShape,
  id: idShape,
  name: z.string(),
  found: z.enum(['new', 'id', 'uscc']),
  sameName: z.string().nullable(),
  /** Records that are new here, by kind, and those that were removed there. */
  made: z.record(z.string(), z.number()),
  removed: z.array(z.object({ entity: z.string(), entityId: z.string(), name: z.string().nullable() })),
  /** At most 300 of each; the numbers count all. */
  taken: z.array(takenShape),
  takenCount: z.number(),
  disagreements: z.array(disagreementShape),
  disagreementCount: z.number(),
});
export type CaseFirmPlan = z.infer<typeof caseFirmPlanShape>;

const openedShape = z.object({
  id: idShape,
  source: z.string(),
  sealed: z.boolean(),
  /** null = sealed, and the passphrase is still to be given. */
  content: z
    .object({ sender: z.string(), createdAt: z.string(), firms: z.array(caseFirmPlanShape) })
    .nullable(),
});

export const caseBatchShape = z.object({
  id: idShape,
  at: z.string(),
  actor: z.string(),
  source: z.string(),
  sender: z.string(),
  sentAt: z.string(),
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  conflicts: z.number(),
  undoneAt: z.string().nullable(),
});

export const conflictShape = z.object({
  ids: z.array(idShape),
  enterpriseId: idShape,
  enterpriseName: z.string(),
  ...spot,
  mine: hand,
  theirs: hand,
  kept: side,
  source: z.string(),
});

/** Packages between laptops, and what two hands disagree on. */
export function caseCalls() {
  return {
    /** Writes the chosen enterprises (at most 500) as a package, sealed with a passphrase where one is given. */
    'case.write': {
      from: 'shell',
      input: z.object({ ids: z.array(idShape).min(1).max(500), path, passphrase: passphrase.nullable() }),
      output: z.object({ path: z.string(), firms: z.number(), bytes: z.number() }),
    },
    /** Opens a package the user chose: what it would change, firm by firm. Nothing is stored before 'case.apply'. */
    'case.open': { from: 'shell', input: z.object({ path }), output: openedShape },
    'case.unlock': { from: 'window', input: z.object({ id: idShape, passphrase }), output: openedShape },
    /** Takes the chosen firms in, all or nothing, after a checked backup. */
    'case.apply': {
      from: 'window',
      input: z.object({ id: idShape, firms: z.array(idShape).min(1).max(500) }),
      output: z.object({
        batchId: idShape,
        added: z.number(),
        changed: z.number(),
        same: z.number(),
        conflicts: z.number(),
      }),
    },
    'case.close': { from: 'window', input: z.object({ id: idShape }), output: nothing },
    'case.list': { from: 'window', input: nothing, output: z.array(caseBatchShape) },
    /** Takes a package back as one step; refused where the same fields were edited since. */
    'case.undo': { from: 'window', input: z.object({ batchId: idShape }), output: z.array(caseBatchShape) },
    'conflict.list': {
      from: 'window',
      input: z.object({ enterpriseId: idShape.optional() }),
      output: z.array(conflictShape),
    },
    'conflict.settle': {
      from: 'window',
      input: z.object({ ids: z.array(idShape).min(1).max(500), side }),
      output: z.array(conflictShape),
    },
  } as const;
}
