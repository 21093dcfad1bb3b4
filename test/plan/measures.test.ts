import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadMeasures, loadPolicies, matchPolicies } from '../../electron/plan/measures.ts';
import { policyLinks, policyUses } from '../../electron/plan/policy-links.ts';
import type { PlanContent } from '../../electron/plan/shapes.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { champion, diagnosisOf, firm, policies, resources, struggling } from './plan-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-packs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pack = JSON.parse(readFileSync(join(resources, 'measures', 'overall.json'), 'utf8'));

describe('loading', () => {
  test('the shipped measures and policies load without a fault', () => {
    expect(loadMeasures(resources).faults).toEqual([]);
    expect(loadPolicies(resources).faults).toEqual([]);
    expect(loadMeasures(resources).measures.length).toBeGreaterThan(30);
  });

  test('every gate, condition and indicator has measures of its own, and no two say the same', () => {
    const { measures } = loadMeasures(resources);
    expect(measures.length).toBeGreaterThanOrEqual(120);
    for (const say of [
      (m: (typeof measures)[number]) => [m.title.zh, m.title.en],
      (m: (typeof measures)[number]) => m.steps.map(({ zh }) => zh),
    ]) {
      const said = measures.flatMap(say);
      expect(said.filter((text, at) => said.indexOf(text) !== at)).toEqual([]);
    }
    const served = new Set(measures.flatMap(({ serves }) => serves));
    const asked = [...loadStandards(join(resources, 'standards')).standards.values()].flatMap(
      ({ standard }) => [
        ...standard.base,
        ...standard.tiers.flatMap(({ gates, direct, groups }) => [
          ...gates,
          ...direct,
          ...groups.flatMap(({ indicators }) => indicators),
        ]),
      ],
    );
    expect(asked.length).toBeGreaterThan(80);
    expect(asked.filter(({ id }) => !served.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test("a consultancy's own pack adds measures and replaces ours by id", () => {
    const first = pack.measures[0];
    const own = [
      { ...first, title: { zh: '自有做法', en: 'Our own way' } },
      { ...first, id: 'own-new', title: { zh: '新做法', en: 'A new way' } },
    ];
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...pack, measures: own }));
    const { measures, faults } = loadMeasures(resources, folder);
    expect(faults).toEqual([]);
    expect(measures.filter((m) => m.id === first.id).map((m) => m.title.zh)).toEqual(['自有做法']);
    expect(measures.some((m) => m.id === 'own-new')).toBe(true);
  });

  test('a faulty entry is named with its place and the others are used', () => {
    const [good, bad] = pack.measures;
    const broken = { ...bad, months: 0 };
    writeFileSync(
      join(folder, 'a.json'),
      JSON.stringify({ ...pack, measures: [{ ...good, id: 'own-good' }, broken] }),
    );
    writeFileSync(join(folder, 'b.json'), '{ not json');
    writeFileSync(join(folder, 'c.json'), JSON.stringify({ schema: 'something-else', measures: [] }));
    const { measures, faults } = loadMeasures(resources, folder);
    expect(faults.map((f) => [f.file.slice(-6), f.path])).toEqual([
      ['a.json', 'measures.1.months'],
      ['b.json', ''],
      ['c.json', 'schema'],
    ]);
    expect(measures.some((m) => m.id === 'own-good')).toBe(true);
  });

  test('the same id twice in one place is a fault', () => {
    const measure = { ...pack.measures[0], id: 'own-twice' };
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ ...pack, measures: [measure, measure] }));
    expect(loadMeasures(resources, folder).faults.map((f) => f.path)).toEqual(['measures.1.id']);
  });

  test('an empty place has no measures and no faults', () => {
    mkdirSync(join(folder, 'measures'));
    expect(loadMeasures(folder)).toEqual({ measures: [], faults: [], packs: [] });
    expect(loadPolicies(folder)).toEqual({ policies: [], ours: [], faults: [], packs: [] });
  });
});

describe('policies', () => {
  const ids = (list: { id: string }[]) => list.map((p) => p.id);

  test('local policies go to local firms only', () => {
    const wuhan = matchPolicies(policies, diagnosisOf(struggling()), struggling());
    const lanzhou = firm({ name: '兰州某公司', province: '甘肃省', city: '兰州市', district: '城关区' });
    expect(ids(wuhan)).toContain('wuhan-srdi-action-plan');
    expect(
      ids(matchPolicies(policies, diagnosisOf(lanzhou), lanzhou)).filter((id) => /^(wuhan|hubei)/.test(id)),
    ).toEqual([]);
    expect(ids(wuhan)).not.toContain('wuhan-jiangxia-2023');
  });

  test('measures name policies there are, and every policy is named by one or says why not', () => {
    const { measures } = loadMeasures(resources);
    const known = new Map(policies.map((p) => [p.id, p]));
    const named = new Set(measures.flatMap((m) => m.policies ?? []));
    expect([...named].filter((id) => !known.has(id))).toEqual([]);
    expect(ids([...known.values()].filter((p) => named.has(p.id) === (p.general !== undefined)))).toEqual([]);
    expect(measures.filter((m) => m.policies).length).toBeGreaterThan(90);
    for (const m of measures) expect(new Set(m.policies).size, m.id).toBe(m.policies?.length ?? 0);
  });

  test("what the plan's measures name comes first; what is for one field only is shown with such a measure", () => {
    const diagnosis = diagnosisOf(champion());
    const links = policyLinks(loadMeasures(resources).measures);
    const items = ['inn-software-invention', 'inn-rd-auxiliary-ledger', null].map((measureId) => ({
      id: `m-${measureId}`,
      measureId,
    }));
    const uses = policyUses({ items } as unknown as PlanContent, links);
    expect([...uses].map(([id, used]) => [id, used.map((i) => i.id)]).sort()).toEqual([
      ['cn-ai-sme-startup-plan', ['m-inn-software-invention']],
      ['cn-rd-super-deduction', ['m-inn-rd-auxiliary-ledger']],
    ]);
    const matched = ids(matchPolicies(policies, diagnosis, champion(), uses));
    expect(matched.slice(0, 2).sort()).toEqual(['cn-ai-sme-startup-plan', 'cn-rd-super-deduction']);
    expect(ids(matchPolicies(policies, diagnosis, champion()))).not.toContain('cn-ai-sme-startup-plan');
  });

  test('policies for other rungs and other times are left out, confirmed ones come first', () => {
    const diagnosis = diagnosisOf(struggling());
    const matched = matchPolicies(policies, diagnosis, struggling());
    expect(ids(matched)).not.toContain('cn-key-little-giant');
    expect(ids(matchPolicies(policies, diagnosisOf(champion()), champion()))).toContain(
      'cn-key-little-giant',
    );
    const confirmed = matched.map((p) => p.confirmed);
    expect(confirmed).toEqual([...confirmed].sort((a, b) => Number(b) - Number(a)));
    const past = { ...policies[0]!, id: 'past', rungs: [], to: '2020-12-31' };
    expect(matchPolicies([past], diagnosis)).toEqual([]);
  });
});
