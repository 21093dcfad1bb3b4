import { PROVED, proofOf } from '../../change-proof.ts';
import type { Db } from '../../open.ts';

/** Every line of the log gets a proof of itself (change-proof.ts). */
export function safetyTables(db: Db): void {
  db.exec('ALTER TABLE change ADD COLUMN proof TEXT');
  db.function('proof_of', { varargs: true, deterministic: true }, (...values: unknown[]) => proofOf(values));
  db.exec(`UPDATE change SET proof = proof_of(${PROVED.join(', ')})`);
}
