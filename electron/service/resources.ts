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
import type { LoadedPack, PackFault } from '../plan/pack-files.ts';
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
  /** The measures and policies of the product itself, without the consultancy's own. */
  shippedMeasures(): readonly Measure[];
  shippedPolicies(): readonly Policy[];
  /** The consultancy's own packs of measures and policies. */
  ownPacks(): OwnPacks;
  /** Reads the consultancy's own packs again. */
  reloadPacks(): void;
  /** Packs and entries of the product that could not be used. */
  faults(): Faults;
}

export interface OwnPacks {
  readonly packs: readonly LoadedPack[];
  readonly faults: readonly PackFault[];
}

/** Every condition and indicator of the standards, by id. */
function itemIds({ standards }: Rules): Set<string> {
  const ids = new Set<string>();
  for (const { standard } of standards.values()) {
    for (const { id } of standard.base) ids.add(id);
    for (const tier of standard.tiers) {
      const items = [
        ...tier.gates,
        ...tier.direct,
        ...tier.groups.flatMap((group) => group.indicators),
        ...tier.rounds.flatMap((round) => round.exclusions),
      ];
      for (const { id } of items) ids.add(id);
    }
  }
  return ids;
}

/** Own measures that help nothing there is: they load, but no plan would ever choose them. */
function strayEntries(measures: readonly Measure[], packs: readonly LoadedPack[], rules: Rules): PackFault[] {
  const known = itemIds(rules);
  const byId = new Map(measures.map((measure) => [measure.id, measure]));
  return packs.flatMap(({ file, kind, ids }) =>
    ids.flatMap((id): PackFault[] => {
      const stray = kind === 'measures' ? byId.get(id)?.serves.filter((item) => !known.has(item)) : [];
      if (!stray || stray.length === 0) return [];
      return [{ file, path: `${id}.serves`, message: stray.join(', '), kind: 'stray' }];
    }),
  );
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
export function readResources(folder: string, ownFolder?: string): Resources {
  const standards = join(folder, 'standards');
  const loaded = loadStandards(standards);
  const rules = rulesOf(loaded);
  const packs = readPacks(standards);
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, 'reference', file), 'utf8'));
  const own = (kind: 'measures' | 'policies') => (ownFolder ? join(ownFolder, kind) : undefined);
  const load = () => {
    const measures = once(() => loadMeasures(folder, own('measures')));
    const policies = once(() => loadPolicies(folder, own('policies')));
    return { measures, policies };
  };
  let { measures, policies } = load();
  const isOwn = ({ file }: PackFault) => ownFolder !== undefined && file.startsWith(ownFolder);
  return {
    folder,
    rules,
    packs,
    rulesHash: hashOfPacks(packs, ENGINE),
    industries: industriesShape.parse(json('industries.json')),
    districts: districtsShape.parse(json('districts.json')),
    measures: () => measures().measures,
    policies: () => policies().policies,
    shippedMeasures: once(() => loadMeasures(folder).measures),
    shippedPolicies: () => policies().ours,
    ownPacks: () => {
      const packs = [...measures().packs, ...policies().packs];
      const faults = [...measures().faults, ...policies().faults].filter(isOwn);
      return { packs, faults: [...faults, ...strayEntries(measures().measures, packs, rules)] };
    },
    reloadPacks: () => {
      ({ measures, policies } = load());
    },
    samples: once(() => readSamples(join(folder, 'samples'))),
    faults: () =>
      [...loaded.faults, ...[...measures().faults, ...policies().faults].filter((f) => !isOwn(f))].map(
        fileOnly,
      ),
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
