import { z } from 'zod';
import { looseDateShape, plainText } from '../library/shapes.ts';
import { dimensionShape, textShape } from '../standards/schema.ts';
import { ownerRoleShape } from './measure-schema.ts';

const text = (max: number) => z.object({ zh: plainText(max), en: plainText(max) });

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
});
export type PlanItem = z.infer<typeof planItemShape>;

export const planContentShape = z.object({
  title: text(200),
  summary: text(4000),
  targetRung: z.number().int().min(1).max(3).nullable(),
  targetYear: z.number().int().min(2000).max(2200).nullable(),
  consultant: plainText(100),
  organisation: plainText(200),
  items: z.array(planItemShape).max(200),
  notes: text(8000),
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

export const materialShape = z.object({ text: textShape, source: textShape, ready: z.boolean().nullable() });
