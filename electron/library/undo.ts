import { isDeepStrictEqual } from 'node:util';
import { putEnterprise } from './enterprises.ts';
import type { FieldChanges } from './fields.ts';
import { wholeValue } from './logged-value.ts';
import { type Db, prepared } from './open.ts';
import { addressOf, withParts } from './record-address.ts';
import { Refusal } from './refusal.ts';
import type { Change } from './shapes.ts';
import { forLog, read, type Tx } from './write.ts';

/** Actions a person takes back one by one. Imports, merges and restores have a way back of their own. */
const UNDOABLE = [
  'enterprise.create',
  'enterprise.update',
  'enterprise.archive',
  'figures.set',
  'figures.removeYear',
  'facts.set',
  'facts.clear',
  'titles.save',
  'titles.remove',
  'ip.save',
  'ip.remove',
  'plan.update',
  'history.restore',
];
const ANY = UNDOABLE.map(() => '?').join(', ');

/** What was undone or done again. */
export interface Undone {
  readonly action: string;
  readonly enterpriseId: string | null;
  readonly enterpriseName: string | null;
  readonly changes: Change[];
}

interface Entry {
  readonly id: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly op: 'put' | 'remove';
  readonly entity: string;
  readonly entityId: string;
  readonly enterpriseId: string | null;
  readonly made: boolean;
  readonly fields: FieldChanges;
}

function entriesOf(db: Db, step: string): Entry[] {
  return prepared(db, 'SELECT * FROM change WHERE step = ? ORDER BY id')
    .all(step)
    .map((row) => ({
      id: row.id as number,
      at: row.at as string,
      actor: row.actor as string,
      action: row.action as string,
      op: row.op as Entry['op'],
      entity: row.entity as string,
      entityId: row.entity_id as string,
      enterpriseId: row.enterprise_id as string | null,
      made: row.made === 1,
      fields: JSON.parse(String(row.fields)) as FieldChanges,
    }));
}

function nameOf(db: Db, id: string | null): string | null {
  if (id === null) return null;
  return (
    (prepared(db, 'SELECT name FROM enterprise WHERE id = ?').get(id)?.name as string | undefined) ?? null
  );
}

function conflict(db: Db, entry: Entry, field: string): Refusal {
  return new Refusal('conflict', 'undoConflict', {
    field: field.split('.').at(-1) ?? field,
    entity: entry.entity,
    entityId: entry.entityId,
    enterprise: nameOf(db, entry.enterpriseId) ?? '',
  });
}

/** Puts what an entry changed back (or again). Refused where somebody changed the same since. */
function turn(tx: Tx, entry: Entry, way: 'back' | 'again'): void {
  const address = addressOf(tx.db, entry.entity, entry.entityId, entry.enterpriseId);
  if (!address) throw new Refusal('conflict', 'undoUnknown');
  const { entity, spec, key } = address;
  const current = read(tx.db, spec, key);
  const parts = current ? forLog(spec, current) : {};
  const wanted: Record<string, unknown> = {};
  for (const [field, change] of Object.entries(entry.fields)) {
    const [expected, fresh] = way === 'back' ? [change.new, change.old] : [change.old, change.new];
    if (!isDeepStrictEqual(parts[field] ?? null, wholeValue(tx.db, expected)))
      throw conflict(tx.db, entry, field);
    wanted[field] = wholeValue(tx.db, fresh);
  }
  const shouldBe = way === 'back' ? entry.op === 'put' : entry.op === 'remove' || !entry.made;
  if ((current !== null) !== shouldBe) throw conflict(tx.db, entry, Object.keys(entry.fields)[0] ?? entity);
  const vanishes = way === 'back' ? entry.made : entry.op === 'remove';
  if (vanishes) {
    const more = Object.entries(parts).find(
      ([field, value]) =>
        !(field in entry.fields) &&
        value !== null &&
        value !== 0 &&
        value !== false &&
        !isDeepStrictEqual(value, []),
    );
    if (more) throw conflict(tx.db, entry, more[0]);
    if (entity === 'enterprise')
      prepared(tx.db, 'DELETE FROM standing WHERE enterprise_id = ?').run(entry.enterpriseId);
    tx.remove(entity, key, entry.enterpriseId);
    return;
  }
  const values = withParts(spec, current, wanted);
  if (entity === 'enterprise') putEnterprise(tx, entry.entityId, values);
  else tx.put(entity, key, values, entry.enterpriseId);
}

function turnStep(tx: Tx, step: string, way: 'back' | 'again'): Undone {
  const entries = entriesOf(tx.db, step);
  const name = nameOf(tx.db, entries[0]?.enterpriseId ?? null);
  try {
    for (const entry of way === 'back' ? [...entries].reverse() : entries) turn(tx, entry, way);
  } catch (error) {
    // Records that were made since hang on what would go.
    if (/FOREIGN KEY/.test((error as Error).message)) throw new Refusal('conflict', 'undoHangs');
    throw error;
  }
  return {
    action: entries[0]?.action ?? '',
    enterpriseId: entries[0]?.enterpriseId ?? null,
    enterpriseName: name ?? nameOf(tx.db, entries[0]?.enterpriseId ?? null),
    changes: entries.map(({ id, at, actor, action, entity, entityId, fields }) => ({
      id,
      at,
      actor,
      action,
      entity,
      entityId,
      fields,
    })),
  };
}

/**
 * Takes back the last action of the person at work that is not taken back yet, all of it or nothing; null where there is
 * none. Throws a Refusal where the same fields were changed since: nothing is ever overwritten silently.
 */
export function undo(tx: Tx): Undone | null {
  const { db, meta } = tx;
  const row = prepared(
    db,
    `SELECT step FROM change WHERE actor = ? AND step IS NOT NULL AND action IN (${ANY})
       AND step NOT IN (SELECT step FROM taken_back) ORDER BY id DESC LIMIT 1`,
  ).get(meta.actor, ...UNDOABLE);
  if (!row) return null;
  const newest = prepared(db, 'SELECT max(id) AS id FROM change').get();
  const undone = turnStep(tx, String(row.step), 'back');
  prepared(db, 'INSERT INTO taken_back (step, actor, change_id) VALUES (?, ?, ?)').run(
    row.step,
    meta.actor,
    newest?.id,
  );
  return undone;
}

/**
 * Does again what the person at work took back last, as long as they did nothing else since; null where there is nothing.
 * Throws a Refusal where the same fields were changed since.
 */
export function redo(tx: Tx): Undone | null {
  const { db, meta } = tx;
  const row = prepared(
    db,
    'SELECT number, step, change_id FROM taken_back WHERE actor = ? ORDER BY number DESC LIMIT 1',
  ).get(meta.actor);
  if (!row) return null;
  const since = prepared(
    db,
    `SELECT 1 FROM change WHERE actor = ? AND id > ? AND action IN (${ANY}) LIMIT 1`,
  ).get(meta.actor, row.change_id, ...UNDOABLE);
  if (since) return null;
  const again = turnStep(tx, String(row.step), 'again');
  prepared(db, 'DELETE FROM taken_back WHERE number = ?').run(row.number);
  return again;
}
