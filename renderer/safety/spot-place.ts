import type { Change } from '../library/history-spots.ts';
import { factSpot, spotsOf } from '../library/history-spots.ts';
import type { Place } from '../state/place.ts';
import type { Reference } from '../state/reference.ts';

/** A place and the field there, as `goTo` takes them. */
export interface Spot {
  place: Place;
  field: string | null;
}

/** Fields of the profile that share one input. */
const SHARED: Record<string, string> = { industrySection: 'industry', industryDivision: 'industry' };

/** Where in the window a field of a record is typed. `field` as the log names it. */
export function placeOfSpot(
  of: { enterpriseId: string; entity: string; entityId: string; field: string | null },
  reference: Reference | null,
): Spot | null {
  const { enterpriseId: id, entity, entityId, field } = of;
  if (entity === 'enterprise')
    return {
      place: { screen: 'enterprise', id, tab: 'profile' },
      field: field ? `#profile-${SHARED[field] ?? field}` : null,
    };
  if (entity === 'figure') {
    const column = field?.replace(/^backing\./, '');
    return {
      place: { screen: 'enterprise', id, tab: 'walk', topic: 'figures' },
      field: column ? `walk:${entityId} ${column}` : null,
    };
  }
  if (entity === 'fact') {
    const { factId } = factSpot(entityId);
    const fact = reference?.facts.find((known) => (known.stored ?? known.id) === factId);
    return { place: { screen: 'enterprise', id, tab: 'walk', topic: fact?.id ?? 'profile' }, field: null };
  }
  if (entity === 'title' || entity === 'ipRight')
    return {
      place: { screen: 'enterprise', id, tab: 'profile' },
      field: entity === 'title' ? '#profile-titles-part' : '#profile-ip-part',
    };
  if (entity === 'plan')
    return { place: { screen: 'enterprise', id, tab: 'plan', planId: entityId }, field: null };
  return null;
}

/** Where the first value of a log entry is typed, or null where there is no such place. */
export function placeOfChange(
  enterpriseId: string | null,
  change: Change | undefined,
  reference: Reference | null,
): Spot | null {
  if (!enterpriseId || !change) return null;
  const [spot] = spotsOf(change);
  return placeOfSpot(
    {
      enterpriseId,
      entity: spot?.entity ?? change.entity,
      entityId: spot?.entityId ?? change.entityId,
      field: spot?.field ?? null,
    },
    reference,
  );
}
