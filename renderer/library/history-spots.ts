import type { CallOutput } from '../../electron/api.ts';

export type Change = CallOutput<'history.list'>[number];

/** One changed value of the log, and the record it belongs to. */
export interface Spot {
  key: string;
  entity: string;
  entityId: string;
  /** Field of the record, e.g. "niche", "revenue", "backing.revenue", "content.items.<id>". */
  field: string;
  old: unknown;
  new: unknown;
  /** The entry collects several records (loaded samples, imports), so each line has to say whose value it is. */
  grouped: boolean;
}

// Bookkeeping: ids, hashes and what only repeats the entry's own head.
const hidden = new Set([
  'id',
  'enterpriseId',
  'diagnosisId',
  'snapshotHash',
  'packs',
  'actor',
  'createdAt',
  'updatedAt',
  'sampleNotice',
  'content.items',
]);

// Worth a line only where they are true.
const flags = new Set(['isSample', 'isSynthetic']);

/**
 * The values an entry changed. A grouped entry names the record in the field ("figure:2025:revenue"); the backing of a
 * figure is left out where the figure itself changed too.
 */
export function spotsOf(change: Change): Spot[] {
  const spots = Object.entries(change.fields).map(([key, { old, new: fresh }]): Spot => {
    const [first, ...rest] = key.split(':');
    const grouped = rest.length > 0;
    return {
      key,
      entity: grouped ? first! : change.entity,
      entityId: grouped ? rest.slice(0, -1).join(':') : change.entityId,
      field: rest.at(-1) ?? key,
      old,
      new: fresh,
      grouped,
    };
  });
  const changed = new Set(spots.map(({ entity, entityId, field }) => `${entity} ${entityId} ${field}`));
  return spots.filter(({ entity, entityId, field, grouped, new: fresh }) => {
    if (hidden.has(field)) return false;
    if (field.startsWith('backing.')) return !changed.has(`${entity} ${entityId} ${field.slice(8)}`);
    if (entity === 'enterprise') return !(flags.has(field) && !fresh);
    // Of a record that came with many others, what it is about is enough.
    const main = { fact: 'value', title: 'name', ipRight: 'name' }[entity];
    return !(grouped && main !== undefined && field !== main);
  });
}

/** The question and the fiscal year of an answer's id ("rd_ratio@2018", "has_qms_certificate"). */
export function factSpot(entityId: string): { factId: string; year: string | null } {
  const [factId = '', year = null] = entityId.split('@');
  return { factId, year };
}
