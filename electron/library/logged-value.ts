import type { FieldChanges } from './fields.ts';
import { type Db, prepared } from './open.ts';
import { loggedField } from './record-address.ts';
import { Refusal } from './refusal.ts';

/** How the log names a value that is too long for it. */
function isNamed(value: unknown): value is { sha256: string; length: number } {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).sort().join();
  return keys === 'length,sha256' && /^[0-9a-f]{64}$/.test(String((value as { sha256: unknown }).sha256));
}

/** A value of the log in full. Throws a Refusal for a long one of a time when only its hash was kept. */
export function wholeValue(db: Db, value: unknown): unknown {
  if (!isNamed(value)) return value ?? null;
  const row = prepared(db, 'SELECT json FROM long_value WHERE sha256 = ?').get(value.sha256);
  if (!row) throw new Refusal('conflict', 'valueNotKept');
  return JSON.parse(String(row.json)) as unknown;
}

/**
 * What the records of a log entry held before it, by record ("figure/2025") and field. A long value of a time when only
 * its hash was kept is null: not known.
 */
export function heldBefore(db: Db, row: Record<string, unknown>): Map<string, Record<string, unknown>> {
  const records = new Map<string, Record<string, unknown>>();
  for (const [name, { old }] of Object.entries(JSON.parse(String(row.fields)) as FieldChanges)) {
    const { entity, entityId, field } = loggedField(String(row.entity), String(row.entity_id), name);
    const place = `${entity}/${entityId}`;
    const parts = records.get(place) ?? {};
    try {
      parts[field] = wholeValue(db, old);
    } catch {
      parts[field] = null;
    }
    records.set(place, parts);
  }
  return records;
}
