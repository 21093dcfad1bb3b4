import { z } from 'zod';
import { dimensionShape, gradeShape, textShape } from '../standards/schema.ts';

/** The five verdicts. Unknown is never zero and never a fail. */
export const verdictShape = z.enum(['met', 'unmet', 'unknown', 'manual', 'not_applicable']);
export type Verdict = z.infer<typeof verdictShape>;

/** How a value is backed: said by the firm, shown in a document, checked by the consultant, or computed. */
export const basisShape = z.enum(['declared', 'documented', 'checked', 'derived']);
export type Basis = z.infer<typeof basisShape>;

/**
 * One entry of the fact sheet. `value` is exact: numbers as decimal or fraction text ("2834.28", "283428/1981364"),
 * a growth rate that is a square root as "sqrt:n/d" (meaning √(n/d) − 1), a boolean, or an option's word.
 * Amounts in 万元, ratios as fractions.
 */
export const sheetEntryShape = z.object({
  value: z.union([z.string(), z.boolean()]),
  /** Fiscal year of the value, null where it has none. */
  year: z.number().int().nullable(),
  basis: basisShape,
  source: z.string().nullable(),
  /** The fields it was computed from. */
  parts: z.array(z.string()).optional(),
});
export type SheetEntry = z.infer<typeof sheetEntryShape>;
export const factSheetShape = z.record(z.string(), sheetEntryShape);
/** A flat record of facts by field id; a missing field is unknown. */
export type FactSheet = z.infer<typeof factSheetShape>;

/** A value given as such that does not agree with its parts; both are kept, the parts are used. */
export const conflictShape = z.object({
  field: z.string(),
  given: sheetEntryShape,
  computed: sheetEntryShape,
  says: textShape,
});
export type Conflict = z.infer<typeof conflictShape>;

/** One number that is short of its line. `amount` is exact text in `unit`. */
export const shortfallShape = z.object({
  field: z.string(),
  label: textShape,
  unit: z.enum(['wan', 'percent_point', 'count', 'years', 'rank', 'score', 'level', 'flag']),
  amount: z.string(),
  direction: z.enum(['raise', 'lower', 'set']),
  says: textShape,
});
export type Shortfall = z.infer<typeof shortfallShape>;

/** One judged item (gate, base item, direct condition or indicator), explained in both languages. */
export const judgedShape = z.object({
  id: z.string(),
  kind: z.enum(['base', 'gate', 'direct', 'indicator', 'exclusion']),
  dimension: dimensionShape,
  title: textShape,
  says: textShape,
  clause: textShape,
  grade: gradeShape,
  refs: z.array(z.string()),
  checked: z.string(),
  note: textShape.nullable(),
  verdict: verdictShape,
  /** The comparison with the numbers used and their years. */
  formula: textShape,
  /** How far it is, null where met or not measurable. */
  gap: textShape.nullable(),
  shortfalls: z.array(shortfallShape),
  /** 0–1: how near the value is to its line; null where unknown or not measurable. */
  closeness: z.number().nullable(),
  /** Field ids the rule reads. */
  fields: z.array(z.string()),
  /** Of those, the ones still unknown. */
  missing: z.array(z.string()),
  /** Fact under which a person's judgement is kept, for manual items. */
  judgement: z.string().nullable(),
  points: z.object({ min: z.number(), max: z.number(), cap: z.number() }).nullable(),
});
export type Judged = z.infer<typeof judgedShape>;

export const scoreShape = z.object({
  min: z.number(),
  max: z.number(),
  cap: z.number(),
  groups: z.array(
    z.object({ id: z.string(), title: textShape, min: z.number(), max: z.number(), cap: z.number() }),
  ),
});
export type Score = z.infer<typeof scoreShape>;

