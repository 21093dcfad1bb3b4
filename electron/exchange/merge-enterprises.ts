import { isDeepStrictEqual } from 'node:util';
import { readFile } from '../library/enterprise-file.ts';
import { putEnterprise } from '../library/enterprises.ts';
import { type EntityName, type EntitySpec, entities } from '../library/entities.ts';
import { type Db, prepared } from '../library/open.ts';
import { recordOf } from '../library/records.ts';
import { Refusal } from '../library/refusal.ts';
import { type EnterpriseFile, figureColumns, profileShape } from '../library/shapes.ts';
import { trashEnterprise } from '../library/trash.ts';
import type { Tx } from '../library/write.ts';
import type { MergeChoice } from './duplicate-call-shapes.ts';

type Values = Record<string, unknown>;

/** Texts of which both are kept, one under the other, unless a person chose. */
const JOINED = new Set(['notes']);

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** Every value of the profile, the figures and the answers that differs or that only one has. */
function differing(keep: EnterpriseFile, gone: EnterpriseFile): MergeChoice[] {
  const all: MergeChoice[] = [];
  const add = (entity: MergeChoice['entity'], entityId: string, field: string, a: unknown, b: unknown) => {
    if (!isEmpty(b) && !isDeepStrictEqual(a ?? null, b))
      all.push({ key: `${entity}:${entityId}:${field}`, entity, entityId, field, keep: a ?? null, gone: b });
  };
  for (const field of Object.keys(profileShape.shape) as (keyof typeof profileShape.shape)[])
    if (field !== 'tags') add('enterprise', '', field, keep.enterprise[field], gone.enterprise[field]);
  for (const { year, values } of gone.figures) {
    const mine = keep.figures.find((figures) => figures.year === year)?.values;
    for (const column of figureColumns) add('figure', String(year), column, mine?.[column], values[column]);
  }
  for (const fact of gone.facts) {
    const mine = keep.facts.find(({ factId, year }) => factId === fact.factId && year === fact.year);
    const id = fact.year === null ? fact.factId : `${fact.factId}@${fact.year}`;
    // "Unknown for now" gives way to whatever is known.
    add('fact', id, 'value', mine?.value, fact.value);
  }
  return all;
}

const specs = Object.entries(entities) as [EntityName, EntitySpec][];
/** Records with an id of their own that belong to an enterprise: they change hands. */
const movable = specs.filter(([, spec]) => spec.key.join() === 'id' && 'enterpriseId' in spec.fields);
/** Records known by their enterprise; figures and answers are merged value by value. */
const keyed = specs.filter(
  ([name, spec]) => spec.key.includes('enterpriseId') && name !== 'figure' && name !== 'fact',
);

function recordsIn(db: Db, name: EntityName, enterpriseId: string): Values[] {
  const spec: EntitySpec = entities[name];
  return prepared(db, `SELECT * FROM ${spec.table} WHERE enterprise_id = ?`)
    .all(enterpriseId)
    .map((row) => recordOf(name, row));
}

/** Of the records that could change hands those that the other one does not have word for word. */
function toMove(db: Db, name: EntityName, keep: string, gone: string): Values[] {
  const content = ({ id: _, enterpriseId: _1, ...rest }: Values) => JSON.stringify(rest);
  const mine = new Set(recordsIn(db, name, keep).map(content));
  return recordsIn(db, name, gone).filter((record) => !mine.has(content(record)));
}

function toCopy(db: Db, name: EntityName, keep: string, gone: string): Values[] {
  const spec: EntitySpec = entities[name];
  const key = (record: Values) =>
    JSON.stringify(spec.key.filter((f) => f !== 'enterpriseId').map((f) => record[f]));
  const mine = new Set(recordsIn(db, name, keep).map(key));
  return recordsIn(db, name, gone).filter((record) => !mine.has(key(record)));
}

function checkPair(keep: EnterpriseFile, gone: EnterpriseFile): void {
  const { enterprise: a } = keep;
  const { enterprise: b } = gone;
  if (a.id === b.id) throw new Refusal('invalid-input', 'mergeItself', { path: 'gone' });
  if (a.trashedAt !== null || b.trashedAt !== null) throw new Refusal('conflict', 'mergeTrashed');
  if (a.isSample !== b.isSample) throw new Refusal('conflict', 'mergeSample');
}

