import { v7 as uuid } from 'uuid';
import { checkDate } from './dates.ts';
import { requireEnterprise } from './enterprises.ts';
import { type Db, prepared } from './open.ts';
import { recordsOf, without } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import type { Title } from './shapes.ts';
import type { Tx } from './write.ts';

export type TitleInput = Omit<Title, 'id'> & { readonly id?: string | undefined };

/** The titles of an enterprise, in the order of their dates of issue; those without one come last. */
export function listTitles(db: Db, enterpriseId: string): Title[] {
  return recordsOf(db, 'title', enterpriseId, 'issued_on IS NULL, issued_on, id').map(
    (record) => without(record, 'enterpriseId') as Title,
  );
}

function checkTitle(title: TitleInput): void {
  if (title.name.trim() === '') throw invalid('nameMissing', { path: 'name' });
  checkDate(title.issuedOn, 'issuedOn');
  checkDate(title.expiresOn, 'expiresOn');
  const { issuedOn, expiresOn } = title;
  // Only as far as both are known: a title issued in 2024-05 may expire "in 2024".
  const length = Math.min(issuedOn?.length ?? 0, expiresOn?.length ?? 0);
  if (issuedOn && expiresOn && expiresOn.slice(0, length) < issuedOn.slice(0, length))
    throw invalid('titleDates', { path: 'expiresOn', issuedOn, expiresOn });
}

/** Adds a title (without id) or changes one. Throws a Refusal. */
export function saveTitle(tx: Tx, enterpriseId: string, title: TitleInput): void {
  requireEnterprise(tx.db, enterpriseId);
  checkTitle(title);
  const { id = uuid(), ...fields } = title;
  if (title.id) requireOwn(tx.db, enterpriseId, title.id);
  tx.put('title', { id }, { ...fields, name: fields.name.trim(), enterpriseId }, enterpriseId);
}

/** Removes a title. Throws a Refusal where the enterprise has no such title. */
export function removeTitle(tx: Tx, enterpriseId: string, id: string): void {
  requireOwn(tx.db, enterpriseId, id);
  tx.remove('title', { id }, enterpriseId);
}

function requireOwn(db: Db, enterpriseId: string, id: string): void {
  const row = prepared(db, 'SELECT 1 FROM title WHERE id = ? AND enterprise_id = ?').get(id, enterpriseId);
  if (!row) throw new Refusal('not-found', 'titleNotFound', { id });
}
