import { getEnterprise, putEnterprise } from './enterprises.ts';
import type { FieldChanges } from './fields.ts';
import { wholeValue } from './logged-value.ts';
import { type Db, prepared } from './open.ts';
import { addressOf, loggedField, withParts } from './record-address.ts';
import { Refusal } from './refusal.ts';
import { read, type Tx } from './write.ts';

/** One change of one field. `field` is its name in the log entry `changeId`. */
export interface FieldChange {
  readonly changeId: number;
  readonly field: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly old: unknown;
  readonly new: unknown;
}

function known(db: Db, value: unknown): unknown {
  try {
    return wholeValue(db, value);
  } catch {
    return value;
  }
}

/** Who changed one field of one record of an enterprise, when, from what to what; the newest first. */
export function listFieldHistory(
  db: Db,
  of: { enterpriseId: string; entity: string; entityId: string; field: string },
  limit: number,
): FieldChange[] {
  const found: FieldChange[] = [];
  const names = [of.field, `${of.entity}:${of.entityId}:${of.field}`];
  const rows = prepared(
    db,
    `SELECT id, at, actor, action, entity, entity_id, fields FROM change WHERE enterprise_id = ?
       AND ((entity = ? AND entity_id = ?) OR entity = 'enterprise') ORDER BY id DESC`,
  ).iterate(of.enterpriseId, of.entity, of.entityId);
  for (const row of rows) {
    const own = row.entity === of.entity && row.entity_id === of.entityId;
    const fields = JSON.parse(String(row.fields)) as FieldChanges;
    const field = own && names[0]! in fields ? names[0]! : names[1]!;
    const change = fields[field];
    if (!change) continue;
    found.push({
      changeId: row.id as number,
      field,
      at: String(row.at),
      actor: String(row.actor),
      action: String(row.action),
      old: known(db, change.old),
      new: known(db, change.new),
    });
    if (found.length >= limit) break;
  }
  return found;
}

/**
 * Gives one field the value it had before (`side` old) or after (`side` new) an entry of the log. Throws a Refusal where
 * the record is gone or the value was not kept. Says of which enterprise.
 */
export function restoreValue(tx: Tx, changeId: number, field: string, side: 'old' | 'new'): string {
  const row = prepared(tx.db, 'SELECT * FROM change WHERE id = ?').get(changeId);
  const change = row && (JSON.parse(String(row.fields)) as FieldChanges)[field];
  if (!row || !change || row.enterprise_id === null) throw new Refusal('not-found', 'historyGone');
  const enterpriseId = String(row.enterprise_id);
  getEnterprise(tx.db, enterpriseId);
  const { entity, entityId, field: name } = loggedField(String(row.entity), String(row.entity_id), field);
  const address = addressOf(tx.db, entity, entityId, enterpriseId);
  const current = address && read(tx.db, address.spec, address.key);
  if (!address || !current) throw new Refusal('not-found', 'historyRecordGone');
  const values = withParts(address.spec, current, { [name]: wholeValue(tx.db, change[side]) });
  if (address.entity === 'enterprise') putEnterprise(tx, entityId, values);
  else tx.put(address.entity, address.key, values, enterpriseId);
  return enterpriseId;
}
