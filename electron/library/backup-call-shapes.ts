import { z } from 'zod';
import { backupReasons } from './backup-retention.ts';

const nothing = z.object({});
const name = z.string().regex(/^(backup|library)-[\w-]{1,120}\.sqlite$/);
const brief = z.object({ at: z.string(), actor: z.string() }).nullable();

const drillShape = z.object({
  name: z.string(),
  at: z.string(),
  ok: z.boolean(),
  milliseconds: z.number(),
  enterprises: z.number(),
  fault: z.string().nullable(),
});

/** A backup as the settings list it. */
export const backupShape = z.object({
  name: z.string(),
  sequence: z.number(),
  why: z.enum(backupReasons),
  /** When it was made by the clock of then; null where its description is lost. */
  at: z.string().nullable(),
  bytes: z.number(),
  /** null = its description is lost, the file may still be good. */
  enterprises: z.number().nullable(),
  last: brief,
  /** The newest restore on trial of this backup. */
  drill: drillShape.nullable(),
});

const differingShape = z.object({
  total: z.number(),
  some: z.array(z.object({ id: z.string(), name: z.string(), kinds: z.array(z.string()) })),
});

/** A backup beside the library as it is now. */
export const comparisonShape = z.object({
  counts: z.record(z.string(), z.object({ here: z.number(), there: z.number() })),
  last: z.object({ here: brief, there: brief }),
  onlyHere: differingShape,
  onlyThere: differingShape,
  changed: differingShape,
});

export const backupStatusShape = z.object({
  backups: z.array(backupShape),
  folder: z.string(),
  second: z.string().nullable(),
  secondFault: z.string().nullable(),
  running: z.enum([...backupReasons, 'drill']).nullable(),
  /** Why the last backup was not made; null = it was. */
  fault: z
    .object({ code: z.string(), key: z.string(), details: z.record(z.string(), z.unknown()) })
    .nullable(),
  /** The newest restore on trial. */
  drill: drillShape.nullable(),
  /** Free bytes where the backups lie, and the size of the library. */
  free: z.number().nullable(),
  libraryBytes: z.number(),
});

/** Backups in the contract. */
export function backupCalls() {
  return {
    'backup.status': {
      from: 'window',
      effect: 'none',
      guests: true,
      input: nothing,
      output: backupStatusShape,
    },
    /** A backup by hand. */
    'backup.make': { from: 'window', effect: 'work', input: nothing, output: backupStatusShape },
    /** What a backup holds, against the library of now. */
    'backup.compare': { from: 'window', effect: 'none', input: z.object({ name }), output: comparisonShape },
    /** Restores a backup; the library of now is backed up first, so that this can be taken back in the same way. */
    'backup.restore': {
      from: 'window',
      effect: 'work',
      input: z.object({ name }),
      output: z.object({ before: z.string(), status: backupStatusShape }),
    },
    /** Restores on trial and reads the result; the library is not touched. */
    'backup.drill': {
      from: 'window',
      effect: 'work',
      input: z.object({ name: name.optional() }),
      output: backupStatusShape,
    },
    /** A second folder for every backup; the shell asks for it in a dialog. */
    'backup.setSecond': {
      from: 'shell',
      effect: 'change',
      input: z.object({ folder: z.string().min(1).max(4000) }),
      output: backupStatusShape,
    },
    'backup.dropSecond': { from: 'window', effect: 'change', input: nothing, output: backupStatusShape },
  } as const;
}
