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
  'enterprise.bulk',
  'enterprise.trash',
  'enterprise.merge',
  'figures.set',
  'figures.removeYear',
  'facts.set',
  'facts.clear',
  'titles.save',
  'titles.remove',
  'ip.save',
  'ip.remove',
  'plan.create',
  'plan.update',
  'plan.renew',
  'policies.save',
  'policies.hide',
  'policies.reset',
  'wording.save',
  'wording.remove',
  'evidence.add',
  'evidence.remove',
  'history.restore',
  'cohort.setTarget',
  'cohort.saveScreening',
  'cohort.removeScreening',
  'views.save',
  'views.remove',
];
const ANY = UNDOABLE.map(() => '?').join(', ');

/** At most this many changes of a step are told. */
const TOLD = 100;

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

/** Whether a step concerns no other enterprise than this one (null = any). */
function isAbout(db: Db, step: string, only: string | null): boolean {
  if (only === null) return true;
  return !prepared(db, 'SELECT 1 FROM change WHERE step = ? AND enterprise_id IS NOT ? LIMIT 1').get(
    step,
    only,
  );
}

/** Told how far a large step is; throwing ends it, and it stays as it was. */
export type Progress = (done: number, total: number) => void;
const quiet: Progress = () => undefined;

/** Takes all rows of one step of the log back, or does them again. Throws a Refusal where the same was changed since. */
export function turnStep(tx: Tx, step: string, way: 'back' | 'again', progress: Progress = quiet): Undone {
  const entries = entriesOf(tx.db, step);
  // A step over many enterprises is about none of them.
  const about = new Set(entries.map(({ enterpriseId }) => enterpriseId));
  const enterpriseId = about.size === 1 ? (entries[0]?.enterpriseId ?? null) : null;
  const name = nameOf(tx.db, enterpriseId);
  // A check-up is a snapshot of its day and stays, whatever becomes of the plan that was made from it. One that went over
  // to another enterprise (a merge) goes back, and one that came in a package goes with it.
  const turned = entries.filter(
    ({ entity, made, action }) => !(entity === 'diagnosis' && made && action.startsWith('plan.')),
  );
  try {
    for (const [i, entry] of (way === 'back' ? turned.toReversed() : turned).entries()) {
      if (i % 100 === 0) progress(i, turned.length);
      turn(tx, entry, way);
    }
  } catch (error) {
    // Records that were made since hang on what would go.
    if (/FOREIGN KEY/.test((error as Error).message)) throw new Refusal('conflict', 'undoHangs');
    throw error;
  }
  return {
    action: entries[0]?.action ?? '',
    enterpriseId,
    enterpriseName: name ?? nameOf(tx.db, enterpriseId),
    changes: turned.slice(0, TOLD).map(({ id, at, actor, action, entity, entityId, fields }) => ({
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

/** Keystrokes with pauses shorter than this belong together. Milliseconds. */
const TYPING_PAUSE = 10_000;

/** The one value a step changed, where it is text or a number. */
function typedValue(db: Db, step: string): { place: string; old: string; new: string; at: number } | null {
  const [entry, ...more] = entriesOf(db, step);
  const fields = Object.entries(entry?.fields ?? {});
  const [first] = fields;
  if (!entry || !first || more.length > 0 || fields.length > 1 || entry.op !== 'put' || entry.made)
    return null;
  const [field, change] = first;
  const text = (value: unknown) =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (text(change.new) === '' || typeof change.new === 'object') return null;
  return {
    place: `${entry.enterpriseId} ${entry.entity} ${entry.entityId} ${field}`,
    old: text(change.old),
    new: text(change.new),
    at: Date.parse(entry.at),
  };
}

/** Whether `then` goes on with what was being typed in `first`: a value stored in between is no step of its own. */
function typedOn(db: Db, first: string, then: string): boolean {
  const [a, b] = [typedValue(db, first), typedValue(db, then)];
  if (!a || !b || a.place !== b.place || a.new !== b.old || Math.abs(b.at - a.at) > TYPING_PAUSE)
    return false;
  return a.new !== b.new && (b.new.startsWith(a.new) || a.new.startsWith(b.new));
}

function lastStep(db: Db, actor: string): string | null {
  const row = prepared(
    db,
    `SELECT step FROM change WHERE actor = ? AND step IS NOT NULL AND action IN (${ANY})
       AND step NOT IN (SELECT step FROM taken_back) ORDER BY id DESC LIMIT 1`,
  ).get(actor, ...UNDOABLE);
  return row ? String(row.step) : null;
}

/** How many changes the step has that would be taken back or done again next; 0 = there is none. */
export function stepSize(db: Db, actor: string, way: 'back' | 'again'): number {
  const step =
    way === 'back'
      ? lastStep(db, actor)
      : prepared(db, 'SELECT step FROM taken_back WHERE actor = ? ORDER BY number DESC LIMIT 1').get(actor)
          ?.step;
  if (!step) return 0;
  return Number(prepared(db, 'SELECT count(*) AS n FROM change WHERE step = ?').get(step)?.n ?? 0);
}

/** Several steps of one field as one: from the first old value to the last new one. */
function joined(turns: readonly Undone[]): Undone {
  const last = turns.at(-1)!;
  if (turns.length === 1) return last;
  const [from, to] = [turns[0]!.changes[0]!, last.changes[0]!];
  const fields = Object.fromEntries(
    Object.entries(to.fields).map(([field, { new: fresh }]) => [
      field,
      { old: from.fields[field]?.old ?? null, new: fresh },
    ]),
  );
  return { ...last, changes: [{ ...to, fields }] };
}

/**
 * Takes back the last action of the person at work that is not taken back yet, all of it or nothing; null where there is
 * none. What was typed into one field in one go is one action. Throws a Refusal where the same fields were changed since:
 * nothing is ever overwritten silently.
 */
export function undo(tx: Tx, only: string | null = null, progress: Progress = quiet): Undone | null {
  const { db, meta } = tx;
  const newest = prepared(db, 'SELECT max(id) AS id FROM change').get();
  const turns: Undone[] = [];
  const last = () => {
    const step = lastStep(db, meta.actor);
    return step !== null && isAbout(db, step, only) ? step : null;
  };
  let step = last();
  while (step !== null) {
    turns.unshift(turnStep(tx, step, 'back', progress));
    prepared(db, 'INSERT INTO taken_back (step, actor, change_id) VALUES (?, ?, ?)').run(
      step,
      meta.actor,
      newest?.id,
    );
    const before = last();
    step = before !== null && typedOn(db, before, step) ? before : null;
  }
  return turns.length > 0 ? joined(turns) : null;
}

/**
 * Does again what the person at work took back last, as long as they did nothing else since; null where there is nothing.
 * Throws a Refusal where the same fields were changed since.
 */
export function redo(tx: Tx, only: string | null = null, progress: Progress = quiet): Undone | null {
  const { db, meta } = tx;
  // Steps that were taken back together bear the same newest entry.
  const rows = prepared(
    db,
    `SELECT number, step, change_id FROM taken_back WHERE actor = ?
       AND change_id = (SELECT change_id FROM taken_back WHERE actor = ? ORDER BY number DESC LIMIT 1)
       ORDER BY number DESC`,
  ).all(meta.actor, meta.actor);
  const [row] = rows;
  if (!row) return null;
  const since = prepared(
    db,
    `SELECT 1 FROM change WHERE actor = ? AND id > ? AND action IN (${ANY}) LIMIT 1`,
  ).get(meta.actor, row.change_id, ...UNDOABLE);
  if (since || !rows.every(({ step }) => isAbout(db, String(step), only))) return null;
  const turns = rows.map(({ number, step }) => {
    const again = turnStep(tx, String(step), 'again', progress);
    prepared(db, 'DELETE FROM taken_back WHERE number = ?').run(number);
    return again;
  });
  return joined(turns);
}
