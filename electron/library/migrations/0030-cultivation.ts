import type { Db } from '../open.ts';
import { cohortTables } from './0030/cohort.ts';
import { evidenceTables } from './0030/evidence.ts';
import { listTables } from './0030/lists.ts';
import { planTables } from './0030/plan.ts';
import { safetyTables } from './0030/safety.ts';
import { targetTables } from './0030/targets.ts';

/** Plans that are followed up, targets, saved views, screenings, packages between laptops, and what keeps it all safe. */
export function up(db: Db): void {
  targetTables(db);
  planTables(db);
  listTables(db);
  cohortTables(db);
  safetyTables(db);
  evidenceTables(db);
}
