import { z } from 'zod';
import type { Call } from '../call.ts';
import { idShape } from '../library/shapes.ts';
import { textShape } from '../standards/schema.ts';
import { batchCalls } from './batch-shapes.ts';
import { formatShape, layoutShape } from './layouts.ts';
import { policyShape } from './measure-schema.ts';
import { planContentShape, planShape } from './shapes.ts';

const localeShape = z.enum(['zh', 'en']);

/** Plans: made from a check-up, edited, shown and written. `asOfInput` is the contract's own. */
export function planCalls<T extends z.ZodType>(asOfInput: T) {
  return {
    'plan.create': {
      from: 'window',
      effect: 'change',
      input: z.object({
        enterpriseId: idShape,
        asOf: asOfInput.optional(),
        targetRung: z.number().int().min(1).max(3).optional(),
        /** Most measures at the same time; default by the size of the firm. */
        limit: z.number().int().min(1).max(20).optional(),
      }),
      output: planShape,
    },
    'plan.get': { from: 'window', effect: 'none', input: z.object({ id: idShape }), output: planShape },
    'plan.list': {
      from: 'window',
      effect: 'none',
      input: z.object({ enterpriseId: idShape }),
      output: z.array(
        planShape.omit({ content: true }).extend({
          title: textShape,
          items: z.number(),
          doing: z.number(),
          done: z.number(),
          targetRung: z.number().nullable(),
          targetYear: z.number().nullable(),
          /** The plan it is a new version of. */
          previous: idShape.nullable(),
        }),
      ),
    },
    'plan.update': {
      from: 'window',
      effect: 'change',
      input: z.object({ id: idShape, content: planContentShape }),
      output: planShape,
    },
    /** More measures for the same gaps, to add by hand. */
    'plan.suggest': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: planContentShape.shape.items,
    },
    /** The plan's measures set in time anew for a limit. Stores nothing. */
    'plan.arrange': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape, limit: z.number().int().min(1).max(20) }),
      output: planContentShape,
    },
    /** Policies that fit the firm, each with the measures of the plan it supports; those that support some come first. */
    'plan.policies': {
      from: 'window',
      effect: 'none',
      input: z.object({ id: idShape }),
      output: z.array(policyShape.extend({ items: z.array(z.string()) })),
    },
    /** The plan as a PDF, for the preview. */
    'plan.render': {
      from: 'window',
      effect: 'none',
      input: z.object({
        id: idShape,
        locale: localeShape,
        layout: layoutShape.optional(),
        /** Edits that are not stored yet. */
        content: planContentShape.optional(),
      }),
      output: z.object({
        pdf: z.instanceof(Uint8Array),
        suggestedName: z.string(),
        /** Characters no font has a glyph for; a mark is printed for each. */
        missing: z.array(z.string()),
      }),
    },
    /** Writes the PDF or DOCX to a path that the user chose in a dialog: to a temporary file first, then renamed. */
    'plan.exportFile': {
      from: 'shell',
      effect: 'none',
      input: z.object({
        planId: idShape,
        locale: localeShape,
        layout: layoutShape.optional(),
        format: formatShape.optional(),
        /** Path of a Typst template of one's own, in place of the layout's. */
        template: z.string().min(1).max(4000).optional(),
        path: z.string().min(1).max(4000),
      }),
      output: z.object({ path: z.string(), bytes: z.number() }),
    },
    /** Writes a copy of the full plan's template, to begin one's own from. */
    'plan.saveTemplate': {
      from: 'shell',
      effect: 'none',
      input: z.object({ path: z.string().min(1).max(4000) }),
      output: z.object({ path: z.string() }),
    },
    ...batchCalls(),
  } as const satisfies Record<string, Call>;
}
