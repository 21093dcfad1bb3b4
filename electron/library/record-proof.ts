import { isDeepStrictEqual } from 'node:util';
import { PROVED, proofOfRow } from './change-proof.ts';
import { columnOf, type EntityName, type EntitySpec, entities } from './entities.ts';
import type { FieldChanges } from './fields.ts';
import { wholeValue } from './logged-value.ts';
import { type Db, prepared } from './open.ts';
import { sha256 } from './packs.ts';
import { addressOf, loggedField } from './record-address.ts';
import { forLog, read } from './write.ts';

/** A field that is not as the log says it was written last. */
export interface Differing {
  readonly kind: 'field';
  readonly enterpriseId: string | null;
  readonly entity: EntityName;
  readonly entityId: string;
  readonly field: string;
  readonly stored: unknown;
  readonly logged: unknown;
}

/** A line of the log that is not as it was written. */
export interface BrokenLine {
  readonly kind: 'line';
  readonly enterpriseId: string | null;
  readonly changeId: number;
}

/** A text kept beside its hash that is not as it was written: of a check-up, a screening, a value too long for the log. */
export interface BrokenText {
  readonly kind: 'text';
  readonly enterpriseId: string | null;
  readonly entity: 'diagnosis' | 'screening' | 'long';
  readonly entityId: string;
}

export type Damage = Differing | BrokenLine | BrokenText;

type Row = Record<string, unknown>;

const specs = Object.entries(entities) as [EntityName, EntitySpec][];
/** Records that have an id of their own, which they keep when they go to another enterprise. */
const ownIds = new Set(specs.filter(([, { key }]) => key.join() === 'id').map(([name]) => name as string));
/** Kinds of record that belong to an enterprise, and those that belong to the library. */
const ofFirms = specs.filter(
  ([name, { key, fields }]) =>
    name !== 'enterprise' && [...key, ...Object.keys(fields)].includes('enterpriseId'),
);

/** What the log says of the records of one enterprise, or of the library's own: by kind and id, each field's last value. */
class Replay {
  readonly held = new Map<string, Map<string, unknown>>();

  take(row: Row, fields: FieldChanges): void {
    const own = `${row.entity}/${row.entity_id}`;
    for (const [name, change] of Object.entries(fields)) {
      const { entity, entityId, field } = loggedField(String(row.entity), String(row.entity_id), name);
      const place = `${entity}/${entityId}`;
      let parts = this.held.get(place);
      if (!parts) {
        parts = new Map();
        this.held.set(place, parts);
      }
      parts.set(field, change.new ?? null);
    }
    if (row.op === 'remove' && row.entity === 'enterprise') this.held.clear();
    else if (row.op === 'remove') this.held.delete(own);
  }
}

const LINES = `SELECT id, ${PROVED.join(', ')}, proof FROM change WHERE enterprise_id IS ? ORDER BY id`;

/** Records with an id of their own that have belonged to several enterprises: their story is told in several places. */
function movedRecords(db: Db): Set<string> {
  const rows = prepared(
    db,
    `SELECT entity, entity_id, fields FROM change
      WHERE fields LIKE '%enterpriseId"%' AND op = 'put' AND made IS NOT 1 AND entity IN (${[...ownIds].map((name) => `'${name}'`).join(', ')}, 'enterprise')`,
  ).iterate();
  const moved = new Set<string>();
  for (const row of rows) {
    let fields: FieldChanges;
    try {
      fields = JSON.parse(String(row.fields)) as FieldChanges;
    } catch {
      continue;
    }
    for (const [name, change] of Object.entries(fields)) {
      const { entity, entityId, field } = loggedField(String(row.entity), String(row.entity_id), name);
      if (field === 'enterpriseId' && change.old && change.new) moved.add(`${entity}/${entityId}`);
    }
  }
  return moved;
}

/** Fields of a stored record that say something, as the log names them. */
function parts(spec: EntitySpec, values: Row): Row {
  return Object.fromEntries(
    Object.entries(forLog(spec, values)).filter(([, value]) => value !== null && value !== undefined),
  );
}

function idIn(spec: EntitySpec, row: Row): string {
  return spec.key
    .filter((field) => field !== 'enterpriseId')
    .map((field) => row[columnOf(field)])
    .filter((part) => part !== null && part !== undefined)
    .join('@');
}

/** Where an owner's records lie that the log may not know: a changed byte can give a record another key. */
function storedPlaces(db: Db, enterpriseId: string): Map<string, [EntityName, string]> {
  const places = new Map<string, [EntityName, string]>();
  for (const [name, spec] of ofFirms) {
    const columns = spec.key.map(columnOf).join(', ');
    for (const row of prepared(db, `SELECT ${columns} FROM ${spec.table} WHERE enterprise_id = ?`).all(
      enterpriseId,
    )) {
      const entityId = idIn(spec, row);
      places.set(`${name}/${entityId}`, [name, entityId]);
    }
  }
  return places;
}

