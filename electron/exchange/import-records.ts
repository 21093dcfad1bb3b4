import { isDeepStrictEqual } from 'node:util';
import { type EntityName, type EntitySpec, entities } from '../library/entities.ts';
import { type Db, prepared } from '../library/open.ts';
import { recordOf } from '../library/records.ts';
import type { Tx } from '../library/write.ts';

type Values = Record<string, unknown>;

/** What an import did to one record: its changed fields before (null = it was made) and after. */
export interface RecordChange {
  readonly entity: EntityName;
  readonly key: Values;
  readonly before: Values | null;
  readonly after: Values;
}

/** A record's fields as they are now, without its key and its times; null where there is none. */
export function readRecord(db: Db, name: EntityName, key: Values): Values | null {
  const spec: EntitySpec = entities[name];
  const row = prepared(db, `SELECT * FROM ${spec.table} WHERE ${spec.where}`).get(
    ...spec.key.map((field) => key[field] ?? null),
  );
  if (!row) return null;
  const record = recordOf(name, row);
  return Object.fromEntries(Object.keys(spec.fields).map((field) => [field, record[field] ?? null]));
}

/** A write that also notes, for each enterprise, what it did to every record. */
export function recordingTx(tx: Tx): { tx: Tx; changes: Map<string, RecordChange[]> } {
  const changes = new Map<string, RecordChange[]>();
  return {
    changes,
    tx: {
      ...tx,
      put(entity, key, values, enterpriseId, derived) {
        const before = readRecord(tx.db, entity, key);
        const changed = tx.put(entity, key, values, enterpriseId, derived);
        if (!changed || enterpriseId === null) return changed;
        const after = readRecord(tx.db, entity, key) ?? {};
        const fields = Object.keys(after).filter((f) =>
          before === null ? after[f] !== null : !isDeepStrictEqual(before[f], after[f]),
        );
        const pick = (from: Values) => Object.fromEntries(fields.map((field) => [field, from[field]]));
        const list = changes.get(enterpriseId) ?? [];
        list.push({ entity, key, before: before && pick(before), after: pick(after) });
        changes.set(enterpriseId, list);
        return changed;
      },
    },
  };
}
