import { z } from 'zod';
import type { Call } from '../call.ts';
import { idShape } from '../library/shapes.ts';
import { layoutShape } from './layouts.ts';

/** Most enterprises of one batch of plans. */
export const MOST_IN_BATCH = 20_000;
/** Errors told in the status; all of them are in the index file. */
export const ERRORS_TOLD = 200;

const localeShape = z.enum(['zh', 'en']);

/** What is exported: one PDF for each enterprise and language. */
export const batchWantedShape = z.object({
  ids: z.array(idShape).min(1).max(MOST_IN_BATCH),
  locales: z.array(localeShape).min(1).max(2),
  layout: layoutShape.default('full'),
});
export type BatchWanted = z.infer<typeof batchWantedShape>;

/** Why a file was not made; `key` names the message in errors.json. */
export const batchErrorShape = z.object({
  code: z.string(),
  key: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type BatchError = z.infer<typeof batchErrorShape>;

export const batchStatusShape = z.object({
  /** `failed`: the folder cannot be written any more; what was finished before stays. */
  state: z.enum(['idle', 'running', 'ending', 'done', 'cancelled', 'failed']),
  folder: z.string().nullable(),
  /** Path of the index workbook, once it is written. */
  index: z.string().nullable(),
  total: z.number().int(),
  /** Files dealt with: made, kept and failed together. */
  done: z.number().int(),
  made: z.number().int(),
  /** Finished by an earlier run from the same content, and still there. */
  kept: z.number().int(),
  failed: z.number().int(),
  secondsLeft: z.number().nullable(),
  errors: z.array(
    z.object({ enterpriseId: z.string(), name: z.string(), locale: localeShape, error: batchErrorShape }),
  ),
  /** What ended the whole batch. */
  fault: batchErrorShape.nullable(),
  /** An export that did not end: its folder, its files in all and those finished. */
  unfinished: z.object({ folder: z.string(), total: z.number(), done: z.number() }).nullable(),
});
export type BatchStatus = z.infer<typeof batchStatusShape>;

/** Many plans into one folder. Events `progress` with job 'plans' tell when to ask for the status again. */
export function batchCalls() {
  return {
    /**
     * Begins, and answers at once. A folder that already holds finished files of the same content keeps them, so that
     * starting again in the same folder only makes what is missing or has changed.
     */
    'plan.batch.start': {
      from: 'shell',
      effect: 'change',
      input: batchWantedShape.extend({ folder: z.string().min(1).max(4000), language: localeShape }),
      output: batchStatusShape,
    },
    'plan.batch.status': { from: 'window', effect: 'none', input: z.object({}), output: batchStatusShape },
    /** The files under way are finished, the others left for later. */
    'plan.batch.cancel': { from: 'window', effect: 'none', input: z.object({}), output: batchStatusShape },
    /** Goes on with the export that did not end (cancelled, failed, or cut off by the end of the program). */
    'plan.batch.resume': {
      from: 'shell',
      effect: 'change',
      input: z.object({ language: localeShape }),
      output: batchStatusShape,
    },
    /** Forgets the export that did not end; its files stay. */
    'plan.batch.forget': { from: 'window', effect: 'change', input: z.object({}), output: batchStatusShape },
  } as const satisfies Record<string, Call>;
}
