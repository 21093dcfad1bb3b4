import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import { type Measure, measureShape, type Policy, policyShape } from './measure-schema.ts';

/** A pack or entry that could not be used: the file, the path of the fault inside it, and what is wrong. */
export interface PackFault {
  readonly file: string;
  readonly path: string;
  readonly message: string;
}

interface Loose {
  readonly schema?: unknown;
  readonly measures?: unknown;
  readonly policies?: unknown;
}

/** Ids become parts of plan item ids, which are at most 60 characters. */
const LONGEST_ID = 57;

function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Reads the entries of every pack in a folder; an entry that does not fit is reported and left out. */
function readEntries<T extends { id: string }>(
  folder: string,
  schema: string,
  key: 'measures' | 'policies',
  shape: {
    safeParse(
      input: unknown,
    ):
      | { success: true; data: T }
      | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
  },
  faults: PackFault[],
): Map<string, T> {
  const found = new Map<string, T>();
  for (const file of jsonFiles(folder)) {
    const fault = (path: string, message: string) => faults.push({ file, path, message });
    let pack: Loose;
    try {
      const parsed: unknown = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
      if (typeof parsed !== 'object' || parsed === null) throw new TypeError('not an object');
      pack = parsed;
    } catch (error) {
      fault('', (error as Error).message);
      continue;
    }
    const entries = pack[key];
    if (pack.schema !== schema || !Array.isArray(entries)) {
      fault(pack.schema === schema ? key : 'schema', `expected ${schema} with a list "${key}"`);
      continue;
    }
    entries.forEach((entry: unknown, index) => {
      const result = shape.safeParse(entry);
      if (!result.success) {
        const issue = result.error.issues[0];
        fault([key, index, ...(issue?.path ?? [])].map(String).join('.'), issue?.message ?? 'invalid');
      } else if (result.data.id.length > LONGEST_ID)
        fault(`${key}.${index}.id`, `longer than ${LONGEST_ID} characters`);
      else if (found.has(result.data.id))
        fault(`${key}.${index}.id`, `the id ${result.data.id} is used twice`);
      else found.set(result.data.id, result.data);
    });
  }
  return found;
}

/**
 * All measures of resources/measures, sorted by id. A folder of the consultancy's own packs may add measures and
 * replace ours by id. A faulty entry is reported and left out; the others are used.
 */
export function loadMeasures(
  resourcesDir: string,
  ownDir?: string,
): { measures: Measure[]; faults: PackFault[] } {
  const faults: PackFault[] = [];
  const ours = readEntries<Measure>(
    join(resourcesDir, 'measures'),
    'cultivar-measures/1',
    'measures',
    measureShape,
    faults,
  );
  const own = ownDir
    ? readEntries<Measure>(ownDir, 'cultivar-measures/1', 'measures', measureShape, faults)
    : new Map<string, Measure>();
  const all = new Map([...ours, ...own]);
  return { measures: [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), faults };
}

/** All policies of resources/policies, sorted by id; faults as in `loadMeasures`. */
export function loadPolicies(resourcesDir: string): { policies: Policy[]; faults: PackFault[] } {
  const faults: PackFault[] = [];
  const found = readEntries<Policy>(
    join(resourcesDir, 'policies'),
    'cultivar-policies/1',
    'policies',
    policyShape,
    faults,
  );
  return { policies: [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), faults };
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
 * those of its place (an unknown place keeps all). Confirmed ones first, then by how local they are.
 */
export function matchPolicies(
  policies: readonly Policy[],
  diagnosis: Diagnosis,
  file?: EnterpriseFile,
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
    .sort(
      (a, b) =>
        Number(b.confirmed) - Number(a.confirmed) ||
        b.region.zh.length - a.region.zh.length ||
        (a.id < b.id ? -1 : 1),
    );
}
