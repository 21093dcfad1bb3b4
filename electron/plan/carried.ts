import { z } from 'zod';
import { fieldName, logLineShape } from '../library/log-shapes.ts';
import { idShape, plainText } from '../library/shapes.ts';

/** Name under which the enterprise that a plan is for is attached to its PDF. */
export const CARRIED_NAME = 'cultivar-enterprise.json';
const CARRIED = 'cultivar-enterprise/1';

/** Kinds of records a PDF carries beside the check-up. */
export const carriedKinds = [
  'enterprise',
  'figure',
  'fact',
  'title',
  'ipRight',
  'diagnosis',
  'plan',
] as const;

const record = z.object({
  entity: z.enum(carriedKinds),
  id: plainText(200),
  /** Fields as the change log names them. */
  parts: z.record(fieldName, z.unknown()),
});
export type CarriedRecord = z.infer<typeof record>;

/** A line of the change log without its values: which fields were touched, by whom and when. */
const touch = logLineShape.extend({ fields: z.array(fieldName).max(20_000) });
export type CarriedTouch = z.infer<typeof touch>;

/**
 * The enterprise with its facts as of the check-up, the plan as printed, and who touched what last, so that another
 * library can take it in. The check-up itself is the attachment beside it. A consultant's own notes stay out.
 */
export const carriedShape = z.object({
  schema: z.literal(CARRIED),
  libraryFormat: z.number().int().min(1).max(10_000),
  id: idShape,
  records: z.array(record).max(20_000),
  log: z.array(touch).max(100_000),
});
export type Carried = z.infer<typeof carriedShape>;

/** What is carried of a firm; the plan is added from what is printed. */
export type CarriedFirm = Omit<Carried, 'schema'>;

/** What a PDF carries: the firm's records and the plan itself. */
export function carriedWith(firm: CarriedFirm, plan: CarriedRecord): Carried {
  return { schema: CARRIED, ...firm, records: [...firm.records, plan] };
}
