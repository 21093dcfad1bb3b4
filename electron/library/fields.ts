import { isDeepStrictEqual } from 'node:util';

/** What changed in one entity: each field with its old and its new value. */
export type FieldChanges = Record<string, { old: unknown; new: unknown }>;

type Keyed = Record<string, unknown> & { id: string };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKeyedList(value: unknown): value is Keyed[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const ids = value.map((item: unknown) => (isObject(item) ? item.id : undefined));
  return ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
}

/**
 * A value taken apart for the log, so that one edited measure of a plan costs one measure and not the whole plan:
 * an object becomes "name.part" for each part, a list of objects with ids "name.list" (the ids in order) and
 * "name.list.<id>" for each. Anything else stays whole.
 */
export function flatten(name: string, value: unknown): Record<string, unknown> {
  if (!isObject(value)) return { [name]: value };
  const parts: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (!isKeyedList(part)) parts[`${name}.${key}`] = part;
    else {
      parts[`${name}.${key}`] = part.map((item) => item.id);
      for (const item of part) parts[`${name}.${key}.${item.id}`] = item;
    }
  }
  return parts;
}

/** The value whose parts `flatten` wrote under `name`. */
export function unflatten(name: string, parts: Record<string, unknown>): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [path, part] of Object.entries(parts)) {
    const [key, ...id] = path.startsWith(`${name}.`) ? path.slice(name.length + 1).split('.') : [];
    if (key === undefined || id.length > 0 || part === null) continue;
    const items = Array.isArray(part) ? part.map((item) => parts[`${path}.${String(item)}`]) : [];
    const listed = items.length > 0 && items.every((item) => item !== undefined && item !== null);
    value[key] = listed ? items : part;
  }
  return value;
}

/** The fields that differ; a field that is not there counts as null. */
export function differences(before: Record<string, unknown>, after: Record<string, unknown>): FieldChanges {
  const changes: FieldChanges = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [before[field] ?? null, after[field] ?? null];
    if (!isDeepStrictEqual(old, fresh)) changes[field] = { old, new: fresh };
  }
  return changes;
}
