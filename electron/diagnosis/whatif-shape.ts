import { z } from 'zod';
import { dimensionShape, textShape } from '../standards/schema.ts';
import { verdictShape } from './shapes.ts';

/**
 * One fact that can be tried out for a rung. Numbers are exact text in the unit of the fact sheet (万元, fractions,
 * counts); a slider runs from 0 to `steps` times `step`.
 */
export const whatIfLeverShape = z.object({
  field: z.string(),
  /** The same field as targets name it, without its year. */
  target: z.string(),
  label: textShape,
  /** The fiscal year the value stands for now; null for what has no year. */
  year: z.number().int().nullable(),
  type: z.enum(['money', 'ratio', 'growth', 'count', 'years', 'rank', 'score', 'level', 'bool', 'enum']),
  dimension: dimensionShape,
  value: z.union([z.string(), z.boolean()]).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  options: z.array(z.object({ value: z.string(), label: textShape })),
  step: z.string(),
  steps: z.number().int(),
  /** Where a gate turns, all else equal: the first good value on the scale, or the last one where less is better. */
  lines: z.array(z.object({ item: z.string(), title: textShape, at: z.string() })),
  /** The items that read it, with their verdicts now. */
  items: z.array(z.object({ id: z.string(), title: textShape, verdict: verdictShape })),
});
export type WhatIfLever = z.infer<typeof whatIfLeverShape>;
