import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallOutput } from '../api.ts';
import type { Rules } from '../diagnosis/context.ts';
import { ENGINE } from '../diagnosis/diagnose.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import { hashOfPacks, type Pack, readPacks } from '../library/packs.ts';
import {
  type Districts,
  districtsShape,
  type Industries,
  industriesShape,
} from '../library/reference-schema.ts';
import type { Sample } from '../library/sample-schema.ts';
import { readSamples } from '../library/samples.ts';
import type { Measure, Policy } from '../plan/measure-schema.ts';
import { loadMeasures, loadPolicies } from '../plan/measures.ts';
import { loadStandards } from '../standards/loader.ts';
import { rulesOf } from './rules.ts';

type Faults = CallOutput<'app.info'>['faults'];

/** The product's read-only data, read once. */
export interface Resources {
  readonly folder: string;
  readonly rules: Rules;
  readonly packs: readonly Pack[];
  /** Stands for all packs and the engine: a judgement made under another hash is out of date. */
  readonly rulesHash: string;
  readonly industries: Industries;
  readonly districts: Districts;
  measures(): readonly Measure[];
  policies(): readonly Policy[];
  samples(): readonly Sample[];
  /** Packs and entries that could not be used. */
  faults(): Faults;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** File names are shown without the folders above them, which say nothing to the reader. */
function fileOnly(fault: Faults[number]): Faults[number] {
  return { file: fault.file.split(/[/\\]/).at(-1) ?? fault.file, path: fault.path, message: fault.message };
}

/** Reads the data of the product. Throws where the folder or the reference data cannot be read at all. */
export function readResources(folder: string): Resources {
  const standards = join(folder, 'standards');
  const loaded = loadStandards(standards);
  const packs = readPacks(standards);
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, 'reference', file), 'utf8'));
  const measures = once(() => loadMeasures(folder));
  const policies = once(() => loadPolicies(folder));
  return {
    folder,
    rules: rulesOf(loaded),
    packs,
    rulesHash: hashOfPacks(packs, ENGINE),
    industries: industriesShape.parse(json('industries.json')),
    districts: districtsShape.parse(json('districts.json')),
    measures: () => measures().measures,
    policies: () => policies().policies,
    samples: once(() => readSamples(join(folder, 'samples'))),
    faults: () => [...loaded.faults, ...measures().faults, ...policies().faults].map(fileOnly),
  };
}

/** What the window's pickers, questions and sources need, all of it at once. */
export function referenceOf({ rules, industries, districts }: Resources): CallOutput<'reference.get'> {
  const { numberOf } = rulesetOf(rules);
  return {
    sections: industries.sections,
    divisions: industries.divisions,
    districts: districts.districts.map(({ name }) => ({ name })),
    provinces: districts.provinces.map(({ name }) => ({ name })),
    facts: rules.facts.facts,
    standards: [...rules.standards.values()].map(({ standard, hash }) => ({
      id: standard.id,
      version: standard.version,
      hash,
      number: numberOf(standard.id),
      title: standard.document.title,
      from: standard.effective.from,
      to: standard.effective.to,
      status: standard.effective.status,
      grade: standard.effective.source.grade,
      tiers: standard.tiers.map(({ id, rung, title, annex }) => ({ id, rung, title, annex })),
    })),
  };
}
