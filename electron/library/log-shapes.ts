import { z } from 'zod';
import { plainText } from './shapes.ts';

/** A field of a record as the log names it. */
export const fieldName = z.string().min(1).max(300);

/** The hybrid-logical-clock stamp of a log line; one that is known only in part ends in "p". */
export const stampShape = z.string().regex(/^0\d{14}-[0-9a-f]{4}-[0-9a-f]{16}p?$/);

/** A line of the log as it travels between libraries, without its fields. */
export const logLineShape = z.object({
  hlc: stampShape,
  at: z.iso.datetime(),
  actor: plainText(200),
  action: plainText(100),
  op: z.enum(['put', 'remove']),
  entity: plainText(40),
  entityId: plainText(200),
  made: z.boolean(),
});
