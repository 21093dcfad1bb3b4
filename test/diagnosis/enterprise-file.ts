import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleFigure, sampleShape } from '../../electron/library/sample-schema.ts';
import {
  type EnterpriseFile,
  enterpriseFileShape,
  type FactRecord,
  type FigureColumn,
  type Figures,
  profileShape,
  type Title,
} from '../../electron/library/shapes.ts';

const ID = '0190a000-0000-7000-8000-000000000001';
const EMPTY = { ...Object.fromEntries(Object.keys(profileShape.shape).map((k) => [k, null])), tags: [] };

/** What the library holds of one firm; everything not given is unknown. */
export function enterpriseFile(given: {
  profile?: Record<string, unknown>;
  figures?: Figures[];
  facts?: Partial<FactRecord>[];
  titles?: Partial<Title>[];
  snapshotYear?: number;
}): EnterpriseFile {
  return enterpriseFileShape.parse({
    enterprise: {
      ...EMPTY,
      name: '某某精密有限公司',
      ...given.profile,
      id: ID,
      isSample: given.snapshotYear !== undefined,
      isSynthetic: false,
      snapshotYear: given.snapshotYear ?? null,
      sampleNotice: null,
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      archivedAt: null,
      trashedAt: null,
    },
    figures: given.figures ?? [],
    facts: (given.facts ?? []).map((fact) => ({
      year: null,
      basis: 'declared',
      source: null,
      note: null,
      updatedAt: '2026-01-01T00:00:00Z',
      ...fact,
    })),
    titles: (given.titles ?? []).map((title) => ({
      id: ID,
      name: '称号',
      number: null,
      issuer: null,
      issuedOn: null,
      expiresOn: null,
      basis: 'documented',
      source: null,
      ...title,
    })),
    ipRights: [],
    remarks: [],
  });
}

/** A year's figures in whole yuan and persons, all declared. */
export function year(of: number, values: Partial<Record<FigureColumn, number | null>>): Figures {
  return { year: of, values, backing: {} };
}

export const sampleNames = [
  'changjin-guangzi',
  'dongwei-bandao',
  'haimo-keji',
  'hongying-zhineng',
  'liyuan-xinxi',
  'weichuang-guangdian',
  'xingtu-xinke',
  'zhonghaida',
] as const;

/** A shipped sample as the library holds it. */
export function sampleFile(name: (typeof sampleNames)[number]): EnterpriseFile {
  const path = join(import.meta.dirname, '../../resources/samples', `${name}.json`);
  const sample = sampleShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  const { isSample: _, ...profile } = sample.profile;
  return enterpriseFile({
    profile,
    snapshotYear: sample.fiscalYear,
    figures: sample.figures.map((f) => ({
      year: f.year,
      values: Object.fromEntries(
        Object.entries(f.values).map(([c, v]) => [c, sampleFigure(c as FigureColumn, v.value)]),
      ),
      backing: Object.fromEntries(
        Object.entries(f.values).map(([c, v]) => [c, { basis: v.basis, source: sample.document.zh }]),
      ),
    })),
    facts: sample.facts.map(({ factId, year: of, value, basis }) => ({ factId, year: of, value, basis })),
    titles: sample.titles.map(({ note: _note, source: _source, ...title }) => title),
  });
}
