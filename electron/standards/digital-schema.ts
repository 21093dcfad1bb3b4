import { z } from 'zod';
import { sourceShape, textShape } from './schema.ts';

/** One question of a digital self-assessment and how its answer gives points. */
export const digitalQuestionShape = z.discriminatedUnion('mode', [
  /** One of several answers. */
  z.strictObject({
    id: z.string().min(1),
    title: textShape,
    max: z.number().positive(),
    mode: z.literal('single'),
    options: z.array(z.strictObject({ title: textShape, points: z.number().min(0) })).min(2),
  }),
  /** A share; each band reaches up to and includes `upTo` (a fraction). */
  z.strictObject({
    id: z.string().min(1),
    title: textShape,
    max: z.number().positive(),
    mode: z.literal('bands'),
    bands: z.array(z.strictObject({ upTo: z.number().positive().max(1), points: z.number().min(0) })).min(2),
  }),
  /** Any of several answers; `count` answers give `each` points apiece. The wording of the answers is not held here. */
  z.strictObject({
    id: z.string().min(1),
    title: textShape,
    max: z.number().positive(),
    mode: z.literal('multiple'),
    answers: z
      .array(z.strictObject({ count: z.number().int().positive(), each: z.number().positive() }))
      .min(1),
  }),
]);

export type DigitalQuestion = z.infer<typeof digitalQuestionShape>;

/**
 * A digital-level standard, for reading and for the help of the `digital_level` fact. The level itself is always
 * an answer: the official self-assessment gives it.
 */
export const digitalStandardShape = z.strictObject({
  schema: z.literal('cultivar-digital/1'),
  id: z.string().regex(/^[a-z0-9-]+$/),
  document: z.strictObject({ title: textShape, number: z.string().min(1), issued: z.iso.date().nullable() }),
  status: textShape,
  source: sourceShape,
  dimensions: z.array(textShape),
  forms: z.array(textShape),
  /** Score ranges of the levels; `from` is included, at `to` the next level begins (null: no upper end). */
  levels: z.array(
    z.strictObject({
      level: z.number().int().min(1).max(4),
      from: z.number(),
      to: z.number().nullable(),
      says: textShape,
    }),
  ),
  parts: z.array(
    z.strictObject({
      id: z.string().min(1),
      title: textShape,
      max: z.number().positive(),
      sections: z.array(
        z.strictObject({
          id: z.string().min(1),
          title: textShape,
          max: z.number().positive(),
          questions: z.array(digitalQuestionShape).min(1),
        }),
      ),
    }),
  ),
  /** Business scenes, each rated 1–4 by the firm. `constrained` as marked in the source. */
  scenes: z.array(
    z.strictObject({
      title: textShape,
      scenes: z
        .array(z.strictObject({ id: z.string().min(1), title: textShape, constrained: z.boolean() }))
        .min(1),
    }),
  ),
  notes: z.array(textShape),
});
export type DigitalStandard = z.infer<typeof digitalStandardShape>;
