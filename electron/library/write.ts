import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { proofOf } from './change-proof.ts';
import { columnOf, decode, type EntityName, type EntitySpec, encode, entities } from './entities.ts';
import { differences, type FieldChanges, flatten } from './fields.ts';
import { clockOf, keepClock } from './hlc.ts';
import { type Db, prepared } from './open.ts';
import { searchIndexOf } from './search-index.ts';

/** Who writes, when, and doing what ("figures.set"). */
export interface WriteMeta {
  readonly action: string;
  readonly actor: string;
  readonly now: Date;
  /** Log one row an enterprise instead of one a record: for samples and imports of many records at once. */
  readonly grouped?: boolean;
  /** Runs at the end of the same transaction, with the enterprises that changed. */
  readonly after?: (touched: ReadonlySet<string>) => void;
}

type Values = Record<string, unknown>;

/** One write under way. */
export interface Tx {
  readonly db: Db;
  readonly meta: WriteMeta;
  /** The time of the write, as records carry it. */
  readonly at: string;
  /**
   * Makes or changes the record with this key: fields that are not given stay as they are. `derived` are the columns
   * that follow from the fields. Says whether anything changed; what changed is logged.
   */
  put(
    entity: EntityName,
    key: Values,
    values: Values,
    enterpriseId: string | null,
    derived?: Values,
  ): boolean;
  /** Removes the record with this key; says whether there was one. */
  remove(entity: EntityName, key: Values, enterpriseId: string | null): boolean;
  /** Logs what a record holds without changing it: where the log was found to say something else. */
  restate(entity: EntityName, key: Values, fields: FieldChanges, enterpriseId: string | null): void;
}

/** A value too long for the log is named by its hash there. */
const LONGEST_LOGGED = 20_000;

/** A value as the log holds it; a long one is kept once beside the log, so that it can be had back. */
function logged(db: Db, value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === undefined || text.length <= LONGEST_LOGGED) return value;
  const sha256 = createHash('sha256').update(text).digest('hex');
  prepared(db, 'INSERT OR IGNORE INTO long_value (sha256, json) VALUES (?, ?)').run(
    sha256,
    JSON.stringify(value),
  );
  return { sha256, length: text.length };
}

/** How a record's key reads in the log, without the enterprise it belongs to. */
function entityId(spec: EntitySpec, key: Values): string {
  const parts = spec.key.filter((field) => field !== 'enterpriseId').map((field) => key[field]);
  return parts.filter((part) => part !== null && part !== undefined).join('@');
}

/** A record's fields as the log names them. */
export function forLog(spec: EntitySpec, values: Values): Values {
  const parts: Values = {};
  for (const [field, codec] of Object.entries(spec.fields)) {
    if (spec.unlogged.includes(field)) continue;
    const value = values[field] ?? null;
    Object.assign(parts, codec === 'parts' ? flatten(field, value) : { [field]: value });
  }
  return parts;
}

/** The record with this key, or null. */
export function read(db: Db, spec: EntitySpec, key: Values): Values | null {
  const columns = Object.keys(spec.fields).map(columnOf).join(', ');
  const row = prepared(db, `SELECT ${columns} FROM ${spec.table} WHERE ${spec.where}`).get(
    ...spec.key.map((field) => key[field] ?? null),
  );
  if (!row) return null;
  return Object.fromEntries(
    Object.entries(spec.fields).map(([field, codec]) => [field, decode(codec, row[columnOf(field)])]),
  );
}

interface Change {
  readonly op: 'put' | 'remove';
  readonly entity: string;
  readonly entityId: string;
  readonly enterpriseId: string | null;
  readonly fields: FieldChanges;
  /** The write made the record. */
  readonly made: boolean;
}

/** Old of the first change, new of the last one; a field that ends as it began is left out. */
function merge(first: FieldChanges, then: FieldChanges): FieldChanges {
  const merged: FieldChanges = { ...first };
  for (const [field, { old, new: fresh }] of Object.entries(then)) {
    const before = field in first ? first[field]!.old : old;
    if (isDeepStrictEqual(before, fresh)) delete merged[field];
    else merged[field] = { old: before, new: fresh };
  }
  return merged;
}

/**
 * One log row for each record, however often the write changed it; with `grouped`, one for each enterprise, whose
 * fields are then named "figure:2025:revenue" and so on.
 */
