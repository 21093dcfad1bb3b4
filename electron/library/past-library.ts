import { putEnterprise } from './enterprises.ts';
import { heldBefore } from './logged-value.ts';
import { newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { type Db, prepared } from './open.ts';
import type { OpenedLibrary } from './opened-library.ts';
import { copyContent, openPrivateCopy } from './private-copy.ts';
import { addressOf, withParts } from './record-address.ts';
import { Refusal } from './refusal.ts';
import { judgeLater } from './standing.ts';
import { forLog, read, type Tx, write } from './write.ts';

/** What every record of some kinds must hold: a record without it was not there yet. */
const NEEDED: Readonly<Record<string, string>> = { title: 'name', ipRight: 'name', fact: 'basis' };

/** The end of a day on this computer, as the log writes times. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59.999`).toISOString();
}

type Row = Record<string, unknown>;

function empty(values: Row): boolean {
  return Object.values(values).every((value) => value === null || value === undefined);
}

function takeBack(tx: Tx, row: Row): void {
  const { db } = tx;
  const enterpriseId = row.enterprise_id as string | null;
  const own = `${row.entity}/${row.entity_id}`;
  // The records of an enterprise go before itself, and come back after it.
  const before = heldBefore(db, row);
  if (!before.has(own)) before.set(own, {});
  const places = [...before].sort(([a], [b]) => Number(a === own) - Number(b === own));
  if (row.op === 'remove' || row.made !== 1) places.reverse();
  for (const [place, parts] of places) {
    const slash = place.indexOf('/');
    const [name, id] = [place.slice(0, slash), place.slice(slash + 1)];
    const address = addressOf(db, name, id, enterpriseId);
    if (!address) throw new Refusal('conflict', 'undoUnknown');
    const { entity, spec, key } = address;
    // Settings are those of the person who looks.
    if (entity === 'setting') continue;
    const current = read(db, spec, key);
    const grouped = place !== own;
    if (grouped && current === null && empty(parts)) continue;
    if (grouped || row.made !== 1) {
      const values = withParts(spec, current, parts);
      const held = { ...(current ? forLog(spec, current) : {}), ...parts };
      const needed = NEEDED[entity];
      const gone = grouped && (needed ? (held[needed] ?? null) === null : empty(held));
      if (!gone) {
        if (entity === 'enterprise') putEnterprise(tx, id, values);
        else tx.put(entity, key, values, enterpriseId);
        continue;
      }
    }
    if (entity === 'enterprise') prepared(db, 'DELETE FROM standing WHERE enterprise_id = ?').run(id);
    tx.remove(entity, key, enterpriseId);
  }
}

/**
 * Takes a library back to how it was at a moment (ISO text), by taking back the entries of its log since then, the newest
 * first; the log ends there afterwards. For copies only. Answers how many entries could not be taken back because what
 * they removed is not kept (check-ups and lists that were removed for good).
 */
export function rewind(db: Db, moment: string, now: Date): number {
  // By the order of the log, so that a clock that was set back in between does not tear an action apart.
  const last = Number(prepared(db, 'SELECT max(id) AS id FROM change WHERE at <= ?').get(moment)?.id ?? 0);
  let lost = 0;
  db.pragma('foreign_keys = OFF');
  write(db, { action: 'past', actor: 'system', now }, (tx) => {
    const ids = prepared(db, 'SELECT id FROM change WHERE id > ? ORDER BY id DESC').all(last);
    const entry = prepared(db, 'SELECT * FROM change WHERE id = ?');
    for (const { id } of ids) {
      try {
        takeBack(tx, entry.get(id)!);
      } catch (error) {
        if (!(error instanceof Refusal) && !/NOT NULL|UNIQUE/.test((error as Error).message)) throw error;
        lost += 1;
      }
    }
  });
  db.transaction(() => {
    db.prepare('DELETE FROM change WHERE id > ?').run(last);
    db.exec('DELETE FROM taken_back; DELETE FROM standing;');
    db.exec(
      `UPDATE enterprise SET
         created_at = coalesce((SELECT min(at) FROM change WHERE enterprise_id = enterprise.id), created_at),
         updated_at = coalesce((SELECT max(at) FROM change WHERE enterprise_id = enterprise.id), updated_at)`,
    );
    judgeLater(db, []);
  }).immediate();
  db.pragma('foreign_keys = ON');
  return lost;
}

/**
 * A library as it was at the end of a past day (YYYY-MM-DD), for looking only: a private copy that is taken back. The
 * library itself stays open and untouched beside it and keeps its lock, until both are closed. Rejects with a Refusal for
 * a day before its first; both are closed then.
 */
export async function openPast(opened: OpenedLibrary, day: string, now: Date): Promise<OpenedLibrary> {
  const { db } = opened;
  try {
    const first = prepared(db, 'SELECT min(at) AS at FROM change').get()?.at;
    if (!first || String(first) > endOfDay(day))
      throw new Refusal('invalid-input', 'pastTooEarly', { day: String(first ?? '').slice(0, 10) });
    const readOnly = { reason: 'past', holder: null, silent: false, day } as const;
    const past = await openPrivateCopy(db.name, readOnly, newestVersion(migrations), {
      fill: (copy) => copyContent(db, copy),
      ready: (copy) => void rewind(copy, endOfDay(day), now),
    });
    return {
      ...past,
      close() {
        past.close();
        opened.close();
      },
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}
