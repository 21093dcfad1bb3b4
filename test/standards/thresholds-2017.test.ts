import { expect, test } from 'vitest';
import { falling, groups, rules, tables } from './as-text.ts';
import { standard, tier } from './folder.ts';
import { writeRule } from './write-rule.ts';

/** Every number below was typed from the research tables, not taken from the packs. */
test('国科发政〔2017〕115号', () => {
  const tech = tier('cn-most-2017-115', 'tech_sme');
  expect(standard('cn-most-2017-115').base).toEqual([]);
  expect(tech.ownBase).toBe(true);
  expect(writeRule(tech.pass)).toBe('(all gates)');
  expect(rules(tech.gates)).toEqual({
    'T-G1': 'resident_enterprise = true',
    'T-G2': '(staff_total_y1 <= 500 AND sales_y1_wan <= 20000 AND assets_y1_wan <= 20000)',
    'T-G3': 'product_prohibited_or_eliminated = false',
    'T-G4': 'tech_sme_compliance_ok = true',
    'T-G5': '((score total >= 60 AND score T1 > 0) OR any direct)',
  });
  expect(rules(tech.direct)).toEqual({
    'T-D1': 'honor_hightech_valid = true',
    'T-D2': 'sci_award_national_5y_rank >= 1 <= 3',
    'T-D3': 'has_provincial_plus_rd_institution = true',
    'T-D4': 'standards_led_5y >= 1',
  });
  expect(groups('cn-most-2017-115', 'tech_sme')).toEqual(['staff 20', 'rd 50', 'ip 30']);
  expect(tables('cn-most-2017-115', 'tech_sme')).toEqual({
    'T1 of 20': falling(
      'tech_staff_ratio_y1',
      [
        [0.3, 20],
        [0.25, 16],
        [0.2, 12],
        [0.15, 8],
        [0.1, 4],
      ],
      0,
    ),
    'T2 of 50': [
      'way 1',
      ...falling(
        'rd_to_sales_y1',
        [
          [0.06, 50],
          [0.05, 40],
          [0.04, 30],
          [0.03, 20],
          [0.02, 10],
        ],
        0,
      ),
      'way 2',
      ...falling(
        'rd_to_cost_y1',
        [
          [0.3, 50],
          [0.25, 40],
          [0.2, 30],
          [0.15, 20],
          [0.1, 10],
        ],
        0,
      ),
    ],
    'T3 of 30': [
      '30: ip1_count >= 1',
      '24: ip2_count >= 4',
      '18: ip2_count >= 3 < 4',
      '12: ip2_count >= 2 < 3',
      '6: ip2_count >= 1 < 2',
      '0: otherwise',
    ],
  });
});
