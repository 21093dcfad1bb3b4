import { join } from 'node:path';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import { type Measure, measureShape, type Policy, policyShape } from './measure-schema.ts';
import { type LoadedPack, type PackFault, readEntries } from './pack-files.ts';

/**
 * All measures of resources/measures, sorted by id. A folder of the consultancy's own packs may add measures and
 * replace ours by id. A faulty entry is reported and left out; the others are used.
 */
export function loadMeasures(
  resourcesDir: string,
  ownDir?: string,
): { measures: Measure[]; faults: PackFault[]; packs: LoadedPack[] } {
  const faults: PackFault[] = [];
  const packs: LoadedPack[] = [];
  const ours = readEntries<Measure>(
    join(resourcesDir, 'measures'),
    'cultivar-measures/1',
    'measures',
    measureShape,
    faults,
  );
  const own = ownDir
    ? readEntries<Measure>(ownDir, 'cultivar-measures/1', 'measures', measureShape, faults, packs)
    : new Map<string, Measure>();
  const all = new Map([...ours, ...own]);
  return { measures: [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), faults, packs };
}

/** All policies of resources/policies and of the consultancy's own folder, sorted by id; as in `loadMeasures`. */
export function loadPolicies(
  resourcesDir: string,
  ownDir?: string,
): { policies: Policy[]; ours: Policy[]; faults: PackFault[]; packs: LoadedPack[] } {
  const faults: PackFault[] = [];
  const packs: LoadedPack[] = [];
  const read = (folder: string, told?: LoadedPack[]) =>
    readEntries<Policy>(folder, 'cultivar-policies/1', 'policies', policyShape, faults, told);
  const ours = read(join(resourcesDir, 'policies'));
  const own = ownDir ? read(ownDir, packs) : new Map<string, Policy>();
  const all = new Map([...ours, ...own]);
  const sorted = (found: Map<string, Policy>) => [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { policies: sorted(all), ours: sorted(ours), faults, packs };
}

const NATIONWIDE = '全国';

type Place = Pick<EnterpriseFile['enterprise'], 'province' | 'city' | 'district'>;

function sameName(part: string, name: string): boolean {
  const bare = (text: string) => text.replace(/[省市区县州]$/, '');
  return bare(name).includes(bare(part)) || bare(part).includes(bare(name));
}

/** 武汉市江夏区 applies where city and district fit. A province or city nobody filled in rules nothing out. */
function appliesIn(region: string, place: Place): boolean {
  if (region === NATIONWIDE) return true;
  const parts = region.match(/[^省市区县州]+[省市区县州]?/g) ?? [region];
  return parts.every((part) => {
    if (part.endsWith('省')) return !place.province || sameName(part, place.province);
    if (part.endsWith('市')) return !place.city || sameName(part, place.city);
    return place.district !== null && sameName(part, place.district);
  });
}

/**
 * Policies for the firm's next rung and the one it holds, in force on the day of application; with `file`, only
 * those of its place (an unknown place keeps all). Those the plan's measures name come first, then confirmed ones, then
 * by how local they are; what is only for such measures is left out without them.
 */
export function matchPolicies(
  policies: readonly Policy[],
  diagnosis: Diagnosis,
  file?: EnterpriseFile,
  named: { has(id: string): boolean } = new Set<string>(),
): Policy[] {
  const day = diagnosis.asOf.applicationDate;
  const rungs = new Set<number>([
    diagnosis.ladder.current,
    diagnosis.ladder.next ?? diagnosis.ladder.current,
  ]);
  return policies
    .filter((p) => (p.from === null || p.from <= day) && (p.to === null || p.to >= day))
    .filter((p) => p.rungs.length === 0 || p.rungs.some((r) => rungs.has(r)))
    .filter((p) => !file || appliesIn(p.region.zh, file.enterprise))
    .filter((p) => !p.onlyWithMeasure || named.has(p.id))
    .sort(
      (a, b) =>
        Number(named.has(b.id)) - Number(named.has(a.id)) ||
        Number(b.confirmed) - Number(a.confirmed) ||
        b.region.zh.length - a.region.zh.length ||
        (a.id < b.id ? -1 : 1),
    );
}
