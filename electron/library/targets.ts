import type { Target } from '../diagnosis/target-shape.ts';
import { requireEnterprise } from './enterprises.ts';
import type { Db } from './open.ts';
import { recordsOf } from './records.ts';
import { Refusal } from './refusal.ts';
import type { Tx } from './write.ts';

/** The targets of an enterprise, by fiscal year and field. */
export function listTargets(db: Db, enterpriseId: string): Target[] {
  return recordsOf(db, 'target', enterpriseId, 'year, field').map((record) => ({
    field: String(record.field),
    year: Number(record.year),
    value: record.value as string | boolean,
    note: record.note === null ? null : String(record.note),
  }));
}

/** Sets targets; one for the same field and year is replaced. Throws a Refusal. */
export function setTargets(tx: Tx, enterpriseId: string, targets: readonly Target[]): void {
  requireEnterprise(tx.db, enterpriseId);
  for (const { field, year, value, note } of targets)
    tx.put('target', { enterpriseId, field, year }, { value, note }, enterpriseId);
}

/** Takes a target back. Throws a Refusal where there is none. */
export function clearTarget(tx: Tx, enterpriseId: string, field: string, year: number): void {
  requireEnterprise(tx.db, enterpriseId);
  if (!tx.remove('target', { enterpriseId, field, year }, enterpriseId))
    throw new Refusal('not-found', 'targetNotFound', { field, year });
}
