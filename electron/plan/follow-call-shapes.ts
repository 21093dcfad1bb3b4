import { z } from 'zod';
import type { Call } from '../call.ts';
import { idShape, plainText } from '../library/shapes.ts';
import { textShape } from '../standards/schema.ts';
import { calendarEntryShape, checklistRouteShape, checklistShape } from './calendar-shapes.ts';
import { comparisonShape } from './compare-shapes.ts';
import { actualShape, followUpShape, progressShape } from './progress-shapes.ts';
import { planShape } from './shapes.ts';

/** What follows a plan: new versions, comparing them, progress. `asOfInput` is the contract's own. */
export function followCalls<T extends z.ZodType>(asOfInput: T) {
  return {
    /** A new version from a fresh check-up that keeps the person's own edits and progress; the old one stays. */
    'plan.renew': {
      from: 'window',
      effect: 'change',
      input: z.object({ id: idShape, asOf: asOfInput.optional() }),
      output: planShape,
    },
    /** What differs from plan `a` to plan `b`, of one enterprise. */
    'plan.compare': {
      from: 'window',
      effect: 'none',
      input: z.object({ a: idShape, b: idShape }),
      output: comparisonShape,
    },
    /** How far a plan is today. */
    'plan.progress': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: progressShape,
    },
    /** What the plan and the enterprise aimed at, against the figures known today. */
    'plan.actuals': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: z.array(actualShape),
    },
    /** Windows, updates, ends of titles and reviews on the way to the plan's aim. */
    'plan.calendar': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: z.array(calendarEntryShape),
    },
    /** The papers of a tier and route (without one: the plan's), ready or missing by the files attached today. */
    'plan.checklist': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape, route: checklistRouteShape.optional() }),
      output: checklistShape
        .extend({
          /** Every tier and route there is a list for. */
          routes: z.array(checklistRouteShape.extend({ title: textShape, review: z.boolean() })),
        })
        .nullable(),
    },
    /** The newest plan of every enterprise that has one and is not done, what presses most first; `query` as in the library. */
    'plan.followUp': {
      from: 'window',
      effect: 'none',
      input: z.object({
        query: plainText(200).optional(),
        offset: z.number().int().min(0).max(10_000_000).optional(),
        limit: z.number().int().min(1).max(500).optional(),
      }),
      output: z.object({ rows: z.array(followUpShape), total: z.number().int() }),
    },
    /** Writes that list as .xlsx or .csv, by the ending of the path. */
    'plan.exportFollowUp': {
      from: 'shell',
      effect: 'none',
      input: z.object({
        of: z.object({ query: plainText(200).optional() }),
        path: z.string().min(1).max(4000),
        locale: z.enum(['zh', 'en']),
      }),
      output: z.object({ path: z.string(), rows: z.number().int() }),
    },
  } as const satisfies Record<string, Call>;
}
