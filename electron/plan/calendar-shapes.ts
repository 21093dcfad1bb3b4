import { z } from 'zod';
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
});
export type Material = z.infer<typeof materialShape>;

export const checklistShape = z.object({
  /** The published list it goes by; null where none is known and the conditions themselves say what is needed. */
  document: textShape.nullable(),
  note: textShape,
  materials: z.array(materialShape),
});
export type Checklist = z.infer<typeof checklistShape>;
