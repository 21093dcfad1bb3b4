import { describe, expect, test } from 'vitest';
import { derivations, derive, partNeeded, primitives } from '../../electron/diagnosis/derive.ts';
import { exactText, parseExact } from '../../electron/diagnosis/exact.ts';
import { decodeValue, encodeValue } from '../../electron/diagnosis/values.ts';
import { diagnosisOf } from './explaining.ts';
import { check, model, ruleset } from './firm.ts';

function derived(facts: Record<string, string>) {
  const given = new Map(Object.entries(facts).map(([f, v]) => [f, decodeValue(v)] as const));
  const { values, computed, contradictions } = derive(given, new Map(Object.entries(facts)));
  return {
    values: Object.fromEntries([...values].map(([f, v]) => [f, encodeValue(v)])),
    computed: [...computed].sort(),
    contradictions: contradictions.map((c) => c.field),
  };
}

describe('computed facts', () => {
  test('each follows from its parts', () => {
    const { values } = derived({
      revenue_y1_wan: '11025',
      revenue_y2_wan: '10500',
      revenue_y3_wan: '10000',
      main_rev_y1_wan: '8820',
      main_rev_y2_wan: '8400',
      main_rev_y3_wan: '8000',
      rd_expense_y1_wan: '441',
      rd_expense_y2_wan: '420',
      liabilities_y1_wan: '300',
      assets_y1_wan: '900',
      net_profit_y1_wan: '-110.25',
      rd_staff_y1: '30',
      tech_staff_y1: '45',
      staff_total_y1: '150',
      sales_y1_wan: '11025',
      total_cost_y1_wan: '9000',
      equity_new_y1_wan: '1',
      equity_new_y2_wan: '2',
      equity_new_y3_wan: '4',
      eval_score_y0: '49',
      eval_score_y1: '55',
    });
    expect(values).toMatchObject({
      main_ratio_y1: '0.8',
      rd_ratio_y1: '0.04',
      rd_ratio_y2: '0.04',
      debt_ratio_y1: '1/3',
      net_margin_y1: '-0.01',
      rd_staff_ratio_y1: '0.2',
      tech_staff_ratio_y1: '0.3',
      rd_to_sales_y1: '0.04',
      rd_to_cost_y1: '0.049',
      main_rev_growth_y1: '0.05',
      main_rev_growth_y2: '0.05',
      main_rev_growth_avg2: '0.05',
      revenue_cagr2: 'sqrt:1.1025',
      rd_expense_sum2_wan: '861',
      rd_expense_avg2_wan: '430.5',
      equity_new_2y_wan: '3',
      equity_new_3y_wan: '7',
      eval_score_best2: '55',
    });
  });
  test('what lacks a part, or divides by nothing, stays unknown or as given', () => {
    expect(derived({ revenue_y1_wan: '0', rd_expense_y1_wan: '3' }).computed).toEqual([]);
    expect(derived({ revenue_y1_wan: '-5', rd_expense_y1_wan: '3' }).computed).toEqual([]);
    expect(derived({ rd_expense_y1_wan: '3', rd_ratio_y1: '0.04' }).values.rd_ratio_y1).toBe('0.04');
    expect(derived({ equity_new_y1_wan: '3' }).computed).toEqual([]);
  });
  test('every field of a derivation is a fact of the catalogue or a part of one', () => {
    for (const d of derivations) {
      expect(ruleset.facts.has(d.field), d.field).toBe(true);
      for (const part of d.parts) expect(ruleset.facts.has(part), part).toBe(true);
    }
    expect(new Set(primitives('main_rev_growth_avg2'))).toEqual(
      new Set(['main_rev_y1_wan', 'main_rev_y2_wan', 'main_rev_y3_wan']),
    );
    expect(primitives('years_in_niche')).toEqual(['years_in_niche']);
  });
});

describe('a stated value next to its parts', () => {
  const parts = { rd_expense_y1_wan: '2834.28', revenue_y1_wan: '19813.64' };
  test('the parts win', () => {
    const { values, computed } = derived({ ...parts, rd_ratio_y1: '0.5' });
    expect(values.rd_ratio_y1).toBe('70857/495341');
    expect(computed).toEqual(['rd_ratio_y1']);
  });
  test.each([
    ['0.143', false],
    ['0.1430', false],
    ['0.1431', false],
    ['0.14305', false],
    ['0.1432', true],
    ['0.14', false],
    ['0.15', false],
    ['0.16', true],
    ['0.1', false],
    ['0.5', true],
    ['1', false],
  ])('stated as %s: contradicted %s', (stated, contradicted) => {
    // 0.143046…: a rounded value is right to one unit of its last digit.
    expect(derived({ ...parts, rd_ratio_y1: stated }).contradictions).toEqual(
      contradicted ? ['rd_ratio_y1'] : [],
    );
  });
  test('the command prints it, the diagnosis keeps both and says so in two languages', () => {
    const record = { ...model, revenue_y1_wan: 1000, rd_expense_y1_wan: 20, rd_ratio_y1: 0.35 };
    expect(check(record, 'cn-miit-2022-63', 'srdi').conflicts).toContainEqual({
      field: 'rd_ratio_y1',
      given: '0.35',
      computed: '0.02',
    });
    expect(check(record, 'cn-miit-2022-63', 'srdi').gates['S-G2']).toBe('unmet');
    const [conflict] = diagnosisOf(record).conflicts.filter((c) => c.field === 'rd_ratio_y1');
    expect([conflict?.given.value, conflict?.computed.value]).toEqual(['0.35', '0.02']);
    expect(conflict?.says.zh).toMatch(/填写为 35%，但由其组成数据算得 2%/);
    expect(conflict?.says.en).toMatch(/given as 35% but its parts make 2%/);
  });
  test('a stated growth rate is held against the exact root', () => {
    const ends = { revenue_y1_wan: '50248.24', revenue_y3_wan: '24938.77' };
    expect(derived({ ...ends, revenue_cagr2: '0.4195' }).contradictions).toEqual([]);
    expect(derived({ ...ends, revenue_cagr2: '0.4215' }).contradictions).toEqual(['revenue_cagr2']);
  });
});

test('what a part must become for the line, the other standing still', () => {
  const values = new Map(
    Object.entries({
      revenue_y1_wan: '12000',
      revenue_y3_wan: '10000',
      main_rev_y2_wan: '50',
      assets_y1_wan: '7',
    }).map(([f, v]) => [f, decodeValue(v)] as const),
  );
  const needed = (field: string, line: string) => {
    const found = partNeeded(field, parseExact(line), values);
    return found && [found.field, exactText(found.needed)];
  };
  expect(needed('rd_ratio_y1', '0.03')).toEqual(['rd_expense_y1_wan', '360']);
  expect(needed('revenue_cagr2', '0.05')).toEqual(['revenue_y1_wan', '11025']);
  expect(needed('main_rev_growth_y1', '0.1')).toEqual(['main_rev_y1_wan', '55']);
  expect(needed('debt_ratio_y1', '0.5')).toEqual(['liabilities_y1_wan', '3.5']);
  expect(needed('rd_ratio_y2', '0.03')).toBeUndefined();
  expect(needed('years_in_niche', '3')).toBeUndefined();
});
