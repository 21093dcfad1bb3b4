import { describe, expect, test } from 'vitest';
import { judgeTier } from '../../electron/diagnosis/judge-tier.ts';
import type { Judged } from '../../electron/diagnosis/shapes.ts';
import { decodeValue } from '../../electron/diagnosis/values.ts';
import type { Condition } from '../../electron/standards/schema.ts';
import { comparisons } from '../standards/write-rule.ts';
import { explaining, sheetOf } from './explaining.ts';
import { compiled, model, ruleset } from './firm.ts';
import { everyTier, type FlatRecord } from './naive-rubric.ts';

const no63 = 'cn-miit-2022-63';
const no2 = 'cn-miit-2026-2';

function routeOf(standard: string, tier: string, record: FlatRecord) {
  const given = new Map(Object.entries(sheetOf(record)).map(([f, e]) => [f, decodeValue(e.value)] as const));
  return judgeTier(explaining(compiled(standard, tier), given), 'hash');
}
function item(standard: string, tier: string, id: string, record: FlatRecord): Judged {
  const found = routeOf(standard, tier, record).items.find((i) => i.id === id);
  if (!found) throw new Error(`no item ${id}`);
  return found;
}
const srdi = (id: string, changes: FlatRecord) => item(no2, 'srdi', id, { ...bare, ...changes });
const bare: FlatRecord = { ...model };
for (const field of ['rd_ratio_y1', 'rd_ratio_y2', 'debt_ratio_y1', 'main_ratio_y1', 'revenue_cagr2'])
  delete bare[field];

describe('the formula tells the numbers, their years and the line', () => {
  test('a share with both its parts', () => {
    const { formula, verdict } = srdi('S26-2b', { revenue_y1_wan: 19_813.64, main_rev_y1_wan: 19_000 });
    expect(verdict).toBe('met');
    expect(formula.zh).toBe(
      '主营业务收入（2025年） 19,000 万元 ÷ 营业收入（2025年） 19,813.64 万元 = 95.89% ≥ 80%',
    );
    expect(formula.en).toBe(
      'Main-business revenue (2025) RMB 190m ÷ Operating revenue (2025) RMB 198.1364m = 95.89% ≥ 80%',
    );
  });
  test('growth with its two ends, last year’s score where it is the proof', () => {
    const growth = item(no2, 'little_giant', 'L26-2c', {
      ...bare,
      revenue_y1_wan: 11_025,
      revenue_y3_wan: 10_000,
    });
    expect(growth.formula.zh).toContain('5%（10,000 万元 → 11,025 万元） ≥ 5%');
    const score = srdi('S26-6', {
      is_review: true,
      eval_score_y0: null,
      eval_score_best2: null,
      eval_score_y1: 55,
    });
    expect(score.verdict).toBe('met');
    expect(score.formula.zh).toContain('发展评价得分（2025年） 55 分 ≥ 50 分');
  });
  test('an unknown is called unknown and named as missing by its parts', () => {
    const debt = srdi('S26-2c', { assets_y1_wan: 5000 });
    expect(debt.verdict).toBe('unknown');
    expect(debt.formula.zh).toContain('未知（要求 ≤ 80%）');
    expect(debt.missing).toEqual(['liabilities_y1_wan']);
    expect([debt.gap, debt.closeness]).toEqual([null, null]);
  });
  test('a waived item says why it is not examined', () => {
    const ip = srdi('S26-4', { ip1_original_top3_count: 0, has_provincial_plus_rd_institution: true });
    expect(ip.verdict).toBe('not_applicable');
    expect(ip.formula.zh).toMatch(/^不考察此项：/);
    expect(ip.formula.en).toMatch(/^not examined: /);
  });
});

