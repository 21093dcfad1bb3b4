import { z } from 'zod';
import { idShape } from '../library/shapes.ts';

/**
 * Why enterprises may be one: the same name but for width, brackets and spaces; a name that differs by its form (有限公司,
 * 股份有限公司); a name that the other one bore before; the same name under two credit codes.
 */
export const duplicateReasonShape = z.enum(['sameName', 'nameVariant', 'renamed', 'otherCode']);
export type DuplicateReason = z.infer<typeof duplicateReasonShape>;

const memberShape = z.object({
  id: idShape,
  name: z.string(),
  uscc: z.string().nullable(),
  district: z.string().nullable(),
  updatedAt: z.string(),
  archived: z.boolean(),
  /** How many fiscal years, answers, titles, check-ups and plans it has. */
  has: z.object({
    years: z.number(),
    facts: z.number(),
    titles: z.number(),
    diagnoses: z.number(),
    plans: z.number(),
  }),
});
export const duplicateGroupShape = z.object({
  reason: duplicateReasonShape,
  /** The name that was shared once, for "renamed". */
  formerName: z.string().nullable(),
  members: z.array(memberShape),
});
export type DuplicateGroup = z.infer<typeof duplicateGroupShape>;

/** A value that both have and that differs. `key` names it when merging. */
export const mergeChoiceShape = z.object({
  key: z.string(),
  entity: z.enum(['enterprise', 'figure', 'fact']),
  entityId: z.string(),
  field: z.string(),
  keep: z.unknown(),
  gone: z.unknown(),
});
export type MergeChoice = z.infer<typeof mergeChoiceShape>;

const pair = z.object({ keep: idShape, gone: idShape });

/** Enterprises that are in the library twice. */
export const duplicateCalls = {
  'duplicates.list': {
    from: 'window',
    effect: 'none',
    input: z.object({}),
    output: z.object({ total: z.number(), groups: z.array(duplicateGroupShape) }),
  },
  /** Remembers that enterprises are not the same; they are not named together again. */
  'duplicates.apart': {
    from: 'window',
    effect: 'change',
    input: z.object({ ids: z.array(idShape).min(2).max(20) }),
    output: z.object({}),
  },
  /** What differs, value by value, and what would come over. */
  'duplicates.compare': {
    from: 'window',
    effect: 'none',
    input: pair,
    output: z.object({
      choices: z.array(mergeChoiceShape),
      /** Values that only the one that goes has; they come over. */
      filled: z.array(mergeChoiceShape),
      /** Records that come over whole, by kind. */
      moved: z.record(z.string(), z.number()),
    }),
  },
  /** Puts two enterprises together as one step that can be undone; the one that goes lies in the trash with what was not taken. */
  'duplicates.merge': {
    from: 'window',
    effect: 'change',
    input: pair.extend({
      /** Keys of the choices in which the value of the one that goes is taken. */
      take: z.array(z.string().max(200)).max(5000),
    }),
    output: z.object({ id: idShape }),
  },
} as const;