/** What differs between two enterprises, and what would come over when they are merged. Throws a Refusal. */
export function compareEnterprises(
  db: Db,
  keep: string,
  gone: string,
): { choices: MergeChoice[]; filled: MergeChoice[]; moved: Record<string, number> } {
  const [a, b] = [readFile(db, keep), readFile(db, gone)];
  checkPair(a, b);
  const all = differing(a, b);
  const moved: Record<string, number> = {};
  for (const [name] of movable) moved[name] = toMove(db, name, keep, gone).length;
  for (const [name] of keyed) moved[name] = toCopy(db, name, keep, gone).length;
  return {
    choices: all.filter((choice) => !isEmpty(choice.keep)),
    filled: all.filter((choice) => isEmpty(choice.keep)),
    moved: Object.fromEntries(Object.entries(moved).filter(([, n]) => n > 0)),
  };
}

/**
 * Merges `gone` into `keep`: values named in `take`, and those that only `gone` has, come over; titles, rights, check-ups,
 * plans and whatever else has an id of its own change hands. `gone` goes into the trash with what was not taken, so nothing is
 * lost. `gone` is written first: undone in the opposite order, no code is ever held twice. Throws a Refusal.
 */
export function mergeEnterprises(tx: Tx, keep: string, gone: string, take: ReadonlySet<string>): void {
  const { db } = tx;
  const [a, b] = [readFile(db, keep), readFile(db, gone)];
  checkPair(a, b);
  const taken = differing(a, b).filter(({ key, keep: mine }) => isEmpty(mine) || take.has(key));
  const fields: Values = {};
  for (const choice of taken) if (choice.entity === 'enterprise') fields[choice.field] = choice.gone;
  for (const field of JOINED) {
    const [mine, theirs] = [a.enterprise[field as 'notes'], b.enterprise[field as 'notes']];
    if (mine && theirs && mine !== theirs && !take.has(`enterprise::${field}`))
      fields[field] = `${mine}\n\n${theirs}`.slice(0, 8000);
  }
  const tags = [...new Set([...a.enterprise.tags, ...b.enterprise.tags])].slice(0, 30);
  if (!isDeepStrictEqual(tags, a.enterprise.tags)) fields.tags = tags;
  trashEnterprise(tx, gone);
  if ('uscc' in fields) tx.put('enterprise', { id: gone }, { uscc: null }, gone);
  // The section of an industry belongs to its division.
  if (fields.industryDivision && b.enterprise.industrySection)
    fields.industrySection = b.enterprise.industrySection;
  if (Object.keys(fields).length > 0) putEnterprise(tx, keep, fields);

  for (const { year, values, backing } of b.figures) {
    const mine = a.figures.find((figures) => figures.year === year);
    const fresh: Values = {};
    const backings = { ...mine?.backing };
    for (const { entityId, entity, field } of taken) {
      if (entity !== 'figure' || entityId !== String(year)) continue;
      const column = field as keyof typeof values;
      fresh[column] = values[column];
      if (backing[column]) backings[column] = backing[column];
      else delete backings[column];
    }
    if (Object.keys(fresh).length > 0)
      tx.put('figure', { enterpriseId: keep, year }, { ...fresh, backing: backings }, keep);
  }
  for (const fact of b.facts) {
    const { factId, year, value, basis, source, note } = fact;
    const known = a.facts.some((mine) => mine.factId === factId && mine.year === year);
    const id = year === null ? factId : `${factId}@${year}`;
    // An answer "unknown for now" is an answer too, where the other one has none.
    if (known && !taken.some(({ entity, entityId }) => entity === 'fact' && entityId === id)) continue;
    tx.put('fact', { enterpriseId: keep, factId, year }, { value, basis, source, note }, keep);
  }
  for (const [name] of movable)
    for (const { id } of toMove(db, name, keep, gone)) tx.put(name, { id }, { enterpriseId: keep }, keep);
  for (const [name, spec] of keyed)
    for (const record of toCopy(db, name, keep, gone)) {
      const key = Object.fromEntries(spec.key.map((f) => [f, f === 'enterpriseId' ? keep : record[f]]));
      tx.put(name, key, Object.fromEntries(Object.keys(spec.fields).map((f) => [f, record[f]])), keep);
    }
}
