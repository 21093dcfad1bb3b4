import type { Db } from '../open.ts';
import { exchangeTables } from './0040/exchange.ts';
import { listsTables } from './0040/lists.ts';
import { planTables } from './0040/plan.ts';
import { safetyTables } from './0040/safety.ts';

/** What daily practice needs: saved views, plans followed up, evidence, packages between laptops. */
export function up(db: Db): void {
  planTables(db);
  listsTables(db);
  safetyTables(db);
  exchangeTables(db);
}
