import { columnOf, decode, type EntityName, type EntitySpec, entities } from './entities.ts';
import { type Db, prepared } from './open.ts';

/** A row as a record: its key, its fields, and its times where it has them. */
export function recordOf(name: EntityName, row: Record<string, unknown>): Record<string, unknown> {
  const spec: EntitySpec = entities[name];
  const record: Record<string, unknown> = {};
  for (const field of spec.key) record[field] = row[columnOf(field)] ?? null;
  for (const [field, codec] of Object.entries(spec.fields))
    record[field] = decode(codec, row[columnOf(field)]);
  if (spec.created) record.createdAt = row.created_at;
  if (spec.updated) record.updatedAt = row.updated_at;
  return record;
}

/** The records of an enterprise in a table, in the order given (column names of ours, never input). */
export function recordsOf(
  db: Db,
  name: EntityName,
  enterpriseId: string,
  order: string,
): Record<string, unknown>[] {
  const spec: EntitySpec = entities[name];
  return prepared(db, `SELECT * FROM ${spec.table} WHERE enterprise_id = ? ORDER BY ${order}`)
    .all(enterpriseId)
    .map((row) => recordOf(name, row));
}

/** A record without some of its fields. */
export function without(record: Record<string, unknown>, ...fields: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)));
}
