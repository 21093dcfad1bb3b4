import { isDeepStrictEqual } from 'node:util';
import { fraction, multiply, parseExact } from '../diagnosis/exact.ts';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import { buildFactSheet, COLUMNS } from '../library/fact-sheet.ts';
import { unflatten } from '../library/fields.ts';
import { formatHlc } from '../library/hlc.ts';
import { type Pack, sha256 } from '../library/packs.ts';
import {
  type EnterpriseFile,
  type FactRecord,
  type Figures,
  type FigureValues,
  figureColumns,
  profileShape,
  type Title,
} from '../library/shapes.ts';
import { CARRIED_NAME, type Carried, type CarriedRecord, carriedShape } from '../plan/carried.ts';
import type { Manifest } from '../plan/manifest.ts';
import type { FactCatalogue } from '../standards/fact-schema.ts';
import { canBeStored } from './case-check.ts';
import { CASE, type CaseChange, type CaseFirm } from './case-format.ts';
import { partOf } from './case-known.ts';
import type { OpenCase } from './case-read.ts';

/** Who is named for the facts of a PDF that does not say who gave them. */
const NOBODY = 'PDF';

type Parts = Record<string, unknown>;

const emptyProfile: Parts = {
  ...Object.fromEntries(Object.keys(profileShape.shape).map((field) => [field, null])),
  tags: [],
  isSample: false,
  isSynthetic: false,
  snapshotYear: null,
  sampleNotice: null,
  remarks: [],
  archivedAt: null,
  trashedAt: null,
};

/** The enterprise of carried records as far as a check-up looks at it. */
function fileOf(records: readonly CarriedRecord[]): EnterpriseFile {
  const of = (entity: CarriedRecord['entity']) => records.filter((record) => record.entity === entity);
  return {
    enterprise: (of('enterprise')[0]?.parts ?? {}) as EnterpriseFile['enterprise'],
    figures: of('figure').map(({ id, parts }): Figures => {
      const values: FigureValues = {};
      for (const column of figureColumns)
        if (typeof parts[column] === 'number') values[column] = parts[column] as number;
      return { year: Number(id), values, backing: unflatten('backing', parts) as Figures['backing'] };
    }),
    facts: of('fact').map(({ id, parts }) => {
      const [factId = '', year] = id.split('@');
      return { ...parts, factId, year: year === undefined ? null : Number(year) } as FactRecord;
    }),
    titles: of('title').map(({ id, parts }) => ({ id, ...parts }) as Title),
    ipRights: [],
    remarks: [],
  };
}

/** The figures and answers a check-up was given, as far as it names them: all that a PDF of a former version says. */
function recordsOfGiven(diagnosis: Diagnosis, catalogue: FactCatalogue): CarriedRecord[] {
  const { given, asOf } = diagnosis;
  const years = new Map<number, Parts>();
  for (const { column, field, years: back, money } of COLUMNS)
    for (let n = 1; n <= back; n++) {
      const entry = given[money ? `${field}_y${n}_wan` : `${field}_y${n}`];
      if (!entry || typeof entry.value !== 'string' || entry.basis === 'derived') continue;
      const year = asOf.fiscalYear - n + 1;
      const exact = multiply(parseExact(entry.value), fraction(money ? 10_000 : 1));
      const yuan = exact.d === 1 ? Number(exact.n) : Number.NaN;
      if (!Number.isSafeInteger(yuan)) continue;
      const backing = { [`backing.${column}`]: { basis: entry.basis, source: entry.source } };
      years.set(year, { ...years.get(year), [column]: yuan, ...backing });
    }
  const facts = catalogue.facts.flatMap((fact): CarriedRecord[] => {
    const entry = given[fact.id];
    if (!entry || fact.origin === 'option' || entry.basis === 'derived' || entry.value === null) return [];
    const year = fact.origin === 'yearly' ? `@${asOf.fiscalYear + (fact.offset ?? 0)}` : '';
    const { value, basis, source } = entry;
    return [
      { entity: 'fact', id: `${fact.stored ?? fact.id}${year}`, parts: { value, basis, source, note: null } },
    ];
  });
  const once = new Map(facts.map((record) => [record.id, record]));
  return [
    ...[...years].map(([year, parts]) => ({ entity: 'figure' as const, id: String(year), parts })),
    ...once.values(),
  ];
}

interface PlanSource {
  readonly manifest: Manifest;
  readonly diagnosis: Diagnosis;
  /** The check-up exactly as the library keeps it. */
  readonly snapshot: string;
  readonly catalogue: FactCatalogue;
  /** Rules of the check-up that are at hand, to be kept with it. */
  readonly packs: readonly Pack[];
  /** The very same check-up is in this library. */
  readonly known: boolean;
}

