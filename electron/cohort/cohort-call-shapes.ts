import { z } from 'zod';
import { plainText } from '../library/shapes.ts';
import { gradeShape, textShape } from '../standards/schema.ts';
import {
  cohortLineShape,
  conditionShape,
  reachShape,
  rungShape,
  screenedShape,
  screeningQuestionShape,
  screeningSummaryShape,
  tierNameShape,
} from './cohort-shapes.ts';
import { movedShape } from './compare-screenings.ts';
import { METRIC_IDS } from './metrics.ts';
import { GROUPINGS } from './profile.ts';
import { savedScreeningShape } from './screenings.ts';

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

/** What the target solver is asked. */
export const solveInputShape = z.object({
  condition: conditionShape,
  rung: rungShape,
  targets: z
    .array(
      z.object({
        year: z.number().int().min(2000).max(2100),
        count: z.number().int().min(0).max(1_000_000),
      }),
    )
    .min(1)
    .max(6),
  renewals: z.enum(['kept', 'lost']),
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

const looks = { locale, dark: z.boolean() };
const of = { condition: conditionShape, ...looks };
const by = z.enum(GROUPINGS);
/** An ECharts option. */
const chart = z.unknown();
const countShape = z.number();
const tripleShape = z.tuple([countShape, countShape, countShape]);
const cellShape = z.object({ met: countShape, unmet: countShape, open: countShape });
const quartilesShape = z.object({ low: z.number(), median: z.number(), high: z.number() }).nullable();
const groupShape = z.object({
  value: z.string().nullable(),
  total: countShape,
  known: countShape,
  quartiles: quartilesShape,
});
const tileShape = z.object({ district: z.string().nullable(), name: z.string(), count: countShape });
const limitShape = z.object({
  reason: z.enum(['item', 'title', 'together', 'rule', 'failed', 'later']),
  item: z.string().nullable(),
  title: textShape.nullable(),
  count: countShape,
});
const namedCount = z.array(z.object({ id: z.string(), label: textShape, count: countShape }));
export const targetInputShape = z.object({
  year: z.number().int().min(2000).max(2100),
  rung: rungShape,
  district: plainText(60).min(1).nullable(),
  count: z.number().int().min(0).max(10_000_000).nullable(),
});

/** The cohort in the contract: every answer comes from one reading of the library, done in a thread of its own. */
export const cohortCallShapes = {
  /** Values to filter by, with how many enterprises have them. */
  'cohort.facets': {
    from: 'window',
    effect: 'none',
    input: nothing,
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
    input: cohortListShape.extend(page),
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

  /** The portrait of a cohort, by definitions that are data: known and unknown apart. */
  'cohort.profile': {
    from: 'window',
    effect: 'none',
    input: z.object(of),
    output: z.object({
      n: countShape,
      title: textShape,
      note: textShape,
      items: z.array(
        z.object({
          id: z.string(),
          digit: z.string(),
          title: textShape,
          claim: textShape,
          over: z.number(),
          formula: textShape,
          onlyProves: z.boolean(),
          grade: gradeShape,
          refs: z.array(z.string()),
          sourceNote: textShape.nullable(),
          yes: countShape,
          no: countShape,
          unknown: countShape,
          share: z.number().nullable(),
          atLeast: z.number().nullable(),
          atMost: z.number().nullable(),
        }),
      ),
      chart,
    }),
  },
  /** A metric over a cohort and its groups; quartiles are null below ten known values. */
  'cohort.benchmark': {
    from: 'window',
    effect: 'none',
    input: z.object({ ...of, metric: z.enum(METRIC_IDS), by }),
    output: z.object({
      n: countShape,
      kind: z.enum(['money', 'ratio', 'growth', 'count', 'years']),
      all: groupShape,
      groups: z.array(groupShape.extend({ name: z.string() })),
      bars: z.array(
        z.object({
          name: z.string(),
          from: z.number().nullable(),
          below: z.number().nullable(),
          count: countShape,
        }),
      ),
      unknown: countShape,
      chart,
    }),
  },
  /** How often each item of a tier in force fails among those below it, by group. */
  'cohort.heat': {
    from: 'window',
    effect: 'none',
    input: z.object({ ...of, rung: rungShape, tier: tierNameShape.optional(), by }),
    output: z.object({
      n: countShape,
      tiers: z.array(tierNameShape.extend({ number: textShape, title: textShape })),
      tier: tierNameShape.extend({ number: textShape, title: textShape }).nullable(),
      columns: z.array(z.object({ value: z.string().nullable(), total: countShape, name: z.string() })),
      /** Groups that are not shown, the smallest ones. */
      more: countShape,
      rows: z.array(
        z.object({ item: z.string(), title: textShape, all: cellShape, cells: z.array(cellShape) }),
      ),
      chart,
    }),
  },
  /** The ladder of a cohort: holders now and by month, what is due for review, districts, targets. */
  'cohort.pipeline': {
    from: 'window',
    effect: 'none',
    input: z.object(of),
    output: z.object({
      today: z.string(),
      total: countShape,
      none: countShape,
      failed: countShape,
      current: z.array(
        z.object({ rung: z.number(), atLeast: countShape, exactly: countShape, undated: countShape }),
      ),
      months: z.array(
        z.object({
          month: z.string(),
          day: z.string(),
          holders: tripleShape,
          issued: tripleShape,
          ahead: z.boolean(),
        }),
      ),
      due: z.array(
        z.object({
          rung: z.number(),
          windows: z.array(z.object({ from: z.string(), to: z.string(), count: countShape })),
        }),
      ),
      targets: z.array(
        z.object({
          year: z.number(),
          rung: z.number(),
          district: z.string().nullable(),
          count: countShape,
          official: z.boolean(),
          actual: countShape,
          day: z.string().nullable(),
          cities: z.array(z.string().nullable()).nullable(),
        }),
      ),
      city: textShape,
      targetSource: z.object({ document: textShape, grade: gradeShape, note: textShape.nullable() }),
      places: z.array(
        z.object({
          rung: z.number(),
          tiles: z.array(tileShape.extend({ column: z.number(), row: z.number() })),
          others: z.array(tileShape),
          chart,
        }),
      ),
      tileNote: textShape,
      charts: z.object({ ladder: chart, months: chart }),
    }),
  },
  /** Sets a target of the city (district null) or a district; count null takes it away. */
  'cohort.setTarget': { from: 'window', effect: 'change', input: targetInputShape, output: nothing },
  /** Who can apply for what in which year by the routes; events 'progress' with job 'cohort'. */
  'cohort.forecast': {
    from: 'window',
    effect: 'none',
    input: z.object(of),
    output: z.object({
      n: countShape,
      years: z.array(z.number()),
      rungs: z.array(
        z.object({
          rung: z.number(),
          open: countShape,
          counts: z.array(countShape),
          none: countShape,
          limits: z.array(limitShape),
        }),
      ),
      chart,
    }),
  },
  /** The least-effort set of enterprises that reaches targets of one rung, or how far it goes and what stops it. */
  'cohort.solve': {
    from: 'window',
    effect: 'none',
    input: solveInputShape,
    output: z.object({
      rung: z.number(),
      open: countShape,
      routed: countShape,
      effort: z.number(),
      demands: z.array(
        z.object({
          year: z.number(),
          target: countShape,
          base: countShape,
          needed: countShape,
          had: countShape,
          most: countShape,
          reached: z.boolean(),
        }),
      ),
      chosen: z.array(
        z.object({
          id,
          name: z.string(),
          district: z.string().nullable(),
          division: z.string().nullable(),
          held: z.number(),
          year: z.number(),
          effort: z.number(),
          by: z.number(),
          levers: z.array(z.string()),
          confirm: z.array(z.string()),
        }),
      ),
      levers: namedCount,
      confirm: namedCount,
      limits: z.array(limitShape),
    }),
  },
} as const;
