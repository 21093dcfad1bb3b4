import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkStandard } from '../../electron/standards/check.ts';
import { checkExternals } from '../../electron/standards/check-links.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { packFolder, standard } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-packs-'));
  cpSync(packFolder, folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Json = Record<string, unknown> & unknown[];

/** The thing at a path such as `tiers.1.gates.0`. */
function at(root: unknown, path: string): Json {
  return path.split('.').reduce((value, step) => (value as Record<string, unknown>)[step], root) as Json;
}

/** Spoils one pack of the copied folder and loads the folder. */
function spoil(file: string, change: (pack: Json) => void) {
  const pack = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
  change(pack);
  writeFileSync(join(folder, file), JSON.stringify(pack));
  const result = loadStandards(folder);
  return { ...result, found: result.faults.map((f) => `${f.file} ${f.code} ${f.path}`) };
}
const put = (path: string, key: string, value: unknown) => (pack: Json) => {
  (at(pack, path) as Record<string, unknown>)[key] = value;
};

/** 63号: tier 0 Annex 1, tier 1 Annex 2, tier 2 Annex 3. */
const BROKEN: [string, (pack: Json) => void, string][] = [
  [
    'an operator that is no number',
    put('tiers.2.gates.0.when', 'gte', 'three'),
    'shape tiers[2].gates[0].when.gte',
  ],
  [
    'a number too deep to see',
    put('tiers.1.gates.1.when.all.1', 'gte', null),
    'shape tiers[1].gates[1].when.all[1].gte',
  ],
  [
    'an operator nobody knows',
    put('tiers.2.gates.0.when', 'atLeast', 3),
    'shape tiers[2].gates[0].when.atLeast',
  ],
  [
    'a comparison without operator',
    (p) => delete (at(p, 'tiers.2.gates.0.when') as Record<string, unknown>).gte,
    'shape tiers[2].gates[0].when',
  ],
  [
    'a missing English text',
    (p) => delete (at(p, 'tiers.0.direct.2.says') as Record<string, unknown>).en,
    'shape tiers[0].direct[2].says.en',
  ],
  ['a grade nobody knows', put('base.3.source', 'grade', 'rumour'), 'shape base[3].source.grade'],
  ['a date that does not exist', put('document', 'issued', '2022-02-30'), 'shape document.issued'],
  ['an item twice', put('tiers.2.gates.4', 'id', 'L-1a'), 'duplicate tiers[2].gates[4].id'],
  ['an item of another tier again', put('tiers.1.direct.0', 'id', 'I-D1'), 'duplicate tiers[1].direct[0].id'],
  [
    'an indicator that reads like a base item',
    put('tiers.0.groups.1.indicators.0', 'id', 'base-2022-sme'),
    'duplicate tiers[0].groups[1].indicators[0].id',
  ],
  ['a tier twice', put('tiers.1', 'id', 'innovative'), 'duplicate tiers[1].id'],
  ['a group twice', put('tiers.1.groups.3', 'id', 'refinement'), 'duplicate tiers[1].groups[3].id'],
  [
    'an option twice',
    put('tiers.0.groups.0.indicators.0.options.1', 'key', 'A'),
    'duplicate tiers[0].groups[0].indicators[0].options[1].key',
  ],
  [
    'a field nobody declares',
    put('tiers.2.gates.1.when', 'field', 'main_ratio_y9'),
    'field tiers[2].gates[1].when.field',
  ],
  [
    'such a field in a named condition',
    put('tiers.2.refs.L-4-direct.any.1', 'field', 'luck'),
    'field tiers[2].refs["L-4-direct"].any[1].field',
  ],
  [
    'such a field in a step',
    put('tiers.1.groups.0.indicators.2', 'field', 'years_somewhere'),
    'field tiers[1].groups[0].indicators[2].field',
  ],
  [
    'a judgement nobody declares',
    put('tiers.2.gates.3.when', 'judgement', 'judge_x'),
    'field tiers[2].gates[3].when.judgement',
  ],
  [
    'a reference to nothing',
    put('tiers.2.gates.9.when.any.0', 'ref', 'L-4-special'),
    'ref tiers[2].gates[9].when.any[0].ref',
  ],
  [
    'a reference in a circle',
    put('tiers.2.refs', 'L-4-direct', { ref: 'L-4-direct' }),
    'ref tiers[2].refs["L-4-direct"]',
  ],
  [
    'a score of another tier',
    put('tiers.0.pass.any.0.all.1', 'score', 'refinement'),
    'score tiers[0].pass.any[0].all[1].score',
  ],
  [
    'all gates where there are none',
    put('tiers.0.pass.any', '1', { gate: 'all' }),
    'ref tiers[0].pass.any[1]',
  ],
  [
    'a score inside a table',
    put('tiers.0.groups.2.indicators.0.options.0', 'when', { score: 'total', gte: 60 }),
    'placement tiers[0].groups[2].indicators[0].options[0].when',
  ],
  [
    'all gates inside a gate',
    put('tiers.1.gates.0', 'when', { gate: 'all' }),
    'placement tiers[1].gates[0].when',
  ],
  [
    '"otherwise" before the end',
    put('tiers.0.groups.0.indicators.0.options.2', 'when', { otherwise: true }),
    'placement tiers[0].groups[0].indicators[0].options[2].when.otherwise',
  ],
  [
    '"otherwise" as a gate',
    put('tiers.2.gates.0', 'when', { otherwise: true }),
    'placement tiers[2].gates[0].when.otherwise',
  ],
  [
    '"otherwise" inside an option',
    put('tiers.0.groups.2.indicators.0.options.1', 'when', { any: [{ otherwise: true }] }),
    'placement tiers[0].groups[2].indicators[0].options[1].when.any[0].otherwise',
  ],
  [
    'another pack inside a gate',
    put('tiers.2.gates.0', 'when', { external: { standard: 'cn-miit-2026-2', tier: 'srdi' } }),
    'placement tiers[2].gates[0].when',
  ],
  [
    'a waiver that nothing waives',
    put('tiers.2.gates.0.when', 'waiver', true),
    'placement tiers[2].gates[0].when.waiver',
  ],
  [
    'points over the maximum',
    put('tiers.0.groups.0.indicators.1.options.0', 'points', 21),
    'points tiers[0].groups[0].indicators[1].options[0].points',
  ],
  [
    'a cap over the maximum',
    put('tiers.1.groups.1.indicators.1', 'cap', 6),
    'points tiers[1].groups[1].indicators[1].cap',
  ],
  [
    'hand-given points over the maximum',
    put('tiers.1.groups.2.indicators.0', 'range', [0, 16]),
    'points tiers[1].groups[2].indicators[0].range[1]',
  ],
  ['indicators over their group', put('tiers.0.groups.1', 'max', 29), 'points tiers[0].groups[1].max'],
  [
    'a range nothing fits',
    put('tiers.0.groups.0.indicators.1.options.1.when', 'lt', 0.03),
    'range tiers[0].groups[0].indicators[1].options[1].when',
  ],
  ['an end before the beginning', put('effective', 'to', '2021-12-31'), 'range effective.to'],
];

describe('a faulty standard is refused at the place of its fault and the others load', () => {
  test.each(BROKEN)('%s', (_, change, expected) => {
    const result = spoil('cn-miit-2022-63.json', change);
    expect(result.found).toEqual([`cn-miit-2022-63.json ${expected}`]);
    expect([...result.standards.keys()]).toEqual(['cn-miit-2026-2', 'cn-most-2017-115']);
    expect(result.selection && result.size && result.facts).toBeDefined();
  });

  test('a rung of the selection is told too', () => {
    const result = spoil('cn-miit-2022-63.json', put('tiers.1', 'rung', 4));
    expect(result.found).toContain('cn-miit-2022-63.json shape tiers[1].rung');
    expect(result.standards.has('cn-miit-2022-63')).toBe(false);
  });
});

describe('other packs', () => {
  test('a reference to a tier that no pack has', () => {
    const result = spoil('cn-miit-2026-2.json', put('tiers.0.pass.any.0.external', 'tier', 'tech_giant'));
    expect(result.found).toEqual(['cn-miit-2026-2.json external tiers[0].pass.any[0].external']);
    expect([...result.standards.keys()]).toEqual(['cn-miit-2022-63', 'cn-most-2017-115']);
  });

  test('an exclusion with an unknown field', () => {
    const result = spoil(
      'cn-miit-2026-2.json',
      put('tiers.2.rounds.0.exclusions.1.when', 'field', 'controls'),
    );
    expect(result.found).toEqual(['cn-miit-2026-2.json field tiers[2].rounds[0].exclusions[1].when.field']);
  });

  test('a selection row that points to nothing, to another rung, or ends before it begins', () => {
    const result = spoil('selection.json', (pack) => {
      put('rows.2.use.0', 'tier', 'srdi2')(pack);
      put('rows.4.use.0', 'tier', 'srdi')(pack);
      put('rows.5', 'to', '2020-01-01')(pack);
    });
    expect(result.found).toEqual([
      'selection.json external rows[2].use[0]',
      'selection.json range rows[4].use[0]',
      'selection.json range rows[5].to',
    ]);
    expect(result.selection).toBeUndefined();
    expect(result.standards.size).toBe(3);
  });

  test('size classes: bounds that rise, a code claimed twice', () => {
    const result = spoil('cn-miit-2011-300.json', (pack) => {
      put('industries.1.metrics', 'staff', [300, 1000, 20])(pack);
      (at(pack, 'industries.4').codes as unknown as string[]).push('51');
    });
    expect(result.found).toEqual([
      'cn-miit-2011-300.json range industries[1].metrics.staff',
      'cn-miit-2011-300.json duplicate industries[4].codes[1]',
    ]);
    expect(result.size).toBeUndefined();
  });

  test('a digital questionnaire whose points do not add up, a level that begins before the last one ends', () => {
    const questionnaire = spoil('cn-miit-2024-56-digital.json', (pack) => {
      put('parts.0.sections.1.questions.0', 'max', 9)(pack);
      put('parts.2.sections.0.questions.0.options.2', 'points', 8)(pack);
    });
    expect(questionnaire.found).toEqual([
      'cn-miit-2024-56-digital.json points parts[0].sections[1].questions[0].max',
      'cn-miit-2024-56-digital.json points parts[0].sections[1].max',
      'cn-miit-2024-56-digital.json points parts[2].sections[0].questions[0].max',
    ]);
    const levels = spoil('cn-miit-2022-32-digital.json', put('levels.2', 'from', 59));
    expect(levels.found[0]).toBe('cn-miit-2022-32-digital.json range levels[2].from');
    expect(levels.digital).toEqual([]);
  });

  test('facts: an id twice, a yearly fact without its stored id; the standards load without the catalogue', () => {
    const result = spoil('facts.json', (pack) => {
      const facts = at(pack, 'facts') as unknown as { id: string; origin: string; stored?: string }[];
      facts[1]!.id = facts[0]!.id;
      delete facts.find((f) => f.id === 'debt_ratio_y1')!.stored;
    });
    expect(result.found).toEqual([
      'facts.json duplicate facts[1].id',
      expect.stringMatching(/^facts\.json placement facts\[\d+\]\.stored$/),
    ]);
    expect(result.facts).toBeUndefined();
    expect(result.standards.size).toBe(3);
  });

  test('a field taken out of the catalogue is missed wherever a rule reads it', () => {
    const result = spoil('facts.json', (pack) => {
      pack.facts = (at(pack, 'facts') as unknown as { id: string }[]).filter(
        (f) => f.id !== 'ip1_count',
      ) as never;
    });
    expect(result.found).toEqual([
      'cn-miit-2022-63.json field tiers[0].groups[0].indicators[0].options[2].when.field',
      'cn-miit-2022-63.json field tiers[1].groups[3].indicators[0].options[2].when.field',
      'cn-miit-2022-63.json field tiers[2].refs["L-4-general"].all[2].all[0].field',
      'cn-most-2017-115.json field tiers[0].groups[2].indicators[0].options[0].when.field',
    ]);
    expect([...result.standards.keys()]).toEqual(['cn-miit-2026-2']);
  });
});

describe('files', () => {
  test('half a file is refused; what refers to it still loads', () => {
    const file = join(folder, 'cn-most-2017-115.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 5000));
    const { faults, standards, selection } = loadStandards(folder);
    expect(faults.map((f) => `${f.file} ${f.code} ${f.path}`)).toEqual(['cn-most-2017-115.json json ']);
    expect([...standards.keys()]).toEqual(['cn-miit-2022-63', 'cn-miit-2026-2']);
    expect(selection).toBeDefined();
  });

  test('bytes that are no UTF-8 are refused', () => {
    writeFileSync(join(folder, 'z.json'), Buffer.from([0x7b, 0x22, 0xb9, 0xa4, 0x22, 0x3a, 0x31, 0x7d]));
    expect(loadStandards(folder).faults.map((f) => `${f.file} ${f.code}`)).toEqual(['z.json json']);
  });

  test('the same standard twice: the first by name stays', () => {
    cpSync(join(folder, 'cn-miit-2026-2.json'), join(folder, 'z-copy.json'));
    const { faults, standards } = loadStandards(folder);
    expect(faults.map((f) => `${f.file} ${f.code} ${f.path}`)).toEqual(['z-copy.json duplicate id']);
    expect(standards.get('cn-miit-2026-2')?.file).toBe('cn-miit-2026-2.json');
  });

  test('a second catalogue and a pack of no known kind are refused', () => {
    cpSync(join(folder, 'facts.json'), join(folder, 'z-facts.json'));
    writeFileSync(join(folder, 'y.json'), '{"schema":"cultivar-standard/2"}');
    const { faults, facts } = loadStandards(folder);
    expect(faults.map((f) => `${f.file} ${f.code} ${f.path}`)).toEqual([
      'z-facts.json duplicate schema',
      'y.json shape schema',
    ]);
    expect(facts).toBeDefined();
  });

  test('one changed byte changes the hash, of that standard only', () => {
    const before = loadStandards(folder);
    const file = join(folder, 'cn-miit-2026-2.json');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    const after = loadStandards(folder);
    const same = (id: string) => before.standards.get(id)?.hash === after.standards.get(id)?.hash;
    expect([same('cn-miit-2026-2'), same('cn-miit-2022-63')]).toEqual([false, true]);
  });

  test('an empty folder has nothing and no fault; a missing one throws', () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    expect(loadStandards(empty)).toMatchObject({ faults: [], selection: undefined, facts: undefined });
    expect(() => loadStandards(join(folder, 'nowhere'))).toThrow(/ENOENT/);
  });
});

test('the checks alone, without files', () => {
  const pack = standard('cn-miit-2026-2');
  const fields = new Set(loadStandards(packFolder).facts?.facts.map((f) => f.id));
  expect(checkStandard(pack, fields)).toEqual([]);
  expect(checkStandard(pack, new Set()).length).toBeGreaterThan(25);
  expect(checkExternals(pack, () => true)).toEqual([]);
  expect(checkExternals(pack, () => false).map((f) => f.path)).toEqual([
    'tiers[0].pass.any[0].external',
    'tiers[0].pass.any[1].external',
  ]);
});
