import { checkPast } from '../library/dates.ts';
import { readFile } from '../library/enterprise-file.ts';
import {
  archiveEnterprise,
  createEnterprise,
  getEnterprise,
  requireEnterprise,
  updateEnterprise,
} from '../library/enterprises.ts';
import { listHistory } from '../library/history.ts';
import { invalid } from '../library/refusal.ts';
import type { Profile } from '../library/shapes.ts';
import type { Context, Handlers } from './context.ts';

/** Tells the window that an enterprise changed. */
export function announce({ emit }: Context, id: string): void {
  emit('changed', { topic: 'enterprise', id });
  emit('changed', { topic: 'library', id });
}

/**
 * Profile changes whose industry is one of GB/T 4754-2017. A division lies in exactly one section, so the section
 * follows it; a section that contradicts the division is refused.
 */
function withIndustry<P extends Partial<Profile>>({ resources }: Context, changes: P): P {
  const { industryDivision: code, industrySection: section } = changes;
  if (!code) return changes;
  const division = resources.industries.divisions.find((d) => d.code === code);
  if (!division) throw invalid('industryUnknown', { path: 'industryDivision', value: code });
  if (section && section !== division.section)
    throw invalid('industrySection', {
      path: 'industrySection',
      value: section,
      division: code,
      expected: division.section,
    });
  return { ...changes, industrySection: division.section };
}

/** Profile dates of what has happened. */
const PAST = ['foundedOn', 'nicheSince'] as const;

/** Refuses dates a person types that lie ahead; one that is there already stays as it is. */
function checkTyped(context: Context, changes: Partial<Profile>, before?: Partial<Profile>): void {
  for (const field of PAST)
    if (changes[field] !== before?.[field]) checkPast(changes[field]?.trim(), context.today(), field);
}

/** The library screen, the profile and the history of an enterprise. */
export const libraryCalls = {
  'enterprise.get'({ db }, { id }) {
    return readFile(db, id);
  },

  'enterprise.create'(context, profile) {
    const checked = withIndustry(context, profile);
    checkTyped(context, checked);
    const id = context.write('enterprise.create', (tx) => createEnterprise(tx, checked));
    announce(context, id);
    return getEnterprise(context.db, id);
  },

  'enterprise.update'(context, { id, changes }) {
    const checked = withIndustry(context, changes);
    checkTyped(context, checked, getEnterprise(context.db, id));
    context.write('enterprise.update', (tx) => {
      updateEnterprise(tx, id, checked);
      const { industryDivision, industrySection } = getEnterprise(tx.db, id);
      // A section changed alone must still hold the division that stays.
      if (industrySection) withIndustry(context, { industryDivision, industrySection });
    });
    announce(context, id);
    return getEnterprise(context.db, id);
  },

  'enterprise.archive'(context, { id, archived }) {
    context.write('enterprise.archive', (tx) => archiveEnterprise(tx, id, archived));
    announce(context, id);
    return getEnterprise(context.db, id);
  },

  'history.list'({ db }, { enterpriseId, limit }) {
    requireEnterprise(db, enterpriseId);
    return listHistory(db, enterpriseId, limit ?? 100);
  },
} satisfies Partial<Handlers>;
