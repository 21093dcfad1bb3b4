import { z } from 'zod';
import { listChoiceShape } from '../library/list-question.ts';
import { idShape, plainText } from '../library/shapes.ts';
import { textShape } from '../standards/schema.ts';
import { METRIC_IDS } from './metrics.ts';

export const rungShape = z.number().int().min(1).max(3);
export const dayShape = z.iso.date();
const word = plainText(80).nullable();
const words = z.array(word).min(1).max(200).optional();
export const tierNameShape = z.object({ standard: plainText(60).min(1), tier: plainText(60).min(1) });
export const reachShape = z.enum(['sure', 'possible', 'impossible']);
const verdictShape = z.enum(['met', 'unmet', 'unknown', 'manual']);

/** What was chosen in the library's list: marked enterprises, or all of a list but some, as the library has it now. */
export const chosenShape = z.object({
  /** The saved view it comes from. */
  view: plainText(60).min(1).optional(),
  selection: z.union([
    z.strictObject({ ids: z.array(idShape).min(1).max(20_000) }),
    z.strictObject({ list: listChoiceShape, except: z.array(idShape).max(20_000).optional() }),
  ]),
});
export type Chosen = z.infer<typeof chosenShape>;

/**
 * Which enterprises of a library: all parts together. null among the values of a part stands for "not known". Metrics
 * are in 万元, fractions, heads or years, by METRICS.
 */
export const conditionShape = z.object({
  held: z.array(z.number().int().min(0).max(3)).min(1).max(4).optional(),
  heldAtLeast: rungShape.optional(),
  heldBelow: rungShape.optional(),
  city: words,
  district: words,
  section: words,
  division: words,
  size: words,
  stage: words,
  consultant: words,
  /** With at least one of these tags; null = with none at all. */
  tags: words,
  samples: z.boolean().optional(),
  query: plainText(100).optional(),
  failed: z.boolean().optional(),
  /** Verdict of a whole rung today. */
  verdict: z.object({ rung: rungShape, is: z.array(verdictShape).min(1) }).optional(),
  /** Verdict of one item of a tier in force today. */
  item: tierNameShape.extend({ item: plainText(60).min(1), is: z.array(verdictShape).min(1) }).optional(),
  metric: z
    .object({
      id: z.enum(METRIC_IDS),
      known: z.boolean().optional(),
      /** From this number on, and below that one. */
      from: z.number().optional(),
      below: z.number().optional(),
    })
    .optional(),
  profile: z
    .object({ id: plainText(20).min(1), is: z.array(z.enum(['yes', 'no', 'unknown'])).min(1) })
    .optional(),
  /** A dated title of at least this rung was valid on the day. */
  heldOn: z.object({ rung: rungShape, day: dayShape }).optional(),
  /** Holds at least this rung, though no dated title of it is valid today. */
  undated: rungShape.optional(),
  /** A title of just this rung was issued in the month (YYYY-MM). */
  issued: z.object({ rung: rungShape, month: z.string().regex(/^\d{4}-\d{2}$/) }).optional(),
  /** The last title of just this rung runs out between the days, both included. */
  due: z.object({ rung: rungShape, from: dayShape, to: dayShape }).optional(),
  /** The first year in which the rung can be applied for by the routes; null = in none of the years looked at. */
  route: z.object({ rung: rungShape, year: z.number().int().nullable() }).optional(),
  ids: z.array(z.uuid()).max(20_000).optional(),
  chosen: chosenShape.optional(),
});
export type CohortCondition = z.infer<typeof conditionShape>;
/** A condition as the desk takes it: `among` are the ids that `chosen` stands for, as the library has them now. */
export type AskedCondition = CohortCondition & { readonly among?: readonly string[] };