/** One tier of one standard, judged. */
export const routeShape = z.object({
  standard: z.string(),
  version: z.number(),
  hash: z.string(),
  tier: z.string(),
  rung: z.number().int(),
  title: textShape,
  number: z.string(),
  documentTitle: textShape,
  annex: textShape,
  grade: gradeShape,
  effectiveFrom: z.string(),
  verdict: verdictShape,
  /** sure: proved; impossible: disproved; possible: depends on what is still unknown. */
  reach: z.enum(['sure', 'possible', 'impossible']),
  items: z.array(judgedShape),
  score: scoreShape.nullable(),
  counts: z.object({
    met: z.number(),
    unmet: z.number(),
    unknown: z.number(),
    manual: z.number(),
    not_applicable: z.number(),
  }),
});
export type Route = z.infer<typeof routeShape>;

/** A rung of the ladder: one or more routes, either of which gives the title. */
export const rungShape = z.object({
  rung: z.number().int(),
  title: textShape,
  kind: z.enum(['new', 'review']),
  verdict: verdictShape,
  reach: z.enum(['sure', 'possible', 'impossible']),
  /** The title is held and valid on the facts date. */
  held: z.boolean(),
  /** Why this standard applies, in words. */
  reason: textShape,
  /** Index of the route that stands best. */
  best: z.number().int(),
  routes: z.array(routeShape),
});
export type Rung = z.infer<typeof rungShape>;

export const sizeResultShape = z.object({
  class: z.enum(['micro', 'small', 'medium', 'large']).nullable(),
  isSme: z.boolean().nullable(),
  industry: textShape.nullable(),
  reason: textShape,
  clause: textShape,
  grade: gradeShape,
});
export type SizeResult = z.infer<typeof sizeResultShape>;

export const stageResultShape = z.object({
  stage: z.enum(['startup', 'growth', 'maturity', 'renewal']).nullable(),
  method: z.enum(['cash_flow', 'age_and_growth', 'none']),
  reason: textShape,
});
export type StageResult = z.infer<typeof stageResultShape>;

/** How near a dimension is to its lines: `proved` counts unknown as nothing, `possible` as reached. 0–1. */
export const radarAxisShape = z.object({
  dimension: dimensionShape,
  proved: z.number(),
  possible: z.number(),
  items: z.number().int(),
});

/** For whom, as of when and for what the firm is judged. */
export const asOfShape = z.object({
  /** The last closed fiscal year (y1). */
  fiscalYear: z.number().int(),
  /** Titles and answers count as of this day. */
  factsDate: z.string(),
  /** Day of application; it selects the standard in force. */
  applicationDate: z.string(),
});
export type AsOf = z.infer<typeof asOfShape>;

/** A whole diagnosis: a snapshot that can be re-run with the same result. */
export const diagnosisShape = z.object({
  schema: z.literal('cultivar-diagnosis/1'),
  engine: z.string(),
  asOf: asOfShape,
  /** Rungs judged as a review. */
  review: z.array(z.number().int()),
  /** The facts as given: with the standards' hashes, all that is needed to run it again. */
  given: factSheetShape,
  /** The given facts completed by what can be computed; the parts win where both are there. */
  sheet: factSheetShape,
  conflicts: z.array(conflictShape),
  size: sizeResultShape,
  stage: stageResultShape,
  rungs: z.array(rungShape),
  ladder: z.object({
    /** Highest rung whose title is held and valid; 0 = none known. */
    current: z.number().int(),
    /** Whether holding none is known (answered) or only not known. */
    currentKnown: z.boolean(),
    /** The next rung to aim at; null when the top is held. */
    next: z.number().int().nullable(),
    says: textShape,
  }),
  radar: z.array(radarAxisShape),
  /** Items of the next rung that are unmet, nearest first, then what must be found out. */
  shortBoards: z.array(z.object({ standard: z.string(), tier: z.string(), item: z.string() })),
  /** Unknown facts of the next rung, the one that settles most first. */
  askNext: z.array(z.object({ field: z.string(), label: textShape, settles: z.number() })),
  /** The 2022 hundred-point table as a labelled lens; it decides nothing for rungs 2 and 3 today. */
  lens: z
    .object({ title: textShape, says: textShape, score: scoreShape, items: z.array(judgedShape) })
    .nullable(),
});
export type Diagnosis = z.infer<typeof diagnosisShape>;
