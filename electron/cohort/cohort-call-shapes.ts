import { z } from 'zod';
import { plainText } from '../library/shapes.ts';
import { textShape } from '../standards/schema.ts';
import {
  chosenShape,
  cohortLineShape,
  conditionShape,
  reachShape,
  screenedShape,
  screeningQuestionShape,
  screeningSummaryShape,
  tierNameShape,
} from './cohort-shapes.ts';
import { movedShape } from './compare-screenings.ts';
import { savedScreeningShape } from './screenings.ts';
import { solveInputShape } from './view-call-shapes.ts';

const nothing = z.object({});
const countedShape = z.array(z.object({ value: z.string().nullable(), count: z.number() }));
const id = z.uuid();
const page = {
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(200),
};
/** Which rows of a screening, and in which order. */
export const screeningPageShape = z.object({
  id,
  reach: z.array(reachShape).min(1).max(3).optional(),
  query: plainText(100).optional(),
  item: plainText(60).optional(),
  sort: z.enum(['rank', 'name', 'effort', 'year']).optional(),
  descending: z.boolean().optional(),
});
/** Which enterprises of the library, and in which order. */
export const cohortListShape = z.object({
  condition: conditionShape,
  sort: z.enum(['name', 'revenue', 'expires', 'held']).optional(),
  descending: z.boolean().optional(),
});

/** What can be written as a table. */
export const exportOfShape = z.discriminatedUnion('kind', [
  cohortListShape.extend({ kind: z.literal('list') }),
  screeningPageShape.extend({ kind: z.literal('screening'), fresh: z.boolean() }),
  z.object({ kind: z.literal('moved'), from: id, to: id, kept: z.boolean() }),
  z.object({ kind: z.literal('solved'), ask: solveInputShape }),
  z.object({ kind: z.literal('impact'), from: tierNameShape, to: tierNameShape }),
]);
export type ExportOf = z.infer<typeof exportOfShape>;
const locale = z.enum(['zh', 'en']);
const path = z.string().min(1).max(4000);

/** The cohort in the contract: every answer comes from one reading of the library, done in a thread of its own. */
export const cohortCallShapes = {
  /** Values to filter by, with how many enterprises have them: of the whole library, or of what was chosen in its list. */
  'cohort.facets': {
    from: 'window',
    effect: 'none',
    input: z.object({ chosen: chosenShape.optional() }),
    output: z.object({
      total: z.number(),
      failed: z.number(),
      held: z.array(z.number()),
      samples: z.number(),
      city: countedShape,
      district: countedShape,
      section: countedShape,
      division: countedShape,
      size: countedShape,
      stage: countedShape,
      consultant: countedShape,
      tags: countedShape,
    }),
  },
  /** The enterprises behind a number. */
  'cohort.list': {
    from: 'window',
    effect: 'none',
    // Paper takes more at once than a screen.
    input: cohortListShape.extend({ ...page, limit: z.number().int().min(1).max(2000) }),
    output: z.object({ total: z.number(), rows: z.array(cohortLineShape) }),
  },

  /** Screens the library for a tier; events 'progress' with job 'cohort'. The rows are then at hand under `id`. */
  'cohort.screen': {
    from: 'window',
    effect: 'none',
    input: screeningQuestionShape,
    output: z.object({ id, summary: screeningSummaryShape }),
  },
  'cohort.screeningPage': {
    from: 'window',
    effect: 'none',
    input: screeningPageShape.extend({ ...page, fresh: z.boolean() }),
    output: z.object({
      total: z.number(),
      rows: z.array(
        screenedShape.extend({
          reasons: z.array(
            z.object({
              item: z.string(),
              title: textShape,
              state: z.enum(['unmet', 'open']),
              closeness: z.number().nullable(),
              gap: textShape.nullable(),
            }),
          ),
          askLabel: textShape.nullable(),
        }),
      ),
    }),
  },
  'cohort.screeningIds': {
    from: 'window',
    effect: 'none',
    input: screeningPageShape.extend({ most: z.number().int().min(1).max(20_000) }),
    output: z.object({ total: z.number(), ids: z.array(id) }),
  },
  'cohort.screeningItems': {
    from: 'window',
    effect: 'none',
    input: z.object({ id }),
    output: z.array(
      z.object({
        standard: z.string(),
        tier: z.string(),
        item: z.string(),
        title: textShape,
        unmet: z.number(),
        open: z.number(),
      }),
    ),
  },
  /** Keeps a screening that is at hand as a dated list. */
  'cohort.saveScreening': {
    from: 'window',
    effect: 'change',
    input: z.object({ id, name: plainText(100).min(1) }),
    output: savedScreeningShape,
  },
  'cohort.screenings': {
    from: 'window',
    effect: 'none',
    input: nothing,
    output: z.array(savedScreeningShape),
  },
  /** Takes a kept screening to hand, under its own id. */
  'cohort.openScreening': {
    from: 'window',
    effect: 'none',
    input: z.object({ id }),
    output: screeningSummaryShape,
  },
  'cohort.removeScreening': {
    from: 'window',
    effect: 'change',
    input: z.object({ id }),
    output: z.array(savedScreeningShape),
  },
  /** What moved since a kept screening; `to` is kept, or at hand. */
  'cohort.compareScreenings': {
    from: 'window',
    effect: 'none',
    input: z.object({ from: id, to: id, kept: z.boolean() }),
    output: z.object({
      from: screeningSummaryShape,
      to: screeningSummaryShape,
      counts: z.object({ up: z.number(), down: z.number(), entered: z.number(), left: z.number() }),
      titles: z.record(z.string(), textShape),
      rows: z.array(movedShape),
    }),
  },
  /** Writes a list, a screening or a comparison as .xlsx or .csv, by the ending of the path. */
  'cohort.exportTable': {
    from: 'shell',
    effect: 'none',
    input: z.object({ of: exportOfShape, path, locale }),
    output: z.object({ path: z.string(), rows: z.number() }),
  },
  /** Writes the two-page report of a cohort as a PDF; with a screening at hand it is told in a paragraph. */
  'cohort.exportReport': {
    from: 'shell',
    effect: 'none',
    input: z.object({
      of: z.object({ condition: conditionShape, screening: id.optional() }),
      path,
      locale,
    }),
    output: z.object({ path: z.string() }),
  },
  /** Stores a check-up of every one of these enterprises; events 'progress' with job 'cohort'. */
  'cohort.diagnoseAll': {
    from: 'window',
    effect: 'change',
    input: z.object({ ids: z.array(id).min(1).max(20_000), applicationDate: z.iso.date().optional() }),
    output: z.object({ saved: z.number(), gone: z.number() }),
  },
} as const;