/** What a PDF without the enterprise attached can say: its name, the facts the check-up was given, the check-up. */
function givenOf({ manifest, diagnosis, snapshot, catalogue, known }: PlanSource): Carried {
  const { id, name, uscc } = manifest.enterprise;
  const { updatedAt } = manifest.plan;
  const enterprise: CarriedRecord = { entity: 'enterprise', id, parts: { name, uscc } };
  const records = [enterprise, ...recordsOfGiven(diagnosis, catalogue)];
  const hash = sha256(snapshot);
  const fields = records.flatMap((record) =>
    Object.keys(record.parts).map((field) =>
      record === enterprise ? field : `${record.entity}:${record.id}:${field}`,
    ),
  );
  const own = {
    entity: 'enterprise',
    entityId: id,
    op: 'put' as const,
    action: 'diagnosis.save',
    made: false,
  };
  const hlc = formatHlc(Date.parse(updatedAt) || 0, 0, hash.slice(0, 16));
  return {
    schema: 'cultivar-enterprise/1',
    libraryFormat: 1,
    id,
    records: [
      ...records,
      {
        entity: 'diagnosis',
        id: manifest.diagnosis.id,
        parts: {
          createdAt: updatedAt,
          actor: NOBODY,
          asOf: diagnosis.asOf,
          packs: manifest.packs,
          snapshotHash: hash,
        },
      },
    ],
    log: known ? [] : [{ hlc, at: updatedAt, actor: NOBODY, fields, ...own }],
  };
}

function firmOf({ id, records, log }: Carried, snapshot: string): CaseFirm {
  return {
    id,
    records: records.map((record) => {
      if (record.entity === 'enterprise') return { ...record, parts: { ...emptyProfile, ...record.parts } };
      if (record.entity === 'figure')
        return {
          ...record,
          parts: { ...Object.fromEntries(figureColumns.map((column) => [column, null])), ...record.parts },
        };
      return record.entity === 'diagnosis' ? { ...record, beside: { snapshot } } : record;
    }),
    log: log.map(
      ({ fields, ...touch }): CaseChange => ({
        ...touch,
        hlc: partOf(touch.hlc),
        fields: Object.fromEntries(fields.map((field) => [field, { old: null, new: null }])),
      }),
    ),
  };
}

/** The enterprise attached to a PDF, as far as it is one that could be stored. */
function parsed(bytes: Uint8Array): Carried | undefined {
  try {
    const raw: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return carriedShape.safeParse(raw).data;
  } catch {
    return undefined;
  }
}

/**
 * Whether the enterprise attached to a PDF is the one of its manifest and check-up: its hash, its ids, and that its facts
 * are the very ones the check-up was given. Returns it, or 'none' where nothing is attached, or 'differs'.
 */
export function checkCarried(
  attachment: Uint8Array | undefined,
  { manifest, diagnosis, snapshot, catalogue }: PlanSource,
): Carried | 'none' | 'differs' {
  if (!attachment && manifest.carried === undefined) return 'none';
  if (!attachment || sha256(attachment) !== manifest.carried) return 'differs';
  const carried = parsed(attachment);
  if (!carried || !canBeStored(firmOf(carried, snapshot))) return 'differs';
  const of = (entity: CarriedRecord['entity']) =>
    carried.records.filter((record) => record.entity === entity);
  const [profile, checkUp, plan] = [of('enterprise'), of('diagnosis'), of('plan')];
  const one = profile.length === 1 && checkUp.length === 1 && plan.length === 1;
  const { enterprise } = manifest;
  const same =
    one &&
    carried.id === enterprise.id &&
    profile[0]?.id === enterprise.id &&
    profile[0]?.parts.name === enterprise.name &&
    (profile[0]?.parts.uscc ?? null) === enterprise.uscc &&
    checkUp[0]?.id === manifest.diagnosis.id &&
    checkUp[0]?.parts.snapshotHash === manifest.diagnosis.sha256 &&
    plan[0]?.id === manifest.plan.id &&
    plan[0]?.parts.version === manifest.plan.version &&
    isDeepStrictEqual(buildFactSheet(fileOf(carried.records), catalogue, diagnosis.asOf), diagnosis.given);
  return same ? carried : 'differs';
}

/** A verified plan as a package of one enterprise; the same PDF gives the same. */
export function caseOfPlan(carried: Carried | 'none', source: PlanSource): OpenCase {
  const { manifest, snapshot, packs } = source;
  const firm = firmOf(carried === 'none' ? givenOf(source) : carried, snapshot);
  const plan = firm.records.find((record) => record.entity === 'plan')?.parts ?? {};
  const { id, name, uscc } = manifest.enterprise;
  const sender = [plan['content.consultant'], plan['content.organisation']]
    .filter((part) => typeof part === 'string' && part.trim() !== '')
    .join(' \u00b7 ');
  return {
    manifest: {
      schema: CASE,
      createdAt: manifest.plan.updatedAt,
      sender,
      libraryFormat: carried === 'none' ? 1 : carried.libraryFormat,
      firms: [{ id, name, uscc, file: CARRIED_NAME }],
      files: [],
    },
    firms: [firm],
    packs,
    evidence: new Map(),
  };
}
