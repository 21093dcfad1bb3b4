import { z } from 'zod';
import type { Call } from '../call.ts';
import { verifiedShape } from '../plan/verify-shapes.ts';
import { openedShape } from './case-opened.ts';

/** The result, and what a plan that is genuine offers to take in (null: not genuine, or the library is not open). */
export const verifiedPlanShape = verifiedShape.extend({ offer: openedShape.nullable() });
export type VerifiedPlan = z.infer<typeof verifiedPlanShape>;

/** Verifying a PDF that was exported before, by whomever. */
export function verifyCalls() {
  return {
    'plan.verifyFile': {
      from: 'shell',
      effect: 'none',
      input: z.object({ path: z.string().min(1).max(4000) }),
      output: verifiedPlanShape,
    },
  } as const satisfies Record<string, Call>;
}
