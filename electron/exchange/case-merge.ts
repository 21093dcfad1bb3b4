import { isDeepStrictEqual } from 'node:util';
import { loggedField } from '../library/record-address.ts';
import type { CaseChange, CaseFirm, CaseRecord } from './case-format.ts';
import { unknownTo } from './case-known.ts';

/** Who touched a field last on one side, and when by the clock of the log. */
export interface Touch {
  readonly hlc: string;
  readonly at: string;
  readonly actor: string;
}

/** Two hands on one field, or on the presence of one record (field ''). */
export interface Disagreement {
  readonly entity: CaseRecord['entity'];
  readonly id: string;
  readonly field: string;
  readonly mine: { readonly value: unknown; readonly by: Touch };
  readonly theirs: { readonly value: unknown; readonly by: Touch };
  /** Whose value stands until a person decides: the later one's, the same on every laptop. */
  readonly kept: 'mine' | 'theirs';
}

/** A field that is taken over. */
export interface Taken {
  readonly entity: CaseRecord['entity'];
  readonly id: string;
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly by: Touch | null;
}

export interface FirmMerge {
  /** Parts to be stored, by record; `made` records are not here yet. */
  readonly writes: readonly {
    readonly record: CaseRecord;
    readonly parts: Record<string, unknown>;
    made: boolean;
  }[];
  /** Records that were removed there and untouched here. */
  readonly removed: readonly CaseRecord[];
  readonly taken: readonly Taken[];
  readonly disagreements: readonly Disagreement[];
  /** What of their log is news here. */
  readonly news: readonly CaseChange[];
}

/** Numbers that only count up: of two, the higher one stands. */
const COUNTERS: Readonly<Record<string, string>> = { plan: 'version' };
const PRESENCE = '';

type Touches = ReadonlyMap<string, Touch>;
const placeOf = (entity: string, id: string) => `${entity}/${id}`;
const spot = (place: string, field: string) => `${place}\n${field}`;

interface Side {
  /** The last touch of each field that the other side does not know of. */
  readonly touched: Touches;
  /** Places touched at all, and removed. */
  readonly places: Touches;
  readonly removed: Touches;
}

function sideOf(changes: readonly CaseChange[]): Side {
  const touched = new Map<string, Touch>();
  const places = new Map<string, Touch>();
  const removed = new Map<string, Touch>();
  for (const { hlc, at, actor, op, entity, entityId, fields } of changes) {
    const touch = { hlc, at, actor };
    const own = placeOf(entity, entityId);
    places.set(own, touch);
    if (op === 'remove') removed.set(own, touch);
    else removed.delete(own);
    for (const name of Object.keys(fields)) {
      const of = loggedField(entity, entityId, name);
      const place = placeOf(of.entity, of.entityId);
      places.set(place, touch);
      touched.set(spot(place, of.field), touch);
    }
  }
  return { touched, places, removed };
}

/** The value a field had before either side touched it. */
function baseOf(changes: readonly CaseChange[], place: string, field: string): unknown {
  for (const { entity, entityId, fields } of changes) {
    const own = placeOf(entity, entityId) === place ? fields[field] : undefined;
    if (own) return own.old;
  }
  return null;
}

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((id) => typeof id === 'string');

/** A list of ids with what both sides added and without what either removed, in the order of the one that stands. */
function joined(stands: string[], other: string[], base: unknown): string[] {
  const before = new Set(isIds(base) ? base : []);
  const dropped = [...before].filter((id) => !other.includes(id));
  return [
    ...stands.filter((id) => !dropped.includes(id)),
    ...other.filter((id) => !stands.includes(id) && !before.has(id)),
  ];
}

/**
 * What another library's knowledge of an enterprise means for this one, three ways: by the two logs each side's own work
 * since they last knew the same. A field only one side touched is theirs to say; where both did, the later touch stands
 * and both values are kept as a disagreement. Pure: the same two sides give the same values in either order.
 */