function logRows(changes: readonly Change[], grouped: boolean): Change[] {
  const rows: Change[] = [];
  const open = new Map<string, number>();
  for (const change of changes) {
    const { enterpriseId } = change;
    const whole = grouped && enterpriseId !== null && change.op === 'put';
    const key = whole ? `enterprise/${enterpriseId}` : `${change.entity}/${enterpriseId}/${change.entityId}`;
    const prefix = whole && change.entity !== 'enterprise' ? `${change.entity}:${change.entityId}:` : '';
    const fields = Object.fromEntries(Object.entries(change.fields).map(([field, v]) => [prefix + field, v]));
    const madeWhole = change.entity === 'enterprise' && change.made;
    const at = open.get(key);
    const before = at === undefined ? undefined : rows[at];
    if (at !== undefined && before?.op === change.op)
      rows[at] = {
        ...before,
        fields: merge(before.fields, fields),
        made: before.made || (whole && madeWhole),
      };
    else {
      open.set(key, rows.length);
      rows.push(
        whole
          ? { ...change, entity: 'enterprise', entityId: enterpriseId, fields, made: madeWhole }
          : { ...change, fields },
      );
    }
  }
  return rows;
}

/**
 * The one way in which anything is written: a transaction that applies the changes and appends them to the change
 * log, one row for each record changed, holding only the fields that changed. All of it happens or none of it; an
 * error thrown by `work` undoes everything.
 */
export function write<T>(db: Db, meta: WriteMeta, work: (tx: Tx) => T): T {
  const at = meta.now.toISOString();
  const changes: Change[] = [];
  const touched = new Set<string>();

  const note = (change: Change) => {
    changes.push(change);
    if (change.enterpriseId) touched.add(change.enterpriseId);
  };

  const tx: Tx = {
    db,
    meta,
    at,
    put(name, key, values, enterpriseId, derived = {}) {
      const spec: EntitySpec = entities[name];
      const old = read(db, spec, key);
      const fresh = { ...old, ...values };
      const fields = differences(old ? forLog(spec, old) : {}, forLog(spec, fresh));
      if (old && Object.keys(fields).length === 0) return false;
      const columns: Values = {};
      for (const [field, codec] of Object.entries(spec.fields))
        columns[columnOf(field)] = encode(codec, fresh[field]);
      for (const field of spec.derived) if (field in derived) columns[columnOf(field)] = derived[field];
      if (spec.updated) columns.updated_at = at;
      if (!old) {
        for (const field of spec.key) columns[columnOf(field)] = key[field] ?? null;
        if (spec.created) columns.created_at = at;
        const names = Object.keys(columns);
        prepared(
          db,
          `INSERT INTO ${spec.table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        ).run(...Object.values(columns));
      } else {
        const sets = Object.keys(columns).map((column) => `${column} = ?`);
        prepared(db, `UPDATE ${spec.table} SET ${sets.join(', ')} WHERE ${spec.where}`).run(
          ...Object.values(columns),
          ...spec.key.map((field) => key[field] ?? null),
        );
      }
      note({ op: 'put', entity: name, entityId: entityId(spec, key), enterpriseId, fields, made: !old });
      return true;
    },
    remove(name, key, enterpriseId) {
      const spec: EntitySpec = entities[name];
      const old = read(db, spec, key);
      if (!old) return false;
      prepared(db, `DELETE FROM ${spec.table} WHERE ${spec.where}`).run(
        ...spec.key.map((field) => key[field] ?? null),
      );
      const fields = differences(forLog(spec, old), {});
      note({ op: 'remove', entity: name, entityId: entityId(spec, key), enterpriseId, fields, made: false });
      return true;
    },
    restate(name, key, fields, enterpriseId) {
      const spec: EntitySpec = entities[name];
      note({ op: 'put', entity: name, entityId: entityId(spec, key), enterpriseId, fields, made: false });
    },
  };

  const result = db
    .transaction(() => {
      const result = work(tx);
      if (changes.length === 0) return result;
      const clock = clockOf(db);
      for (const id of touched) {
        prepared(db, 'UPDATE enterprise SET updated_at = ? WHERE id = ?').run(at, id);
      }
      const append = prepared(
        db,
        `INSERT INTO change (hlc, at, actor, action, op, entity, entity_id, enterprise_id, fields, made, step, proof)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      let step: string | null = null;
      for (const change of logRows(changes, meta.grouped ?? false)) {
        const fields = Object.fromEntries(
          Object.entries(change.fields).map(([field, values]) => [
            field,
            { old: logged(db, values.old), new: logged(db, values.new) },
          ]),
        );
        const hlc = clock.tick(meta.now.getTime());
        step ??= hlc;
        // In the order of PROVED.
        const line = [
          hlc,
          at,
          meta.actor,
          meta.action,
          change.op,
          change.entity,
          change.entityId,
          change.enterpriseId,
          JSON.stringify(fields),
          change.made ? 1 : 0,
        ];
        append.run(...line, step, proofOf(line));
      }
      meta.after?.(touched);
      keepClock(db, clock);
      return result;
    })
    .immediate();
  // Only now, because a transaction undone must leave the index as it was.
  searchIndexOf(db).forget(touched);
  return result;
}
