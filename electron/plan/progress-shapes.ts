import { z } from 'zod';
import { idShape } from '../library/shapes.ts';
import { textShape } from '../standards/schema.ts';
import { ownerRoleShape } from './measure-schema.ts';

const dueItem = z.object({
  id: z.string(),
  title: textShape,
  owner: z.string(),
  ownerRole: ownerRoleShape.nullable(),
  due: z.string(),
  days: z.number().int(),
});

/** How far a plan is; see progress.ts. */
export const progressShape = z.object({
  total: z.number().int(),
  todo: z.number().int(),
  doing: z.number().int(),
  done: z.number().int(),
  overdue: z.array(dueItem),
  soon: z.array(dueItem),
  late: z.array(dueItem),
  unproved: z.number().int(),
  next: dueItem.nullable(),
});

/** A number aimed at, against what the figures say. */
export const actualShape = z.object({
  /** The measure it is a goal of; null for a target of the enterprise. */
  item: z.object({ id: z.string(), title: textShape }).nullable(),
  field: z.string(),
  year: z.number().int(),
  direction: z.enum(['raise', 'lower', 'set']),
  label: textShape,
  before: textShape.nullable(),
  target: textShape,
  actual: textShape.nullable(),
  /** How much is missing, where it is a number. */
  gap: textShape.nullable(),
  state: z.enum(['reached', 'short', 'open', 'unknown']),
});
export type Actual = z.infer<typeof actualShape>;

/** A plan to look after, in a list over the whole library. */
export const followUpShape = z.object({
  planId: idShape,
  enterpriseId: idShape,
  name: z.string(),
  title: textShape,
  targetRung: z.number().nullable(),
  targetYear: z.number().nullable(),
  updatedAt: z.string(),
  total: z.number().int(),
  doing: z.number().int(),
  done: z.number().int(),
  overdue: z.number().int(),
  soon: z.number().int(),
  nextDue: z.string().nullable(),
  /** What is most overdue, or due next. */
  first: textShape.nullable(),
});
export type FollowUp = z.infer<typeof followUpShape>;
