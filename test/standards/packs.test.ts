import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadStandards } from '../../electron/standards/loader.ts';
import type { Condition, Item } from '../../electron/standards/schema.ts';
import { loaded, packFolder } from './folder.ts';
import { researchFields } from './research-fields.ts';
import { comparisons } from './write-rule.ts';

const packs = readdirSync(packFolder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, text: readFileSync(join(packFolder, name), 'utf8') }));
const standards = [...loaded.standards.values()].map((l) => l.standard);
const facts = new Map(loaded.facts?.facts.map((fact) => [fact.id, fact]));
const tiers = standards.flatMap((s) => s.tiers.map((t) => ({ name: `${s.id}/${t.id}`, ...t })));
const items: Item[] = [
  ...standards.flatMap((s) => s.base),
  ...tiers.flatMap((t) => [...t.gates, ...t.direct, ...t.rounds.flatMap((r) => r.exclusions)]),
];
const indicators = tiers.flatMap((t) => t.groups.flatMap((g) => g.indicators));
const conditions: { where: string; condition: Condition }[] = [
  ...items.map((i) => ({ where: i.id, condition: i.when })),
  ...tiers.flatMap((t) => [
    { where: `${t.name} pass`, condition: t.pass },
    ...Object.entries(t.refs).map(([where, condition]) => ({ where, condition })),
  ]),
  ...indicators.flatMap((i) => {
    const options =
      i.mode === 'best_of' ? i.variants.flatMap((v) => v.options) : 'options' in i ? i.options : [];
    return options.map((o) => ({ where: `${i.id} ${o.key}`, condition: o.when }));
  }),
];

test('every pack that ships is sound', () => {
  expect(loaded.faults).toEqual([]);
  expect([...loaded.standards.keys()].sort()).toEqual([
    'cn-miit-2022-63',
    'cn-miit-2026-2',
    'cn-most-2017-115',
  ]);
  expect(loaded.selection?.rows.length).toBeGreaterThan(0);
  expect(loaded.size?.industries.length).toBe(16);
  expect(loaded.digital.map((d) => d.id)).toEqual(['cn-miit-2022-32-digital', 'cn-miit-2024-56-digital']);
});

test('the hash is the SHA-256 of the file and the same on every load', () => {
  const again = loadStandards(packFolder);
  for (const [id, { hash, file, text }] of loaded.standards) {
    const bytes = readFileSync(join(packFolder, file));
    expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(Buffer.from(text, 'utf8').equals(bytes)).toBe(true);
    expect(again.standards.get(id)?.hash).toBe(hash);
  }
});

describe('texts', () => {
  test.each(packs)('$name: wherever there is Chinese there is English', ({ text }) => {
    let pairs = 0;
    const walk = (value: unknown, path: string): void => {
      if (Array.isArray(value)) value.forEach((v, i) => void walk(v, `${path}[${i}]`));
      else if (typeof value === 'object' && value !== null) {
        if ('zh' in value || 'en' in value) {
          const { zh, en } = value as { zh: unknown; en: unknown };
          expect([typeof zh, typeof en], path).toEqual(['string', 'string']);
          expect(zh, path).toMatch(/[\p{Script=Han}%\d]/u);
          expect((en as string).replace(/“[^”]*”|工\S+/gu, ''), path).not.toMatch(
            /\p{Script=Han}(?<![万元])/u,
          );
          pairs += 1;
        }
        for (const [key, v] of Object.entries(value)) walk(v, `${path}.${key}`);
      }
    };
    walk(JSON.parse(text), '');
    expect(pairs).toBeGreaterThan(5);
  });

  test('titles are short and clauses name their document', () => {
    for (const item of [...items, ...indicators]) {
      expect(item.title.zh.length, item.id).toBeLessThanOrEqual(24);
      expect(item.clause.zh, item.id).toMatch(/〔20\d\d〕\d+号 /);
      expect(item.clause.en, item.id).toMatch(/\[20\d\d\] No\. \d+, /);
    }
  });

  test('an item seen only second-hand or from memory says so in a note', () => {
    for (const item of [...items, ...indicators]) {
      if (item.source.grade === 'gov' || item.source.grade === 'reprint') continue;
      expect(item.source.note, item.id).toBeDefined();
    }
    expect(items.find((i) => i.id === 'L-5')?.source.grade).toBe('memory');
    expect(items.find((i) => i.id === 'S26-1')?.source.grade).toBe('secondary');
    expect(items.find((i) => i.id === 'L26-1')?.source.grade).toBe('reprint');
    expect(items.find((i) => i.id === 'S-G1')?.source.grade).toBe('gov');
    expect(indicators.find((i) => i.id === 'S12')?.source.grade).toBe('secondary');
  });
});

