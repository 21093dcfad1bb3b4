import { z } from 'zod';
import type { Call } from '../call.ts';
import { plainText } from '../library/shapes.ts';
import { gradeShape, textShape } from '../standards/schema.ts';
import { conditionShape, rungShape, tierNameShape } from './cohort-shapes.ts';
import { METRIC_IDS } from './metrics.ts';
import { GROUPINGS } from './profile.ts';

const locale = z.enum(['zh', 'en']);
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
/** A target of the city (district null) or of a district; count null takes it away. */
export const targetInputShape = z.object({
  year: z.number().int().min(2000).max(2100),
  rung: rungShape,
  district: plainText(60).min(1).nullable(),
  count: z.number().int().min(0).max(10_000_000).nullable(),
});

/** The views of a cohort in the contract: portrait, spreads, failing gates, the ladder, forecast and the way to a target. */
export const cohortViewCallShapes = {
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
          targets: z.tuple([countShape.nullable(), countShape.nullable(), countShape.nullable()]),
        }),
      ),
      /** Whom the months count: as the targets do; the rest lies in other cities or holds a title without dates. */
      monthsOf: z.object({
        cities: z.array(z.string().nullable()).nullable(),
        elsewhere: countShape,
        undated: tripleShape,
      }),
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
          undated: countShape,
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
  'cohort.setTarget': { from: 'window', effect: 'change', input: targetInputShape, output: z.object({}) },
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
          id: z.uuid(),
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
} as const satisfies Record<string, Call>;
