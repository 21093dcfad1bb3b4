import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactCatalogue } from '../standards/fact-schema.ts';
import { createEnterprise } from './enterprises.ts';
import { setFacts } from './facts.ts';
import { setFigures, type YearInput } from './figures.ts';
import { nameKey } from './names.ts';
import { type Db, prepared } from './open.ts';
import { type Sample, sampleFigure, sampleShape } from './sample-schema.ts';
import {
  type Backing,
  type EnterpriseFile,
  type FigureColumn,
  type Profile,
  profileShape,
} from './shapes.ts';
import { saveTitle } from './titles.ts';
import type { Tx } from './write.ts';

/** All samples of the folder, in the order of their file names. Throws where one does not follow its schema. */
export function readSamples(folder: string): Sample[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => sampleShape.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

/** Whether the library holds an enterprise of this name. */
export function holdsName(db: Db, name: string): boolean {
  return prepared(db, 'SELECT 1 FROM enterprise WHERE name_key = ?').get(nameKey(name)) !== undefined;
}

const clip = (text: string, max: number) => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** What a published value rests on: the document, and how the value was worked out where it was. */
function sourceOf(sample: Sample, note: { zh: string } | undefined): string {
  return clip(note ? `${sample.document.zh} · ${note.zh}` : sample.document.zh, 500);
}

/** The remarks with their addresses, and one that lists where the published figures can be looked up. */
function remarksOf(sample: Sample): EnterpriseFile['remarks'] {
  const addresses = Object.values(sample.sources).map((source) => ({
    zh: sample.document.zh,
    en: sample.document.en,
    source,
  }));
  return [
    ...sample.remarks.map(({ zh, en, source }) => ({
      zh,
      en,
      source: source === null ? null : (sample.sources[source] ?? null),
    })),
    ...addresses,
  ];
}

/** Figures of a sample as inputs, one for each year and backing. Whole yuan, whole persons. */
function figuresOf(sample: Sample): YearInput[] {
  return sample.figures.flatMap(({ year, values }) =>
    Object.entries(values).map(([column, figure]) => ({
      year,
      values: { [column]: sampleFigure(column as FigureColumn, figure.value) },
      backing: { basis: figure.basis, source: sourceOf(sample, figure.note) } satisfies Backing,
    })),
  );
}

/** A sample as the library would hold it, without one: for an example. `id` stands for all its records. */
export function sampleFile(sample: Sample, id: string): EnterpriseFile {
  const { isSample, ...given } = sample.profile;
  const none = Object.fromEntries(Object.keys(profileShape.shape).map((key) => [key, null])) as Record<
    keyof Profile,
    null
  >;
  const when = `${sample.fiscalYear}-12-31T00:00:00.000Z`;
  return {
    enterprise: {
      ...none,
      ...given,
      tags: [],
      id,
      isSample,
      isSynthetic: false,
      snapshotYear: sample.fiscalYear,
      sampleNotice: sample.notice,
      createdAt: when,
      updatedAt: when,
      archivedAt: null,
      trashedAt: null,
    },
    figures: sample.figures.map(({ year, values }) => ({
      year,
      values: Object.fromEntries(
        Object.entries(values).map(([column, figure]) => [
          column,
          sampleFigure(column as FigureColumn, figure.value),
        ]),
      ),
      backing: {},
    })),
    facts: sample.facts.map(({ factId, year, value, basis }) => ({
      factId,
      year,
      value,
      basis,
      source: clip(sample.document.zh, 500),
      note: null,
      updatedAt: when,
    })),
    titles: sample.titles.map(({ note, source: _, ...title }) => ({
      ...title,
      id,
      source: sourceOf(sample, note),
    })),
    ipRights: [],
    remarks: remarksOf(sample),
  };
}

/** Adds one sample with its figures, facts and titles. Returns the enterprise's id. Throws a Refusal. */
export function addSample(tx: Tx, sample: Sample, catalogue: FactCatalogue): string {
  const { isSample, ...profile } = sample.profile;
  const id = createEnterprise(tx, profile, {
    isSample,
    isSynthetic: false,
    snapshotYear: sample.fiscalYear,
    sampleNotice: sample.notice,
    remarks: remarksOf(sample),
  });
  for (const year of figuresOf(sample)) setFigures(tx, id, [year]);
  setFacts(
    tx,
    id,
    sample.facts.map(({ factId, year, value, basis, note }) => ({
      factId,
      year,
      value,
      basis,
      source: clip(sample.document.zh, 500),
      note: note ? clip(`${note.zh}\n${note.en}`, 2000) : null,
    })),
    catalogue,
  );
  for (const { note, source: _, ...title } of sample.titles) {
    saveTitle(tx, id, { ...title, source: sourceOf(sample, note) });
  }
  return id;
}
