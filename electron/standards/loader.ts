import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { checkStandard } from './check.ts';
import { checkDigital, checkFacts, checkSize } from './check-data.ts';
import { checkExternals, checkSelection, type RungOf } from './check-links.ts';
import { type DigitalStandard, digitalStandardShape } from './digital-schema.ts';
import { type FactCatalogue, factCatalogueShape } from './fact-schema.ts';
import { type Fault, type PackFault, shapeFaults } from './fault.ts';
import {
  type Selection,
  type SizeStandard,
  type Standard,
  selectionShape,
  sizeStandardShape,
  standardShape,
} from './schema.ts';

/** A sound standard with its file as it is, byte for byte, so that a diagnosis can keep the one it was made with. */
export interface LoadedStandard {
  readonly standard: Standard;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly hash: string;
  readonly file: string;
  /** The file's text. */
  readonly text: string;
}

/** All that a folder of packs holds; what is missing was absent or faulty (see `faults`). */
export interface LoadedStandards {
  readonly standards: ReadonlyMap<string, LoadedStandard>;
  readonly size: SizeStandard | undefined;
  readonly selection: Selection | undefined;
  readonly facts: FactCatalogue | undefined;
  readonly digital: readonly DigitalStandard[];
  readonly faults: readonly PackFault[];
}

interface RawPack {
  readonly file: string;
  readonly text: string;
  readonly hash: string;
  readonly json: unknown;
  readonly schema: unknown;
}

/**
 * Loads every pack (`*.json`) of a folder. A faulty pack is refused with the place of each fault; the others still
 * load. Throws only if the folder itself cannot be read.
 */
export function loadStandards(folder: string): LoadedStandards {
  const faults: PackFault[] = [];
  const refuse = (file: string, found: readonly Fault[]) => {
    faults.push(...found.map((fault) => ({ file, ...fault })));
  };
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => entry.name)
    .sort();
  const packs: RawPack[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    const pack = readPack(folder, file);
    if ('fault' in pack) {
      refuse(file, [pack.fault]);
      unreadable.push(basename(file, '.json'));
    } else packs.push(pack);
  }

  /** The one pack of a kind; a second one of the same kind is refused. */
  const single = <T>(schema: string, shape: z.ZodType<T>, check: (value: T) => Fault[]): T | undefined => {
    const [first, ...more] = packs.filter((pack) => pack.schema === schema);
    for (const pack of more)
      refuse(pack.file, [{ code: 'duplicate', path: 'schema', message: `${first?.file} is one already` }]);
    return first && accept(first, shape, check, refuse);
  };
  const facts = single('cultivar-facts/1', factCatalogueShape, checkFacts);
  const size = single('cultivar-size/1', sizeStandardShape, checkSize);

  const knownFields = facts ? new Set(facts.facts.map((fact) => fact.id)) : everything;
  const sound: LoadedStandard[] = [];
  // A spoiled pack may no longer say what it is: then the name of its file stands for it.
  const unnamed = packs.filter((p) => !SCHEMAS.has(String(p.schema))).map((p) => basename(p.file, '.json'));
  const refused = new Set([...unreadable, ...unnamed]);
  for (const pack of packs.filter((p) => p.schema === 'cultivar-standard/1')) {
    const standard = accept(pack, standardShape, (value) => checkStandard(value, knownFields), refuse);
    const earlier = standard && sound.find((other) => other.standard.id === standard.id);
    if (earlier) {
      const message = `${earlier.file} has the id ${standard.id} already`;
      refuse(pack.file, [{ code: 'duplicate', path: 'id', message }]);
    } else if (standard) sound.push({ standard, hash: pack.hash, file: pack.file, text: pack.text });
    else refused.add(declaredId(pack)).add(basename(pack.file, '.json'));
  }
  const rungOf = findRung(sound, refused);
  const standards = new Map<string, LoadedStandard>();
  for (const loaded of sound) {
    const found = checkExternals(loaded.standard, (id, tier) => rungOf(id, tier) !== undefined);
    refuse(loaded.file, found);
    if (found.length === 0) standards.set(loaded.standard.id, loaded);
  }
  const selection = single('cultivar-selection/1', selectionShape, (value) => checkSelection(value, rungOf));
  const digital = packs
    .filter((pack) => pack.schema === 'cultivar-digital/1')
    .flatMap((pack) => accept(pack, digitalStandardShape, checkDigital, refuse) ?? []);

  for (const pack of packs) {
    if (!SCHEMAS.has(String(pack.schema)))
      refuse(pack.file, [{ code: 'shape', path: 'schema', message: 'no known kind of pack' }]);
  }
  return { standards, size, selection, facts, digital, faults };
}

const SCHEMAS = new Set([
  'cultivar-standard/1',
  'cultivar-selection/1',
  'cultivar-size/1',
  'cultivar-facts/1',
  'cultivar-digital/1',
]);

/** Without a catalogue (it is faulty itself) fields cannot be checked; the standards load all the same. */
const everything: ReadonlySet<string> = Object.assign(new Set<string>(), { has: () => true });

function readPack(folder: string, file: string): RawPack | { fault: Fault } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, file));
  } catch (error) {
    return { fault: { code: 'json', path: '', message: `cannot be read: ${(error as Error).message}` } };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const json: unknown = JSON.parse(text);
    const schema = typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined;
    return { file, text, hash: createHash('sha256').update(bytes).digest('hex'), json, schema };
  } catch (error) {
    return { fault: { code: 'json', path: '', message: (error as Error).message } };
  }
}

/** The pack's content if its shape and its inner references are sound; else its faults go to `refuse`. */
function accept<T>(
  pack: RawPack,
  shape: z.ZodType<T>,
  check: (value: T) => Fault[],
  refuse: (file: string, faults: readonly Fault[]) => void,
): T | undefined {
  const parsed = shape.safeParse(pack.json);
  const faults = parsed.success ? check(parsed.data) : shapeFaults(parsed.error.issues);
  refuse(pack.file, faults);
  return parsed.success && faults.length === 0 ? parsed.data : undefined;
}

/** The id a refused pack gives itself, or the name of its file. */
function declaredId({ json, file }: RawPack): string {
  const id = (json as { id?: unknown }).id;
  return typeof id === 'string' ? id : basename(file, '.json');
}

/**
 * The rung of a tier; 'any' for a tier of a refused standard, so that one faulty pack does not take down the
 * packs that refer to it; undefined for a tier nobody has.
 */
function findRung(sound: readonly LoadedStandard[], refused: ReadonlySet<string>): RungOf {
  return (standard, tier) => {
    const found = sound.find((loaded) => loaded.standard.id === standard);
    if (found) return found.standard.tiers.find((t) => t.id === tier)?.rung;
    return refused.has(standard) ? 'any' : undefined;
  };
}
