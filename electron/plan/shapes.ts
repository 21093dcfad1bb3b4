import { z } from 'zod';
import { looseDateShape, plainText } from '../library/shapes.ts';
import { dimensionShape } from '../standards/schema.ts';
import { ownerRoleShape } from './measure-schema.ts';

const text = (max: number) => z.object({ zh: plainText(max), en: plainText(max) });

const monthShape = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What a measure must bring a fact to, by the end of a fiscal year (or by the application, for what is no figure). */
export const goalShape = z.object({
  /** Field of the fact sheet without a year in it: "rd_expense_wan". */
  field: z.string().max(80),
  year: z.number().int().min(1990).max(2200),
  /** Exact text (万元, fractions, counts), a word, or true/false. */
  value: z.union([z.boolean(), z.string().min(1).max(100)]),
  direction: z.enum(['raise', 'lower', 'set']),
});
export type Goal = z.infer<typeof goalShape>;

/** One measure of a plan: chosen for gaps, then owned and edited by the consultant. */
export const planItemShape = z.object({
  id: z.string().min(1).max(60),
  measureId: z.string().max(100).nullable(),
  dimension: dimensionShape,
  /** Ids of the gates and indicators it serves. */
  serves: z.array(z.string().max(60)).max(40),
  title: text(300),
  /** Why this one, for this firm. */
  reason: text(1000),
  steps: z.array(text(1000)).max(20),
  metric: z.object({ label: text(200), from: text(200), to: text(200) }).nullable(),
  ownerRole: ownerRoleShape.nullable(),
  owner: plainText(100),
  start: looseDateShape.nullable(),
  due: looseDateShape.nullable(),
  months: z.number().int().min(0).max(120),
  cost: z.enum(['low', 'medium', 'high']).nullable(),
  evidence: z.array(text(500)).max(20),
  materials: z.array(text(500)).max(20),
  pitfalls: z.array(text(500)).max(20),
  status: z.enum(['todo', 'doing', 'done']),
  note: plainText(2000),
  /** Which languages a person has changed by hand. */
  edited: z.array(z.enum(['zh', 'en'])).max(2),
  /** Why it is in the plan; null for a measure added by hand, and in plans of former versions. */
  why: z.enum(['route', 'gap', 'find', 'judge', 'board', 'ahead', 'hold', 'close']).nullable().default(null),
  /** When it can begin at the earliest and must be done at the latest (months), as the choice found it. */
  window: z.object({ from: monthShape, by: monthShape.nullable() }).nullable().default(null),
  goals: z.array(goalShape).max(20).default([]),
  /** Fields that a person set by hand; a new version and re-planning leave them alone. */
  own: z.array(z.string().max(40)).max(40).default([]),
  doneOn: looseDateShape.nullable().default(null),
  /** What shows that it is done. */
  proof: plainText(2000).default(''),
});
export type PlanItem = z.infer<typeof planItemShape>;

/** How many measures a firm carries at the same time where the consultant sets nothing else. */
export const USUAL_LIMIT = 4;

/** How the measures were chosen and set in time. */
export const planningShape = z.object({
  /** The day from which phases count. */
  on: z.iso.date(),
  basis: z.enum(['route', 'gaps']),
  /** The application the route leads to. */
  route: z.object({ standard: z.string().max(60), tier: z.string().max(60), date: z.iso.date() }).nullable(),
  says: text(2000),
});
export type Planning = z.infer<typeof planningShape>;

export const planContentShape = z.object({
  title: text(200),
  summary: text(4000),
  targetRung: z.number().int().min(1).max(3).nullable(),
  targetYear: z.number().int().min(2000).max(2200).nullable(),
  consultant: plainText(100),
  organisation: plainText(200),
  items: z.array(planItemShape).max(200),
  notes: text(8000),
  planning: planningShape.nullable().default(null),
  /** Most measures under way in one month. */
  limit: z.number().int().min(1).max(20).default(USUAL_LIMIT),
  /** The plan this is a new version of. */
  previous: z.uuid().nullable().default(null),
  /** Proposed measures that a person took out. */
  removed: z.array(z.string().max(60)).max(400).default([]),
  /** Papers of the application that the consultant marked by hand. */
  materials: z
    .array(z.object({ id: z.string().max(80), state: z.enum(['ready', 'missing']) }))
    .max(100)
    .default([]),
  /** Of title, summary, targetRung, targetYear: those set by hand. */
  own: z.array(z.string().max(40)).max(20).default([]),
});
export type PlanContent = z.infer<typeof planContentShape>;

export const planShape = z.object({
  id: z.uuid(),
  enterpriseId: z.uuid(),
  diagnosisId: z.uuid(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
  content: planContentShape,
});
export type Plan = z.infer<typeof planShape>;
