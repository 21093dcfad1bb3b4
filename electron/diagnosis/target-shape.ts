import { z } from 'zod';
import { textShape } from '../standards/schema.ts';
import { verdictShape } from './shapes.ts';

/**
 * What a firm means to reach: a fact of the sheet by the end of a fiscal year. `field` has no year in it
 * ("rd_expense_wan", "class1_ip_count"); `value` is exact text (万元, fractions, counts), a word, or true/false.
 */
export const targetShape = z.object({
  field: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/),
  year: z.number().int().min(1990).max(2100),
  value: z.union([z.boolean(), z.string().min(1).max(100)]),
  note: z.string().max(2000).nullable(),
});
export type Target = z.infer<typeof targetShape>;

/** A target as it is read: with its label and its value in words. */
export const toldTargetShape = targetShape.extend({ label: textShape, text: textShape });

/** One round of applications with the targets reached: each rung judged, and what is still open. */
export const targetYearShape = z.object({
  /** Year of application; the fiscal year before it is the last closed one. */
  year: z.number().int(),
  date: z.string(),
  rungs: z.array(
    z.object({
      rung: z.number().int(),
      title: textShape,
      /** Held by then: held today, or reached in an earlier year of this outlook. */
      held: z.boolean(),
      verdict: verdictShape,
      reach: z.enum(['sure', 'possible', 'impossible']),
      open: z.array(
        z.object({ id: z.string(), title: textShape, verdict: verdictShape, gap: textShape.nullable() }),
      ),
    }),
  ),
});
export type TargetYear = z.infer<typeof targetYearShape>;

/** What the targets lead to. */
export const outlookShape = z.object({
  years: z.array(targetYearShape),
  /** The first application year in which each rung above the one held is proved; null where none of these years is enough. */
  reached: z.array(
    z.object({
      rung: z.number().int(),
      title: textShape,
      year: z.number().int().nullable(),
      /** The first year in which nothing disproves it, and how many items are to be confirmed then. */
      possible: z.object({ year: z.number().int(), open: z.number().int() }).nullable(),
    }),
  ),
  /** The same in one sentence. */
  says: textShape,
});
export type Outlook = z.infer<typeof outlookShape>;
