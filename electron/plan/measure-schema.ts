import { z } from 'zod';
import { industryGroupShape } from '../library/reference-schema.ts';
import { dimensionShape, gradeShape, textShape } from '../standards/schema.ts';

export const stageShape = z.enum(['startup', 'growth', 'maturity', 'renewal']);
export type Stage = z.infer<typeof stageShape>;
export const sizeClassShape = z.enum(['micro', 'small', 'medium', 'large']);
export type SizeClass = z.infer<typeof sizeClassShape>;

export const ownerRoleShape = z.enum([
  'ceo',
  'office',
  'finance',
  'rd',
  'production',
  'quality',
  'sales',
  'it',
  'hr',
  'legal',
]);

/** What the fact sheet must say; a field nobody knows says nothing. Ratios as fractions, money in 万元. */
export const signShape = z
  .strictObject({
    field: z.string().min(1),
    gte: z.number().optional(),
    gt: z.number().optional(),
    lte: z.number().optional(),
    lt: z.number().optional(),
    eq: z.union([z.number(), z.boolean(), z.string()]).optional(),
    /** More than another field holds. */
    moreThan: z.string().min(1).optional(),
  })
  .refine((sign) => Object.keys(sign).length > 1, 'says nothing');
export type Sign = z.infer<typeof signShape>;

/** One thing a firm can do. Written by us; each says what an expert would say to this kind of firm. */
export const measureShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  dimension: dimensionShape,
  /** Ids of gates, base items, direct conditions and indicators it helps. */
  serves: z.array(z.string().min(1)).min(1),
  /** In which situation it is the right one. */
  cause: textShape.optional(),
  /** Without these it makes no sense: where one is known to fail, it is not proposed. */
  needs: z.array(signShape).min(1).optional(),
  /** Where all of these hold, the cause is seen in the firm's own numbers. */
  shown: z.array(signShape).min(1).optional(),
  /** The cause is the ordinary one of such firms. Otherwise it has to be confirmed, and what needs no cause comes first. */
  usual: z.literal(true).optional(),
  title: textShape,
  steps: z.array(textShape).min(2).max(7),
  owner: ownerRoleShape,
  /** Usual time until it shows, in months. */
  months: z.number().int().min(1).max(48),
  /** low: under 10万元, medium: 10–100万元, high: over 100万元 (our classes, a rough guide). */
  cost: z.enum(['low', 'medium', 'high']),
  /** Which facts it moves (field ids of the fact sheet). */
  moves: z.array(z.strictObject({ field: z.string().min(1), how: textShape })).min(1),
  context: z
    .strictObject({
      industries: z.array(industryGroupShape).min(1).optional(),
      stages: z.array(stageShape).min(1).optional(),
      sizes: z.array(sizeClassShape).min(1).optional(),
    })
    .optional(),
  evidence: z.array(textShape).min(1),
  materials: z.array(textShape),
  pitfalls: z.array(textShape),
  /** Ids of policies that help to carry it out. */
  policies: z.array(z.string().min(1)).optional(),
});
export type Measure = z.infer<typeof measureShape>;

export const measurePackShape = z.strictObject({
  schema: z.literal('cultivar-measures/1'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: textShape,
  measures: z.array(measureShape).min(1),
});
export type MeasurePack = z.infer<typeof measurePackShape>;

/** A support policy: dated, sourced; without a confirmed amount it says "to confirm" and prints none. */
export const policyShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  category: z.enum(['tax', 'fund', 'finance', 'talent', 'digital', 'market']),
  title: textShape,
  content: textShape,
  /** Rungs of the ladder it is for; empty = any. */
  rungs: z.array(z.union([z.literal(1), z.literal(2), z.literal(3)])),
  region: textShape,
  document: z.string().nullable(),
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  confirmed: z.boolean(),
  /** Why no measure in particular names it. */
  general: textShape.optional(),
  /** For a field of its own: shown only where a measure of the plan names it. */
  onlyWithMeasure: z.literal(true).optional(),
  source: z.strictObject({ grade: gradeShape, refs: z.array(z.string()).min(1), checked: z.iso.date() }),
});
export type Policy = z.infer<typeof policyShape>;
export const policyPackShape = z.strictObject({
  schema: z.literal('cultivar-policies/1'),
  policies: z.array(policyShape).min(1),
});
