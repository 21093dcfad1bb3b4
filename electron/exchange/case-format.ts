import { z } from 'zod';
import { fieldName, logLineShape } from '../library/log-shapes.ts';
import { idShape, plainText } from '../library/shapes.ts';

/** A case package; the number goes up when a reader of the former could not read it. */
export const CASE = 'cultivar-case/1';
/** What a package may hold at most. */
export const MOST_FIRMS = 500;

/** Kinds of records that travel with an enterprise, in the order in which they can be stored. */
export const travelling = [
  'enterprise',
  'figure',
  'fact',
  'title',
  'ipRight',
  'target',
  'diagnosis',
  'plan',
  'attachment',
] as const;
export type Travelling = (typeof travelling)[number];

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const caseManifestShape = z.object({
  schema: z.literal(CASE),
  createdAt: z.iso.datetime(),
  sender: plainText(200),
  libraryFormat: z.number().int().min(1).max(10_000),
  firms: z
    .array(
      z.object({
        id: idShape,
        name: plainText(200).min(1),
        uscc: plainText(32).nullable(),
        file: z.string(),
      }),
    )
    .max(MOST_FIRMS),
  files: z.array(z.object({ name: z.string().max(200), sha256: hash })).max(20_000),
});
export type CaseManifest = z.infer<typeof caseManifestShape>;

/** A line of the sender's log, with the record it is about. */
export const caseChangeShape = logLineShape.extend({
  fields: z.record(fieldName, z.object({ old: z.unknown(), new: z.unknown() })),
});
export type CaseChange = z.infer<typeof caseChangeShape>;

/** A record as the log names its parts; `beside` are fields too large for the log (a diagnosis' snapshot). */
export const caseRecordShape = z.object({
  entity: z.enum(travelling),
  id: plainText(200),
  parts: z.record(fieldName, z.unknown()),
  beside: z.record(fieldName, z.unknown()).optional(),
});
export type CaseRecord = z.infer<typeof caseRecordShape>;

/** One enterprise with everything that belongs to it and all that is known of how it came about. */
export const caseFirmShape = z.object({
  id: idShape,
  records: z.array(caseRecordShape).max(20_000),
  log: z.array(caseChangeShape).max(200_000),
});
export type CaseFirm = z.infer<typeof caseFirmShape>;