/** Compares one owner's records with the log; returns the lines of it. */
function compareOwner(
  db: Db,
  enterpriseId: string | null,
  moved: ReadonlySet<string>,
  found: (damage: Damage) => void,
): number {
  const replay = new Replay();
  let lines = 0;
  let broken = 0;
  for (const row of prepared(db, LINES).iterate(enterpriseId)) {
    lines += 1;
    let fields: FieldChanges | null = null;
    try {
      fields = JSON.parse(String(row.fields)) as FieldChanges;
    } catch {
      // Told below.
    }
    if (fields === null || (row.proof !== null && row.proof !== proofOfRow(row))) {
      broken += 1;
      found({ kind: 'line', enterpriseId, changeId: Number(row.id) });
    } else replay.take(row, fields);
  }
  // With a hole in its story nothing can be said of the records; they are compared once the line is mended.
  if (broken > 0 || lines === 0) return lines;
  const places = new Map<string, [string, string]>(
    enterpriseId === null ? [] : storedPlaces(db, enterpriseId),
  );
  if (enterpriseId !== null) places.set(`enterprise/${enterpriseId}`, ['enterprise', enterpriseId]);
  for (const place of replay.held.keys()) {
    const slash = place.indexOf('/');
    places.set(place, [place.slice(0, slash), place.slice(slash + 1)]);
  }
  // An enterprise that a program made has a log only of what was changed since: no more can be compared.
  const whole = enterpriseId === null || replay.held.get(`enterprise/${enterpriseId}`)?.has('name') === true;
  for (const [place, [entity, entityId]] of places) {
    if (moved.has(place)) continue;
    const address = addressOf(db, entity, entityId, enterpriseId);
    if (!address) continue;
    const current = read(db, address.spec, address.key);
    const stored = current ? parts(address.spec, current) : {};
    const said = replay.held.get(place) ?? new Map<string, unknown>();
    for (const field of new Set([...(whole ? Object.keys(stored) : []), ...said.keys()])) {
      let logged: unknown;
      try {
        logged = wholeValue(db, said.get(field) ?? null);
      } catch {
        continue;
      }
      const value = stored[field] ?? null;
      if (isDeepStrictEqual(value, logged)) continue;
      found({ kind: 'field', enterpriseId, entity: address.entity, entityId, field, stored: value, logged });
    }
  }
  return lines;
}

const TEXTS = {
  diagnosis: 'SELECT id, enterprise_id, snapshot AS text, snapshot_hash AS hash FROM diagnosis',
  screening: 'SELECT id, NULL AS enterprise_id, rows AS text, rows_hash AS hash FROM screening',
  long: 'SELECT sha256 AS id, NULL AS enterprise_id, json AS text, sha256 AS hash FROM long_value',
} as const;

/** Whether a text still has its hash. That of a long value is of the value as it was given: a text without its quotes. */
function isSound(entity: keyof typeof TEXTS, row: Row): boolean {
  let text = String(row.text);
  if (entity === 'long') {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'string') text = value;
    } catch {
      return false;
    }
  }
  return sha256(text) === row.hash;
}

/** A text kept beside its hash; undefined where it is not there. */
export function textOf(
  db: Db,
  entity: keyof typeof TEXTS,
  id: string,
): { text: string; sound: boolean } | undefined {
  const row = prepared(db, `SELECT * FROM (${TEXTS[entity]}) WHERE id = ?`).get(id);
  return row && { text: String(row.text), sound: isSound(entity, row) };
}

/** What the log says of one record: each field's last value; null where it knows no such record. */
export function loggedRecord(
  db: Db,
  enterpriseId: string | null,
  entity: string,
  entityId: string,
): Map<string, unknown> | null {
  const replay = new Replay();
  for (const row of prepared(db, LINES).all(enterpriseId))
    replay.take(row, JSON.parse(String(row.fields)) as FieldChanges);
  return replay.held.get(`${entity}/${entityId}`) ?? null;
}

function compareTexts(db: Db, found: (damage: Damage) => void): void {
  for (const entity of Object.keys(TEXTS) as (keyof typeof TEXTS)[])
    for (const row of prepared(db, TEXTS[entity]).iterate())
      if (!isSound(entity, row))
        found({
          kind: 'text',
          enterpriseId: row.enterprise_id as string | null,
          entity,
          entityId: String(row.id),
        });
}

/**
 * Compares every record with the log, and every line of the log with its proof: a byte that changed on the disk is found
 * in either, though the structure of the file is whole. Enterprises without any log (made by a program) cannot be compared.
 * Each owner is looked at in one moment of the library; nothing is written. Returns the lines looked at.
 */
export function compareWithLog(db: Db, found: (damage: Damage) => void): number {
  const moved = movedRecords(db);
  const owners = prepared(
    db,
    'SELECT id FROM enterprise UNION SELECT enterprise_id FROM change WHERE enterprise_id IS NOT NULL',
  )
    .all()
    .map(({ id }) => String(id));
  let lines = 0;
  const at = db.transaction((owner: string | null) => compareOwner(db, owner, moved, found));
  for (const owner of owners) lines += at(owner);
  // A complete export that was taken in brings its log, but leaves settings and lists as they were here.
  const mixed = prepared(db, "SELECT 1 FROM change WHERE action = 'import.everything' LIMIT 1").get();
  if (!mixed) lines += at(null);
  compareTexts(db, found);
  return lines;
}
