import { type Db, prepared } from '../library/open.ts';
import { Problem } from './cell-values.ts';
import type { Draft } from './import-drafts.ts';
import { identityKey, looseKey } from './import-names.ts';

interface Known {
  readonly id: string;
  readonly name: string;
  readonly uscc: string | null;
  readonly sample: boolean;
  readonly trashed: boolean;
}

/** The enterprises of the library, ready to be found by credit code and by name. */
export interface Roster {
  readonly byUscc: ReadonlyMap<string, Known>;
  readonly byName: ReadonlyMap<string, readonly Known[]>;
  readonly byLoose: ReadonlyMap<string, readonly Known[]>;
}

/** Every enterprise of the library by credit code, by name, and by the name in its loosest form. */
export function readRoster(db: Db): Roster {
  const byUscc = new Map<string, Known>();
  const byName = new Map<string, Known[]>();
  const byLoose = new Map<string, Known[]>();
  const add = (map: Map<string, Known[]>, key: string, known: Known) => {
    const list = map.get(key);
    if (list) list.push(known);
    else map.set(key, [known]);
  };
  for (const row of prepared(db, 'SELECT id, name, uscc, is_sample, trashed_at FROM enterprise').iterate()) {
    const known: Known = {
      id: String(row.id),
      name: String(row.name),
      uscc: row.uscc as string | null,
      sample: row.is_sample === 1,
      trashed: row.trashed_at !== null,
    };
    if (known.uscc) byUscc.set(known.uscc, known);
    // A name in the trash is free; a credit code is not.
    if (known.trashed) continue;
    add(byName, identityKey(known.name), known);
    add(byLoose, looseKey(known.name), known);
  }
  return { byUscc, byName, byLoose };
}

/** Things a person should know about a match; they stop nothing. */
export type MatchNotice = 'renamed' | 'nameVariant' | 'sameName';

export interface Match {
  /** null = new to the library. */
  readonly id: string | null;
  readonly knownName: string | null;
  readonly notice: MatchNotice | null;
}

/**
 * The enterprise a draft is about: the one with its credit code; without a match there, the one of the same name, then
 * the one whose name differs only by its form (有限公司, 股份有限公司). A name under another credit code is another
 * enterprise. What cannot be decided is a problem.
 */
export function matchDraft(draft: Draft, roster: Roster): Match | Problem {
  if (draft.uscc !== null) {
    const known = roster.byUscc.get(draft.uscc);
    if (known?.trashed) return new Problem('inTrash', { name: known.name });
    if (known) {
      const renamed = draft.name !== null && identityKey(known.name) !== identityKey(draft.name);
      return { id: known.id, knownName: known.name, notice: renamed ? 'renamed' : null };
    }
  }
  if (draft.name === null) return new Problem('codeUnknown');
  const free = (list: readonly Known[] | undefined) =>
    (list ?? []).filter((known) => draft.uscc === null || known.uscc === null);
  const sameName = roster.byName.get(identityKey(draft.name));
  const named = free(sameName);
  if (named.length > 1) return new Problem('severalOfName', { count: named.length });
  const only = named[0];
  if (only)
    return only.sample ? new Problem('heldBySample') : { id: only.id, knownName: only.name, notice: null };
  const variants = sameName
    ? []
    : free(roster.byLoose.get(looseKey(draft.name))).filter((known) => !known.sample);
  const variant = variants.length === 1 ? variants[0] : undefined;
  if (variant) return { id: variant.id, knownName: variant.name, notice: 'nameVariant' };
  return { id: null, knownName: null, notice: sameName ? 'sameName' : null };
}
