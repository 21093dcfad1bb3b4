import { z } from 'zod';
import { textShape } from '../standards/schema.ts';

/** Industry groups by which measures differ; GB/T 4754 divisions map to them in resources/reference/industries.json. */
export const industryGroupShape = z.enum([
  'equipment',
  'electronics',
  'materials',
  'biomedicine',
  'automotive',
  'energy',
  'software',
  'services',
  'consumer',
  'other',
]);
export type IndustryGroup = z.infer<typeof industryGroupShape>;

const distinct = (all: string[]) => new Set(all).size === all.length;

/**
 * GB/T 4754-2017: the 20 sections (门类) and 97 divisions (大类). `group` is the product's own grouping by which
 * measures are chosen; no verdict depends on it.
 */
export const industriesShape = z
  .strictObject({
    schema: z.literal('cultivar-industries/1'),
    document: z.strictObject({ title: textShape, number: z.literal('GB/T 4754-2017') }),
    note: textShape,
    sections: z
      .array(z.strictObject({ code: z.string().regex(/^[A-T]$/), name: textShape }))
      .length(20)
      .refine((sections) => distinct(sections.map((s) => s.code)), 'a section is there twice'),
    divisions: z
      .array(
        z.strictObject({
          code: z.string().regex(/^\d{2}$/),
          section: z.string().regex(/^[A-T]$/),
          name: textShape,
          group: industryGroupShape,
        }),
      )
      .length(97)
      .refine((divisions) => distinct(divisions.map((d) => d.code)), 'a division is there twice'),
  })
  .refine((i) => i.divisions.every((d) => i.sections.some((s) => s.code === d.section)), 'unknown section');
export type Industries = z.infer<typeof industriesShape>;

const aliases = z.array(z.string().min(1));

/**
 * Places for the pickers. `name.zh` is what the library stores; `aliases` are other ways in which files write the
 * same place, for import. A zone (功能区) has its own administration but lies within one or more districts.
 * Provinces carry the first two digits of their GB/T 2260 code.
 */
export const districtsShape = z.strictObject({
  schema: z.literal('cultivar-districts/1'),
  city: textShape,
  districts: z
    .array(z.strictObject({ name: textShape, kind: z.enum(['district', 'zone']), aliases }))
    .refine(
      (items) => distinct(items.flatMap((d) => [d.name.zh, ...d.aliases])),
      'a district name or alias is there twice',
    ),
  provinces: z
    .array(z.strictObject({ code: z.string().regex(/^\d{2}$/), name: textShape, aliases }))
    .refine(
      (items) => distinct(items.flatMap((p) => [p.code, p.name.zh, ...p.aliases])),
      'a province is there twice',
    ),
});
export type Districts = z.infer<typeof districtsShape>;
