import { z } from 'zod';
import { textShape } from './schema.ts';

/** The eight topics of the walk, in order. */
export const topicShape = z.enum([
  'profile',
  'figures',
  'specialized',
  'refined',
  'distinctive',
  'innovative',
  'chain',
  'compliance',
]);
export type Topic = z.infer<typeof topicShape>;

/**
 * One field of the flat fact sheet (the ids of the research file's `fields`).
 * `origin` says where the library gets it:
 * - `figure`: from the yearly figures; never asked on its own.
 * - `derived`: computed from other fields when their parts are known.
 * - `profile`: from the profile or the titles held; `answer` gives the fallback question where they are silent.
 * - `answer`: asked in the walk and stored under this id.
 * - `yearly`: stored under `stored` with its fiscal year (a ratio or a score that is known only as such);
 *   `offset` is its year relative to the last closed fiscal year (0 = y1, -1 = y2, 1 = the application year).
 * - `option`: set for the run (new application or review).
 */
export const factShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: textShape,
  type: z.enum(['money', 'ratio', 'count', 'years', 'rank', 'score', 'level', 'bool', 'enum', 'growth']),
  origin: z.enum(['figure', 'derived', 'profile', 'answer', 'yearly', 'option']),
  topic: topicShape,
  question: textShape.optional(),
  help: textShape.optional(),
  stored: z.string().optional(),
  offset: z.number().int().optional(),
  options: z.array(z.strictObject({ value: z.string(), label: textShape })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Whether more is better (1), less is better (-1) or neither (0), for gaps and what-if. */
  better: z.union([z.literal(1), z.literal(-1), z.literal(0)]),
  formula: textShape.optional(),
  /** What proves it, for the evidence list. */
  evidence: textShape.optional(),
});
export type FactDefinition = z.infer<typeof factShape>;

export const factCatalogueShape = z.strictObject({
  schema: z.literal('cultivar-facts/1'),
  facts: z.array(factShape).min(1),
});
export type FactCatalogue = z.infer<typeof factCatalogueShape>;
