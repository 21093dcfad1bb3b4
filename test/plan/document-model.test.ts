import { describe, expect, test } from 'vitest';
import { stringsIn } from '../../electron/plan/clean-text.ts';
import { documentModel } from '../../electron/plan/document-model.ts';
import { champion, documentOf, firm, hostile, nasty, policies, sample, struggling } from './plan-fixture.ts';

const firms = [
  ['struggling', struggling()],
  ['champion', champion()],
  ['holder', champion(true)],
  ['empty', firm({ name: '武汉空白科技有限公司' })],
  ['hostile', hostile()],
  ['sample', sample('dongwei-bandao')],
] as const;

describe.each(firms)('%s', (name, file) => {
  test.each(['zh', 'en'] as const)('has every text in %s and nothing unprintable', (locale) => {
    const model = documentModel(documentOf(file, locale));
    for (const text of stringsIn(model)) {
      if (name !== 'hostile') expect(text).not.toMatch(/\{\{\w+\}\}|undefined|\[object|NaN/);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e]/);
      expect(text.isWellFormed()).toBe(true);
    }
    expect(documentModel(documentOf(file, locale))).toEqual(model);
  });
});

test('the tier aimed at counts by the route of the plan on its card, as in the numbers below', () => {
  const route = { standard: 'cn-most-2017-115', tier: 'tech_sme', date: '2027-06-01' };
  const planning = { on: '2026-11-26', basis: 'route' as const, route, says: { zh: '', en: '' } };
  const input = documentOf(sample('haimo-keji'), 'en', { content: { planning, targetRung: 1 } });
  const { ladder, counts } = documentModel(input).essentials;
  const said = counts.filter(({ number }) => number !== '0').map(({ number, word }) => `${number} ${word}`);
  expect(ladder.find(({ aim }) => aim)?.counts).toBe(said.join(' \u00b7 '));
});

test('the English document says nothing of its own in Chinese', () => {
  const file = struggling();
  const model = documentModel(
    documentOf(file, 'en', { settings: { consultant: 'Li Ming', organisation: 'Centre' } }),
  );
  const own = [
    model.essentials.ladder,
    model.verdicts,
    model.measures,
    model.timeline,
    model.unknown,
    model.materials,
  ];
  const texts = stringsIn(own).filter((t) => !t.includes(file.enterprise.name));
  expect(texts.filter((t) => /[\u4e00-\u9fff]/.test(t))).toEqual([]);
});

test('figures are formatted for reading, in the unit of the language', () => {
  const row = (locale: 'zh' | 'en') =>
    documentModel(documentOf(champion(), locale)).portrait.figures.rows[0]!.cells;
  expect(row('zh')).toEqual(['9,000.00', '10,500.00', '12,000.00']);
  expect(row('en')).toEqual(['90.00', '105.00', '120.00']);
});

test('unknown figures are a dash, never a zero', () => {
  const file = struggling();
  file.figures = [{ year: 2025, values: { revenue: null, rdExpense: 0 }, backing: {} }];
  const { rows } = documentModel(documentOf(file, 'zh')).portrait.figures;
  expect(rows.map((r) => r.cells)).toEqual([['—', '—', '0.00']]);
});

test('every verdict row carries its clause, numbers and grade', () => {
  const { rungs } = documentModel(documentOf(struggling(), 'zh')).verdicts;
  expect(rungs[0]?.title).toContain('专精特新中小企业');
  for (const row of rungs.flatMap((r) => r.rows)) {
    expect(row.clause).toMatch(/号/);
    expect(row.numbers).not.toBe('');
    expect(row.grade).not.toBe('');
    expect(row.verdict.word).not.toBe('');
  }
  const debt = rungs[0]?.rows.find((r) => r.title.includes('资产负债率'));
  expect(debt).toMatchObject({ verdict: { key: 'unmet' } });
  expect(debt?.gap).toContain('5 个百分点');
});

