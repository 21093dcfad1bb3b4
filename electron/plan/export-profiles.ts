import { v7 as uuid } from 'uuid';
import { type Db, prepared } from '../library/open.ts';
import { recordOf } from '../library/records.ts';
import { invalid, Refusal } from '../library/refusal.ts';
import type { Settings } from '../library/shapes.ts';
import type { Tx } from '../library/write.ts';
import type { Wording } from './wording.ts';
import { type ProfileWords, profileWordsShape } from './wording-call-shapes.ts';

/** Most profiles of a library. */
const MOST = 50;

/** The profiles by name; one that this version cannot read is left out and stays as it is. */
export function listProfiles(db: Db): ProfileWords[] {
  const collator = new Intl.Collator('zh-CN', { numeric: true });
  return prepared(db, 'SELECT * FROM export_profile')
    .all()
    .flatMap((row) => {
      const read = profileWordsShape.safeParse(recordOf('exportProfile', row));
      return read.success ? [read.data] : [];
    })
    .sort((a, b) => collator.compare(a.name, b.name));
}

/** The words the settings ask for; null = the usual ones, also where the profile is gone. */
export function chosenWords(db: Db, { wording }: Pick<Settings, 'wording'>): Wording | null {
  return (wording && listProfiles(db).find(({ id }) => id === wording)?.words) || null;
}

/** Keeps a profile (without id a new one). Throws a Refusal where another has the name. */
export function saveProfile(
  tx: Tx,
  profile: Omit<ProfileWords, 'id'> & { readonly id?: string | undefined },
): string {
  const name = profile.name.trim();
  if (name === '') throw invalid('nameMissing', { path: 'name' });
  const { id = uuid(), words } = profile;
  if (profile.id && !prepared(tx.db, 'SELECT 1 FROM export_profile WHERE id = ?').get(id))
    throw new Refusal('not-found', 'wordingNotFound', { id });
  if (prepared(tx.db, 'SELECT 1 FROM export_profile WHERE name = ? AND id <> ?').get(name, id))
    throw new Refusal('duplicate', 'wordingNameTaken', { path: 'name', name });
  const { n } = prepared(tx.db, 'SELECT count(*) AS n FROM export_profile').get() as { n: number };
  if (!profile.id && n >= MOST) throw new Refusal('conflict', 'wordingTooMany', { most: String(MOST) });
  tx.put('exportProfile', { id }, { name, words }, null);
  return id;
}

/** Throws a Refusal where there is no such profile. */
export function removeProfile(tx: Tx, id: string): void {
  if (!tx.remove('exportProfile', { id }, null)) throw new Refusal('not-found', 'wordingNotFound', { id });
}
