import type { TFunction } from 'i18next';
import type { Reference } from '../state/reference.ts';
import type { CaseFirm, Conflict } from './case-store.ts';
import { changedFields, subjectWords } from './history-words.ts';

interface Spot {
  entity: string;
  entityId: string;
  field: string;
}

/** A field of a package with its two values, in words; values are null where they are empty. */
export function caseWords(
  spot: Spot,
  one: unknown,
  other: unknown,
  reference: Reference | null,
  t: TFunction,
): { label: string; one: string | null; other: string | null } {
  if (spot.field === '') {
    const there = (value: unknown) => t(value === true ? 'case:present' : 'case:absent');
    const subject = subjectOf(spot, reference, t);
    return { label: `${subject} · ${t('case:presence')}`, one: there(one), other: there(other) };
  }
  const change = {
    id: 0,
    at: '',
    actor: '',
    action: '',
    entity: spot.entity,
    entityId: spot.entityId,
    fields: { [spot.field]: { old: one, new: other } },
  };
  const [told] = changedFields(change, reference, t);
  const subject = subjectWords(change, reference, t);
  const label = told?.label ?? spot.field;
  return {
    label: spot.entity === 'enterprise' ? label : `${subject} · ${label}`,
    one: told?.old ?? null,
    other: told?.new ?? null,
  };
}

function subjectOf({ entity, entityId }: Spot, reference: Reference | null, t: TFunction): string {
  return subjectWords({ id: 0, at: '', actor: '', action: '', entity, entityId, fields: {} }, reference, t);
}

/** The disagreements of a package or of the inbox, in words. */
export function disputeWords(
  dispute: Pick<Conflict, 'entity' | 'entityId' | 'field' | 'mine' | 'theirs'>,
  reference: Reference | null,
  t: TFunction,
): ReturnType<typeof caseWords> {
  return caseWords(dispute, dispute.mine.value, dispute.theirs.value, reference, t);
}

/** Records that are new here, counted by kind. */
export function madeWords({ made }: CaseFirm, t: TFunction): string {
  return Object.entries(made)
    .filter(([entity]) => entity !== 'enterprise')
    .map(([entity, count]) => t('case:countOf', { count, what: t(`library:history.entity.${entity}`) }))
    .join(t('case:separator'));
}
