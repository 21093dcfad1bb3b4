import { isDeepStrictEqual } from 'node:util';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { fileAfter } from '../library/as-of.ts';
import { readFile } from '../library/enterprise-file.ts';
import { type EntitySpec, entities } from '../library/entities.ts';
import { buildFactSheet } from '../library/fact-sheet.ts';
import { type Db, prepared, userVersion } from '../library/open.ts';
import { loggedField } from '../library/record-address.ts';
import { type EnterpriseFile, profileShape } from '../library/shapes.ts';
import { forLog } from '../library/write.ts';
import type { CarriedFirm, CarriedRecord, CarriedTouch } from '../plan/carried.ts';
import type { Plan } from '../plan/shapes.ts';
import type { FactCatalogue } from '../standards/fact-schema.ts';
import type { CaseChange } from './case-format.ts';
import { changesBefore, knownChanges } from './case-view.ts';

/** What a consultant writes for himself does not go to the firm with its plan. */
const PRIVATE: readonly string[] = ['tags', 'consultant', 'notes'];
const SAMPLE = ['isSample', 'isSynthetic', 'snapshotYear', 'sampleNotice', 'remarks'] as const;
/** Fields of a profile that a PDF carries. */
export const carriedProfile = [...Object.keys(profileShape.shape), ...SAMPLE].filter(
  (field) => !PRIVATE.includes(field),
);
const kinds: readonly string[] = ['figure', 'fact', 'title', 'ipRight'];

function part(entity: CarriedRecord['entity'], id: string, values: Record<string, unknown>): CarriedRecord {
  const spec: EntitySpec = entities[entity];
  const { enterpriseId: _, ...parts } = forLog(spec, values);
  return { entity, id, parts };
}

function recordsOfFile(file: EnterpriseFile): CarriedRecord[] {
  const { enterprise, figures, facts, titles, ipRights, remarks } = file;
  const profile = part('enterprise', enterprise.id, { ...enterprise, remarks }).parts;
  const at = (year: number | null) => (year === null ? '' : `@${year}`);
  return [
    {
      entity: 'enterprise',
      id: enterprise.id,
      parts: Object.fromEntries(carriedProfile.map((field) => [field, profile[field] ?? null])),
    },
    ...figures.map(({ year, values, backing }) => part('figure', String(year), { ...values, backing })),
    ...facts.map((fact) => part('fact', `${fact.factId}${at(fact.year)}`, { ...fact, note: null })),
    ...titles.map((title) => part('title', title.id, title)),
    ...ipRights.map((right) => part('ipRight', right.id, right)),
  ];
}

/** Which fields of a log line are carried, by their names in it. */
function carriedFields(change: CaseChange, diagnosisId: string, planId: string): string[] {
  if (change.entity === 'diagnosis') return change.entityId === diagnosisId ? Object.keys(change.fields) : [];
  if (change.entity === 'plan') return change.entityId === planId ? Object.keys(change.fields) : [];
  return Object.keys(change.fields).filter((name) => {
    const { entity, field } = loggedField(change.entity, change.entityId, name);
    if (entity === 'enterprise') return carriedProfile.includes(field);
    return kinds.includes(entity) && !(entity === 'fact' && field === 'note');
  });
}

interface CarryFrom {
  readonly plan: Plan;
  readonly diagnosis: Diagnosis;
  readonly catalogue: FactCatalogue;
}

/**
 * What a plan's PDF carries of its enterprise: its records as of the check-up and the touches that led to them; undefined
 * where the log does not lead back to the very facts the check-up was given. The same library gives the same.
 */
export function carriedFirm(db: Db, { plan, diagnosis, catalogue }: CarryFrom): CarriedFirm | undefined {
  const { enterpriseId: id, diagnosisId } = plan;
  const made = prepared(
    db,
    `SELECT id, at FROM change WHERE entity = 'diagnosis' AND entity_id = ? AND op = 'put' ORDER BY id LIMIT 1`,
  ).get(diagnosisId);
  const fits = (file: EnterpriseFile | null): file is EnterpriseFile =>
    file !== null && isDeepStrictEqual(buildFactSheet(file, catalogue, diagnosis.asOf), diagnosis.given);
  const today = readFile(db, id);
  const before = made ? fileAfter(db, id, Number(made.id), String(made.at)) : null;
  const then = fits(before);
  const file = then ? before : fits(today) ? today : null;
  if (!file) return undefined;
  const { name, uscc } = today.enterprise;
  const row = prepared(
    db,
    'SELECT created_at, actor, as_of, packs, snapshot_hash FROM diagnosis WHERE id = ?',
  ).get(diagnosisId);
  if (!row) return undefined;
  const log = then ? changesBefore(db, id, Number(made?.id)) : knownChanges(db, id);
  // What was done to the plan itself counts to the day it is printed.
  const known = new Set(log.map((change) => change.hlc));
  const later = then
    ? knownChanges(db, id).filter(({ hlc, entity }) => entity === 'plan' && !known.has(hlc))
    : [];
  const touches = [...log, ...later].flatMap((change): CarriedTouch[] => {
    const fields = carriedFields(change, diagnosisId, plan.id);
    return fields.length === 0 ? [] : [{ ...change, fields }];
  });
  return {
    libraryFormat: userVersion(db),
    id,
    records: [
      // The name that is printed is the one of today.
      ...recordsOfFile({ ...file, enterprise: { ...file.enterprise, name, uscc } }),
      {
        entity: 'diagnosis',
        id: diagnosisId,
        parts: {
          createdAt: String(row.created_at),
          actor: String(row.actor),
          asOf: JSON.parse(String(row.as_of)),
          packs: JSON.parse(String(row.packs)),
          snapshotHash: String(row.snapshot_hash),
        },
      },
    ],
    log: touches,
  };
}
