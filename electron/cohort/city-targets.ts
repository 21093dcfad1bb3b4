import { type Db, prepared } from '../library/open.ts';
import type { Tx } from '../library/write.ts';
import type { StoredTarget } from './pipeline.ts';

/** The targets that were set by hand, also those that take one of the product away. */
export function storedTargets(db: Db): StoredTarget[] {
  return prepared(db, 'SELECT year, rung, district, count FROM cohort_target')
    .all()
    .map((row) => ({
      year: row.year as number,
      rung: row.rung as number,
      district: (row.district as string) || null,
      count: row.count as number | null,
    }));
}

/** Sets a target of the city (district null) or of a district; count null takes it away, also one of the product. */
export function setTarget(tx: Tx, { year, rung, district, count }: StoredTarget): void {
  tx.put('cohortTarget', { year, rung, district: district ?? '' }, { count }, null);
}
