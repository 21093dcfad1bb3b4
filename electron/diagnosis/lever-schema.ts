import { z } from 'zod';
import { textShape } from '../standards/schema.ts';

/**
 * One thing a firm can change. `fields` are stems for yearly figures ("rd_expense" stands for rd_expense_y1_wan …) or
 * whole field ids.
 * - flow: a figure of a fiscal year; only years that are not closed yet can still change.
 * - stock: a year-end balance or head count.
 * - fact: an answer; it can change once `months` have passed.
 */
export const leverShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  label: textShape,
  fields: z.array(z.string().min(1)).min(1),
  kind: z.enum(['flow', 'stock', 'fact']),
  months: z.number().int().min(0).max(120),
  cost: z.enum(['low', 'medium', 'high']),
  /** Extra effort for each unit after the first, as a fraction of the lever's own. */
  perUnit: z.number().min(0).optional(),
  /** Effort of confirming it where it is unknown, when such a thing is rarely there; else the pack's usual weight. */
  confirm: z.number().min(0).optional(),
});
export type Lever = z.infer<typeof leverShape>;

/** Efforts to compare routes by: months plus a weight for the cost class; `confirm` is finding out an unknown fact. */
export const leverPackShape = z.strictObject({
  schema: z.literal('cultivar-levers/1'),
  note: textShape,
  weights: z.strictObject({
    low: z.number().min(0),
    medium: z.number().min(0),
    high: z.number().min(0),
    confirm: z.number().min(0),
  }),
  levers: z.array(leverShape).min(1),
});
export type LeverPack = z.infer<typeof leverPackShape>;