/** One enterprise of a list behind a number. Revenue in 万元. */
export const cohortLineShape = z.object({
  id: z.uuid(),
  name: z.string(),
  uscc: z.string().nullable(),
  district: z.string().nullable(),
  division: z.string().nullable(),
  held: z.number().int(),
  stage: z.string().nullable(),
  revenueWan: z.number().nullable(),
  /** Verdict of the next rung. */
  next: z.object({ rung: z.number().int(), verdict: verdictShape }).nullable(),
  expiresOn: z.string().nullable(),
});
export type CohortLine = z.infer<typeof cohortLineShape>;

/** An extra line drawn by the consultant: a metric at least or at most a number (万元, fraction, heads, years). */
export const criterionShape = z.object({
  metric: z.enum(METRIC_IDS).exclude(['perHead']),
  is: z.enum(['atLeast', 'atMost']),
  value: z.number().min(-1e12).max(1e12),
});
export type Criterion = z.infer<typeof criterionShape>;

/** Who is screened, for which tier, by which rules. */
export const screeningQuestionShape = z.object({
  rung: rungShape,
  /** Day of application; it selects the standard in force. */
  date: dayShape,
  /** Another standard's tier instead of the one in force. */
  by: tierNameShape.optional(),
  condition: conditionShape.omit({ route: true, ids: true }).optional(),
  criteria: z.array(criterionShape).max(10).optional(),
  /** Work out the least-effort route of everyone, which takes longest. */
  routes: z.boolean(),
});
export type ScreeningQuestion = z.infer<typeof screeningQuestionShape>;

/** One year in which an enterprise can apply for a rung, and what it takes. */
export const routeOptionShape = z.object({
  year: z.number().int(),
  date: z.string(),
  /** Only to compare; with what the rungs before it take. */
  effort: z.number(),
  levers: z.array(z.string()),
  /** Unknown facts taken as good. */
  confirm: z.array(z.string()),
});
export type RouteOption = z.infer<typeof routeOptionShape>;

/** One enterprise screened. */
export const screenedShape = z.object({
  id: z.uuid(),
  name: z.string(),
  district: z.string().nullable(),
  division: z.string().nullable(),
  held: z.number().int(),
  reach: reachShape,
  /** Judged by the route of the rung that stands best. */
  standard: z.string(),
  tier: z.string(),
  /** Items that fail, with how near each is (0–1; null = not measurable), and items still open. */
  unmet: z.array(z.object({ item: z.string(), closeness: z.number().nullable() })),
  open: z.array(z.string()),
  /** Extra criteria by their place in the question: failed and unknown. */
  criteriaUnmet: z.array(z.number().int()),
  criteriaOpen: z.array(z.number().int()),
  /** Proved distance: for every failed item 1 − closeness, summed (1 where it cannot be measured). */
  distance: z.number(),
  /** The fact to ask for, and whether an answer can decide the title. */
  ask: z.object({ field: z.string(), decides: z.boolean() }).nullable(),
  /** The cheapest and the earliest way; null where there is none, undefined where routes were not asked for. */
  route: z.object({ earliest: routeOptionShape, cheapest: routeOptionShape }).nullable().optional(),
});
export type Screened = z.infer<typeof screenedShape>;

export const reachCountsShape = z.object({ sure: z.number(), possible: z.number(), impossible: z.number() });

/** What a screening found, as a whole. */
export const screeningSummaryShape = z.object({
  question: screeningQuestionShape,
  /** YYYY-MM-DD: facts as of this day. */
  today: z.string(),
  tiers: z.array(tierNameShape.extend({ number: z.string(), title: textShape, annex: textShape })),
  /** Enterprises that match the condition; those that hold the title already are not screened. */
  matching: z.number(),
  holding: z.number(),
  failed: z.number(),
  counts: reachCountsShape,
  /** With a route within the years looked at, and without; null where routes were not asked for. */
  routed: z.object({ within: z.number(), none: z.number() }).nullable(),
});
export type ScreeningSummary = z.infer<typeof screeningSummaryShape>;
