import { z } from 'zod';
import { backupReasons } from './backup-retention.ts';

const nothing = z.object({});
const holderShape = z.object({ host: z.string(), user: z.string(), pid: z.number(), since: z.string() });
const errorShape = z.object({
  code: z.string(),
  key: z.string(),
  details: z.record(z.string(), z.unknown()),
});

/** How the library is open: for work or only for looking, and where it lies. */
export const accessShape = z.object({
  readOnly: z
    .object({
      reason: z.enum(['media', 'held', 'lost', 'past']),
      holder: holderShape.nullable(),
      /** The holder has not been heard of for long: the library may be taken over. */
      silent: z.boolean(),
      /** The past day it is looked at (YYYY-MM-DD); null where it is as it is now. */
      day: z.string().nullable(),
    })
    .nullable(),
  /** The service that keeps the library's folder in step with other computers; null = none is known. */
  cloud: z.object({ id: z.string(), name: z.object({ zh: z.string(), en: z.string() }) }).nullable(),
  folder: z.string(),
});

const rescueShape = z.object({
  /** null = the library is open and nothing is wrong. */
  error: errorShape.nullable(),
  file: z.string(),
  backups: z.array(
    z.object({
      name: z.string(),
      why: z.enum(backupReasons),
      at: z.string().nullable(),
      enterprises: z.number().nullable(),
      good: z.boolean(),
    }),
  ),
  /** Name of the newest backup that is proved. */
  best: z.string().nullable(),
  /** Changes that can be read out of the damaged library and are newer than that backup; null = it cannot be read. */
  newer: z
    .object({
      changes: z.number(),
      partly: z.boolean(),
      first: z.string().nullable(),
      last: z.string().nullable(),
      enterprises: z.array(z.object({ name: z.string(), changes: z.number() })),
      /** Enterprises beyond those listed. */
      more: z.number(),
    })
    .nullable(),
  aside: z.array(z.string()),
});

/** How the library is open, and the ways out where it cannot be opened. */
export function accessCalls() {
  return {
    'access.status': { from: 'window', effect: 'none', guests: true, input: nothing, output: accessShape },
    /** Opens the library anew: it may be free by now. `force` takes it from a holder that has been silent for long. */
    'access.reopen': {
      from: 'window',
      effect: 'none',
      input: z.object({ force: z.boolean().optional() }),
      output: accessShape,
    },
    /** Opens the library as it was at the end of a past day, for looking only; `access.reopen` leads back to today. */
    'access.past': {
      from: 'window',
      effect: 'none',
      input: z.object({ day: z.iso.date() }),
      output: accessShape,
    },
    /** After damage: what is wrong, which backups there are, what is newer in the damaged file. Reads only. */
    'rescue.status': { from: 'window', effect: 'none', guests: true, input: nothing, output: rescueShape },
    /** Restores a backup in place of a damaged or missing library, which is set aside and never deleted. */
    'rescue.restore': {
      from: 'window',
      effect: 'none',
      input: z.object({ name: z.string().max(200), takeNewer: z.boolean() }),
      output: z.object({ aside: z.string().nullable(), done: z.number(), failed: z.number() }),
    },
    /** Begins with an empty library; a damaged one is set aside. */
    'rescue.begin': {
      from: 'window',
      effect: 'none',
      input: nothing,
      output: z.object({ aside: z.string().nullable() }),
    },
    /** Takes a library as it is although it is not the file that was closed last. */
    'rescue.accept': { from: 'window', effect: 'none', input: nothing, output: nothing },
  } as const;
}

/** Calls answered also when the library cannot be opened. */
export const rescueCallNames = [
  'access.reopen',
  'access.past',
  'rescue.status',
  'rescue.restore',
  'rescue.begin',
  'rescue.accept',
] as const;
export type RescueCallName = (typeof rescueCallNames)[number];
