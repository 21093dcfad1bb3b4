import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { primitives } from '../../electron/diagnosis/derive.ts';
import { createPlanContent, suggestItems } from '../../electron/plan/choose.ts';
import { ownerOf } from '../../electron/plan/fact-owners.ts';
import { aimOf, gapsOf } from '../../electron/plan/gaps.ts';
import type { Measure } from '../../electron/plan/measure-schema.ts';
import { planContentShape } from '../../electron/plan/shapes.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import factOwners from '../../resources/reference/fact-owners.json' with { type: 'json' };
import {
  champion,
  diagnosisOf,
  firm,
  hostile,
  measures,
  resources,
  sample,
  settings,
  struggling,
  today,
} from './plan-fixture.ts';

function plan(file = struggling(), use: readonly Measure[] = measures, review: number[] = []) {
  const diagnosis = diagnosisOf(file, review);
  const input = { diagnosis, file, settings, measures: use, today };
  return { diagnosis, input, content: createPlanContent(input) };
}

const samples = [
  'changjin-guangzi',
  'dongwei-bandao',
  'haimo-keji',
  'hongying-zhineng',
  'liyuan-xinxi',
  'weichuang-guangdian',
  'xingtu-xinke',
  'zhonghaida',
];
const firms = [
  struggling(),
  champion(),
  champion(true),
  hostile(),
  firm({ name: '空' }),
  ...samples.map(sample),
];

