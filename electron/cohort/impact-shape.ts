import { z } from 'zod';
import { textShape } from '../standards/schema.ts';

const tierShape = z.object({
  standard: z.string(),
  tier: z.string(),
  rung: z.number().int(),
  number: textShape,
  title: textShape,
  annex: textShape,
});
const countsShape = z.object({ met: z.number(), unmet: z.number(), unknown: z.number(), manual: z.number() });

/** One enterprise whose standing changes, with the clauses it is by: ids of items, or "score". */
export const impactRowShape = z.object({
  id: z.string(),
  name: z.string(),
  fiscalYear: z.number().int(),
  from: z.enum(['met', 'unmet', 'unknown', 'manual']),
  to: z.enum(['met', 'unmet', 'unknown', 'manual']),
  clauses: z.array(z.string()),
});

/** What moving from one tier's rules to another's does to a library. */
export const impactShape = z.object({
  from: tierShape,
  to: tierShape,
  total: z.number(),
  /** Enterprises with a fact that cannot be read; not counted anywhere else. */
  failed: z.number(),
  under: z.object({ from: countsShape, to: countsShape }),
  /** Pass under the new rules and failed under the old ones, and the other way round. */
  gained: z.number(),
  lost: z.number(),
  /** What was or becomes undecided: it passed or failed under one, and is still open under the other. */
  undecided: z.number(),
  /** The clauses of the new rules by which titles are lost, the most frequent first. */
  lostBy: z.array(z.object({ id: z.string(), title: textShape, enterprises: z.number() })),
  /** The clauses of the old rules that stood in the way of those who gain. */
  gainedBy: z.array(z.object({ id: z.string(), title: textShape, enterprises: z.number() })),
  /** Those who gain or lose, at most as many as asked for. */
  rows: z.array(impactRowShape),
});
export type Impact = z.infer<typeof impactShape>;
export type ImpactRow = z.infer<typeof impactRowShape>;

/** Which one fact decides the most enterprises. */
export const batchQuestionShape = z.object({
  field: z.string(),
  label: textShape,
  /** Enterprises whose next rung a bad answer disproves, and those a good answer proves. */
  disproves: z.number(),
  proves: z.number(),
  /** Enterprises where it is unknown and the rung is still open. */
  open: z.number(),
});
export type BatchQuestion = z.infer<typeof batchQuestionShape>;
