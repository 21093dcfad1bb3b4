import { type Db, prepared } from './open.ts';
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
