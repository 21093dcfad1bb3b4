import { z } from 'zod';
import { textShape } from '../standards/schema.ts';
import {
  decimalShape,
  type FigureColumn,
  figureColumns,
  nonNegativeColumns,
  profileShape,
  staffColumns,
  titleShape,
  yearShape,
} from './shapes.ts';

/**
 * Facts that are stored with their fiscal year; every other fact of a sample has `year: null` and stands for
 * the sample's fiscal year as a whole (its note names the date where the source gives one).
 */
export const yearlyFactIds = [
  'main_ratio',
  'debt_ratio',
  'rd_ratio',
  'net_margin',
  'rd_staff_ratio',
  'tech_staff_ratio',
  'main_rev_growth',
  'main_rev_growth_avg2',
  'revenue_cagr2',
  'eval_score',
] as const;

/** Published values are documented; what the researcher worked out from them is declared and says so in a note. */
const basis = z.enum(['declared', 'documented']);
const sourceKey = z.string().regex(/^[a-z][a-zA-Z0-9]*$/);

const figureShape = z
  .strictObject({ value: decimalShape, source: sourceKey, basis, note: textShape.optional() })
  .refine((f) => f.basis === 'documented' || f.note !== undefined, 'a declared figure needs a note');

const factShape = z
  .strictObject({
    factId: z.string().regex(/^[a-z][a-z0-9_]{0,60}$/),
    year: yearShape.nullable(),
    value: z.union([z.boolean(), z.string().min(1).max(200)]),
    source: sourceKey,
    basis,
    note: textShape.optional(),
  })
  .refine((f) => f.basis === 'documented' || f.note !== undefined, 'a declared fact needs a note')
  .refine(
    (f) => (yearlyFactIds as readonly string[]).includes(f.factId) === (f.year !== null),
    'a yearly fact needs its fiscal year, any other has none',
  )
  .refine(
    (f) => f.year === null || decimalShape.safeParse(f.value).success,
    'a yearly fact is an exact decimal as text',
  );

const sampleProfileShape = z.strictObject({
  ...profileShape
    .pick({
      uscc: true,
      city: true,
      district: true,
      foundedOn: true,
      registeredCapital: true,
      industrySection: true,
      industryDivision: true,
      industryClass: true,
      ownership: true,
      listingStatus: true,
      listingVenue: true,
      stockCode: true,
      mainProduct: true,
      niche: true,
      nicheSince: true,
      brief: true,
    })
    .partial().shape,
  name: profileShape.shape.name,
  shortName: z.string().min(1).max(100),
  province: z.string().min(1).max(40),
  isSample: z.literal(true),
});

const sampleTitleShape = z.strictObject({
  ...titleShape.omit({ id: true }).shape,
  basis,
  source: sourceKey,
  note: textShape.optional(),
});

/**
 * A real firm's public figures as they stood at the end of `fiscalYear`, the last closed fiscal year of the case.
 * Money is in 万元, ratios are fractions, both as decimal text exactly as published and never as floating-point
 * numbers; head-counts are whole persons. What is not public is absent: it stays unknown. `source` is a key of
 * `sources`; `profileSources` says the same for the profile. Values that are no fiscal year's (half-years,
 * quarters, dates after the fiscal year) and claims that need a look are `remarks`.
 */
export const sampleShape = z
  .strictObject({
    schema: z.literal('cultivar-sample/1'),
    fiscalYear: yearShape,
    notice: textShape,
    document: textShape,
    sources: z.record(sourceKey, z.url({ protocol: /^https?$/ })),
    profile: sampleProfileShape,
    profileSources: z.record(z.string(), sourceKey),
    titles: z.array(sampleTitleShape),
    figures: z
      .array(z.strictObject({ year: yearShape, values: z.partialRecord(z.enum(figureColumns), figureShape) }))
      .min(1),
    facts: z.array(factShape),
    remarks: z.array(z.strictObject({ ...textShape.shape, source: sourceKey.nullable() })),
  })
  .check((ctx) => {
    const sample = ctx.value;
    const fault = (path: (string | number)[], message: string) =>
      ctx.issues.push({ code: 'custom', input: sample, path, message });
    const known = (key: string | null, path: (string | number)[]) => {
      if (key !== null && !(key in sample.sources)) fault(path, `unknown source "${key}"`);
    };
    sample.figures.forEach((figures, i) => {
      const before = sample.figures[i - 1];
      if (before && before.year >= figures.year) fault(['figures', i, 'year'], 'years must rise');
      if (figures.year > sample.fiscalYear) fault(['figures', i, 'year'], 'later than the fiscal year');
      for (const [column, figure] of Object.entries(figures.values)) {
        const path = ['figures', i, 'values', column];
        known(figure.source, [...path, 'source']);
        try {
          sampleFigure(column as FigureColumn, figure.value);
        } catch (error) {
          fault([...path, 'value'], (error as Error).message);
        }
      }
    });
    if (sample.figures.at(-1)?.year !== sample.fiscalYear) {
      fault(['figures'], 'the last year must be the fiscal year');
    }
    const facts = new Set<string>();
    sample.facts.forEach((fact, i) => {
      known(fact.source, ['facts', i, 'source']);
      if (fact.year !== null && fact.year > sample.fiscalYear) {
        fault(['facts', i, 'year'], 'later than the fiscal year');
      }
      const id = `${fact.factId} ${fact.year}`;
      if (facts.has(id)) fault(['facts', i], `"${id}" is there twice`);
      facts.add(id);
    });
    sample.titles.forEach((title, i) => {
      known(title.source, ['titles', i, 'source']);
    });
    sample.remarks.forEach((remark, i) => {
      known(remark.source, ['remarks', i, 'source']);
    });
    for (const field of Object.keys(sample.profile)) {
      if (field === 'brief' || field === 'isSample') continue;
      const key = sample.profileSources[field];
      if (key === undefined) fault(['profileSources', field], 'a profile field needs a source');
      else known(key, ['profileSources', field]);
    }
  });
export type Sample = z.infer<typeof sampleShape>;

/**
 * An amount in 万元 as decimal text ("19813.64") in whole yuan (198136400), exactly.
 * Throws where the text is no decimal number or is not a whole number of yuan.
 */
export function wanTextToYuan(text: string): number {
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (!parts) throw new Error(`"${text}" is no decimal amount`);
  const [, sign = '', whole = '', decimals = ''] = parts;
  const beyond = decimals.slice(4);
  if (/[1-9]/.test(beyond)) throw new Error(`"${text}" 万元 is not a whole number of yuan`);
  const yuan = Number(`${whole}${decimals.slice(0, 4).padEnd(4, '0')}`);
  if (!Number.isSafeInteger(yuan)) throw new Error(`"${text}" 万元 is too large`);
  return sign === '-' && yuan !== 0 ? -yuan : yuan;
}

/**
 * A sample's figure as the library stores it: whole yuan for a money column, persons for a head-count.
 * Throws where it is not a whole number of them or is below zero in a column that cannot be.
 */
export function sampleFigure(column: FigureColumn, text: string): number {
  const isStaff = (staffColumns as readonly string[]).includes(column);
  if (isStaff && !/^\d{1,9}$/.test(text)) throw new Error(`"${text}" is no whole number of persons`);
  const value = isStaff ? Number(text) : wanTextToYuan(text);
  if (value < 0 && nonNegativeColumns.includes(column)) throw new Error(`${column} cannot be below zero`);
  return value;
}