describe('a value never looks as if it were on the other side of its line', () => {
  const ratio = (rd: number, revenue = 1000) =>
    srdi('S26-3', {
      revenue_y1_wan: revenue,
      rd_expense_y1_wan: rd,
      revenue_y2_wan: 1000,
      rd_expense_y2_wan: 100,
    }).formula.zh;
  test('2.9996 % and 3.0004 % keep the digits that tell', () => {
    expect(ratio(29.996)).toContain('= 2.9996%（要求 ≥ 3%）');
    expect(ratio(30.004)).toContain('= 3.0004% ≥ 3%');
    expect(ratio(30)).toContain('= 3% ≥ 3%');
    expect(ratio(31.239)).toContain('= 3.12% ≥ 3%');
  });
  test('not even by one yuan in the largest firm', () => {
    expect(ratio(27_000_000, 900_000_000.0001)).toMatch(/= 2\.9999999999\d*%（要求 ≥ 3%）/);
  });
  test('money and years as well', () => {
    expect(srdi('S26-2a', { revenue_y1_wan: 1499.9999 }).formula.zh).toContain(
      '1,499.9999 万元（要求 ≥ 1,500 万元）',
    );
    expect(srdi('S26-1', { years_in_niche: 2.999 }).formula.zh).toContain('2.999 年（要求 ≥ 3 年）');
  });
});

describe('every gate with one comparison, on its line, just below and just above', () => {
  const single = everyTier.flatMap(({ standard, tier }) =>
    compiled(standard, tier).tier.gates.flatMap((gate) =>
      comparisons(gate.when as Condition).flatMap((c) => {
        const bound = c.gte ?? c.lte;
        return bound === undefined || c.waiver || 'any' in gate.when
          ? []
          : [{ standard, tier, id: gate.id, c, bound }];
      }),
    ),
  );
  const digits = (value: number, field: string) => {
    const ratio = ['ratio', 'growth'].includes(ruleset.facts.get(field)?.type ?? '');
    const shown = Number((ratio ? value * 100 : value).toFixed(6));
    return `${shown.toLocaleString('en-US', { maximumFractionDigits: 6 })}${ratio ? '%' : ' '}`;
  };
  test.each(single)('$standard $tier $id: $c.field', ({ standard, tier, id, c, bound }) => {
    const type = ruleset.facts.get(c.field)?.type;
    const unit = type === 'money' ? 0.0001 : type === 'ratio' || type === 'growth' ? 1e-6 : 1;
    const record: FlatRecord = { ...model };
    if (/ratio|margin|rd_expense/.test(c.field)) delete record.revenue_y1_wan;
    if (c.field.includes('sum2')) delete record.rd_expense_y2_wan;
    for (const value of [bound - unit, bound, bound + unit]) {
      const passes = c.gte !== undefined ? value >= bound : value <= bound;
      const judged = item(standard, tier, id, { ...record, [c.field]: Number(value.toFixed(6)) });
      if (passes) expect(judged.verdict).not.toBe('unmet');
      else expect(judged.verdict).toBe('unmet');
      expect(judged.formula.zh).toContain(digits(value, c.field));
      const short = judged.shortfalls.find((s) => s.field === c.field);
      expect(short === undefined).toBe(passes);
      if (short) {
        const scale = short.unit === 'percent_point' ? 100 : 1;
        expect(Number(short.amount)).toBeCloseTo(unit * scale, 9);
        expect(judged.gap?.zh).toContain(short.says.zh);
      }
    }
    const open = item(standard, tier, id, { ...record, [c.field]: null });
    expect(['unknown', 'unmet']).toContain(open.verdict);
    expect(open.missing.length > 0 || open.verdict === 'unmet').toBe(true);
  });
});

