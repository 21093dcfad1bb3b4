import { z } from 'zod';
import { missingKinds } from './missing.ts';
import { plainText } from './shapes.ts';

/** What a list can be sorted by. */
export const sortKeys = [
  'name',
  'updated',
  'revenue',
  'rung',
  'unmet',
  'distance',
  'effort',
  'unknown',
  'district',
  'industry',
  'sizeClass',
  'stage',
  'consultant',
  'editor',
  'tags',
  'rung1',
  'rung2',
  'rung3',
  'review',
  'expiry',
  'checked',
] as const;
export type ListSort = (typeof sortKeys)[number];

const words = (max: number) => z.array(plainText(100)).max(max).optional();
const days = z.number().int().min(0).max(36_500).optional();

/** Conditions on a list; all that are given must hold, within one any. An empty word stands for "not given". */
export const listFilterShape = z.object({
  /** Rung held. */
  rung: z.array(z.number().int().min(0).max(3)).max(4).optional(),
  /** Verdict of the next rung. */
  verdict: z
    .array(z.enum(['met', 'unmet', 'unknown', 'manual']))
    .max(4)
    .optional(),
  /** How a rung can be reached: "2:sure". */
  reach: z
    .array(z.string().regex(/^[1-3]:(sure|possible|impossible)$/))
    .max(9)
    .optional(),
  district: words(100),
  division: z
    .array(z.string().regex(/^(\d{2})?$/))
    .max(98)
    .optional(),
  sizeClass: words(5),
  stage: words(5),
  consultant: words(200),
  /** Who changed it last. */
  editor: words(200),
  tags: words(200),
  /** Fields of the profile of which any is missing; "figures" and "revenue": none of the last closed year. */
  missing: z
    .array(z.enum([...missingKinds, 'figures', 'revenue']))
    .max(20)
    .optional(),
  /** At least so many facts of the next rung are unknown. */
  unknownAtLeast: z.number().int().min(1).max(1000).optional(),
  /** The review is due within so many days, or overdue. */
  reviewWithin: days,
  /** A title of any kind ends within so many days, or has ended without a newer one. */
  expiryWithin: days,
  /** Not changed for so many days. */
  untouchedFor: days,
  /** No check-up kept for so many days. */
  uncheckedFor: days,
  planned: z.boolean().optional(),
  /** What is archived instead of what is worked on. */
  archived: z.boolean().optional(),
  /** What is in the trash instead. */
  trash: z.boolean().optional(),
  samples: z.boolean().optional(),
});
export type ListFilter = z.infer<typeof listFilterShape>;

/** Which enterprises, in which order: the part of a question that a saved view keeps and a selection names. */
export const listChoiceShape = z.object({
  /** Words that must all occur, each anywhere in a name, its pinyin or initials, the credit code, the product or a tag. */
  query: plainText(200).optional(),
  filter: listFilterShape.optional(),
  sort: z.enum(sortKeys).optional(),
  descending: z.boolean().optional(),
});

/** The question of 'library.list'. */
export const listQuestionShape = listChoiceShape.extend({
  offset: z.number().int().min(0).max(10_000_000).optional(),
  limit: z.number().int().min(1).max(500).optional(),
});
export type ListQuestion = z.infer<typeof listQuestionShape>;
