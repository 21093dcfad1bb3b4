import { isDeepStrictEqual } from 'node:util';
import { listBackups } from './backup-shelf.ts';
import { PROVED, proofOfRow } from './change-proof.ts';
import { putEnterprise } from './enterprises.ts';
import type { FieldChanges } from './fields.ts';
import { wholeValue } from './logged-value.ts';
import { type Db, openReadOnly, prepared } from './open.ts';
import { addressOf, withParts } from './record-address.ts';
import { loggedRecord, textOf } from './record-proof.ts';
import { Refusal } from './refusal.ts';
import { forLog, read, type Tx } from './write.ts';

type Row = Record<string, unknown>;

/** A record that differs from the log. */
export interface Place {
  readonly enterpriseId: string | null;
  readonly entity: string;
  readonly entityId: string;
}

/**
 * Ends a difference between a record and the log: the record becomes as the log has it ('log'), or it stays and the log
 * notes that ('stored'). Both are written into the history.
 */
export function mendRecord(tx: Tx, { enterpriseId, entity, entityId }: Place, take: 'log' | 'stored'): void {
  const { db } = tx;
  const address = addressOf(db, entity, entityId, enterpriseId);
  if (!address) throw new Refusal('not-found', 'historyRecordGone');
  const said = loggedRecord(db, enterpriseId, entity, entityId);
  const current = read(db, address.spec, address.key);
  const stored = current ? forLog(address.spec, current) : {};
  // Of an enterprise that a program made the log knows only what was changed since: the rest stays.
  const whole =
    enterpriseId === null || loggedRecord(db, enterpriseId, 'enterprise', enterpriseId)?.has('name') === true;
  const names = new Set([...(whole ? Object.keys(stored) : []), ...(said?.keys() ?? [])]);
  if (take === 'stored') {
    const fields: FieldChanges = Object.fromEntries(
      [...names]
        .map((name) => [name, { old: said?.get(name) ?? null, new: stored[name] ?? null }] as const)
        .filter(([, change]) => !isDeepStrictEqual(change.old, change.new)),
    );
    tx.restate(address.entity, address.key, fields, enterpriseId);
    return;
  }
  if (!said && !whole) throw new Refusal('not-found', 'historyRecordGone');
  if (!said) {
    // The log knows no such record: a changed byte gave it this key.
    tx.remove(address.entity, address.key, enterpriseId);
    return;
  }
  const parts = Object.fromEntries([...names].map((name) => [name, wholeValue(db, said.get(name) ?? null)]));
  const values = withParts(address.spec, current, parts);
  if (address.entity === 'enterprise') putEnterprise(tx, entityId, values);
  else tx.put(address.entity, address.key, values, enterpriseId);
}

/** The first answer the backups give, the newest first; those that cannot be read are passed over. */
function fromBackups(shelf: string, ask: (db: Db) => Row | undefined): Row | null {
  for (const { file } of listBackups(shelf)) {
    try {
      const db = openReadOnly(file);
      try {
        const row = ask(db);
        if (row) return row;
      } finally {
        db.close();
      }
    } catch {
      // A damaged, older or locked one: the next may have it.
    }
  }
  return null;
}

/**
 * Mends a damaged line of the log from the newest backup that has it as it was written. Where none has it, the line is
 * taken as it now reads. Says which of the two.
 */
export function mendLine(tx: Tx, changeId: number, shelf: string): 'backup' | 'taken' {
  const { db } = tx;
  const columns = PROVED.join(', ');
  const row = prepared(db, `SELECT ${columns}, proof FROM change WHERE id = ?`).get(changeId);
  if (!row) throw new Refusal('not-found', 'historyGone');
  const good = fromBackups(shelf, (backup) => {
    const there = prepared(backup, `SELECT ${columns}, proof FROM change WHERE id = ?`).get(changeId);
    // The same line: its proof, its time or its text is still as it is here.
    const same = there && (there.proof === row.proof || there.hlc === row.hlc || there.fields === row.fields);
    return same && there.proof === proofOfRow(there) ? there : undefined;
  });
  let fresh = good ?? row;
  try {
    JSON.parse(String(fresh.fields));
  } catch {
    fresh = { ...fresh, fields: '{}' };
  }
  const sets = [...PROVED, 'proof'].map((column) => `${column} = ?`).join(', ');
  prepared(db, `UPDATE change SET ${sets} WHERE id = ?`).run(
    ...PROVED.map((column) => fresh[column]),
    proofOfRow(fresh),
    changeId,
  );
  return good ? 'backup' : 'taken';
}

/** Brings a text kept beside its hash back from a backup. Throws a Refusal where no backup has it. */
export function mendText(
  tx: Tx,
  entity: 'diagnosis' | 'screening' | 'long',
  id: string,
  shelf: string,
): void {
  const good = fromBackups(shelf, (backup) => {
    const there = textOf(backup, entity, id);
    return there?.sound ? { text: there.text } : undefined;
  });
  if (!good) throw new Refusal('not-found', 'mendNoBackup');
  const update = {
    diagnosis: 'UPDATE diagnosis SET snapshot = ? WHERE id = ?',
    screening: 'UPDATE screening SET rows = ? WHERE id = ?',
    long: 'UPDATE long_value SET json = ? WHERE sha256 = ?',
  }[entity];
  prepared(tx.db, update).run(good.text, id);
}
