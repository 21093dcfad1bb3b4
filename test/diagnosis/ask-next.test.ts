import { describe, expect, test } from 'vitest';
import { askNext } from '../../electron/diagnosis/ask-next.ts';
import { derive } from '../../electron/diagnosis/derive.ts';
import { decodeValue, type Value } from '../../electron/diagnosis/values.ts';
import { sheetOf } from './explaining.ts';
import { compiled, model, ruleset } from './firm.ts';
import { everyTier, type FlatRecord } from './naive-rubric.ts';

function valuesOf(record: FlatRecord): Map<string, Value> {
  const given = new Map(Object.entries(sheetOf(record)).map(([f, e]) => [f, decodeValue(e.value)] as const));
  return derive(given).values;
}
function ask(standard: string, tier: string, changes: FlatRecord): string[] {
  const record = { ...model, judge_s26_5: true, judge_l_2a: true, ...changes };
  return askNext(compiled(standard, tier), valuesOf(record), ruleset.facts, '2025-06-01').map((q) => q.field);
}
const no2 = ['cn-miit-2026-2', 'srdi'] as const;
const no63 = ['cn-miit-2022-63', 'srdi'] as const;

describe('the order of questions', () => {
  test('a fact that can end the matter comes before one that cannot', () => {
    // The digital level moves two points of a score that passes anyway; the years decide a gate.
    expect(ask(...no63, { digital_level: null, years_in_niche: null })).toEqual([
      'years_in_niche',
      'digital_level',
    ]);
    // One gate against three indicators at once.
    const answers = ask(...no63, {
      ip1_high_value_count: null,
      ip1_count: null,
      ip2_count: null,
      net_margin_y1: null,
      is_sme: null,
    });
    expect(answers[0]).toBe('is_sme');
  });
  test('what can no longer change anything is not asked', () => {
    expect(ask(...no2, { sci_award_provincial_plus_3y_rank: null })).toEqual([]);
    expect(ask(...no2, { equity_new_2y_wan: null, debt_ratio_y1: null, assets_y1_wan: 100 })).toEqual([
      'liabilities_y1_wan',
    ]);
    expect(ask(...no2, {})).toEqual([]);
  });
  test('a rank that alone can open the way is asked for', () => {
    expect(ask(...no2, { ip1_original_top3_count: 0, sci_award_provincial_plus_3y_rank: null })).toEqual([
      'sci_award_provincial_plus_3y_rank',
    ]);
  });
  test('a judgement is asked for like a fact', () => {
    expect(ask(...no2, { judge_s26_5: null })).toEqual(['judge_s26_5']);
  });
  test('computed facts are asked by their missing part', () => {
    expect(ask(...no2, { main_ratio_y1: null })).toEqual(['main_rev_y1_wan']);
    expect(ask(...no2, { rd_ratio_y2: null })).toEqual(['revenue_y2_wan']);
    expect(
      ask('cn-miit-2022-63', 'little_giant', {
        main_rev_growth_avg2: null,
        main_rev_y1_wan: 9,
        main_rev_y3_wan: 8,
        main_rev_growth_y1: null,
      }),
    ).toEqual(['main_rev_y2_wan']);
    // With both parts missing, one of them is asked first; it decides a gate, so it comes before the digital level.
    const both = ask(...no63, { debt_ratio_y1: null, assets_y1_wan: null, digital_level: null });
    expect(both.toSorted()).toEqual(['digital_level', 'liabilities_y1_wan']);
  });
  test('the run’s own switches are never asked', () => {
    expect(ask(...no2, { is_review: null, eval_score_y0: null, eval_score_best2: null })).not.toContain(
      'is_review',
    );
  });
});

test.each(everyTier.filter((t) => t.tier !== 'tech_innovative'))(
  'asking and answering what comes first leads to a verdict: $standard $tier',
  ({ standard, tier }) => {
    const answers: FlatRecord = {
      ...model,
      judge_s26_5: true,
      judge_l_2a: true,
      main_rev_y1_wan: 11_000,
      main_rev_y2_wan: 9_000,
      main_rev_y3_wan: 8_000,
      revenue_y2_wan: 10_000,
      revenue_y3_wan: 9_000,
      liabilities_y1_wan: 5_000,
      net_profit_y1_wan: 1_500,
      rd_staff_y1: 60,
      tech_staff_y1: 70,
      total_cost_y1_wan: 10_000,
      equity_new_y1_wan: 0,
      equity_new_y2_wan: 0,
      equity_new_y3_wan: 0,
      eval_score_y1: 70,
    };
    const known: FlatRecord = { is_review: false, growth_waived_for_review: false };
    const rule = compiled(standard, tier);
    let asked = 0;
    for (;;) {
      const values = valuesOf(known);
      const [first] = askNext(rule, values, ruleset.facts, '2025-06-01');
      if (rule.run(values, '2025-06-01').verdict === 'met') break;
      if (!first) throw new Error('open, and nothing left to ask');
      expect(known).not.toHaveProperty(first.field);
      known[first.field] = answers[first.field]!;
      expect(known[first.field], first.field).toBeDefined();
      asked++;
    }
    expect(asked).toBeLessThanOrEqual(rule.fields.size + 6);
  },
);
