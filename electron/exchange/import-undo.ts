import { isDeepStrictEqual } from 'node:util';
import { updateEnterprise } from '../library/enterprises.ts';
import { type Db, prepared } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import type { Profile } from '../library/shapes.ts';
import { type Tx, write } from '../library/write.ts';
import { markWaiting } from './import-apply.ts';
import { type RecordChange, readRecord } from './import-records.ts';

export interface Batch {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly source: string;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly failed: number;
  readonly undoneAt: string | null;
}

/** The imports of this library, newest first. */
export function listBatches(db: Db, limit = 50): Batch[] {
  return prepared(db, 'SELECT *, undone_at AS undoneAt FROM import_batch ORDER BY at DESC, id DESC LIMIT ?')
    .all(limit)
    .map((row) => {
      const { undone_at: _, ...batch } = row;
      return batch as unknown as Batch;
    });
}

interface Later {
  readonly name: string;
  readonly field: string;
}

const CHILDREN = {
  figure: 'year',
  fact: 'fact_id',
  title: 'id',
  ip_right: 'id',
  diagnosis: 'id',
  plan: 'id',
  attachment: 'id',
};
const TABLES: Record<string, string> = { figure: 'figure', fact: 'fact', title: 'title' };

function nameOf(db: Db, id: string): string {
  return String(prepared(db, 'SELECT name FROM enterprise WHERE id = ?').get(id)?.name ?? id);
}

/** Whatever was done since to the same fields, or hangs on an enterprise that the import made. */
function laterWork(db: Db, enterpriseId: string, records: readonly RecordChange[]): Later[] {
  const later: Later[] = [];
  const name = nameOf(db, enterpriseId);
  for (const { entity, key, before, after } of records) {
    const current = readRecord(db, entity, key);
    if (current === null) {
      // A record the import made and somebody removed since: there is nothing left to take back.
      if (before !== null) later.push({ name, field: entity });
      continue;
    }
    for (const [field, value] of Object.entries(current)) {
      const expected = field in after ? after[field] : before === null ? null : undefined;
      if (expected === undefined || isDeepStrictEqual(value, expected)) continue;
      later.push({ name, field: `${entity === 'enterprise' ? '' : `${entity}.`}${field}` });
    }
  }
  if (!records.some((record) => record.entity === 'enterprise' && record.before === null)) return later;
  for (const [table, column] of Object.entries(CHILDREN)) {
    const mine = records.filter((record) => TABLES[record.entity] === table && record.before === null).length;
    const rows = prepared(db, `SELECT ${column} FROM ${table} WHERE enterprise_id = ?`).all(
      enterpriseId,
    ).length;
    if (rows > mine) later.push({ name, field: table });
  }
  return later;
}

function restore(tx: Tx, enterpriseId: string, records: readonly RecordChange[]): void {
  const made = records.some((record) => record.entity === 'enterprise' && record.before === null);
  for (const { entity, key, before } of [...records].reverse()) {
    if (before === null) {
      if (entity === 'enterprise')
        prepared(tx.db, 'DELETE FROM standing WHERE enterprise_id = ?').run(enterpriseId);
      tx.remove(entity, key, enterpriseId);
    } else if (entity === 'enterprise') updateEnterprise(tx, enterpriseId, before as Partial<Profile>);
    else if (!made) tx.put(entity, key, before, enterpriseId);
  }
}

export interface UndoOptions {
  readonly batchId: string;
  readonly actor: string;
  readonly now: Date;
  progress(done: number, total: number): void;
}

/**
 * Takes an import back as one step: what it made is removed, what it changed gets its old value again. Refused, with
 * the places listed, where the same fields were edited since. Throws a Refusal; nothing is changed then.
 */
export function undoImport(db: Db, { batchId, actor, now, progress }: UndoOptions): { touched: string[] } {
  const touchedIds: string[] = [];
  write(
    db,
    {
      action: 'import.undo',
      actor,
      now,
      grouped: true,
      after: (touched) => {
        markWaiting(db, touched);
        touchedIds.push(...touched);
      },
    },
    (tx) => {
      const batch = prepared(db, 'SELECT undone_at FROM import_batch WHERE id = ?').get(batchId);
      if (!batch) throw new Refusal('not-found', 'importGone');
      if (batch.undone_at !== null) throw new Refusal('conflict', 'importUndone');
      const items = prepared(db, 'SELECT enterprise_id, records FROM import_item WHERE batch_id = ?')
        .all(batchId)
        .map((row) => ({
          id: String(row.enterprise_id),
          records: JSON.parse(String(row.records)) as RecordChange[],
        }));
      const later = items.flatMap(({ id, records }) => laterWork(db, id, records));
      if (later.length > 0)
        throw new Refusal('conflict', 'importEdited', {
          count: later.length,
          places: later.slice(0, 20).map(({ name, field }) => `${name}: ${field}`),
        });
      for (const [done, { id, records }] of items.entries()) {
        if (done % 50 === 0) progress(done, items.length);
        restore(tx, id, records);
      }
      prepared(db, 'UPDATE import_batch SET undone_at = ? WHERE id = ?').run(tx.at, batchId);
      progress(items.length, items.length);
    },
  );
  return { touched: touchedIds };
}
