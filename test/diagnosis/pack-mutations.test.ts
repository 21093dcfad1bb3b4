import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkFacts } from '../../electron/diagnosis/check-facts.ts';
import { rulesetOf } from '../../electron/diagnosis/ruleset.ts';
import { rulesOf } from '../../electron/service/rules.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { packFolder } from '../standards/folder.ts';
import { model } from './firm.ts';

const files = readdirSync(packFolder).filter((f) => f.endsWith('.json'));
const texts = new Map(files.map((file) => [file, readFileSync(join(packFolder, file), 'utf8')]));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-mutants-'));
  cpSync(packFolder, folder, { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Step = string | number;
/** Every place of a pack. */
function places(node: unknown, at: Step[] = []): Step[][] {
  if (typeof node !== 'object' || node === null) return [at];
  const below = Array.isArray(node)
    ? node.flatMap((child, i) => places(child, [...at, i]))
    : Object.entries(node).flatMap(([key, child]) => places(child, [...at, key]));
  return [at, ...below];
}
const placesOf = new Map(files.map((file) => [file, places(JSON.parse(texts.get(file)!))]));

/** Values that stand nowhere in a pack; `undefined` takes the place away. */
const JUNK = [
  undefined,
  null,
  -1,
  1e300,
  '',
  '…',
  [],
  {},
  [[]],
  { field: 'no_such_field', gte: 1 },
  { any: [] },
  true,
];

function mutate(pack: unknown, path: readonly Step[], junk: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return junk;
  const copy: Record<Step, unknown> = Array.isArray(pack) ? ([...pack] as never) : { ...(pack as object) };
  if (rest.length === 0 && junk === undefined) {
    if (Array.isArray(copy)) copy.splice(Number(step), 1);
    else delete copy[step];
  } else copy[step] = mutate(copy[step], rest, junk);
  return copy;
}

const mutation = fc
  .record({
    file: fc.constantFrom(...files),
    place: fc.nat(),
    junk: fc.constantFrom(...JUNK),
    cut: fc.nat(9),
  })
  .map(({ file, place, junk, cut }) => {
    const paths = placesOf.get(file)!;
    const path = paths[place % paths.length]!;
    const text = texts.get(file)!;
    // One in ten is a file that was cut off while it was written.
    if (cut === 0) return { file, text: text.slice(0, place % text.length), path: null };
    return { file, path, text: JSON.stringify(mutate(JSON.parse(text), path, junk)) ?? '' };
  });

test('of 120 spoiled packs none throws, each fault names its file, the others load and judge', () => {
  let refused = 0;
  fc.assert(
    fc.property(mutation, ({ file, text }) => {
      writeFileSync(join(folder, file), text);
      try {
        const loaded = loadStandards(folder);
        const named = loaded.faults.filter((f) => f.file === file);
        for (const fault of loaded.faults) {
          expect(typeof fault.path).toBe('string');
          expect(fault.message).not.toBe('');
        }
        if (named.length > 0) refused++;
        const own = [...loaded.standards.values()].map((s) => s.file);
        const others = files.filter(
          (f) => /^cn-m(iit|ost)-(2017-115|2022-63|2026-2)\.json$/.test(f) && f !== file,
        );
        if (file !== 'facts.json' && named.length > 0) expect(own).toEqual(expect.arrayContaining(others));
        // Whatever loaded can be run.
        const ruleset = rulesetOf(rulesOf(loaded));
        for (const { standard } of loaded.standards.values()) {
          for (const tier of standard.tiers) {
            const compiled = ruleset.find(standard.id, tier.id)!;
            if (file !== 'facts.json') checkFacts(model, [compiled], ruleset.facts, undefined);
            else compiled.run(new Map());
          }
        }
      } finally {
        writeFileSync(join(folder, file), texts.get(file)!);
      }
    }),
    { numRuns: 120 },
  );
  expect(refused).toBeGreaterThan(70);
  expect(loadStandards(folder).faults).toEqual([]);
});

test.each(['"…"', '[]', '{"schema":"cultivar-standard/1","id":""}', 'null', '', '{"schema":7}'])(
  'a standard spoiled to %j does not take down the one that counts on it',
  (text) => {
    const file = 'cn-miit-2022-63.json';
    writeFileSync(join(folder, file), text);
    const loaded = loadStandards(folder);
    writeFileSync(join(folder, file), texts.get(file)!);
    expect([...loaded.standards.keys()].sort()).toEqual(['cn-miit-2026-2', 'cn-most-2017-115']);
    expect(new Set(loaded.faults.map((f) => f.file))).toEqual(new Set([file]));
  },
);
