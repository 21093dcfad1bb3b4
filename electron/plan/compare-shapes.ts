import { z } from 'zod';
import { verdictShape } from '../diagnosis/shapes.ts';
import { textShape } from '../standards/schema.ts';

/** A line of a plan that differs; null where there is nothing. */
export const changedFieldShape = z.object({
  field: z.string(),
  old: textShape.nullable(),
  new: textShape.nullable(),
});
export type ChangedField = z.infer<typeof changedFieldShape>;

const itemName = z.object({ id: z.string(), title: textShape });

/** What differs between two versions of a plan, and between the check-ups they were made from. */
export const comparisonShape = z.object({
  /** Title, summary, target and the like. */
  head: z.array(changedFieldShape),
  added: z.array(itemName.extend({ reason: textShape })),
  removed: z.array(itemName.extend({ reason: textShape })),
  changed: z.array(itemName.extend({ fields: z.array(changedFieldShape) })),
  /** Measures that stand elsewhere in the order. */
  moved: z.number().int(),
  verdicts: z.object({
    rungs: z.array(
      z.object({ rung: z.number().int(), title: textShape, old: verdictShape, new: verdictShape }),
    ),
    items: z.array(
      z.object({
        id: z.string(),
        title: textShape,
        old: verdictShape.nullable(),
        new: verdictShape.nullable(),
        oldFormula: textShape.nullable(),
        newFormula: textShape.nullable(),
      }),
    ),
  }),
});
export type Comparison = z.infer<typeof comparisonShape>;
