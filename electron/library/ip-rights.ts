import { v7 as uuid } from 'uuid';
import { checkDate } from './dates.ts';
import { requireEnterprise } from './enterprises.ts';
import { type Db, prepared } from './open.ts';
import { recordsOf, without } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import type { IpRight } from './shapes.ts';
import type { Tx } from './write.ts';

export type IpRightInput = Omit<IpRight, 'id'> & { readonly id?: string | undefined };

/** The intellectual property rights of an enterprise, in the order in which they were entered. */
export function listIpRights(db: Db, enterpriseId: string): IpRight[] {
  return recordsOf(db, 'ipRight', enterpriseId, 'id').map(
    (record) => without(record, 'enterpriseId') as IpRight,
  );
}

/** Adds a right (without id) or changes one. Throws a Refusal. */
export function saveIpRight(tx: Tx, enterpriseId: string, right: IpRightInput): void {
  requireEnterprise(tx.db, enterpriseId);
  if (right.name.trim() === '') throw invalid('nameMissing', { path: 'name' });
  checkDate(right.grantedOn, 'grantedOn');
  const { id = uuid(), ...fields } = right;
  if (right.id) requireOwn(tx.db, enterpriseId, right.id);
  tx.put('ipRight', { id }, { ...fields, name: fields.name.trim(), enterpriseId }, enterpriseId);
}

/** Removes a right. Throws a Refusal where the enterprise has no such right. */
export function removeIpRight(tx: Tx, enterpriseId: string, id: string): void {
  requireOwn(tx.db, enterpriseId, id);
  tx.remove('ipRight', { id }, enterpriseId);
}

function requireOwn(db: Db, enterpriseId: string, id: string): void {
  const row = prepared(db, 'SELECT 1 FROM ip_right WHERE id = ? AND enterprise_id = ?').get(id, enterpriseId);
  if (!row) throw new Refusal('not-found', 'ipRightNotFound', { id });
}
