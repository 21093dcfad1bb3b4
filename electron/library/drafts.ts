import { type Db, prepared } from './open.ts';
import { invalid } from './refusal.ts';

/** Characters of one draft as JSON: the longest field holds 8,000. */
const LONGEST = 200_000;
/** More than these would be a fault of the window; the oldest go. */
const MOST = 500;

/** What was typed and not stored, by the key of its field. */
export function listDrafts(db: Db): { key: string; value: unknown }[] {
  return prepared(db, 'SELECT key, value FROM draft ORDER BY at, key')
    .all()
    .map((row) => ({ key: String(row.key), value: JSON.parse(String(row.value)) as unknown }));
}

/** Keeps what is typed, outside the change log: it is nobody's edit yet. On the disk when this returns. */
export function keepDraft(db: Db, key: string, value: unknown, now: Date): void {
  const json = JSON.stringify(value ?? null);
  if (json.length > LONGEST)
    throw invalid('textTooLong', { path: 'value', maximum: LONGEST, length: json.length });
  db.transaction(() => {
    prepared(
      db,
      `INSERT INTO draft (key, value, at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at`,
    ).run(key, json, now.toISOString());
    prepared(
      db,
      'DELETE FROM draft WHERE key IN (SELECT key FROM draft ORDER BY at DESC LIMIT -1 OFFSET ?)',
    ).run(MOST);
  }).immediate();
}

/** Forgets a draft: it was stored, or given up. */
export function dropDraft(db: Db, key: string): void {
  prepared(db, 'DELETE FROM draft WHERE key = ?').run(key);
}
