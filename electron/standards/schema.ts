import { z } from 'zod';

/** A text in both languages of the product. */
export const textShape = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof textShape>;

/** How sure we are of a source: seen on a government page, on a reprint, in a paraphrase, or only recalled. */
export const gradeShape = z.enum(['gov', 'reprint', 'secondary', 'memory']);
export type Grade = z.infer<typeof gradeShape>;

/** Where an item comes from. `refs` are addresses or, where none is public, a short name of the source. */
export const sourceShape = z.strictObject({
  grade: gradeShape,
  refs: z.array(z.string().min(1)).min(1),
  checked: z.iso.date(),
  note: textShape.optional(),
});

/** The dimensions of the programme: 专 精 特 新 链 品, plus compliance and the overall platform score. */
export const dimensionShape = z.enum([
  'specialized',
  'refined',
  'distinctive',
  'innovative',
  'chain',
  'product',
  'compliance',
  'overall',
]);
export type Dimension = z.infer<typeof dimensionShape>;

const fieldId = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A comparison of one fact. Numbers are read by their decimal text, never as binary floats. */
const comparisonShape = z
  .strictObject({
    field: fieldId,
    eq: z.union([z.boolean(), z.string(), z.number()]).optional(),
    gte: z.number().optional(),
    gt: z.number().optional(),
    lte: z.number().optional(),
    lt: z.number().optional(),
  })
  .refine(
    (c) => [c.eq, c.gte, c.gt, c.lte, c.lt].some((x) => x !== undefined),
    'a comparison needs an operator',
  );

/**
 * The rule language, the same as the research file's:
 * - `all` / `any`: three-valued AND / OR. `waiver: true` marks a branch of an `any` under which the item is not examined.
 * - `field` …: compare one fact.
 * - `manual`: a judgement for a person; `judgement` names the fact under which a person's judgement is kept.
 * - `ref`: a named condition of the same tier. `score`: total, a group id or an indicator id.
 * - `direct: 'any'`: any direct condition. `gate: 'all'`: all gates. `external`: another standard's tier.
 * - `otherwise`: the last option of a scored table.
 */
export type Condition =
  | { all: Condition[]; waiver?: true | undefined }
  | { any: Condition[]; waiver?: true | undefined }
  | (z.infer<typeof comparisonShape> & { waiver?: true | undefined })
  | { manual: true; judgement?: string | undefined }
  | { ref: string; waiver?: true | undefined }
  | { score: string; gte?: number | undefined; gt?: number | undefined }
  | { direct: 'any' }
  | { gate: 'all' }
  | { external: { standard: string; tier: string } }
  | { otherwise: true };

export const conditionShape: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionShape).min(1), waiver: z.literal(true).optional() }),
    z.strictObject({ any: z.array(conditionShape).min(1), waiver: z.literal(true).optional() }),
    comparisonShape.safeExtend({ waiver: z.literal(true).optional() }),
    z.strictObject({ manual: z.literal(true), judgement: fieldId.optional() }),
    z.strictObject({ ref: z.string().min(1), waiver: z.literal(true).optional() }),
    z.strictObject({ score: z.string().min(1), gte: z.number().optional(), gt: z.number().optional() }),
    z.strictObject({ direct: z.literal('any') }),
    z.strictObject({ gate: z.literal('all') }),
    z.strictObject({ external: z.strictObject({ standard: z.string(), tier: z.string() }) }),
    z.strictObject({ otherwise: z.literal(true) }),
  ]),
);

/** A gate, a base-gate item or a direct condition. `clause` says where it stands: annex and item. */
export const itemShape = z.strictObject({
  id: z.string().min(1),
  dimension: dimensionShape,
  title: textShape,
  /** What the clause asks, in our own words. */
  says: textShape,
  clause: textShape,
  when: conditionShape,
  source: sourceShape,
  note: textShape.optional(),
});
export type Item = z.infer<typeof itemShape>;

const optionShape = z.strictObject({
  key: z.string().min(1),
  title: textShape,
  when: conditionShape,
  points: z.number().min(0),
});
export type Option = z.infer<typeof optionShape>;

const indicatorBase = {
  id: z.string().min(1),
  dimension: dimensionShape,
  title: textShape,
  says: textShape,
  clause: textShape,
  max: z.number().positive(),
  source: sourceShape,
  note: textShape.optional(),
};

/**
 * A scored indicator.
 * - `first_match`: options in order, the first true one gives the points.
 * - `sum_capped`: every true option adds its points, up to `cap`.
 * - `best_of`: several tables; the best one counts.
 * - `steps`: `points` for every full `per` of the field, up to `max`.
 * - `manual_points`: points given by a person (field), within `range`.
 */
