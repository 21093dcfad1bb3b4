import { z } from 'zod';
import { findingKeys } from './self-check.ts';

const nothing = z.object({});

/** A place where record and log differ, as it is shown; null = nothing there. */
export const damageShape = z.object({
  kind: z.enum(['field', 'line', 'text']),
  enterpriseId: z.string().nullable(),
  enterprise: z.string().nullable(),
  entity: z.string(),
  entityId: z.string(),
  field: z.string().nullable(),
  stored: z.unknown(),
  logged: z.unknown(),
  changeId: z.number().int().nullable(),
});

/** What the background audit last found, and how old the newest backup is. */
export const checkStatusShape = z.object({
  running: z.boolean(),
  last: z
    .object({
      at: z.string(),
      milliseconds: z.number(),
      findings: z.array(z.object({ key: z.enum(findingKeys), count: z.number() })),
      looked: z.object({ enterprises: z.number(), changes: z.number(), files: z.number() }),
    })
    .nullable(),
  /** The last check could not be made. */
  failed: z.boolean(),
  backup: z.object({
    /** When the newest backup was made; null = there is none. */
    at: z.string().nullable(),
    /** Changes of the library since then. */
    changesSince: z.number(),
    /** Days since then, by the clock; for people only. */
    days: z.number().nullable(),
    /** The last backup or the second copy of it was not made. */
    fault: z.boolean(),
    drill: z.object({ at: z.string(), ok: z.boolean() }).nullable(),
  }),
});

/** The quiet audit of the library, and a bundle for support. */
export function checkCalls() {
  return {
    'check.status': {
      from: 'window',
      effect: 'none',
      guests: true,
      input: nothing,
      output: checkStatusShape,
    },
    /** Looks through the library now. */
    'check.run': { from: 'window', effect: 'none', guests: true, input: nothing, output: checkStatusShape },
    /** Where the last check found record and log to differ: at most some hundred places. */
    'check.damage': {
      from: 'window',
      effect: 'none',
      input: nothing,
      output: z.array(damageShape),
    },
    /**
     * Ends a difference: the record as the log has it, or the log as the record is; a line of the log, or a text, from the
     * newest backup that has it as it was written (a line that none has is taken as it reads). Then checks again.
     */
    'check.mend': {
      from: 'window',
      effect: 'work',
      input: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('field'),
          of: z.strictObject({
            enterpriseId: z.string().max(100).nullable(),
            entity: z.string().max(40),
            entityId: z.string().max(300),
          }),
          take: z.enum(['log', 'stored']),
        }),
        z.strictObject({ kind: z.literal('line'), changeId: z.number().int() }),
        z.strictObject({
          kind: z.literal('text'),
          entity: z.enum(['diagnosis', 'screening', 'long']),
          entityId: z.string().max(100),
        }),
      ]),
      output: z.array(damageShape),
    },
    /** Writes a bundle for support to a path the user chose: technical facts only, nothing of any enterprise. */
    'support.write': {
      from: 'shell',
      effect: 'none',
      input: z.object({ path: z.string().min(1).max(4000) }),
      output: z.object({ path: z.string(), bytes: z.number() }),
    },
  } as const;
}
