import { type EntitySpec, entities } from '../library/entities.ts';
import { type Db, prepared } from '../library/open.ts';
import { recordsOf } from '../library/records.ts';
import { forLog, read } from '../library/write.ts';
import { type CaseChange, type CaseFirm, type CaseRecord, travelling } from './case-format.ts';

/** Actions that only brought over what others did: they are no edits of their own and do not travel. */
export const MERGING = ['case.merge', 'case.undo'] as const;

function entityIdOf(spec: EntitySpec, record: Record<string, unknown>): string {
  return spec.key
    .filter((field) => field !== 'enterpriseId')
    .flatMap((field) => record[field] ?? [])
    .join('@');
}

function recordOfEntity(
  entity: CaseRecord['entity'],
  id: string,
  values: Record<string, unknown>,
): CaseRecord {
  const spec: EntitySpec = entities[entity];
  const { enterpriseId: _, ...parts } = forLog(spec, values);
  const beside = Object.fromEntries(spec.unlogged.map((field) => [field, values[field] ?? null]));
  return { entity, id, parts, ...(spec.unlogged.length > 0 ? { beside } : {}) };
}

function changeOf(row: Record<string, unknown>): CaseChange {
  return {
    hlc: String(row.hlc),
    at: String(row.at),
    actor: String(row.actor),
    action: String(row.action),
    op: row.op as CaseChange['op'],
    entity: String(row.entity),
    entityId: String(row.entity_id),
    fields: JSON.parse(String(row.fields)) as CaseChange['fields'],
    made: row.made === 1,
  };
}

/** Every change of an enterprise that is known here, made here or elsewhere, oldest first. */
export function knownChanges(db: Db, id: string): CaseChange[] {
  const columns = 'hlc, at, actor, action, op, entity, entity_id, fields, made';
  return prepared(
    db,
    `SELECT ${columns} FROM change WHERE enterprise_id = ? AND action NOT IN (?, ?)
     UNION ALL SELECT ${columns} FROM foreign_change WHERE enterprise_id = ? ORDER BY hlc`,
  )
    .all(id, ...MERGING, id)
    .map(changeOf);
}

/** What was known of an enterprise when a line of this library's log (`change.id`) was written. */
export function changesBefore(db: Db, id: string, changeId: number): CaseChange[] {
  const columns = 'hlc, at, actor, action, op, entity, entity_id, fields, made';
  return prepared(
    db,
    `SELECT ${columns} FROM change WHERE enterprise_id = ? AND id <= ? AND action NOT IN (?, ?)
     UNION ALL SELECT ${columns} FROM foreign_change WHERE enterprise_id = ?
       AND batch_id IN (SELECT id FROM case_batch WHERE after_change < ?) ORDER BY hlc`,
  )
    .all(id, changeId, ...MERGING, id, changeId)
    .map(changeOf);
}

/** An enterprise of this library as a package holds it; undefined where there is none. */
export function firmOf(db: Db, id: string): CaseFirm | undefined {
  const profile = read(db, entities.enterprise, { id });
  if (!profile) return undefined;
  const records = travelling.flatMap((entity) => {
    if (entity === 'enterprise') return [recordOfEntity(entity, id, profile)];
    return recordsOf(db, entity, id, '1').map((record) =>
      recordOfEntity(entity, entityIdOf(entities[entity], record), record),
    );
  });
  return { id, records, log: knownChanges(db, id) };
}
