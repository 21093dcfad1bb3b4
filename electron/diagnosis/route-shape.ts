import { z } from 'zod';
import { textShape } from '../standards/schema.ts';

/** A fact before and after, in words with units. */
export const routeMoveShape = z.object({
  field: z.string(),
  label: textShape,
  from: textShape,
  to: textShape,
  /** The target as kept in a fact sheet (exact text, 万元 and fractions), for what-if and plan targets. */
  target: z.union([z.string(), z.boolean()]),
});

/** One thing to change. */
export const routeChangeShape = z.object({
  lever: z.string(),
  label: textShape,
  moves: z.array(routeMoveShape),
  /** The last fiscal year whose figures change; for what is no figure, the year of application. */
  year: z.number().int(),
  months: z.number().int(),
  cost: z.enum(['low', 'medium', 'high']),
  costLabel: textShape,
});

/** A least-effort way to a title at one application. */
export const routeChoiceShape = z.object({
  year: z.number().int(),
  date: z.string(),
  standard: z.string(),
  tier: z.string(),
  number: z.string(),
  /** Months from today. */
  months: z.number().int(),
  /** Only to compare routes with each other. */
  effort: z.number(),
  changes: z.array(routeChangeShape),
  /** Unknown facts taken as good, each to be confirmed; `expected` is what the route takes it to be, where it is one fact. */
  confirm: z.array(z.object({ field: z.string(), label: textShape, expected: textShape.nullable() })),
});
export type RouteChoice = z.infer<typeof routeChoiceShape>;

/** One rung above the current one, or a title to be kept under review. */
export const routeStepShape = z.object({
  rung: z.number().int(),
  kind: z.enum(['new', 'review']),
  title: textShape,
  earliest: routeChoiceShape.nullable(),
  /** A later application that takes less effort. */
  cheaperLater: routeChoiceShape.nullable(),
  impossibleReason: textShape.nullable(),
});
export type RouteStep = z.infer<typeof routeStepShape>;
