import { describe, expect, test } from 'vitest';
import { falling, groups, rules, tables } from './as-text.ts';
import { standard, tier } from './folder.ts';
import { writeRule } from './write-rule.ts';

/** Every number below was typed from the research tables, not taken from the packs. */
describe('工信部企业〔2022〕63号', () => {
  test('base gate', () => {
    expect(rules(standard('cn-miit-2022-63').base)).toEqual({
      'base-2022-registered': 'registered_in_prc = true',
      'base-2022-legal-person': 'independent_legal_person = true',
      'base-2022-sme': 'is_sme = true',
      'base-2022-abnormal': 'in_abnormal_list = false',
      'base-2022-dishonest': 'in_serious_dishonest_list = false',
      'base-2022-prohibited': 'product_prohibited_or_eliminated = false',
      'base-2022-incident': 'major_incident_3y_2022def = false',
    });
  });

  test('Annex 1: pass rule, direct conditions and table', () => {
    const innovative = tier('cn-miit-2022-63', 'innovative');
    expect(writeRule(innovative.pass)).toBe(
      '((score total >= 60 AND score innovation >= 20 AND score growth >= 15 AND score specialization >= 15) OR any direct)',
    );
    expect(innovative.gates).toEqual([]);
    expect(rules(innovative.direct)).toEqual({
      'I-D1': '(sci_award_national_3y = true OR sci_award_provincial_3y = true)',
      'I-D2':
        '(honor_hightech_valid = true OR honor_national_tech_innovation_valid = true OR honor_ip_advantage_valid = true OR honor_ip_demonstration_valid = true)',
      'I-D3': 'has_provincial_plus_rd_institution = true',
      'I-D4': 'equity_new_3y_wan >= 500',
    });
    expect(groups('cn-miit-2022-63', 'innovative')).toEqual([
      'innovation 40',
      'growth 30',
      'specialization 30',
    ]);
    expect(tables('cn-miit-2022-63', 'innovative')).toEqual({
      'I1 of 20': [
        '20: ip1_high_value_count >= 1',
        '15: ip1_self_count >= 1',
        '10: ip1_count >= 1',
        '5: ip2_count >= 1',
        '0: otherwise',
      ],
      'I2 of 20': falling(
        'rd_ratio_y1',
        [
          [0.05, 20],
          [0.03, 15],
          [0.02, 10],
          [0.01, 5],
        ],
        0,
      ),
      'I3 of 20': falling(
        'main_rev_growth_y1',
        [
          [0.15, 20],
          [0.1, 15],
          [0.05, 10],
          [0, 5],
        ],
        0,
      ),
      'I4 of 10': ['10: debt_ratio_y1 <= 0.55', '5: debt_ratio_y1 > 0.55 <= 0.75', '0: debt_ratio_y1 > 0.75'],
      'I5 of 10': ['10: product_in_strategic_emerging = true', '5: otherwise'],
      'I6 of 20': falling(
        'main_ratio_y1',
        [
          [0.7, 20],
          [0.6, 15],
          [0.55, 10],
          [0.5, 5],
        ],
        0,
      ),
    });
  });

  test('Annex 2: gates, direct conditions and table', () => {
    const srdi = tier('cn-miit-2022-63', 'srdi');
    expect(writeRule(srdi.pass)).toBe('(all gates AND (score total >= 60 OR any direct))');
    expect(rules(srdi.gates)).toEqual({
      'S-G1': 'years_in_niche >= 2',
      'S-G2': '(rd_expense_y1_wan >= 100 AND rd_ratio_y1 >= 0.03)',
      'S-G3': '(revenue_y1_wan >= 1000 OR equity_new_2y_wan >= 2000)',
      'S-G4': '(score total >= 60 OR any direct)',
    });
    expect(rules(srdi.direct)).toEqual({
      'S-D1': '(sci_award_provincial_3y_rank >= 1 <= 3 OR sci_award_national_3y_rank >= 1 <= 5)',
      'S-D2': 'rd_expense_avg2_wan >= 1000',
      'S-D3': 'equity_new_2y_wan >= 6000',
      'S-D4': 'chuangke_best_rank_3y >= 1 <= 500',
    });
    expect(groups('cn-miit-2022-63', 'srdi')).toEqual([
      'specialization 25',
      'refinement 25',
      'characteristics 15',
      'innovation 35',
    ]);
    const either = (wan: number, ratio: number) => `(rd_expense_y1_wan >= ${wan} OR rd_ratio_y1 >= ${ratio})`;
    expect(tables('cn-miit-2022-63', 'srdi')).toEqual({
      'S1 of 5': falling(
        'main_ratio_y1',
        [
          [0.8, 5],
          [0.7, 3],
          [0.6, 1],
        ],
        0,
      ),
      'S2 of 10': falling(
        'main_rev_growth_avg2',
        [
          [0.1, 10],
          [0.08, 8],
          [0.06, 6],
          [0.04, 4],
          [0, 2],
        ],
        0,
      ),
      'S3 of 5': ['1 per 2 of years_in_niche up to 5'],
      'S4 of 5': [
        '5: product_fills_chain_gap = true',
        '3: (product_in_six_bases = true OR is_china_time_honored_brand = true OR supplies_key_chain_leader = true)',
        '0: otherwise',
      ],
      'S5 of 5': ['5: digital_level >= 3', '3: digital_level >= 2 < 3', '0: otherwise'],
      'S6 of 5': [
        'up to 5',
        '3: quality_award_provincial_plus = true',
        '3: has_qms_certificate = true',
        '3: has_own_brand = true',
        '3: participated_in_standard = true',
      ],
      'S7 of 10': falling(
        'net_margin_y1',
        [
          [0.1, 10],
          [0.08, 8],
          [0.06, 6],
          [0.04, 4],
          [0.02, 2],
        ],
        0,
      ),
      'S8 of 5': [
        '5: debt_ratio_y1 <= 0.5',
        '3: debt_ratio_y1 > 0.5 <= 0.6',
        '1: debt_ratio_y1 > 0.6 <= 0.7',
        '0: debt_ratio_y1 > 0.7',
      ],
      'S9 of 15': ['0 to 15 by hand in local_feature_points'],
      'S10 of 10': [
        '10: ip1_high_value_count >= 1',
        '8: ip1_self_count >= 1',
        '6: ip1_count >= 1',
        '2: ip2_count >= 1',
        '0: otherwise',
      ],
      'S11 of 10': [
        `10: ${either(500, 0.1)}`,
        `8: ${either(400, 0.08)}`,
        `6: ${either(300, 0.06)}`,
        `4: ${either(200, 0.04)}`,
        `2: ${either(100, 0.03)}`,
        '0: otherwise',
      ],
      'S12 of 5': falling(
        'rd_staff_ratio_y1',
        [
          [0.2, 5],
          [0.1, 3],
          [0.05, 1],
        ],
        0,
      ),
      'S13 of 10': [
        '10: rd_institution_level = national',
        '8: rd_institution_level = provincial',
        '4: rd_institution_level = municipal',
        '2: rd_institution_level = below_municipal',
        '0: otherwise',
      ],
    });
  });

  test('Annex 3: six groups', () => {
    const giant = tier('cn-miit-2022-63', 'little_giant');
    expect(writeRule(giant.pass)).toBe('(all gates)');
    expect(rules(giant.gates)).toEqual({
      'L-1a': 'years_in_niche >= 3',
      'L-1b': 'main_ratio_y1 >= 0.7',
      'L-1c': '(main_rev_growth_avg2 >= 0.05 OR waived by growth_waived_for_review = true)',
      'L-2a': 'judgement judge_l_2a',
      'L-2b': 'it_supported_core_business_count >= 1',
      'L-2c': '(has_management_system_cert = true OR has_foreign_product_cert = true)',
      'L-2d': 'debt_ratio_y1 <= 0.7',
      'L-3a': 'market_share_domestic >= 0.1',
      'L-3b': 'has_own_brand = true',
      'L-4': '(L-4-general OR L-4-direct)',
      'L-5': 'product_fills_chain_gap = true',
      'L-6':
        '(product_in_six_bases = true OR product_in_ten_key_industries = true OR product_in_network_power_fields = true)',
    });
    expect(rules(giant.direct)).toEqual({
      'L-D1': 'sci_award_national_3y_rank >= 1 <= 3',
      'L-D2': 'chuangke_best_rank_3y >= 1 <= 50',
    });
    expect(Object.fromEntries(Object.entries(giant.refs).map(([name, c]) => [name, writeRule(c)]))).toEqual({
      'L-4-general': `(${[
        `(${[
          '(revenue_y1_wan >= 10000 AND rd_ratio_y1 >= 0.03 AND rd_ratio_y2 >= 0.03)',
          '(revenue_y1_wan >= 5000 < 10000 AND rd_ratio_y1 >= 0.06 AND rd_ratio_y2 >= 0.06)',
          '(revenue_y1_wan < 5000 AND equity_new_2y_wan >= 8000 AND rd_expense_sum2_wan >= 3000 AND rd_staff_ratio_y1 >= 0.5)',
        ].join(' OR ')})`,
        'has_rd_institution_self_or_joint = true',
        '(ip1_count >= 2 AND ip1_applied_with_benefit = true)',
      ].join(' AND ')})`,
      'L-4-direct': '(sci_award_national_3y_rank >= 1 <= 3 OR chuangke_best_rank_3y >= 1 <= 50)',
    });
  });
});
