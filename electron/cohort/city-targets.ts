import { type Db, prepared } from '../library/open.ts';
import type { Districts } from '../library/reference-schema.ts';
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

/** Reads which city an enterprise is of: its own city in one writing, else the city of our districts. */
export function cityReader({
  city,
  districts,
}: Districts): (city: string | null, district: string | null) => string | null {
  const bare = (name: string) => name.trim().replace(/[\u5e02]$/, '');
  const ours = new Set([bare(city.zh), city.en]);
  const inside = new Set(districts.flatMap((d) => [d.name.zh, ...d.aliases]));
  return (own, district) => {
    if (own !== null) return ours.has(bare(own)) ? city.zh : own.trim();
    return district !== null && inside.has(district) ? city.zh : null;
  };
}
