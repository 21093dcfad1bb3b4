import { z } from 'zod';
import type { Call } from '../call.ts';
import { outlookShape, targetShape, toldTargetShape } from '../diagnosis/target-shape.ts';
import { whatIfLeverShape } from '../diagnosis/whatif-shape.ts';
import { idShape, yearShape } from './shapes.ts';

const targets = z.array(targetShape.extend({ note: targetShape.shape.note.optional() })).max(200);

/** Trying out facts and keeping what is aimed at. `asOfInput` is the contract's own. */
export function targetCalls<T extends z.ZodType>(asOfInput: T) {
  const asOf = asOfInput.optional();
  return {
    /** The facts worth trying out for a rung (default: the next one), with the values at which a gate turns. */
    'whatif.levers': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape, asOf, rung: z.number().int().min(1).max(3).optional() }),
      output: z.object({ rung: z.number().int(), levers: z.array(whatIfLeverShape) }),
    },
    'targets.list': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape }),
      output: z.array(toldTargetShape),
    },
    'targets.set': {
      from: 'window',
      effect: 'change',
      input: z.object({ enterpriseId: idShape, targets }),
      output: z.array(toldTargetShape),
    },
    'targets.clear': {
      from: 'window',
      effect: 'change',
      input: z.object({ enterpriseId: idShape, field: targetShape.shape.field, year: yearShape }),
      output: z.array(toldTargetShape),
    },
    /** What the ladder becomes if the targets are reached: those stored, or others to be tried. Stores nothing. */
    'targets.judge': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape, asOf, targets: targets.optional() }),
      output: outlookShape,
    },
  } as const satisfies Record<string, Call>;
}
