import { v7 as uuid } from 'uuid';
import type { AsOf, Diagnosis } from '../diagnosis/shapes.ts';
import type { Text } from '../standards/schema.ts';
import { requireEnterprise } from './enterprises.ts';
import { type Db, prepared } from './open.ts';
import { keepPacks, type Pack, sha256 } from './packs.ts';
import { Refusal } from './refusal.ts';
import type { Tx } from './write.ts';

/** A stored diagnosis, with the packs it was made with. */
export interface StoredDiagnosis {
  readonly id: string;
  readonly enterpriseId: string;
  readonly createdAt: string;
  readonly actor: string;
  readonly packs: readonly Pick<Pack, 'hash' | 'id'>[];
  readonly diagnosis: Diagnosis;
  /** The snapshot still has the hash it was stored with. */
  readonly intact: boolean;
}

/** Stores a snapshot with every pack it was made with; it is never changed afterwards. Returns its id. */
export function saveDiagnosis(
  tx: Tx,
  enterpriseId: string,
  diagnosis: Diagnosis,
  packs: readonly Pack[],
): string {
  requireEnterprise(tx.db, enterpriseId);
  keepPacks(tx.db, packs);
  const id = uuid();
  const snapshot = JSON.stringify(diagnosis);
  tx.put(
    'diagnosis',
    { id },
    {
      enterpriseId,
      createdAt: tx.at,
      actor: tx.meta.actor,
      asOf: diagnosis.asOf,
      packs: packs.map((pack) => ({ hash: pack.hash, id: pack.id })),
      snapshot,
      snapshotHash: sha256(snapshot),
    },
    enterpriseId,
  );
  return id;
}

/** The stored diagnoses of an enterprise, newest first, each with what it says of the ladder. */
export function listDiagnoses(
  db: Db,
  enterpriseId: string,
): { id: string; createdAt: string; actor: string; asOf: AsOf; says: Text }[] {
  requireEnterprise(db, enterpriseId);
  return prepared(
    db,
    `SELECT id, created_at, actor, as_of, json_extract(snapshot, '$.ladder.says') AS says
     FROM diagnosis WHERE enterprise_id = ? ORDER BY created_at DESC, id DESC`,
  )
    .all(enterpriseId)
    .map((row) => ({
      id: String(row.id),
      createdAt: String(row.created_at),
      actor: String(row.actor),
      asOf: JSON.parse(String(row.as_of)) as AsOf,
      says: JSON.parse(String(row.says)) as Text,
    }));
}

/** A stored diagnosis. Throws a Refusal (not-found). */
export function getDiagnosis(db: Db, id: string): StoredDiagnosis {
  const row = prepared(db, 'SELECT * FROM diagnosis WHERE id = ?').get(id);
  if (!row) throw new Refusal('not-found', 'diagnosisNotFound', { id });
  const snapshot = String(row.snapshot);
  return {
    id,
    enterpriseId: String(row.enterprise_id),
    createdAt: String(row.created_at),
    actor: String(row.actor),
    packs: JSON.parse(String(row.packs)) as StoredDiagnosis['packs'],
    diagnosis: JSON.parse(snapshot) as Diagnosis,
    intact: sha256(snapshot) === row.snapshot_hash,
  };
}
