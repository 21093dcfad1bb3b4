import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from './connect.ts';
import { putEnterprise } from './enterprises.ts';
import type { FieldChanges } from './fields.ts';
import { wholeValue } from './logged-value.ts';
import { type Db, openReadOnly } from './open.ts';
import { addressOf, loggedField, withParts } from './record-address.ts';
import { read, type Tx } from './write.ts';

/** A change that could be read out of a damaged library. */
export interface SavedChange {
  readonly id: number;
  readonly hlc: string;
  readonly at: string;
  readonly actor: string;
  readonly op: 'put' | 'remove';
  readonly entity: string;
  readonly entityId: string;
  readonly enterpriseId: string | null;
  readonly fields: FieldChanges;
}

/** What is newer in a damaged library than in a backup. */
export interface Salvaged {
  readonly changes: readonly SavedChange[];
  /** The log itself could not be read to its end: there may have been more. */
  readonly partly: boolean;
}

/** Numbers of the log looked at one by one between two readable stretches. */
const GAP = 5000;

function saved(db: Db, row: Record<string, unknown>): SavedChange | null {
  try {
    const fields = JSON.parse(String(row.fields)) as FieldChanges;
    for (const change of Object.values(fields)) {
      change.old = null;
      change.new = wholeValue(db, change.new);
    }
    return {
      id: row.id as number,
      hlc: String(row.hlc),
      at: String(row.at),
      actor: String(row.actor),
      op: row.op === 'remove' ? 'remove' : 'put',
      entity: String(row.entity),
      entityId: String(row.entity_id),
      enterpriseId: row.enterprise_id === null ? null : String(row.enterprise_id),
      fields,
    };
  } catch {
    return null;
  }
}

/**
 * Reads what a damaged library's log has after entry `after` (a number; 0 = from the start), as much as can be read: from
 * the front, from the end, and one by one in between. Works on a copy; null where nothing can be read at all.
 */
export function salvage(file: string, after: number): Salvaged | null {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-salvage-'));
  const copy = join(folder, 'library.sqlite');
  let db: Db | null = null;
  try {
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    db = openReadOnly(copy);
    let open = db;
    /** After a damaged page the cipher of a connection refuses every other page too. */
    const renew = () => {
      if (keyOf(open) === null) return;
      open.close();
      open = openReadOnly(copy);
      db = open;
    };
    const found = new Map<number, SavedChange>();
    let partly = false;
    const take = (row: unknown) => {
      const change = saved(open, row as Record<string, unknown>);
      if (change) found.set(change.id, change);
      else partly = true;
    };
    const walk = (order: 'ASC' | 'DESC') => {
      try {
        const rows = open.prepare(`SELECT * FROM change WHERE id > ? ORDER BY id ${order}`).iterate(after);
        for (const row of rows) {
          const { id } = row as { id: number };
          if (found.has(id)) return true;
          take(row);
        }
        return true;
      } catch {
        partly = true;
        renew();
        return false;
      }
    };
    if (!walk('ASC')) {
      const front = Math.max(after, ...found.keys());
      walk('DESC');
      const next = Math.min(...[...found.keys()].filter((id) => id > front), front + GAP);
      for (let id = front + 1; id < next; id += 1) {
        try {
          const row = open.prepare('SELECT * FROM change WHERE id = ?').get(id);
          if (row) take(row);
        } catch {
          // This one lies in the damaged part.
          renew();
        }
      }
    }
    return { changes: [...found.values()].sort((a, b) => a.id - b.id), partly };
  } catch {
    return null;
  } finally {
    db?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A log entry that collects several records of an enterprise, as one part a record. */
function partsOf(change: SavedChange): Pick<SavedChange, 'entity' | 'entityId' | 'fields'>[] {
  const parts = new Map<string, { entity: string; entityId: string; fields: FieldChanges }>();
  for (const [name, value] of Object.entries(change.fields)) {
    const { entity, entityId, field } = loggedField(change.entity, change.entityId, name);
    const key = `${entity}/${entityId}`;
    const part = parts.get(key) ?? { entity, entityId, fields: {} };
    part.fields[field] = value;
    parts.set(key, part);
  }
  if (parts.size === 0) return [change];
  // The enterprise comes before what hangs on it.
  return [...parts.values()].sort(
    (a, b) => Number(b.entity === 'enterprise') - Number(a.entity === 'enterprise'),
  );
}

function putBack(tx: Tx, change: SavedChange, part: ReturnType<typeof partsOf>[number]): void {
  const address = addressOf(tx.db, part.entity, part.entityId, change.enterpriseId);
  if (!address) throw new Error('a record of a kind that is not known here');
  if (change.op === 'remove') {
    tx.remove(address.entity, address.key, change.enterpriseId);
    return;
  }
  const current = read(tx.db, address.spec, address.key);
  const wanted = Object.fromEntries(Object.entries(part.fields).map(([field, value]) => [field, value.new]));
  const values = withParts(address.spec, current, wanted);
  if (address.entity === 'enterprise') putEnterprise(tx, part.entityId, values);
  else tx.put(address.entity, address.key, values, change.enterpriseId);
}

/** Puts changes that were read out of a damaged library into one that was restored; says how many went in. */
export function replay(tx: Tx, changes: readonly SavedChange[]): { done: number; failed: number } {
  let done = 0;
  let failed = 0;
  for (const change of changes) {
    let whole = true;
    for (const part of partsOf(change)) {
      try {
        tx.db.transaction(() => putBack(tx, change, part))();
      } catch {
        whole = false;
      }
    }
    if (whole) done += 1;
    else failed += 1;
  }
  return { done, failed };
}
