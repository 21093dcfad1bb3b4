import { describe, expect, test } from 'vitest';
import { lifeCycle } from '../../electron/diagnosis/life-cycle.ts';
import { decodeValue } from '../../electron/diagnosis/values.ts';
import { asOf, diagnosisOf } from './explaining.ts';
import { model } from './firm.ts';
import type { FlatRecord } from './naive-rubric.ts';

function stage(facts: Record<string, number | string>) {
  return lifeCycle(new Map(Object.entries(facts).map(([f, v]) => [f, decodeValue(String(v))])), 2025);
}
const flows = (o: number, i: number, f: number) => ({
  cash_operating_y1_wan: o,
  cash_investing_y1_wan: i,
  cash_financing_y1_wan: f,
});

describe('life cycle', () => {
  test.each([
    [-1, -1, 1, 'startup'],
    [1, -1, 1, 'growth'],
    [1, 1, -1, 'maturity'],
    [1, -1, -1, 'maturity'],
    [-1, 1, 1, 'renewal'],
    [-1, 1, -1, 'renewal'],
  ] as const)('cash flows %i %i %i: %s', (o, i, f, expected) => {
    const result = stage({ ...flows(o, i, f), firm_age_years: 1 });
    expect([result.stage, result.method]).toEqual([expected, 'cash_flow']);
    expect(result.reason.zh).toContain('2025年现金流');
  });
  test.each([
    [1, 1, 1],
    [-1, -1, -1],
  ])('the pattern %i %i %i has no agreed stage: age and growth are used', (o, i, f) => {
    const result = stage({ ...flows(o, i, f), firm_age_years: 5 });
    expect([result.stage, result.method]).toEqual(['growth', 'age_and_growth']);
    expect(result.reason.zh).toContain('没有通行的对应阶段');
    expect(result.reason.en).toContain('no agreed stage');
  });
  test('a flow of zero does not count as money coming in', () => {
    expect(stage(flows(0, -5, 10)).stage).toBe('startup');
    expect(stage(flows(10, -5, 0)).stage).toBe('maturity');
  });
  test.each([
    ['2.99', undefined, 'startup'],
    ['3', undefined, 'growth'],
    ['9.99', undefined, 'growth'],
    ['10', undefined, 'maturity'],
    ['20', 'sqrt:1.21', 'growth'],
    ['20', 'sqrt:1.2099', 'maturity'],
    ['20', 'sqrt:0.9', 'renewal'],
    ['20', 'sqrt:1', 'maturity'],
  ])('at %s years with growth %s: %s', (age, growth, expected) => {
    const result = stage({ firm_age_years: age, ...(growth ? { revenue_cagr2: growth } : {}) });
    expect([result.stage, result.method]).toEqual([expected, 'age_and_growth']);
    expect(result.reason.zh).toContain('非官方方法');
  });
  test('with nothing known there is no stage', () => {
    expect(stage({ ...flows(1, 1, 1) }).stage).toBe(null);
    expect(stage({})).toMatchObject({ stage: null, method: 'none' });
  });
});

describe('the ladder in a sentence', () => {
  const none: FlatRecord = {
    title_tech_innovative_valid: false,
    title_srdi_valid: false,
    title_little_giant_valid: false,
  };
  const says = (changes: FlatRecord) => diagnosisOf({ ...model, ...none, ...changes }).ladder;

  test('nothing on record, and nothing held for certain, are told apart', () => {
    expect(says({})).toMatchObject({ current: 0, currentKnown: true, next: 1 });
    expect(says({}).says.zh).toMatch(/^尚未获得任何一级称号，第一步是.*：已知条件全部满足。$/);
    const unknown = says({ title_srdi_valid: null });
    expect(unknown).toMatchObject({ current: 0, currentKnown: false, next: 1 });
    expect(unknown.says.zh).toMatch(/^库中没有称号记录/);
  });
  test('a title held leads to the next, the top to its review', () => {
    const second = says({ title_tech_innovative_valid: true });
    expect(second).toMatchObject({ current: 1, currentKnown: true, next: 2 });
    expect(second.says.zh).toContain('没有不符合的项，尚有 1 项待核实');
    const third = says({ title_tech_innovative_valid: true, title_srdi_valid: true, revenue_y1_wan: 4999 });
    expect(third).toMatchObject({ current: 2, next: 3 });
    expect(third.says.zh).toContain('有 1 项不符合');
    const top = says({ title_little_giant_valid: true });
    expect(top).toMatchObject({ current: 3, next: null });
    expect(top.says.zh).toContain('准备复核');
  });
  test('where only the score fails, it is counted as what is not met', () => {
    const poor = says({
      ...Object.fromEntries(
        Object.keys(model)
          .filter((f) => /ratio|growth|ip|equity/.test(f))
          .map((f) => [f, 0]),
      ),
      in_abnormal_list: false,
      tech_sme_compliance_ok: true,
      debt_ratio_y1: 0.9,
      ip1_applied_with_benefit: false,
      participated_in_standard: false,
      rd_expense_y1_wan: 0,
    });
    expect(poor.says.zh).toContain('有 1 项不符合');
    expect(poor.says.en).toContain('1 not met');
    const open = says({
      main_ratio_y1: null,
      main_rev_growth_y1: null,
      is_sme: true,
      tech_sme_compliance_ok: false,
    });
    expect(open.says.zh).toMatch(/尚有 1 项待核实/);
  });
  test('the round’s exclusions count for a new application of 2026 only', () => {
    const record = { ...model, is_single_champion: true };
    const rung = (review: number[], applicationDate: string) =>
      diagnosisOf(record, review, { ...asOf, applicationDate }).rungs[2]!;
    const excluded = (r: ReturnType<typeof rung>) =>
      r.routes[0]!.items.filter((i) => i.kind === 'exclusion').map((i) => [i.id, i.verdict]);
    expect(excluded(rung([], '2026-06-01'))).toEqual([
      ['round-2026-champion', 'unmet'],
      ['round-2026-control', 'unknown'],
      ['round-2026-group', 'unknown'],
    ]);
    expect(rung([], '2026-06-01').reach).toBe('impossible');
    expect(excluded(rung([], '2027-01-01'))).toEqual([]);
    expect(excluded(rung([3], '2027-01-01'))).toEqual([]);
    expect(rung([3], '2026-06-01').routes[0]?.standard).toBe('cn-miit-2022-63');
    expect(rung([3], '2027-01-01').routes[0]?.standard).toBe('cn-miit-2026-2');
  });
});
