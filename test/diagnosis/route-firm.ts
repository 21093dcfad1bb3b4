import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFacts } from '../../electron/diagnosis/check-facts.ts';
import { leverPackShape } from '../../electron/diagnosis/lever-schema.ts';
import type { Value } from '../../electron/diagnosis/values.ts';
import { ruleset } from './firm.ts';
import type { FlatRecord } from './naive-rubric.ts';

/** The levers that ship. */
export const levers = leverPackShape.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../resources/measures/levers/levers.json'), 'utf8')),
);

/** A firm with figures of three years that meets every tier, persons' judgements included. Amounts in 万元. */
export const strong: FlatRecord = {
  established_in_prc: true,
  registered_in_prc: true,
  independent_legal_person: true,
  resident_enterprise: true,
  is_sme: true,
  in_abnormal_list: false,
  in_serious_dishonest_list: false,
  product_prohibited_or_eliminated: false,
  major_incident_3y_2022def: false,
  major_incident_3y_2026def: false,
  tech_sme_compliance_ok: true,
  title_tech_innovative_valid: true,
  title_srdi_valid: true,
  is_review: false,
  growth_waived_for_review: false,
  is_single_champion: false,
  controls_or_controlled_by_little_giant: false,
  group_similar_product_recognised: false,
  judge_s26_5: true,
  judge_l_2a: true,
  years_in_niche: 10,
  revenue_y1_wan: 12_000,
  revenue_y2_wan: 10_000,
  revenue_y3_wan: 9_000,
  main_rev_y1_wan: 11_400,
  main_rev_y2_wan: 9_500,
  main_rev_y3_wan: 8_500,
  rd_expense_y1_wan: 800,
  rd_expense_y2_wan: 700,
  net_profit_y1_wan: 1_300,
  assets_y1_wan: 10_000,
  liabilities_y1_wan: 4_000,
  sales_y1_wan: 11_000,
  total_cost_y1_wan: 9_000,
  staff_total_y1: 200,
  rd_staff_y1: 50,
  tech_staff_y1: 80,
  equity_new_y1_wan: 0,
  equity_new_y2_wan: 0,
  equity_new_y3_wan: 0,
  ip1_high_value_count: 1,
  ip1_self_count: 4,
  ip1_count: 4,
  ip1_original_top3_count: 4,
  ip2_count: 5,
  ip1_applied_with_benefit: true,
  rd_institution_level: 'municipal',
  has_provincial_plus_rd_institution: false,
  has_rd_institution_self_or_joint: true,
  market_share_domestic: 0.2,
  market_share_international: 0.01,
  market_rank_domestic: 0,
  digital_level: 3,
  eval_score_y0: 70,
  local_feature_points: 10,
  sci_award_provincial_3y_rank: 0,
  sci_award_national_3y_rank: 0,
  sci_award_provincial_plus_3y_rank: 0,
  sci_award_national_5y_rank: 0,
  sci_award_national_3y: false,
  sci_award_provincial_3y: false,
  chuangke_best_rank_3y: 0,
  honor_hightech_valid: false,
  honor_national_tech_innovation_valid: false,
  honor_ip_advantage_valid: false,
  honor_ip_demonstration_valid: false,
  standards_led_5y: 0,
  product_in_six_bases: true,
  product_upgrades_traditional: false,
  product_in_emerging: false,
  product_in_future: false,
  product_in_ten_key_industries: false,
  product_in_network_power_fields: false,
  product_in_strategic_emerging: false,
  product_fills_chain_gap: true,
  at_key_chain_link: true,
  supplies_key_chain_leader: false,
  is_china_time_honored_brand: false,
  has_own_brand: true,
  has_qms_certificate: true,
  participated_in_standard: false,
  quality_award_provincial_plus: false,
  has_management_system_cert: true,
  has_foreign_product_cert: false,
  it_supported_core_business_count: 2,
};

/** Ways to be weaker, each by its field, with values that miss some line. */
export const weaker: readonly (readonly [string, readonly (number | boolean | string | null)[]])[] = [
  ['revenue_y1_wan', [900, 1_400, 4_000, 9_800]],
  ['main_rev_y1_wan', [4_000, 6_500, 7_800, 9_000]],
  ['rd_expense_y1_wan', [20, 90, 250, 310]],
  ['rd_expense_y2_wan', [15, 95, 260]],
  ['net_profit_y1_wan', [-300, 100, 500]],
  ['liabilities_y1_wan', [5_200, 7_300, 7_800, 9_000, null]],
  ['rd_staff_y1', [2, 12, 25, null]],
  ['tech_staff_y1', [10, 25, 45]],
  ['ip1_original_top3_count', [0, 1, 3, null]],
  ['ip1_high_value_count', [0, null]],
  ['ip1_self_count', [0]],
  ['ip1_count', [0, 1]],
  ['ip2_count', [0, 2]],
  ['ip1_applied_with_benefit', [false, null]],
  ['market_share_domestic', [0.03, 0.08, null]],
  ['digital_level', [1, 2, null]],
  ['eval_score_y0', [20, 45, 55, null]],
  ['local_feature_points', [0, 5, null]],
  ['product_in_six_bases', [false, null]],
  ['product_fills_chain_gap', [false, null]],
  ['at_key_chain_link', [false]],
  ['has_own_brand', [false, null]],
  ['has_qms_certificate', [false]],
  ['has_management_system_cert', [false, null]],
  ['it_supported_core_business_count', [0]],
  ['years_in_niche', [1, 2, null]],
  ['title_srdi_valid', [false]],
  ['title_tech_innovative_valid', [false, null]],
  ['judge_s26_5', [false, null]],
  ['judge_l_2a', [false, null]],
  ['in_abnormal_list', [true]],
  ['rd_institution_level', ['none', 'below_municipal', null]],
];

/** A number from 0 to below 1, the same row every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** The facts of a record as values; null is unknown. */
export function valuesOf(record: FlatRecord): Map<string, Value> {
  return readFacts(record, ruleset.facts).values;
}
