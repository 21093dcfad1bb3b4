import { describe, expect, test } from 'vitest';
import { rules } from './as-text.ts';
import { standard, tier } from './folder.ts';
import { writeRule } from './write-rule.ts';

/** Every number below was typed from the research tables, not taken from the packs. */
describe('工信部企业〔2026〕2号', () => {
  test('base gate, Article 11', () => {
    expect(rules(standard('cn-miit-2026-2').base)).toEqual({
      'base-2026-established': 'established_in_prc = true',
      'base-2026-sme': 'is_sme = true',
      'base-2026-abnormal': 'in_abnormal_list = false',
      'base-2026-dishonest': 'in_serious_dishonest_list = false',
      'base-2026-prohibited': 'product_prohibited_or_eliminated = false',
      'base-2026-incident': 'major_incident_3y_2026def = false',
    });
  });

  test('tier 2, Annex 1: six conditions', () => {
    const srdi = tier('cn-miit-2026-2', 'srdi');
    expect(writeRule(srdi.pass)).toBe('(all gates)');
    expect(srdi.rung).toBe(2);
    expect(srdi.direct).toEqual([]);
    expect(srdi.groups).toEqual([]);
    expect(rules(srdi.gates)).toEqual({
      'S26-1': '(title_tech_innovative_valid = true AND years_in_niche >= 3)',
      'S26-2a': '(revenue_y1_wan >= 1500 OR equity_new_2y_wan >= 2000)',
      'S26-2b': 'main_ratio_y1 >= 0.8',
      'S26-2c': 'debt_ratio_y1 <= 0.8',
      'S26-3':
        '(rd_expense_y1_wan >= 100 AND rd_expense_y2_wan >= 100 AND rd_ratio_y1 >= 0.03 AND rd_ratio_y2 >= 0.03)',
      'S26-4':
        '((ip1_original_top3_count >= 1 AND ip1_applied_with_benefit = true) OR waived by sci_award_provincial_plus_3y_rank >= 1 <= 3 OR waived by has_provincial_plus_rd_institution = true)',
      'S26-5': 'judgement judge_s26_5',
      'S26-6': '(eval_score_y0 >= 50 OR (is_review = true AND eval_score_best2 >= 50))',
    });
  });

  test('tier 3, Annex 2: seven conditions', () => {
    const giant = tier('cn-miit-2026-2', 'little_giant');
    expect(writeRule(giant.pass)).toBe('(all gates)');
    expect(giant.rung).toBe(3);
    expect(rules(giant.gates)).toEqual({
      'L26-1': '(title_srdi_valid = true AND years_in_niche >= 3)',
      'L26-2a': 'revenue_y1_wan >= 5000',
      'L26-2b': 'main_ratio_y1 >= 0.9',
      'L26-2c': '(revenue_cagr2 >= 0.05 OR waived by is_review = true)',
      'L26-2d': 'debt_ratio_y1 <= 0.75',
      'L26-3': '(rd_expense_sum2_wan >= 1200 AND rd_ratio_y1 >= 0.03 AND rd_ratio_y2 >= 0.03)',
      'L26-4':
        '((ip1_original_top3_count >= 4 AND ip1_applied_with_benefit = true) OR waived by sci_award_national_3y_rank >= 1 <= 3)',
      'L26-5':
        '(market_share_domestic >= 0.1 OR market_share_international >= 0.1 OR market_rank_domestic >= 1 <= 3)',
      'L26-6':
        '((product_in_six_bases = true OR product_upgrades_traditional = true OR product_in_emerging = true OR product_in_future = true) AND at_key_chain_link = true)',
      'L26-7': '(eval_score_y0 >= 60 OR (is_review = true AND eval_score_best2 >= 60))',
    });
  });

  test('the exclusions of the 2026 round, 117号', () => {
    const [round, ...more] = tier('cn-miit-2026-2', 'little_giant').rounds;
    expect(more).toEqual([]);
    expect([round?.from, round?.to]).toEqual(['2026-04-01', '2026-12-31']);
    expect(rules(round?.exclusions ?? [])).toEqual({
      'round-2026-champion': 'is_single_champion = false',
      'round-2026-control': 'controls_or_controlled_by_little_giant = false',
      'round-2026-group': 'group_similar_product_recognised = false',
    });
  });

  test('tier 1 is either of the two routes', () => {
    const base = tier('cn-miit-2026-2', 'tech_innovative');
    expect(writeRule(base.pass)).toBe('(cn-most-2017-115/tech_sme OR cn-miit-2022-63/innovative)');
    expect([base.gates, base.direct, base.groups]).toEqual([[], [], []]);
  });

  test('dimensions', () => {
    const of = (id: string) => tier('cn-miit-2026-2', id).gates.map((g) => `${g.id} ${g.dimension}`);
    expect([...of('srdi'), ...of('little_giant')]).toEqual([
      'S26-1 specialized',
      'S26-2a specialized',
      'S26-2b specialized',
      'S26-2c refined',
      'S26-3 innovative',
      'S26-4 innovative',
      'S26-5 distinctive',
      'S26-6 overall',
      'L26-1 specialized',
      'L26-2a specialized',
      'L26-2b specialized',
      'L26-2c specialized',
      'L26-2d refined',
      'L26-3 innovative',
      'L26-4 innovative',
      'L26-5 distinctive',
      'L26-6 chain',
      'L26-7 overall',
    ]);
  });
});
