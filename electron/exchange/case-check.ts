import { z } from 'zod';
import { linkedEntities } from '../library/evidence.ts';
import { cleanName } from '../library/evidence-kinds.ts';
import { LARGEST } from '../library/evidence-store.ts';
import { unflatten } from '../library/fields.ts';
import { sha256 } from '../library/packs.ts';
import {
  backingShape,
  factRecordShape,
  figureColumns,
  figureValuesShape,
  idShape,
  ipRightShape,
  plainText,
  profileShape,
  titleShape,
  yearShape,
} from '../library/shapes.ts';
import { planContentShape } from '../plan/shapes.ts';
import type { CaseFirm, CaseRecord, Travelling } from './case-format.ts';

const remark = z.object({ zh: z.string(), en: z.string(), source: z.string().nullable() });
const profile = profileShape.extend({
  isSample: z.boolean(),
  isSynthetic: z.boolean(),
  snapshotYear: yearShape.nullable(),
  sampleNotice: z.object({ zh: z.string(), en: z.string() }).nullable(),
  remarks: z.array(remark).max(100),
  archivedAt: z.string().max(40).nullable(),
  trashedAt: z.string().max(40).nullable(),
});
const figures = z.object({
  values: figureValuesShape,
  backing: z.partialRecord(z.enum(figureColumns), backingShape),
});
const fact = factRecordShape.pick({ value: true, basis: true, source: true, note: true });
const target = z.object({
  value: z.union([plainText(60), z.boolean()]),
  note: plainText(2000).nullable(),
});
const diagnosis = z.object({
  createdAt: z.string(),
  actor: plainText(200),
  asOf: z.record(z.string(), z.unknown()),
  packs: z.array(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), id: z.string().max(100) })).max(100),
  snapshotHash: z.string(),
});
const plan = z.object({ diagnosisId: idShape, version: z.number().int().min(1), content: planContentShape });

const attachment = z.object({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  name: plainText(200).min(1),
  mime: z.string().max(120),
  bytes: z.number().int().min(0).max(LARGEST),
  linkedEntity: z.enum(linkedEntities).nullable(),
  linkedId: plainText(200).nullable(),
  addedAt: z.iso.datetime(),
});

type Parts = Record<string, unknown>;

function figureParts(parts: Parts): unknown {
  const values = Object.fromEntries(figureColumns.map((column) => [column, parts[column] ?? null]));
  return { values, backing: unflatten('backing', parts) };
}

/** Whether a record is one this version could have stored itself. */
const fits: Record<Travelling, (record: CaseRecord) => boolean> = {
  enterprise: ({ parts }) => profile.safeParse(parts).success,
  figure: ({ id, parts }) => /^\d{4}$/.test(id) && figures.safeParse(figureParts(parts)).success,
  fact: ({ id, parts }) => /^[a-z][a-z0-9_]{0,60}(@\d{4})?$/.test(id) && fact.safeParse(parts).success,
  title: ({ id, parts }) => titleShape.safeParse({ id, ...parts }).success,
  ipRight: ({ id, parts }) => ipRightShape.safeParse({ id, ...parts }).success,
  target: ({ id, parts }) => /^[a-z][a-z0-9_]{0,60}@\d{4}$/.test(id) && target.safeParse(parts).success,
  diagnosis({ id, parts, beside }) {
    const snapshot = beside?.snapshot;
    return (
      idShape.safeParse(id).success &&
      diagnosis.safeParse(parts).success &&
      typeof snapshot === 'string' &&
      sha256(snapshot) === parts.snapshotHash
    );
  },
  plan: ({ id, parts }) =>
    idShape.safeParse(id).success &&
    plan.safeParse({ ...parts, content: unflatten('content', parts) }).success,
  // A name that is not a clean file name was not written by this product.
  attachment: ({ id, parts }) =>
    idShape.safeParse(id).success &&
    attachment.safeParse(parts).success &&
    cleanName(String(parts.name)) === parts.name,
};

/**
 * Whether a firm of a package can be stored: every record of a known shape and there once, every plan with its check-up.
 * Fields that this version does not know are left out when stored.
 */
export function canBeStored({ records }: CaseFirm): boolean {
  const places = new Set(records.map(({ entity, id }) => `${entity}/${id}`));
  if (places.size !== records.length) return false;
  return records.every((record) => {
    const { entity, parts } = record;
    if (entity === 'plan' && !places.has(`diagnosis/${String(parts.diagnosisId)}`)) return false;
    return fits[entity](record);
  });
}
