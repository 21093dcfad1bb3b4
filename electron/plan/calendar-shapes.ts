import { z } from 'zod';
import { linkedEntities } from '../library/evidence.ts';
import { textShape } from '../standards/schema.ts';

/** One day (or year, or no day yet) to keep in mind. */
export const calendarEntryShape = z.object({
  kind: z.enum(['window', 'update', 'expiry', 'review']),
  /** A day, a month or a year as far as it is known; null where nothing is. */
  date: z.string().nullable(),
  /** Last day of a window. */
  until: z.string().nullable(),
  title: textShape,
  says: textShape,
  /** set: announced, registered or in the rule; computed: by the rule from another date; guide: as last year. */
  certainty: z.enum(['set', 'computed', 'guide', 'unknown']),
  source: textShape.nullable(),
});
export type CalendarEntry = z.infer<typeof calendarEntryShape>;

/** What one fact behind a paper is shown by. */
export const proofShape = z.object({
  /** Field of the fact sheet; null for a paper that proves no fact. */
  field: z.string().nullable(),
  label: textShape,
  /** Where a file is to be attached. */
  place: z.object({ entity: z.enum(linkedEntities), entityId: z.string() }),
  files: z.array(z.object({ id: z.string(), name: z.string(), there: z.boolean() })),
  /** The library says that there is a document, whether or not its file is attached. */
  stated: z.boolean(),
});
export type Proof = z.infer<typeof proofShape>;

/** One paper of the application. */
export const materialShape = z.object({
  id: z.string(),
  text: textShape,
  /** The conditions it is for; empty for what every application needs. */
  for: z.array(textShape),
  /** From the library, or as the consultant set it; null where the library cannot tell. */
  state: z.enum(['ready', 'partly', 'missing']).nullable(),
  /** Whether the consultant set it by hand. */
  byHand: z.boolean(),
  says: textShape,
  /** Its facts one by one, with the files that show them. */
  proofs: z.array(proofShape),
});
export type Material = z.infer<typeof materialShape>;

/** A way to a tier. */
export const checklistRouteShape = z.object({
  rung: z.number().int(),
  standard: z.string(),
  tier: z.string(),
});
export type ChecklistRoute = z.infer<typeof checklistRouteShape>;

export const checklistShape = z.object({
  /** The tier and route it is for. */
  route: checklistRouteShape,
  title: textShape,
  review: z.boolean(),
  /** The published list it goes by; null where none is known and the conditions themselves say what is needed. */
  document: textShape.nullable(),
  note: textShape,
  materials: z.array(materialShape),
});
export type Checklist = z.infer<typeof checklistShape>;
