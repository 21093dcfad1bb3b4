import type { Db } from '../open.ts';
import { cohortTables } from './0030/cohort.ts';
import { safetyTables } from './0030/safety.ts';
import { targetTables } from './0030/targets.ts';

/** Targets of enterprises and of the city, screenings kept, and what undo, history and drafts need. */
export function up(db: Db): void {
  targetTables(db);
  cohortTables(db);
  safetyTables(db);
}