describe('the gap names what to do and how much', () => {
  const closed = { revenue_y2_wan: 1000, rd_expense_y2_wan: 100 };
  test('R&D at 2.28 % of 120 million must rise by 86.4万 to reach 3 %', () => {
    const { gap, shortfalls } = srdi('S26-3', {
      ...closed,
      revenue_y1_wan: 12_000,
      rd_expense_y1_wan: 273.6,
    });
    expect(gap?.zh).toBe(
      '研发费用占比（2025年）还差 0.72 个百分点：其他不变时，研发费用（2025年）需增加 86.4 万元',
    );
    expect(gap?.en).toBe(
      'R&D ratio (2025) is 0.72 pp short: all else equal, R&D expense (2025) must rise by RMB 0.864m',
    );
    expect(shortfalls).toMatchObject([
      { field: 'rd_ratio_y1', amount: '0.72', unit: 'percent_point', direction: 'raise' },
    ]);
  });
  test('a missing fraction of a yuan is rounded up, never away', () => {
    const { gap, shortfalls } = srdi('S26-3', {
      ...closed,
      revenue_y1_wan: 10_000.01,
      rd_expense_y1_wan: 300,
    });
    expect(gap?.zh).toContain('还差 0.01 个百分点');
    expect(gap?.zh).toContain('需增加 0.01 万元');
    expect(shortfalls[0]?.amount).toBe('3/1000001');
  });
  test('several parts of an AND are all named', () => {
    const { gap, shortfalls } = srdi('S26-3', { ...closed, revenue_y1_wan: 5000, rd_expense_y1_wan: 60 });
    expect(shortfalls.map((s) => s.field)).toEqual(['rd_expense_y1_wan', 'rd_ratio_y1']);
    expect(gap?.zh).toContain('还差 40 万元');
    expect(gap?.zh).toContain('需增加 90 万元');
  });
  test('debt must fall, and by how much', () => {
    const { gap } = srdi('S26-2c', { assets_y1_wan: 10_000, liabilities_y1_wan: 9_000 });
    expect(gap?.zh).toBe(
      '资产负债率（2025年）须降低 10 个百分点：其他不变时，负债总额（2025年）需减少 1,000 万元',
    );
    expect(gap?.en).toContain('Total liabilities (2025) must fall by RMB 10m');
  });
  test('of an OR the nearest branch', () => {
    const near = srdi('S26-2a', { revenue_y1_wan: 1200, equity_new_2y_wan: 500 });
    expect(near.gap?.zh).toBe('营业收入（2025年）还差 300 万元');
    expect(near.closeness).toBeCloseTo(0.8, 9);
    const other = srdi('S26-2a', { revenue_y1_wan: 300, equity_new_2y_wan: 1900 });
    expect(other.gap?.zh).toMatch(/股权融资.*还差 100 万元/);
    expect(other.closeness).toBeCloseTo(0.95, 9);
  });
  test('growth, years, yes-or-no, a forbidden thing, a rank that is none', () => {
    const growth = item(no2, 'little_giant', 'L26-2c', {
      ...bare,
      revenue_y1_wan: 10_000,
      revenue_y3_wan: 10_000,
    });
    expect(growth.gap?.zh).toContain('还差 5 个百分点');
    expect(growth.gap?.zh).toContain('需增加 1,025 万元');
    expect(srdi('S26-1', { years_in_niche: 2 + 2 / 3 }).gap?.zh).toContain('还差 0.34 年');
    expect(srdi('S26-1', { title_tech_innovative_valid: false }).gap?.zh).toMatch(/^需具备：/);
    expect(item(no2, 'srdi', 'base-2026-abnormal', { ...model, in_abnormal_list: true }).gap?.zh).toMatch(
      /^须消除：/,
    );
    const rank = item(no63, 'little_giant', 'L-D1', { ...model, sci_award_national_3y_rank: 0 });
    expect(rank.gap?.zh).toContain('尚无，需达到 ≤ 第 3 名');
  });
  test('a rank that is too low says by how many places', () => {
    const rank = item(no63, 'little_giant', 'L-D1', { ...model, sci_award_national_3y_rank: 5 });
    expect(rank.shortfalls).toMatchObject([{ amount: '2', direction: 'lower', unit: 'rank' }]);
  });
  test('indicators tell the points still missing', () => {
    const s12 = item(no63, 'srdi', 'S12', { ...model, rd_staff_ratio_y1: 0.15 });
    expect([s12.points, s12.gap?.zh]).toEqual([{ min: 3, max: 3, cap: 5 }, '还差 2 分']);
    const open = item(no63, 'srdi', 'S12', { ...model, rd_staff_ratio_y1: null });
    expect([open.verdict, open.points]).toEqual(['unknown', { min: 0, max: 5, cap: 5 }]);
  });
});

test('a person’s judgement settles the item that asks for it', () => {
  expect(srdi('S26-5', {}).verdict).toBe('manual');
  expect(srdi('S26-5', { judge_s26_5: true }).verdict).toBe('met');
  expect(srdi('S26-5', { judge_s26_5: false }).verdict).toBe('unmet');
  expect(routeOf(no2, 'srdi', { ...model, judge_s26_5: true }).reach).toBe('sure');
  expect(routeOf(no2, 'srdi', model).reach).toBe('possible');
});
