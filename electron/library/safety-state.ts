import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readJson, writeDurably } from './durable-file.ts';

const drillShape = z.object({
  /** Name and number of the backup that was restored on trial. */
  name: z.string(),
  sequence: z.number().int(),
  /** How many daily backups there had been by then. */
  days: z.number().int(),
  at: z.string(),
  ok: z.boolean(),
  milliseconds: z.number(),
  enterprises: z.number().int(),
  fault: z.string().nullable(),
});
/** A restore on trial: whether the backup gave a library that works. */
export type Drill = z.infer<typeof drillShape>;

const stateShape = z.object({
  /** Second folder for backups; null = none. */
  second: z.string().nullable().default(null),
  /** Drills, the newest first. */
  drills: z.array(drillShape).default([]),
});
/** What must be known of backups even when the library itself cannot be read; so it lies beside it. */
export type SafetyState = z.infer<typeof stateShape>;

const DRILLS_KEPT = 20;

function stateFile(shelf: string): string {
  return join(shelf, 'state.json');
}

/** The state beside the backups. A damaged file is kept aside and counts as empty: nothing depends on it alone. */
export function readSafetyState(shelf: string): SafetyState {
  const file = stateFile(shelf);
  const parsed = stateShape.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  if (existsSync(file)) {
    try {
      copyFileSync(file, `${file}.damaged`);
    } catch {
      // A copy for curiosity only: where it cannot be made, the defaults still hold.
    }
  }
  return { second: null, drills: [] };
}

/** The folders of backups: the one beside the library, and the second place where one is set. */
export function shelvesOf(shelf: string): string[] {
  const { second } = readSafetyState(shelf);
  return second === null ? [shelf] : [shelf, second];
}

/** Stores the state; throws the system's error where it cannot be written. */
export function writeSafetyState(shelf: string, state: SafetyState): void {
  mkdirSync(dirname(stateFile(shelf)), { recursive: true });
  writeDurably(
    stateFile(shelf),
    JSON.stringify({ ...state, drills: state.drills.slice(0, DRILLS_KEPT) }, null, 1),
  );
}