export function mergeFirm(mine: CaseFirm, theirs: CaseFirm): FirmMerge {
  const fresh = unknownTo(theirs.log, mine.log).sort(byClock);
  const own = unknownTo(mine.log, theirs.log).sort(byClock);
  const [left, right] = [sideOf(own), sideOf(fresh)];
  const both = [...own, ...fresh].sort(byClock);
  const unheard = new Set(fresh.map((change) => change.hlc));
  const news = theirs.log.filter((change) => unheard.has(change.hlc)).sort(byClock);
  const here = new Map(mine.records.map((record) => [placeOf(record.entity, record.id), record]));
  const come = new Map(theirs.records.map((record) => [placeOf(record.entity, record.id), record]));
  const writes: FirmMerge['writes'][number][] = [];
  const removed: CaseRecord[] = [];
  const taken: Taken[] = [];
  const disagreements: Disagreement[] = [];

  const meet = (record: CaseRecord, other: CaseRecord, place: string): void => {
    const parts: Record<string, unknown> = {};
    const { entity, id } = record;
    for (const field of new Set([...Object.keys(record.parts), ...Object.keys(other.parts)])) {
      const [value, fresh] = [record.parts[field] ?? null, other.parts[field] ?? null];
      if (isDeepStrictEqual(value, fresh)) continue;
      const by = right.touched.get(spot(place, field));
      if (!by) continue;
      const at = left.touched.get(spot(place, field));
      if (COUNTERS[entity] === field) {
        if (Number(fresh) > Number(value)) parts[field] = fresh;
        continue;
      }
      if (!at) {
        parts[field] = fresh;
        taken.push({ entity, id, field, from: value, to: fresh, by });
        continue;
      }
      const kept = by.hlc > at.hlc ? 'theirs' : 'mine';
      const listed = `${field}.`;
      const isList =
        isIds(value) &&
        isIds(fresh) &&
        [record, other].some(({ parts: all }) => Object.keys(all).some((name) => name.startsWith(listed)));
      if (isList) {
        const base = baseOf(both, place, field);
        const list = kept === 'mine' ? joined(value, fresh, base) : joined(fresh, value, base);
        if (!isDeepStrictEqual(list, value)) {
          parts[field] = list;
          taken.push({ entity, id, field, from: value, to: list, by });
        }
        continue;
      }
      if (kept === 'theirs') parts[field] = fresh;
      disagreements.push({
        entity,
        id,
        field,
        mine: { value, by: at },
        theirs: { value: fresh, by },
        kept,
      });
    }
    if (Object.keys(parts).length > 0) writes.push({ record: other, parts, made: false });
  };

  for (const [place, record] of here) {
    const other = come.get(place);
    if (other) {
      meet(record, other, place);
      continue;
    }
    const gone = right.removed.get(place);
    if (!gone) continue;
    const at = left.places.get(place);
    if (!at) removed.push(record);
    else
      disagreements.push({
        entity: record.entity,
        id: record.id,
        field: PRESENCE,
        mine: { value: true, by: at },
        theirs: { value: false, by: gone },
        kept: 'mine',
      });
  }
  for (const [place, record] of come) {
    if (here.has(place)) continue;
    const gone = left.removed.get(place);
    const by = right.places.get(place);
    // Removed here, and untouched there since.
    if (gone && !by) continue;
    writes.push({ record, parts: record.parts, made: true });
    if (gone && by)
      disagreements.push({
        entity: record.entity,
        id: record.id,
        field: PRESENCE,
        mine: { value: false, by: gone },
        theirs: { value: true, by },
        kept: 'theirs',
      });
  }
  return { writes, removed, taken, disagreements, news };
}

function byClock(a: CaseChange, b: CaseChange): number {
  return a.hlc < b.hlc ? -1 : a.hlc > b.hlc ? 1 : 0;
}

/** A firm of a package under the id that it has here. */
export function readdressed(firm: CaseFirm, id: string): CaseFirm {
  if (firm.id === id) return firm;
  const moved = (entity: string, entityId: string) =>
    entity === 'enterprise' && entityId === firm.id ? id : entityId;
  return {
    id,
    records: firm.records.map((record) => ({ ...record, id: moved(record.entity, record.id) })),
    log: firm.log.map((change) => ({ ...change, entityId: moved(change.entity, change.entityId) })),
  };
}
