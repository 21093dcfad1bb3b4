import { z } from 'zod';
import { idShape } from '../library/shapes.ts';
import { caseHand, caseSide, caseSpot, openedShape } from './case-opened.ts';
import { verifiedPlanShape, verifyCalls } from './verified-plan.ts';

const path = z.string().min(1).max(4000);
const passphrase = z.string().max(200);
const nothing = z.object({});

const LARGEST_DROPPED = 60 * 1024 * 1024;
const opened = z.union([openedShape, z.object({ verified: verifiedPlanShape })]);

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
  ...caseSpot,
  mine: caseHand,
  theirs: caseHand,
  kept: caseSide,
  source: z.string(),
});

/** Packages between laptops, and what two hands disagree on. */
export function caseCalls() {
  return {
    ...verifyCalls(),
    /** Writes the chosen enterprises (at most 500) as a package, sealed with a passphrase where one is given. */
    'case.write': {
      from: 'shell',
      effect: 'none',
      input: z.object({ ids: z.array(idShape).min(1).max(500), path, passphrase: passphrase.nullable() }),
      output: z.object({ path: z.string(), firms: z.number(), bytes: z.number() }),
    },
    /** Opens a package the user chose: what it would change, firm by firm. Nothing is stored before 'case.apply'. */
    'case.open': {
      from: 'shell',
      effect: 'none',
      input: z.object({ path }),
      /** A plan's PDF is verified first; what it offers to take in stands in the result. */
      output: opened,
    },
    /** The same with a file that was dropped on the window. */
    'case.bytes': {
      from: 'window',
      effect: 'none',
      input: z.object({
        name: z.string().max(300),
        bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= LARGEST_DROPPED),
      }),
      output: opened,
    },
    'case.unlock': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape, passphrase }),
      output: openedShape,
    },
    /** Takes the chosen firms in, all or nothing, after a checked backup. */
    'case.apply': {
      from: 'window',
      effect: 'change',
      input: z.object({ id: idShape, firms: z.array(idShape).min(1).max(500) }),
      output: z.object({
        batchId: idShape,
        added: z.number(),
        changed: z.number(),
        same: z.number(),
        conflicts: z.number(),
      }),
    },
    'case.close': { from: 'window', effect: 'none', input: z.object({ id: idShape }), output: nothing },
    'case.list': { from: 'window', effect: 'none', input: nothing, output: z.array(caseBatchShape) },
    /** Takes a package back as one step; refused where the same fields were edited since. */
    'case.undo': {
      from: 'window',
      effect: 'change',
      input: z.object({ batchId: idShape }),
      output: z.array(caseBatchShape),
    },
    'conflict.list': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape.optional() }),
      output: z.array(conflictShape),
    },
    'conflict.settle': {
      from: 'window',
      effect: 'change',
      input: z.object({ ids: z.array(idShape).min(1).max(500), side: caseSide }),
      output: z.array(conflictShape),
    },
  } as const;
}
