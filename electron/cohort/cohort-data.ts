import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sourceShape, textShape } from '../standards/schema.ts';

const comparisonShape = z.strictObject({
  field: z.string().regex(/^[a-z][a-z0-9_]*$/),
  gte: z.number().optional(),
  eq: z.union([z.number(), z.boolean()]).optional(),
});

/**
 * One measure of the portrait. `over` is the share the source claims. A measure reads one fact, or the industry's
 * section. `onlyProves`: the fact can prove it, never disprove it.
 */
const profileItemShape = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  digit: z.string().length(1),
  title: textShape,
  claim: textShape,
  over: z.number().min(0).max(1),
  when: z.union([comparisonShape, z.strictObject({ section: z.string().regex(/^[A-T]$/) })]),
  onlyProves: z.literal(true).optional(),
  formula: textShape,
  source: sourceShape,
});
export type ProfileItem = z.infer<typeof profileItemShape>;

export const profileDataShape = z.strictObject({
  schema: z.literal('cultivar-cohort-profile/1'),
  title: textShape,
  note: textShape,
  items: z.array(profileItemShape).min(1),
});
export type ProfileData = z.infer<typeof profileDataShape>;

export const targetDataShape = z.strictObject({
  schema: z.literal('cultivar-cohort-targets/1'),
  targets: z.array(
    z.strictObject({
      year: z.number().int(),
      rung: z.number().int().min(1).max(3),
      district: z.string().nullable(),
      count: z.number().int().min(0),
      level: textShape,
    }),
  ),
  document: textShape,
  source: sourceShape,
});
export type TargetData = z.infer<typeof targetDataShape>;

/** Where a district lies on the sketch of the city: one tile each. */
export const tileDataShape = z.strictObject({
  schema: z.literal('cultivar-district-tiles/1'),
  note: textShape,
  tiles: z.array(
    z.strictObject({
      district: z.string(),
      /** What it is called where there is little room. */
      short: textShape.optional(),
      column: z.number().int().min(0),
      row: z.number().int().min(0),
    }),
  ),
});
export type TileData = z.infer<typeof tileDataShape>;

/** The definitions that the views of a cohort go by. */
export interface CohortData {
  readonly profile: ProfileData;
  readonly targets: TargetData;
  readonly tiles: TileData;
}

/** Reads the definitions from the product's data. Throws where a file is missing or not as it must be. */
export function readCohortData(folder: string): CohortData {
  const json = (name: string): unknown =>
    JSON.parse(readFileSync(join(folder, 'reference', `${name}.json`), 'utf8'));
  return {
    profile: profileDataShape.parse(json('cohort-profile')),
    targets: targetDataShape.parse(json('cohort-targets')),
    tiles: tileDataShape.parse(json('district-tiles')),
  };
}