test('every dated item of the plan is a bar inside the timeline', () => {
  const input = documentOf(struggling(), 'zh');
  const { rows, ticks } = documentModel(input).timeline;
  expect(rows).toHaveLength(input.plan.content.items.length);
  for (const row of rows) {
    expect(row.from).toBeGreaterThanOrEqual(0);
    expect(row.span).toBeGreaterThan(0);
    expect(row.from + row.span).toBeLessThanOrEqual(1.000001);
  }
  expect(ticks.every((t) => t.at < 1)).toBe(true);
});

test('dates the wrong way round and dates long apart still make a timeline', () => {
  const input = documentOf(struggling(), 'zh');
  Object.assign(input.plan.content.items[0]!, { start: '2030-01', due: '2026-01' });
  Object.assign(input.plan.content.items[1]!, { start: '1999', due: null });
  const { rows, ticks } = documentModel(input).timeline;
  expect(ticks.length).toBeLessThan(40);
  for (const row of rows) expect(row.from + row.span).toBeLessThanOrEqual(1.000001);
});

test('an unconfirmed policy prints no amount, whatever its pack says', () => {
  const input = documentOf(struggling(), 'zh');
  const rumour = {
    ...policies[0]!,
    confirmed: false,
    content: { zh: '据说一次性奖励50万元。', en: 'Said to pay CNY 0.5m once.' },
  };
  for (const locale of ['zh', 'en'] as const) {
    const { rows } = documentModel({ ...input, locale, policies: [rumour] }).policies;
    expect(rows[0]?.content).not.toMatch(/50|0\.5/);
    expect(rows[0]?.confirmed).toBe(false);
  }
});

test('a policy says which measures it supports, and the measure names the policy', () => {
  const model = documentModel(documentOf(struggling(), 'zh'));
  const used = model.policies.rows.filter((row) => row.uses.startsWith('用于措施'));
  expect(used.length).toBeGreaterThan(2);
  // Those of use come before the others.
  expect(model.policies.rows.slice(0, used.length)).toEqual(used);
  for (const row of used) {
    for (const number of row.uses.match(/\d+/g)!) {
      const card = model.measures.groups.flatMap((g) => g.cards).find((c) => String(c.number) === number);
      const named = card?.lists.find(({ label }) => label === '可用政策')?.texts ?? [];
      expect(
        named.some((text) => text.startsWith(row.title)),
        `${number} ${row.title}`,
      ).toBe(true);
    }
  }
  const deduction = model.policies.rows.find((row) => row.title.includes('加计扣除'));
  expect(deduction?.uses).toMatch(/用于措施/);
});

test('the sample notice is on every page, others have none', () => {
  expect(documentModel(documentOf(sample('haimo-keji'), 'en')).running.notice).toContain('This sample');
  expect(documentModel(documentOf(struggling(), 'en')).running.notice).toBeNull();
});

test('the date of the paper is that of the plan, in China', () => {
  const input = documentOf(struggling(), 'zh');
  input.plan.updatedAt = '2026-12-31T17:00:00.000Z';
  expect(documentModel(input).meta.date).toEqual({ year: 2027, month: 1, day: 1 });
});

test('hostile text is kept word for word where it can be printed', () => {
  const texts = stringsIn(documentModel(documentOf(hostile(), 'zh')));
  expect(texts.some((t) => t.includes('#panic("x") $x^2$ *b* _i_ `raw` <label>'))).toBe(true);
  expect(nasty).toContain('#panic');
});

test('a paper is asked for once: not among the materials where the papers of the application name it', () => {
  for (const file of [struggling(), champion(true), sample('hongying-zhineng')]) {
    const { checklist, materials } = documentModel(documentOf(file, 'zh'));
    const listed = new Set(checklist.rows.map((row) => row.text));
    expect(listed.size).toBeGreaterThan(0);
    expect(materials.rows.filter((row) => listed.has(row.text))).toEqual([]);
  }
});

test('of a long address paper shows the site and the last part', () => {
  const source = `https://example.org/${'folder/'.repeat(12)}prospectus.txt`;
  const file = { ...struggling(), remarks: [{ zh: '说明', en: 'Note', source }] };
  const text = JSON.stringify(documentModel(documentOf(file, 'zh')).portrait.remarks);
  expect(text.replaceAll('\u200b', '')).toContain('(example.org/\u2026/prospectus.txt)');
});
