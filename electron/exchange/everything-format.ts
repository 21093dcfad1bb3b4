import { z } from 'zod';

/** The archive of a complete export; the number goes up when a reader of the former could not read it. */
export const EVERYTHING = 'cultivar-everything/1';

/** Tables in the order in which they can be filled: what others refer to comes first. */
export const everythingTables = [
  'enterprise',
  'figure',
  'fact',
  'title',
  'ip_right',
  'attachment',
  'standard_pack',
  'diagnosis',
  'plan',
  'target',
  'screening',
  'cohort_target',
  'list_view',
  'own_policy',
  'export_profile',
  'setting',
  'change',
  'long_value',
  'case_batch',
  'foreign_change',
  'conflict',
] as const;
export type EverythingTable = (typeof everythingTables)[number];

/** Tables that are also written as CSV, for people and other programs. */
export const csvTables: readonly EverythingTable[] = ['enterprise', 'figure', 'fact', 'title', 'ip_right'];

export const manifestShape = z.object({
  schema: z.literal(EVERYTHING),
  exportedAt: z.string(),
  libraryFormat: z.number().int(),
  counts: z.record(z.string(), z.number().int()),
  files: z.array(
    z.object({ name: z.string(), sha256: z.string(), table: z.string().nullable(), rows: z.number().int() }),
  ),
  description: z.unknown(),
});
export type Manifest = z.infer<typeof manifestShape>;

/** Bytes travel as base64 text in an object of their own, so that no text is ever taken for them. */
export const bytesShape = z.strictObject({ base64: z.string() });
