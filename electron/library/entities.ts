import { figureColumns, profileShape } from './shapes.ts';

/** How a field is kept: as it is, as 0/1, as JSON, or as JSON whose parts are logged one by one. */
export type Codec = 'plain' | 'flag' | 'json' | 'parts';

/** One kind of record: its table, what identifies a row, and its fields with their columns. */
export interface EntitySpec {
  readonly table: string;
  readonly key: readonly string[];
  /** The condition that finds a row by its key, its parameters in the order of `key`. */
  readonly where: string;
  readonly fields: Readonly<Record<string, Codec>>;
  /** Fields too large for the log; a hash beside them stands for them there. */
  readonly unlogged: readonly string[];
  /** Columns kept for finding and sorting that follow from the fields; the writer hands them in. */
  readonly derived: readonly string[];
  readonly created: boolean;
  readonly updated: boolean;
}

/** "rdExpense" → "rd_expense": the name of a field as a column. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function entity(
  table: string,
  key: readonly string[],
  fields: Record<string, Codec>,
  more: Partial<Pick<EntitySpec, 'where' | 'unlogged' | 'derived' | 'created' | 'updated'>> = {},
): EntitySpec {
  const where = key.map((field) => `${columnOf(field)} = ?`).join(' AND ');
  return { table, key, where, fields, unlogged: [], derived: [], created: false, updated: false, ...more };
}

const plain = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name): [string, Codec] => [name, 'plain']));

/** Everything the library writes; each name is also the entity's name in the change log. */
export const entities = {
  enterprise: entity(
    'enterprise',
    ['id'],
    {
      ...plain(...Object.keys(profileShape.shape)),
      tags: 'json',
      isSample: 'flag',
      isSynthetic: 'flag',
      snapshotYear: 'plain',
      sampleNotice: 'json',
      remarks: 'json',
      archivedAt: 'plain',
      trashedAt: 'plain',
    },
    { derived: ['nameKey', 'namePinyin', 'nameInitials'], created: true, updated: true },
  ),
  figure: entity('figure', ['enterpriseId', 'year'], { ...plain(...figureColumns), backing: 'parts' }),
  fact: entity(
    'fact',
    ['enterpriseId', 'factId', 'year'],
    { value: 'json', ...plain('basis', 'source', 'note') },
    { where: 'enterprise_id = ? AND fact_id = ? AND ifnull(year, 0) = ifnull(?, 0)', updated: true },
  ),
  title: entity(
    'title',
    ['id'],
    plain('enterpriseId', 'kind', 'name', 'number', 'issuer', 'issuedOn', 'expiresOn', 'basis', 'source'),
  ),
  ipRight: entity('ip_right', ['id'], {
    ...plain('enterpriseId', 'name', 'number', 'kind', 'acquired', 'holderRank', 'grantedOn'),
    forMainProduct: 'flag',
    applied: 'flag',
  }),
  diagnosis: entity(
    'diagnosis',
    ['id'],
    {
      ...plain('enterpriseId', 'createdAt', 'actor', 'snapshot', 'snapshotHash'),
      asOf: 'json',
      packs: 'json',
    },
    { unlogged: ['snapshot'] },
  ),
  plan: entity(
    'plan',
    ['id'],
    { ...plain('enterpriseId', 'diagnosisId', 'version'), content: 'parts' },
    { created: true, updated: true },
  ),
  target: entity(
    'target',
    ['enterpriseId', 'field', 'year'],
    { value: 'json', ...plain('note') },
    { updated: true },
  ),
  attachment: entity(
    'attachment',
    ['id'],
    plain('enterpriseId', 'contentHash', 'name', 'mime', 'bytes', 'linkedEntity', 'linkedId', 'addedAt'),
  ),
  screening: entity(
    'screening',
    ['id'],
    { ...plain('name', 'madeOn', 'rung', 'rows', 'rowsHash', 'removedAt'), summary: 'json' },
    { unlogged: ['rows'], created: true, updated: true },
  ),
  cohortTarget: entity('cohort_target', ['year', 'rung', 'district'], plain('count'), { updated: true }),
  listView: entity(
    'list_view',
    ['id'],
    { ...plain('name'), definition: 'json' },
    { created: true, updated: true },
  ),
  ownPolicy: entity('own_policy', ['id'], { policy: 'json', hidden: 'flag' }, { updated: true }),
  exportProfile: entity('export_profile', ['id'], { ...plain('name'), words: 'json' }, { updated: true }),
  setting: entity('setting', ['key'], { value: 'json' }),
} as const satisfies Record<string, EntitySpec>;

export type EntityName = keyof typeof entities;

/** A field's value as it stands in its column. */
export function encode(codec: Codec, value: unknown): unknown {
  if (codec === 'plain') return value ?? null;
  if (codec === 'flag') return value === null || value === undefined ? null : value ? 1 : 0;
  return value === undefined ? null : JSON.stringify(value);
}

/** A column's content as the field's value. */
export function decode(codec: Codec, stored: unknown): unknown {
  if (stored === null || stored === undefined || codec === 'plain') return stored ?? null;
  return codec === 'flag' ? stored === 1 : JSON.parse(String(stored));
}
