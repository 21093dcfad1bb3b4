import { requireEnterprise } from './enterprises.ts';
import { type EntityName, type EntitySpec, entities } from './entities.ts';
import { unflatten } from './fields.ts';
import { heldBefore } from './logged-value.ts';
import { type Db, prepared } from './open.ts';
import { recordsOf } from './records.ts';
import type { Enterprise, EnterpriseFile, FactRecord, Figures, IpRight, Title } from './shapes.ts';
import { figureColumns } from './shapes.ts';
import { forLog, read } from './write.ts';

type Parts = Record<string, unknown>;

const CHILDREN = ['figure', 'fact', 'title', 'ipRight'] as const;

function entityIdOf(spec: EntitySpec, record: Parts): string {
  return spec.key
    .filter((field) => field !== 'enterpriseId')
    .flatMap((field) => record[field] ?? [])
    .join('@');
}

/** What an enterprise's records hold now, as the log names it: "figure/2025" → its fields. */
function now(db: Db, id: string): Map<string, Parts> {
  const held = new Map<string, Parts>();
  const profile = read(db, entities.enterprise, { id });
  if (profile) held.set(`enterprise/${id}`, forLog(entities.enterprise, profile));
  for (const name of CHILDREN) {
    const spec: EntitySpec = entities[name];
    for (const record of recordsOf(db, name, id, '1'))
      held.set(`${name}/${entityIdOf(spec, record)}`, forLog(spec, record));
  }
  return held;
}

function takeBack(db: Db, held: Map<string, Parts>, whole: Set<string>, id: string, row: Parts): void {
  const own = `${row.entity}/${row.entity_id}`;
  for (const [place, before] of heldBefore(db, row)) {
    // An action over a whole enterprise does not tell which records it made: those count by what is in them.
    if (place !== own) whole.delete(place);
    held.set(place, { ...held.get(place), ...before });
  }
  if (row.op === 'remove') {
    whole.add(own);
    if (!held.has(own)) held.set(own, {});
  }
  if (row.made === 1 && row.entity !== 'enterprise') held.delete(own);
  if (row.made === 1 && row.entity === 'enterprise') held.delete(`enterprise/${id}`);
}

const there = (parts: Parts) => Object.values(parts).some((value) => value !== null && value !== undefined);

/** All fields of a kind of record, not known. */
function unknown(name: EntityName): Parts {
  const spec: EntitySpec = entities[name];
  const plain = Object.entries(spec.fields).filter(([, codec]) => codec !== 'parts');
  return Object.fromEntries(plain.map(([field]) => [field, null]));
}

/** The records of a kind: those there now and not made since, even empty ones, and those with something in them. */
function records(held: Map<string, Parts>, whole: ReadonlySet<string>, name: EntityName): [string, Parts][] {
  return [...held]
    .filter(([place, parts]) => place.startsWith(`${name}/`) && (whole.has(place) || there(parts)))
    .map(([place, parts]) => [place.slice(name.length + 1), { ...unknown(name), ...parts }]);
}

/**
 * An enterprise as it was at a moment (ISO text), found by taking the changes since then back, the newest first; null
 * where it was not in the library yet. Times of answers are not part of the log and come as ''. Throws a Refusal for an
 * enterprise that is not there now.
 */
export function fileAsOf(db: Db, id: string, moment: string): EnterpriseFile | null {
  // By the order of the log, so that a clock that was set back in between does not tear an action apart.
  const last = prepared(db, 'SELECT max(id) AS id FROM change WHERE enterprise_id = ? AND at <= ?').get(
    id,
    moment,
  );
  return fileAfter(db, id, Number(last?.id ?? 0), moment);
}

/** The same, as of just after a line of the log (`change.id`). */
export function fileAfter(db: Db, id: string, changeId: number, moment: string): EnterpriseFile | null {
  requireEnterprise(db, id);
  const held = now(db, id);
  const whole = new Set(held.keys());
  const later = prepared(
    db,
    'SELECT entity, entity_id, op, fields, made FROM change WHERE enterprise_id = ? AND id > ? ORDER BY id DESC',
  ).all(id, changeId);
  for (const row of later) takeBack(db, held, whole, id, row);
  const profile = held.get(`enterprise/${id}`);
  if (!profile || typeof profile.name !== 'string') return null;
  const row = prepared(db, 'SELECT created_at FROM enterprise WHERE id = ?').get(id);
  const { remarks, ...rest } = profile;
  const figures = records(held, whole, 'figure').map(([year, parts]): Figures => {
    const values: Figures['values'] = {};
    for (const column of figureColumns)
      if (typeof parts[column] === 'number') values[column] = parts[column] as number;
    return { year: Number(year), values, backing: unflatten('backing', parts) as Figures['backing'] };
  });
  const facts = records(held, whole, 'fact')
    .filter(([, parts]) => parts.basis)
    .map(([place, { value, basis, source, note }]) => {
      const [factId = '', year] = place.split('@');
      return {
        factId,
        year: year === undefined ? null : Number(year),
        value: value ?? null,
        basis,
        source: source ?? null,
        note: note ?? null,
        updatedAt: '',
      } as FactRecord;
    });
  const named = <T>(name: 'title' | 'ipRight') =>
    records(held, whole, name)
      .filter(([, parts]) => typeof parts.name === 'string')
      .map(([recordId, { enterpriseId: _, ...parts }]) => ({ id: recordId, ...parts }) as T);
  return {
    enterprise: {
      ...rest,
      id,
      createdAt: String(row?.created_at),
      updatedAt: moment,
    } as Enterprise,
    figures: figures.sort((a, b) => a.year - b.year),
    facts: facts.sort((a, b) => (a.factId < b.factId ? -1 : 1)),
    titles: named<Title>('title'),
    ipRights: named<IpRight>('ipRight'),
    remarks: (remarks ?? []) as EnterpriseFile['remarks'],
  };
}
