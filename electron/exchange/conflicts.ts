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
  readonly ids: readonly string[];
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

/** What waits for a decision, of one enterprise or of all, oldest first. */
export function listConflicts(db: Db, enterpriseId: string | null): Conflict[] {
  const rows = prepared(
    db,
    `SELECT c.*, e.name, b.source FROM conflict c JOIN enterprise e ON e.id = c.enterprise_id
       JOIN case_batch b ON b.id = c.batch_id
     WHERE c.settled_at IS NULL AND (? IS NULL OR c.enterprise_id = ?) ORDER BY c.rowid LIMIT 5000`,
  ).all(enterpriseId, enterpriseId);
  const found = new Map<string, Conflict>();
  const beside: { place: string; id: string }[] = [];
  for (const row of rows) {
    const place = `${row.enterprise_id}/${row.entity}/${row.entity_id}/`;
    const field = String(row.field);
    const number = row.entity === 'figure' && field.startsWith(BACKING) ? field.slice(BACKING.length) : null;
    if (number !== null) beside.push({ place: place + number, id: String(row.id) });
    else
      found.set(place + field, {
        ids: [String(row.id)],
        enterpriseId: String(row.enterprise_id),
        enterpriseName: String(row.name),
        entity: String(row.entity),
        entityId: String(row.entity_id),
        field,
        mine: JSON.parse(String(row.mine)) as Hand,
        theirs: JSON.parse(String(row.theirs)) as Hand,
        kept: row.kept as Conflict['kept'],
        source: String(row.source),
      });
  }
  const single = new Map(rows.map((row) => [String(row.id), row]));
  for (const { place, id } of beside) {
    const whole = found.get(place);
    if (whole) found.set(place, { ...whole, ids: [...whole.ids, id] });
    else {
      const row = single.get(id);
      if (!row) continue;
      found.set(`${place}/${BACKING}`, {
        ids: [id],
        enterpriseId: String(row.enterprise_id),
        enterpriseName: String(row.name),
        entity: String(row.entity),
        entityId: String(row.entity_id),
        field: String(row.field),
        mine: JSON.parse(String(row.mine)) as Hand,
        theirs: JSON.parse(String(row.theirs)) as Hand,
        kept: row.kept as Conflict['kept'],
        source: String(row.source),
      });
    }
  }
  return [...found.values()];
}

/** How many fields wait for a decision. */
export function countConflicts(db: Db): number {
  return Number(prepared(db, 'SELECT count(*) AS n FROM conflict WHERE settled_at IS NULL').get()?.n);
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
