import { type CheckResult, checkFacts } from '../../electron/diagnosis/check-facts.ts';
import type { CompiledTier } from '../../electron/diagnosis/compile.ts';
import { rulesetOf } from '../../electron/diagnosis/ruleset.ts';
import { rulesOf } from '../../electron/service/rules.ts';
import { loaded } from '../standards/folder.ts';
import type { FlatRecord } from './naive-rubric.ts';

/** The packs that ship, ready to judge with. */
export const rules = rulesOf(loaded);
export const ruleset = rulesetOf(rules);

export function compiled(standard: string, tier: string): CompiledTier {
  const found = ruleset.find(standard, tier);
  if (!found) throw new Error(`no tier ${standard}/${tier}`);
  return found;
}

/** What the product says of a flat record. */
export function check(record: FlatRecord, standard: string, tier: string): CheckResult {
  return checkFacts(record, [compiled(standard, tier)], ruleset.facts, undefined);
}

/** A firm that meets every tier of every standard, persons' judgements apart. Amounts in 万元. */
export const model: FlatRecord = {
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
  years_in_niche: 10,
  revenue_y1_wan: 12_000,
  main_ratio_y1: 0.95,
  main_rev_growth_y1: 0.2,
  main_rev_growth_avg2: 0.2,
  revenue_cagr2: 0.2,
  rd_expense_y1_wan: 1_200,
  rd_expense_y2_wan: 1_100,
  rd_expense_avg2_wan: 1_150,
  rd_expense_sum2_wan: 2_300,
  rd_ratio_y1: 0.1,
  rd_ratio_y2: 0.1,
  debt_ratio_y1: 0.4,
  net_margin_y1: 0.12,
  equity_new_2y_wan: 0,
  equity_new_3y_wan: 0,
  ip1_high_value_count: 1,
  ip1_self_count: 4,
  ip1_count: 4,
  ip1_original_top3_count: 4,
  ip2_count: 5,
  ip1_applied_with_benefit: true,
  rd_staff_ratio_y1: 0.3,
  tech_staff_ratio_y1: 0.3,
  rd_institution_level: 'municipal',
  has_provincial_plus_rd_institution: false,
  has_rd_institution_self_or_joint: true,
  market_share_domestic: 0.2,
  market_share_international: 0.01,
  market_rank_domestic: 0,
  digital_level: 3,
  eval_score_y0: 70,
  eval_score_best2: 70,
  local_feature_points: 10,
  sci_award_provincial_3y_rank: 0,
  sci_award_national_3y_rank: 0,
  sci_award_provincial_plus_3y_rank: 0,
  sci_award_national_5y_rank: 0,
  sci_award_national_3y: false,
  sci_award_provincial_3y: false,
  chuangke_best_rank_3y: 0,
  assets_y1_wan: 15_000,
  sales_y1_wan: 12_000,
  staff_total_y1: 200,
  rd_to_sales_y1: 0.1,
  rd_to_cost_y1: 0.12,
  honor_hightech_valid: false,
  honor_national_tech_innovation_valid: false,
  honor_ip_advantage_valid: false,
  honor_ip_demonstration_valid: false,
  standards_led_5y: 0,
  product_in_strategic_emerging: true,
  product_fills_chain_gap: true,
  product_in_six_bases: true,
  is_china_time_honored_brand: false,
  supplies_key_chain_leader: true,
  product_in_ten_key_industries: true,
  product_in_network_power_fields: false,
  product_upgrades_traditional: false,
  product_in_emerging: false,
  product_in_future: false,
  at_key_chain_link: true,
  quality_award_provincial_plus: false,
  has_qms_certificate: true,
  has_management_system_cert: true,
  has_foreign_product_cert: false,
  has_own_brand: true,
  participated_in_standard: false,
  it_supported_core_business_count: 3,
};