describe.each(firms.map((f) => [f.enterprise.name.slice(0, 20), f] as const))('the plan of %s', (_, file) => {
  const { diagnosis, content } = plan(file);
  const gaps = gapsOf(aimOf(diagnosis)!.route);

  test('fits the contract and is complete in both languages', () => {
    planContentShape.parse(content);
    for (const item of content.items) {
      for (const text of [item.title, item.reason, ...item.steps, ...item.evidence]) {
        expect(text.zh.trim() && text.en.trim(), item.id).not.toBe('');
        expect(text.zh + text.en).not.toMatch(/undefined|\[object|\{\{(?!mustache)/);
      }
    }
  });

  test('answers every unmet, unknown and manual item, no measure twice, at most two a gap', () => {
    const served = new Set(content.items.flatMap((i) => i.serves));
    for (const judged of [...gaps.unmet, ...gaps.unknown, ...gaps.manual])
      expect(served).toContain(judged.id);
    const used = content.items.flatMap((i) => i.measureId ?? []);
    expect(new Set(used).size).toBe(used.length);
    expect(new Set(content.items.map((i) => i.id)).size).toBe(content.items.length);
    for (const judged of gaps.unmet) {
      const count = content.items.filter((i) => i.measureId && i.serves.includes(judged.id)).length;
      expect(count, judged.id).toBeLessThanOrEqual(2);
    }
  });

  test('is the same each time', () => {
    expect(plan(file).content).toEqual(content);
  });
});

test("reasons and metrics name the firm's own numbers", () => {
  const { content } = plan();
  const rd = content.items.find((i) => i.serves.includes('S26-3'));
  expect(rd?.reason.zh).toContain('86.4 万元');
  expect(rd?.metric?.from.zh).toBe('86.4 万元');
  expect(rd?.metric?.to.zh).toBe('≥ 100 万元');
  const share = content.items.find((i) => i.serves.includes('S26-2b'));
  expect(share?.metric).toMatchObject({ from: { zh: '76.69%' }, to: { zh: '≥ 80%', en: '≥ 80%' } });
  const debt = content.items.find((i) => i.serves.includes('S26-2c'));
  expect(debt?.metric).toMatchObject({ from: { zh: '85%' }, to: { zh: '≤ 80%' } });
});

test('the summary says where the firm stands, what is next and what is missing', () => {
  const { content } = plan();
  expect(content.summary.zh).toContain('武汉光谷微纳传感技术有限公司已持有');
  expect(content.summary.zh).toContain('下一步目标是专精特新中小企业');
  expect(content.summary.zh).toMatch(/4项不符合/);
  expect(content.summary.en).toContain('MIIT SME [2026] No. 2');
  expect(content.summary.en).not.toMatch(/undefined/);
});

test("a gap in last year's figure of a two-year condition moves the application two years on", () => {
  // R&D 2025 is short; 2025 is still looked at by the application of 2027, so 2028 is the first that can succeed.
  expect(plan().content.targetYear).toBe(2028);
  expect(plan(champion()).content.targetYear).toBe(2027);
});

describe('which measure', () => {
  const base = measures.find((m) => m.serves.includes('S26-3') && !m.context)!;
  const made = (id: string, context: Measure['context']): Measure => ({
    ...base,
    id,
    serves: ['S26-3'],
    moves: [{ field: 'rd_expense_y1_wan', how: base.title }],
    context,
  });
  const used = (use: Measure[]) =>
    plan(struggling(), use).content.items.flatMap((i) =>
      i.serves.includes('S26-3') ? (i.measureId ?? []) : [],
    );

  test('one made for this kind of firm comes before a general one', () => {
    expect(used([made('general', undefined), made('electronics', { industries: ['electronics'] })])[0]).toBe(
      'electronics',
    );
  });

  test('one made for another kind of firm is not used', () => {
    expect(used([made('software', { industries: ['software'] })])).toEqual([]);
    expect(used([made('general', undefined), made('large', { sizes: ['large'] })])).toEqual(['general']);
  });

  test('one for a kind is not given to a firm whose kind is unknown', () => {
    const file = struggling();
    file.enterprise.industryDivision = null;
    const content = plan(file, [made('electronics', { industries: ['electronics'] })]).content;
    expect(content.items.some((i) => i.measureId)).toBe(false);
  });

  describe('by its cause', () => {
    const signed = (id: string, more: Partial<Measure>): Measure => ({ ...made(id, undefined), ...more });
    const cause = { zh: '某种情况', en: 'a certain state' };

    test('what needs none comes before a guess, what the numbers show before both', () => {
      const guess = signed('a-guess', { cause, months: 1 });
      const general = signed('general', { cause: undefined });
      const seen = signed('seen', { cause, shown: [{ field: 'rd_ratio_y1', lt: 0.08 }] });
      expect(used([guess, general])[0]).toBe('general');
      expect(used([guess, general, seen])[0]).toBe('seen');
      const { items } = plan(struggling(), [guess, general, seen]).content;
      expect(items.find((i) => i.measureId === 'seen')?.reason.zh).toContain('数据显示：某种情况');
      const only = plan(struggling(), [guess]).content.items.find((i) => i.measureId === 'a-guess');
      expect(only?.reason.zh).toContain('适用前提：某种情况');
    });

    test('what the numbers contradict is not proposed; what nobody knows rules nothing out', () => {
      // R&D of 2025 is 86.4 of 1,180: 7.3 %.
      expect(used([signed('absent', { needs: [{ field: 'rd_ratio_y1', lt: 0.07 }] })])).toEqual([]);
      expect(used([signed('there', { needs: [{ field: 'rd_ratio_y1', gte: 0.07 }] })])).toEqual(['there']);
      expect(used([signed('unknown', { needs: [{ field: 'ip2_count', gte: 3 }] })])).toEqual(['unknown']);
      expect(
        used([signed('more', { needs: [{ field: 'ip1_count', moreThan: 'ip1_original_top3_count' }] })]),
      ).toEqual([]);
    });
  });

  test('one measure for two gaps stands once and serves both', () => {
    const both = { ...made('both', undefined), serves: ['S26-3', 'S26-2c'] };
    const items = plan(struggling(), [both]).content.items.filter((i) => i.measureId === 'both');
    expect(items).toHaveLength(1);
    // What lifts the condition lifts the points of the lens for the same number too.
    expect([...items[0]!.serves].sort()).toEqual(['S11', 'S26-2c', 'S26-3']);
  });

  test('without any measure every gap still gets its own line with the clause', () => {
    const { content } = plan(struggling(), []);
    const gap = content.items.find((i) => i.id === 'gap-S26-3');
    expect(gap?.steps[0]?.zh).toContain('工信部企业〔2026〕2号');
    expect(gap?.metric?.to.zh).toBe('≥ 100 万元');
    expect(content.items.find((i) => i.id === 'judge-S26-5')?.title.zh).toContain('准备由人判断的材料');
  });
});

describe('nothing is invented', () => {
  test('a firm that meets everything is told to file, and nothing else', () => {
    const { content } = plan(champion());
    expect(content.items.map((i) => i.id)).toEqual(['file-3']);
    expect(content.summary.zh).toContain('各项条件均已符合');
    expect(content.items[0]?.reason.zh).toContain('2026年为4月25日至5月25日');
  });

  test('a firm that holds the top gets a plan for keeping it', () => {
    const { content, diagnosis } = plan(champion(true));
    expect(diagnosis.ladder.next).toBeNull();
    expect(content.items.map((i) => i.id)).toEqual(['keep-3']);
    expect(content.title.zh).toContain('复核');
    expect(content.items[0]?.reason.zh).toContain('2028年2月29日');
  });

  test('a firm nobody knows anything about is asked, not judged', () => {
    const { content } = plan(firm({ name: '武汉空白科技有限公司' }));
    expect(content.items.every((i) => i.measureId === null)).toBe(true);
    expect(content.items.filter((i) => i.id.startsWith('find-')).length).toBeGreaterThan(1);
    expect(content.summary.zh).toContain('没有发现不符合的条件');
    expect(content.items.every((i) => i.metric === null)).toBe(true);
  });
});

describe('who finds out', () => {
  const { standards, facts } = loadStandards(join(resources, 'standards'));
  const packs = [...standards.values()];
  const catalogue = facts!.facts.map(({ id }) => id);

  test('every fact of the catalogue, and of every pack with its parts, has one owner', () => {
    const used = packs.flatMap(({ standard }) =>
      [...JSON.stringify(standard).matchAll(/"(?:field|judgement)":"([^"]+)"/g)].map(([, field]) => field!),
    );
    const asked = new Set([...catalogue, ...used, ...used.flatMap(primitives)]);
    expect(asked.size).toBeGreaterThanOrEqual(104);
    expect([...asked].filter((fact) => !ownerOf(fact))).toEqual([]);
    const listed = Object.values(factOwners.owners).flat();
    expect(listed.filter((fact, at) => listed.indexOf(fact) !== at || !catalogue.includes(fact))).toEqual([]);
  });

  test('one list a person: figures from finance, rights from R&D, titles from the office, never of another', () => {
    const { input, diagnosis } = plan(firm({ name: '武汉空白科技有限公司' }));
    const content = createPlanContent({ ...input, targetRung: 3 });
    const finds = content.items.filter((i) => i.why === 'find');
    const roles = finds.map((i) => i.ownerRole);
    expect(new Set(roles).size).toBe(roles.length);
    expect(roles).toEqual(expect.arrayContaining(['finance', 'rd', 'sales', 'office']));
    let asked = 0;
    for (const item of finds) {
      const names = item.steps.flatMap(({ zh }) => /需弄清：(.*?)(?:；佐证|$)/.exec(zh)![1]!.split('、'));
      for (const { id } of facts!.facts.filter(({ label }) => names.includes(label.zh))) {
        expect(ownerOf(id), id).toBe(item.ownerRole);
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(15);
    const unknown = gapsOf(aimOf(diagnosis, content.targetRung!)!.route).unknown;
    const served = new Set(finds.flatMap((i) => i.serves));
    expect(unknown.filter((i) => !served.has(i.id)).map((i) => i.id)).toEqual([]);
  });
});

test('no two measures of a plan are for the same number from the same side, and a short board is no second one', () => {
  for (const file of firms) {
    const { content } = plan(file);
    const boards = content.items.filter((i) => i.why === 'board');
    for (const board of boards) {
      const mine = measures.find(({ id }) => id === board.measureId)!;
      const others = content.items.filter((i) => i.measureId && i.why !== 'board' && i.why !== 'find');
      const clash = others.filter((i) => i.serves.some((id) => board.serves.includes(id)));
      expect(
        clash.map((i) => i.id),
        `${file.enterprise.name} ${mine.id}`,
      ).toEqual([]);
    }
  }
});

test('a target rung can be asked for', () => {
  const { input } = plan();
  const content = createPlanContent({ ...input, targetRung: 3 });
  expect(content.targetRung).toBe(3);
  expect(content.items.some((i) => i.serves.includes('L26-3'))).toBe(true);
});

test('suggestions are more measures for the same gaps, none of them in the plan', () => {
  const { input, content } = plan();
  const more = suggestItems({ ...input, content });
  const used = new Set(content.items.map((i) => i.measureId));
  expect(more.length).toBeGreaterThan(0);
  expect(more.length).toBeLessThanOrEqual(20);
  expect(more.filter((i) => i.measureId === null || used.has(i.measureId))).toEqual([]);
});
