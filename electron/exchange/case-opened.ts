import { z } from 'zod';
import { idShape } from '../library/shapes.ts';

const touch = z.object({ hlc: z.string(), at: z.string(), actor: z.string() });
export const caseSide = z.enum(['mine', 'theirs']);
export const caseSpot = { entity: z.string(), entityId: z.string(), field: z.string() };
export const caseHand = z.object({ value: z.unknown(), by: touch });

const disagreementShape = z.object({ ...caseSpot, mine: caseHand, theirs: caseHand, kept: caseSide });
const takenShape = z.object({ ...caseSpot, from: z.unknown(), to: z.unknown(), by: touch.nullable() });

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

/** A package, or a plan's PDF, that was opened and is still to be taken in. */
export const openedShape = z.object({
  id: idShape,
  kind: z.enum(['package', 'plan']),
  source: z.string(),
  sealed: z.boolean(),
  /** null = sealed, and the passphrase is still to be given. */
  content: z
    .object({ sender: z.string(), createdAt: z.string(), firms: z.array(caseFirmPlanShape) })
    .nullable(),
});

export type OpenedCase = z.infer<typeof openedShape>;
