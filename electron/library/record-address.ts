import { columnOf, type EntityName, type EntitySpec, entities } from './entities.ts';
import { flatten, unflatten } from './fields.ts';
import type { Db } from './open.ts';

type Values = Record<string, unknown>;

/** Where a record of the log lies: its kind and its key. */
export interface Address {
  readonly entity: EntityName;
  readonly spec: EntitySpec;
  readonly key: Values;
}

/** A field as an entry of the log names it: of which record, and which of its fields. */
export interface LoggedField {
  readonly entity: string;
  readonly entityId: string;
  readonly field: string;
}

/** Reads a field's name in the log. An action over a whole enterprise names its fields "figure:2025:revenue". */
export function loggedField(entity: string, entityId: string, name: string): LoggedField {
  const grouped = /^(\w+):([^:]*):(.*)$/s.exec(name);
  return grouped
    ? { entity: grouped[1]!, entityId: grouped[2]!, field: grouped[3]! }
    : { entity, entityId, field: name };
}

const numbers = new WeakMap<Db, Map<string, Set<string>>>();

function numberColumns(db: Db, table: string): Set<string> {
  let known = numbers.get(db);
  if (!known) {
    known = new Map();
    numbers.set(db, known);
  }
  let columns = known.get(table);
  if (!columns) {
    const info = db.pragma(`table_info("${table}")`) as { name: string; type: string }[];
    columns = new Set(info.filter(({ type }) => type === 'INTEGER').map(({ name }) => name));
    known.set(table, columns);
  }
  return columns;
}

/** The record a log entry is about ("rd_ratio@2018" of an enterprise), or null for a kind that is not known here. */
export function addressOf(
  db: Db,
  entity: string,
  entityId: string,
  enterpriseId: string | null,
): Address | null {
  if (!Object.hasOwn(entities, entity)) return null;
  const spec: EntitySpec = entities[entity as EntityName];
  const parts = entityId.split('@');
  const key: Values = {};
  for (const field of spec.key) {
    if (field === 'enterpriseId') key[field] = enterpriseId;
    else {
      const part = parts.shift() ?? null;
      const number = part !== null && numberColumns(db, spec.table).has(columnOf(field));
      key[field] = number ? Number(part) : part;
    }
  }
  return { entity: entity as EntityName, spec, key };
}

/** The fields to be stored when some of a record's logged parts get other values. `current` null = it is made anew. */
export function withParts(spec: EntitySpec, current: Values | null, parts: Values): Values {
  const values: Values = {};
  for (const [field, codec] of Object.entries(spec.fields)) {
    if (codec !== 'parts') {
      if (field in parts) values[field] = parts[field];
      // A value that is known to be "unknown for now" leaves no trace in the log.
      else if (!current && codec === 'json') values[field] = null;
      continue;
    }
    const mine = Object.entries(parts).filter(([name]) => name === field || name.startsWith(`${field}.`));
    if (mine.length === 0 && current) continue;
    const all = { ...flatten(field, current?.[field] ?? {}), ...Object.fromEntries(mine) };
    values[field] = unflatten(field, all);
  }
  return values;
}
