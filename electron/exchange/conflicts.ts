import { nameKeys, updateEnterprise } from '../library/enterprises.ts';
import { type Db, prepared } from '../library/open.ts';
import { addressOf, withParts } from '../library/record-address.ts';
import { Refusal } from '../library/refusal.ts';
import { read, type Tx } from '../library/write.ts';
import type { Touch } from './case-merge.ts';

interface Hand {
  readonly value: unknown;
  readonly by: Touch;
}

/** Two values for one field, waiting for a decision. `ids` also hold what stands beside it (where a number comes from). */
export interface Conflict {
  readonly ids: string[];
  readonly enterpriseId: string;
  readonly enterpriseName: string;
  readonly entity: string;
  readonly entityId: string;
  /** '' = whether the record is there at all. */
  readonly field: string;
  readonly mine: Hand;
  readonly theirs: Hand;
  readonly kept: 'mine' | 'theirs';
  readonly source: string;
}

const BACKING = 'backing.';

function conflictOf(row: Record<string, unknown>): Conflict {
  return {
    ids: [String(row.id)],
    enterpriseId: String(row.enterprise_id),
    enterpriseName: String(row.name),
    entity: String(row.entity),
    entityId: String(row.entity_id),
    field: String(row.field),
    mine: JSON.parse(String(row.mine)) as Hand,
    theirs: JSON.parse(String(row.theirs)) as Hand,
    kept: row.kept as Conflict['kept'],
    source: String(row.source),
  };
}

/** What waits for a decision, of one enterprise or of all, oldest first. */
export function listConflicts(db: Db, enterpriseId: string | null): Conflict[] {
  const all = prepared(
    db,
    `SELECT c.*, e.name, b.source FROM conflict c JOIN enterprise e ON e.id = c.enterprise_id
       JOIN case_batch b ON b.id = c.batch_id
     WHERE c.settled_at IS NULL AND (? IS NULL OR c.enterprise_id = ?) ORDER BY c.rowid LIMIT 5000`,
  )
    .all(enterpriseId, enterpriseId)
    .map(conflictOf);
  const placeOf = (one: Conflict, field: string) =>
    `${one.enterpriseId}/${one.entity}/${one.entityId}/${field}`;
  const found = new Map(all.map((one) => [placeOf(one, one.field), one]));
  // Where a number comes from is decided along with the number.
  for (const [place, one] of found) {
    if (one.entity !== 'figure' || !one.field.startsWith(BACKING)) continue;
    const number = placeOf(one, one.field.slice(BACKING.length));
    const whole = found.get(number);
    if (!whole) continue;
    found.set(number, { ...whole, ids: [...whole.ids, ...one.ids] });
    found.delete(place);
  }
  return [...found.values()];
}

/**
 * Decides for one side: its value is stored (an edit like any other, so it travels with the next package) and the
 * dispute is over. Throws a Refusal where it is settled already or the value cannot be stored any more.
 */
export function settleConflict(tx: Tx, id: string, side: 'mine' | 'theirs'): void {
  const row = prepared(tx.db, 'SELECT * FROM conflict WHERE id = ? AND settled_at IS NULL').get(id);
  if (!row) throw new Refusal('not-found', 'conflictSettled');
  const enterpriseId = String(row.enterprise_id);
  const field = String(row.field);
  const address = addressOf(tx.db, String(row.entity), String(row.entity_id), enterpriseId);
  if (!address) throw new Refusal('not-found', 'conflictSettled');
  const { entity, spec, key } = address;
  const { value } = JSON.parse(String(side === 'mine' ? row.mine : row.theirs)) as Hand;
  const current = read(tx.db, spec, key);
  if (field === '') {
    if (value === false && current) tx.remove(entity, key, enterpriseId);
  } else if (current) {
    if (entity === 'enterprise' && (field === 'name' || field === 'uscc'))
      updateEnterprise(tx, enterpriseId, { [field]: value });
    else {
      const values = withParts(spec, current, { [field]: value });
      const derived = entity === 'enterprise' ? nameKeys(String(values.name ?? current.name)) : {};
      tx.put(entity, key, values, enterpriseId, derived);
    }
  }
  prepared(tx.db, 'UPDATE conflict SET settled_at = ?, settled_by = ? WHERE id = ?').run(
    tx.at,
    tx.meta.actor,
    id,
  );
}