export const indicatorShape = z.discriminatedUnion('mode', [
  z.strictObject({ ...indicatorBase, mode: z.literal('first_match'), options: z.array(optionShape).min(2) }),
  z.strictObject({
    ...indicatorBase,
    mode: z.literal('sum_capped'),
    cap: z.number(),
    options: z.array(optionShape).min(1),
  }),
  z.strictObject({
    ...indicatorBase,
    mode: z.literal('best_of'),
    variants: z.array(z.strictObject({ title: textShape, options: z.array(optionShape).min(2) })).min(2),
  }),
  z.strictObject({
    ...indicatorBase,
    mode: z.literal('steps'),
    field: fieldId,
    per: z.number().positive(),
    points: z.number().positive(),
  }),
  z.strictObject({
    ...indicatorBase,
    mode: z.literal('manual_points'),
    field: fieldId,
    range: z.tuple([z.number(), z.number()]),
  }),
]);
export type Indicator = z.infer<typeof indicatorShape>;

export const groupShape = z.strictObject({
  id: z.string().min(1),
  title: textShape,
  max: z.number().positive(),
  indicators: z.array(indicatorShape).min(1),
});
export type Group = z.infer<typeof groupShape>;

/** One tier of a standard: its gates, direct conditions, scored table and pass rule. */
export const tierShape = z.strictObject({
  id: z.string().min(1),
  /** The rung of the ladder: 1 科技和创新型, 2 专精特新, 3 小巨人. */
  rung: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  title: textShape,
  annex: textShape,
  pass: conditionShape,
  /** True when the document's base gate is not part of this tier's rule (115号 states its own). */
  ownBase: z.boolean().optional(),
  gates: z.array(itemShape),
  direct: z.array(itemShape),
  groups: z.array(groupShape),
  refs: z.record(z.string(), conditionShape),
  /** Named extra conditions of one round (for example exclusions of the 2026 round), shown and counted as gates of that round. */
  rounds: z.array(
    z.strictObject({
      id: z.string(),
      title: textShape,
      from: z.iso.date(),
      to: z.iso.date().nullable(),
      exclusions: z.array(itemShape),
    }),
  ),
  source: sourceShape,
  notes: z.array(textShape),
});
export type Tier = z.infer<typeof tierShape>;

/** A standard: one official document as a rule pack. Immutable once released; a correction is a new version. */
export const standardShape = z.strictObject({
  schema: z.literal('cultivar-standard/1'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  version: z.number().int().positive(),
  document: z.strictObject({
    title: textShape,
    number: z.string().min(1),
    issuer: textShape,
    issued: z.iso.date(),
    validityYears: z.number().int().positive(),
    /** Month and day by which holders update their data each year. */
    yearlyUpdate: z
      .string()
      .regex(/^\d\d-\d\d$/)
      .nullable(),
  }),
  effective: z.strictObject({
    from: z.iso.date(),
    to: z.iso.date().nullable(),
    status: textShape,
    source: sourceShape,
  }),
  base: z.array(itemShape),
  tiers: z.array(tierShape).min(1),
});
export type Standard = z.infer<typeof standardShape>;

/**
 * Which standard applies when, as data: the first matching row wins.
 * `use` is a list because tier 1 has two routes, either of which gives the title.
 */
export const selectionShape = z.strictObject({
  schema: z.literal('cultivar-selection/1'),
  rows: z
    .array(
      z.strictObject({
        rung: z.union([z.literal(1), z.literal(2), z.literal(3)]),
        kind: z.enum(['new', 'review', 'any']),
        from: z.iso.date().nullable(),
        to: z.iso.date().nullable(),
        use: z.array(z.strictObject({ standard: z.string(), tier: z.string() })).min(1),
        reason: textShape,
        source: sourceShape,
        expected: z.boolean().optional(),
      }),
    )
    .min(1),
});
export type Selection = z.infer<typeof selectionShape>;

/** The size classes of 工信部联企业〔2011〕300号. Bounds are inclusive lower bounds of large, medium, small. */
export const sizeStandardShape = z.strictObject({
  schema: z.literal('cultivar-size/1'),
  id: z.string(),
  document: z.strictObject({ title: textShape, number: z.string(), issuer: textShape }),
  rule: textShape,
  source: sourceShape,
  industries: z.array(
    z.strictObject({
      id: z.number().int().positive(),
      title: textShape,
      clause: textShape,
      /** persons / 万元 / 万元 */
      metrics: z.strictObject({
        staff: z.tuple([z.number(), z.number(), z.number()]).optional(),
        revenueWan: z.tuple([z.number(), z.number(), z.number()]).optional(),
        assetsWan: z.tuple([z.number(), z.number(), z.number()]).optional(),
      }),
      /** GB/T 4754-2017 divisions (two digits) or, where a division is split, classes/groups (three or four digits). */
      codes: z.array(z.string().regex(/^\d{2,4}$/)),
      source: sourceShape,
      note: textShape.optional(),
    }),
  ),
});
export type SizeStandard = z.infer<typeof sizeStandardShape>;