describe('facts', () => {
  test('every field of the research list is declared', () => {
    expect(researchFields.length).toBe(89);
    expect(researchFields.filter((id) => !facts.has(id))).toEqual([]);
  });

  test('every question that is asked has its text, help and evidence', () => {
    for (const fact of facts.values()) {
      if (fact.origin !== 'answer' && fact.origin !== 'profile') continue;
      expect(fact.question?.zh, fact.id).toMatch(/？$/);
      expect(fact.question?.en, fact.id).toMatch(/\?$/);
      expect(fact.help, fact.id).toBeDefined();
      expect(fact.evidence, fact.id).toBeDefined();
    }
  });

  test('a ratio kept as such goes with the year it belongs to', () => {
    const yearly = [...facts.values()].filter((f) => f.origin === 'yearly');
    expect(Object.fromEntries(yearly.map((f) => [f.id, `${f.stored} ${f.offset}`]))).toEqual({
      main_ratio_y1: 'main_ratio 0',
      main_rev_growth_y1: 'main_rev_growth 0',
      main_rev_growth_y2: 'main_rev_growth -1',
      main_rev_growth_avg2: 'main_rev_growth_avg2 0',
      revenue_cagr2: 'revenue_cagr2 0',
      rd_ratio_y1: 'rd_ratio 0',
      rd_ratio_y2: 'rd_ratio -1',
      debt_ratio_y1: 'debt_ratio 0',
      net_margin_y1: 'net_margin 0',
      rd_staff_ratio_y1: 'rd_staff_ratio 0',
      tech_staff_ratio_y1: 'tech_staff_ratio 0',
      eval_score_y0: 'eval_score 1',
      eval_score_y1: 'eval_score 0',
    });
  });

  test('rules compare each fact in the way of its type', () => {
    for (const { where, condition } of conditions) {
      for (const c of comparisons(condition)) {
        const fact = facts.get(c.field);
        if (fact?.type === 'bool') expect(typeof c.eq, `${where} ${c.field}`).toBe('boolean');
        else if (fact?.type === 'enum')
          expect(
            fact.options?.map((o) => o.value),
            where,
          ).toContain(c.eq);
        else expect(c.eq, `${where} ${c.field}`).toBeUndefined();
        if (fact?.type === 'ratio' && c.gte !== undefined) expect(c.gte, where).toBeLessThanOrEqual(1);
        if (fact?.type === 'rank') expect(c.gte, `${where}: rank 0 means none`).toBe(1);
      }
    }
  });
});

describe('scored tables', () => {
  test('each adds up to one hundred', () => {
    const scored = tiers.filter((t) => t.groups.length > 0);
    expect(scored.map((t) => t.name).sort()).toEqual([
      'cn-miit-2022-63/innovative',
      'cn-miit-2022-63/srdi',
      'cn-most-2017-115/tech_sme',
    ]);
    for (const tier of scored) {
      expect(
        tier.groups.reduce((sum, g) => sum + g.max, 0),
        tier.name,
      ).toBe(100);
      for (const group of tier.groups) {
        expect(
          group.indicators.reduce((sum, i) => sum + i.max, 0),
          group.id,
        ).toBe(group.max);
      }
    }
  });

  test('the best answer to an indicator earns its maximum', () => {
    for (const i of indicators) {
      const tables =
        i.mode === 'first_match' ? [i.options] : i.mode === 'best_of' ? i.variants.map((v) => v.options) : [];
      for (const table of tables) expect(Math.max(...table.map((o) => o.points)), i.id).toBe(i.max);
    }
  });
});

test('size classes: bounds of three industries and the industry of a code', () => {
  const of = (code: string) => loaded.size?.industries.find((i) => i.codes.includes(code));
  expect(of('35')?.metrics).toEqual({ staff: [1000, 300, 20], revenueWan: [40000, 2000, 300] });
  expect(of('65')?.metrics).toEqual({ staff: [300, 100, 10], revenueWan: [10000, 1000, 50] });
  expect(of('72')?.metrics).toEqual({ staff: [300, 100, 10], assetsWan: [120000, 8000, 100] });
  expect(['06', '12', '13', '43', '44', '46'].map((code) => of(code)?.id)).toEqual([2, 2, 2, 2, 2, 2]);
  expect(
    ['47', '51', '52', '54', '58', '59', '60', '61', '62', '63', '64'].map((code) => of(code)?.id),
  ).toEqual([3, 4, 5, 6, 6, 7, 8, 9, 10, 11, 11]);
  expect(['701', '702', '71', '73', '85', '90'].map((code) => of(code)?.id)).toEqual([
    13, 14, 15, 16, 16, 16,
  ]);
  for (const left of ['53', '66', '69', '83', '84']) expect(of(left), left).toBeUndefined();
});
