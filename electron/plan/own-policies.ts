import { type Db, prepared } from '../library/open.ts';
import { recordOf } from '../library/records.ts';
import type { Tx } from '../library/write.ts';
import { type Policy, policyShape } from './measure-schema.ts';

/** A policy of the consultancy's own, or what it did to one of the product's; `policy` null leaves the product's text. */
export interface OwnPolicy {
  readonly id: string;
  readonly policy: Policy | null;
  readonly hidden: boolean;
}

/** What the library holds of the consultancy's own policies, by id; an entry that no longer fits is left out. */
export function listOwnPolicies(db: Db): Map<string, OwnPolicy> {
  const rows = prepared(db, 'SELECT * FROM own_policy ORDER BY id').all();
  return new Map(
    rows.flatMap((row): [string, OwnPolicy][] => {
      const { id, policy, hidden } = recordOf('ownPolicy', row);
      const read = policy === null ? null : policyShape.safeParse(policy);
      if (read && !read.success) return [];
      return [[String(id), { id: String(id), policy: read?.data ?? null, hidden: hidden === true }]];
    }),
  );
}

/** Keeps a policy, or hides one. */
export function putOwnPolicy(tx: Tx, { id, policy, hidden }: OwnPolicy): void {
  tx.put('ownPolicy', { id }, { policy, hidden }, null);
}

/** Goes back to what the product has (or to nothing, for a policy of one's own). Says whether there was anything. */
export function dropOwnPolicy(tx: Tx, id: string): boolean {
  return tx.remove('ownPolicy', { id }, null);
}
