import { v7 as uuid } from 'uuid';
import { checkDate } from './dates.ts';
import { nameKey, pinyinOf } from './names.ts';
import { type Db, prepared } from './open.ts';
import { recordOf } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import type { Enterprise, Profile } from './shapes.ts';
import { checkUscc } from './uscc.ts';
import type { Tx } from './write.ts';

/** What a sample carries besides its profile. */
export interface SampleMarks {
  readonly isSample: boolean;
  readonly isSynthetic: boolean;
  readonly snapshotYear: number | null;
  readonly sampleNotice: { zh: string; en: string } | null;
  readonly remarks: readonly { zh: string; en: string; source: string | null }[];
}

const NO_MARKS: SampleMarks = {
  isSample: false,
  isSynthetic: false,
  snapshotYear: null,
  sampleNotice: null,
  remarks: [],
};

/** Texts in which spaces and line breaks at the ends belong to what a person is writing. */
const FREE_TEXT = new Set(['brief', 'notes', 'chainRole', 'keyCustomers']);

/** Profile changes as they are stored: no spaces at the ends, nothing typed = unknown, the credit code normalized. */
function tidy(changes: Partial<Profile>): Partial<Profile> {
  const tidied: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (field === 'tags')
      tidied.tags = [...new Set((value as string[]).map((t) => t.trim()).filter(Boolean))];
    else if (typeof value !== 'string') tidied[field] = value;
    else {
      const trimmed = value.trim();
      tidied[field] = trimmed === '' ? null : FREE_TEXT.has(field) ? value : trimmed;
    }
  }
  if ('name' in tidied && tidied.name === null) throw invalid('nameMissing', { path: 'name' });
  if (typeof tidied.uscc === 'string') tidied.uscc = validUscc(tidied.uscc);
  checkDate(tidied.foundedOn as string | null, 'foundedOn');
  checkDate(tidied.nicheSince as string | null, 'nicheSince');
  return tidied as Partial<Profile>;
}

const USCC_KEYS = { length: 'usccLength', character: 'usccCharacter', check: 'usccCheck' } as const;

function validUscc(text: string): string {
  const checked = checkUscc(text);
  if (checked.ok) return checked.normalized;
  const key =
    checked.reason === 'character' && checked.details.allowed === 'digit'
      ? 'usccDigit'
      : USCC_KEYS[checked.reason];
  throw invalid(key, { path: 'uscc', reason: checked.reason, ...checked.details });
}

/** Refuses a credit code that another enterprise holds, and a name that is taken unless both codes are known and differ. */
function checkUnique(db: Db, id: string, name: string, uscc: string | null): void {
  checkCode(db, id, uscc);
  checkName(db, id, name, uscc);
}

function checkCode(db: Db, id: string, uscc: string | null): void {
  if (uscc === null) return;
  const holder = prepared(db, 'SELECT id, name, trashed_at FROM enterprise WHERE uscc = ? AND id <> ?').get(
    uscc,
    id,
  );
  if (holder)
    throw new Refusal('duplicate', holder.trashed_at === null ? 'usccTaken' : 'usccInTrash', {
      path: 'uscc',
      uscc,
      holder: holder.name,
      holderId: holder.id,
    });
}

function checkName(db: Db, id: string, name: string, uscc: string | null): void {
  // A name in the trash is free.
  const same = prepared(
    db,
    'SELECT id, name, uscc FROM enterprise WHERE name_key = ? AND id <> ? AND trashed_at IS NULL',
  ).all(nameKey(name), id);
  const taken = same.find((other) => uscc === null || other.uscc === null);
  if (taken)
    throw new Refusal('duplicate', 'nameTaken', { path: 'name', holder: taken.name, holderId: taken.id });
}

/** What is kept beside a name for finding and sorting. */
export function nameKeys(name: string): Record<'nameKey' | 'namePinyin' | 'nameInitials', string> {
  const { full, initials } = pinyinOf(name);
  return { nameKey: nameKey(name), namePinyin: full, nameInitials: initials };
}

/** The enterprise with this id. Throws a Refusal (not-found). */
export function getEnterprise(db: Db, id: string): Enterprise {
  const row = prepared(db, 'SELECT * FROM enterprise WHERE id = ?').get(id);
  if (!row) throw new Refusal('not-found', 'enterpriseNotFound', { id });
  const { remarks: _, ...enterprise } = recordOf('enterprise', row);
  return enterprise as Enterprise;
}

/** Refuses ids of enterprises that are not in the library. */
export function requireEnterprise(db: Db, id: string): void {
  const row = prepared(db, 'SELECT 1 FROM enterprise WHERE id = ?').get(id);
  if (!row) throw new Refusal('not-found', 'enterpriseNotFound', { id });
}

/** Adds an enterprise; fields that are not given are unknown. Amounts in yuan. Throws a Refusal; returns its id. */
export function createEnterprise(
  tx: Tx,
  profile: Partial<Profile> & { name: string },
  marks: SampleMarks = NO_MARKS,
): string {
  const id = uuid();
  const tidied = { tags: [], ...tidy(profile) } as Partial<Profile> & { name: string };
  checkUnique(tx.db, id, tidied.name, tidied.uscc ?? null);
  tx.put('enterprise', { id }, { ...tidied, ...marks }, id, nameKeys(tidied.name));
  return id;
}

/** Changes the given fields of an enterprise. Throws a Refusal. */
export function updateEnterprise(tx: Tx, id: string, changes: Partial<Profile>): void {
  const before = getEnterprise(tx.db, id);
  const tidied = tidy(changes);
  const name = tidied.name ?? before.name;
  const uscc = tidied.uscc === undefined ? before.uscc : tidied.uscc;
  if (name !== before.name || uscc !== before.uscc) checkUnique(tx.db, id, name, uscc);
  tx.put('enterprise', { id }, tidied, id, nameKeys(name));
}

/**
 * Puts fields of an enterprise as they were once, also those no form changes. Throws a Refusal where name or credit code
 * meanwhile belong to another one.
 */
export function putEnterprise(tx: Tx, id: string, values: Record<string, unknown>): void {
  const row = prepared(tx.db, 'SELECT name, uscc FROM enterprise WHERE id = ?').get(id);
  const name = String(values.name ?? row?.name ?? '');
  const uscc = (values.uscc === undefined ? row?.uscc : values.uscc) ?? null;
  if (uscc !== (row?.uscc ?? null)) checkCode(tx.db, id, uscc as string | null);
  // Two that lived side by side under one name may do so again.
  if (name !== row?.name) checkName(tx.db, id, name, uscc as string | null);
  tx.put('enterprise', { id }, values, id, nameKeys(name));
}

/** Takes an enterprise out of the working list, or back into it; nothing is lost. Throws a Refusal. */
export function archiveEnterprise(tx: Tx, id: string, archived: boolean): void {
  const before = getEnterprise(tx.db, id);
  if ((before.archivedAt !== null) === archived) return;
  tx.put('enterprise', { id }, { archivedAt: archived ? tx.at : null }, id);
}
