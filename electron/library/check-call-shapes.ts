import { z } from 'zod';
import { findingKeys } from './self-check.ts';

const nothing = z.object({});

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
    /** Writes a bundle for support to a path the user chose: technical facts only, nothing of any enterprise. */
    'support.write': {
      from: 'shell',
      effect: 'none',
      input: z.object({ path: z.string().min(1).max(4000) }),
      output: z.object({ path: z.string(), bytes: z.number() }),
    },
  } as const;
}
