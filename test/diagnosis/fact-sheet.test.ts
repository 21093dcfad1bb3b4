import { describe, expect, test } from 'vitest';
import type { AsOf } from '../../electron/diagnosis/shapes.ts';
import { buildFactSheet } from '../../electron/library/fact-sheet.ts';
import type { Title } from '../../electron/library/shapes.ts';
import { asOfFor, diagnoseEnterprise } from '../../electron/service/diagnose-enterprise.ts';
import { enterpriseFile, sampleFile, sampleNames, year } from './enterprise-file.ts';
import { rules } from './firm.ts';

const asOf: AsOf = { fiscalYear: 2025, factsDate: '2026-06-01', applicationDate: '2026-06-01' };
function sheet(given: Parameters<typeof enterpriseFile>[0], when: AsOf = asOf) {
  return buildFactSheet(enterpriseFile(given), rules.facts, when);
}
const value = (given: Parameters<typeof enterpriseFile>[0], field: string, when?: AsOf) =>
  sheet(given, when)[field]?.value;

describe('yearly figures', () => {
  const figures = [
    year(2022, { revenue: 1 }),
    year(2023, { revenue: 70_000_000, mainRevenue: 1 }),
    year(2024, { revenue: 80_000_001, rdExpense: 0, equityNew: 5 }),
    year(2025, {
      revenue: 198_136_400,
      rdExpense: 28_342_800,
      staffTotal: 53,
      netProfit: -12_345,
      sales: null,
    }),
  ];
  test('become fields by how many years back they lie, yuan as exact 万元', () => {
    const made = sheet({ figures });
    expect(Object.fromEntries(Object.entries(made).map(([f, e]) => [f, [e.value, e.year]]))).toEqual({
      revenue_y1_wan: ['19813.64', 2025],
      revenue_y2_wan: ['8000.0001', 2024],
      revenue_y3_wan: ['7000', 2023],
      main_rev_y3_wan: ['0.0001', 2023],
      rd_expense_y1_wan: ['2834.28', 2025],
      rd_expense_y2_wan: ['0', 2024],
      equity_new_y2_wan: ['0.0005', 2024],
      staff_total_y1: ['53', 2025],
      net_profit_y1_wan: ['-1.2345', 2025],
    });
  });
  test('a year earlier the same figures move up; later, they are gone', () => {
    const earlier = sheet({ figures }, { ...asOf, fiscalYear: 2024 });
    expect([earlier.revenue_y1_wan?.value, earlier.revenue_y3_wan?.value]).toEqual(['8000.0001', '0.0001']);
    expect(earlier.staff_total_y1).toBeUndefined();
    expect(sheet({ figures }, { ...asOf, fiscalYear: 2029 })).toEqual({});
  });
  test('carry what backs them', () => {
    const backing = { revenue: { basis: 'documented' as const, source: '2025年审计报告' } };
    const made = sheet({ figures: [{ ...year(2025, { revenue: 10_000, rdExpense: 1 }), backing }] });
    expect(made.revenue_y1_wan).toMatchObject({ basis: 'documented', source: '2025年审计报告' });
    expect(made.rd_expense_y1_wan).toMatchObject({ basis: 'declared', source: null });
  });
});

describe('titles', () => {
  const title = (kind: Title['kind'], issuedOn: string | null, expiresOn: string | null) => ({
    titles: [{ kind, issuedOn, expiresOn }],
  });
  test.each([
    ['2023-06-01', '2026-06-01', true],
    ['2023-06-01', '2026-05-31', false],
    ['2026-06-01', null, true],
    ['2026-06-02', null, false],
    ['2023', '2026', true],
    ['2023-06', '2026-06', true],
    ['2022-05', '2026-05', false],
    [null, null, true],
  ])('issued %s, good to %s: held on 2026-06-01 %s', (issued, expires, held) => {
    expect(value(title('srdi', issued, expires), 'title_srdi_valid')).toBe(held);
  });
  test('no title on record is not known, it is not "none"', () => {
    expect(sheet({})).toEqual({});
  });
  test('a higher title proves the lower ones, not the other way round', () => {
    const made = sheet(title('little_giant', '2025-01-01', '2028-01-01'));
    expect([
      made.title_tech_innovative_valid?.value,
      made.title_srdi_valid?.value,
      made.title_little_giant_valid?.value,
    ]).toEqual([true, true, true]);
    const low = sheet(title('tech_sme', '2025-01-01', '2028-01-01'));
    expect([low.title_tech_innovative_valid?.value, low.title_srdi_valid]).toEqual([true, undefined]);
  });
  test('one valid title of several is enough', () => {
    const titles = [
      { kind: 'hightech' as const, issuedOn: '2020-01-01', expiresOn: '2023-01-01' },
      { kind: 'hightech' as const, issuedOn: '2023-02-01', expiresOn: '2026-02-01', source: '证书' },
    ];
    expect(value({ titles }, 'honor_hightech_valid', { ...asOf, factsDate: '2025-12-31' })).toBe(true);
    expect(value({ titles }, 'honor_hightech_valid')).toBe(false);
    expect(value({ titles }, 'honor_hightech_valid', { ...asOf, factsDate: '2023-01-15' })).toBe(false);
  });
  test('an expired title does not overrule an answer; a valid one does', () => {
    const facts = [{ factId: 'title_srdi_valid', value: true }];
    expect(value({ facts, ...title('srdi', '2020-01-01', '2023-01-01') }, 'title_srdi_valid')).toBe(true);
    const no = [{ factId: 'title_srdi_valid', value: false }];
    expect(value({ facts: no, ...title('srdi', '2024-01-01', '2027-01-01') }, 'title_srdi_valid')).toBe(true);
  });
});

describe('answers', () => {
  test('"unknown for now" stays unknown; false and zero are answers', () => {
    const made = sheet({
      facts: [
        { factId: 'has_own_brand', value: null },
        { factId: 'has_qms_certificate', value: false },
        { factId: 'ip1_count', value: '0', basis: 'checked', source: '证书复印件' },
        { factId: 'is_review', value: true },
        { factId: 'a_fact_nobody_knows', value: true },
      ],
    });
    expect(Object.keys(made).sort()).toEqual(['has_qms_certificate', 'ip1_count']);
    expect(made.ip1_count).toEqual({ value: '0', year: null, basis: 'checked', source: '证书复印件' });
  });
  test('yearly answers are taken for their year', () => {
    const facts = [
      { factId: 'debt_ratio', year: 2025, value: '0.383' },
      { factId: 'debt_ratio', year: 2024, value: '0.4' },
      { factId: 'rd_ratio', year: 2024, value: '0.05' },
      { factId: 'eval_score', year: 2026, value: '61' },
      { factId: 'eval_score', year: 2025, value: '55' },
    ];
    const made = sheet({ facts });
    expect(Object.fromEntries(Object.entries(made).map(([f, e]) => [f, [e.value, e.year]]))).toEqual({
      debt_ratio_y1: ['0.383', 2025],
      rd_ratio_y2: ['0.05', 2024],
      eval_score_y0: ['61', 2026],
      eval_score_y1: ['55', 2025],
    });
  });
  test('what an answer implies is added only where nothing is said', () => {
    const level = (word: string) =>
      value(
        { facts: [{ factId: 'rd_institution_level', value: word }] },
        'has_provincial_plus_rd_institution',
      );
    expect(['national', 'provincial', 'municipal', 'none'].map(level)).toEqual([
      true,
      true,
      undefined,
      undefined,
    ]);
    const ranks = (national: string, provincial: string) =>
      sheet({
        facts: [
          { factId: 'sci_award_national_3y_rank', value: national },
          { factId: 'sci_award_provincial_3y_rank', value: provincial },
        ],
      });
    expect(ranks('0', '0').sci_award_provincial_plus_3y_rank?.value).toBe('0');
    expect(ranks('4', '2').sci_award_provincial_plus_3y_rank?.value).toBe('2');
    expect(ranks('0', '7').sci_award_provincial_plus_3y_rank?.value).toBe('7');
    expect([
      ranks('0', '7').sci_award_national_3y?.value,
      ranks('0', '7').sci_award_provincial_3y?.value,
    ]).toEqual([false, true]);
  });
});

describe('time', () => {
  const since = (nicheSince: string, when = asOf) =>
    value({ profile: { nicheSince } }, 'years_in_niche', when);
  test.each([
    ['2022-12-31', '3'],
    ['2023-01-01', '3'],
    ['2023-01-02', '35/12'],
    ['2022-12', '3'],
    ['2022', '3'],
    ['2023-01', '35/12'],
    ['2023', '2'],
    ['2025-12-31', '0'],
    ['2015-06-15', '10.5'],
  ])('in the niche since %s: %s years at the end of 2025', (from, expected) => {
    expect(since(from)).toBe(expected);
  });
  test('a beginning after the year’s end gives no years', () => {
    expect([since('2026'), since('2026-03-01'), since('2030-12-31')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(since('2023-01-01', { ...asOf, fiscalYear: 2024 })).toBe('2');
  });
  test('age follows from the founding date; the industry code rides along', () => {
    const made = sheet({
      profile: { foundedOn: '2004-06-17', industryDivision: '39', industryClass: '3922 通信终端' },
    });
    expect(made.firm_age_years?.value).toBe('21.5');
    expect(made.industry_code?.value).toBe('code_3922');
    expect(sheet({ profile: { industryDivision: '39' } }).industry_code?.value).toBe('code_39');
  });
  test('for a past year, titles and facts count as of its last day', () => {
    const file = enterpriseFile({ snapshotYear: 2018 });
    const today = '2026-06-01';
    expect(asOfFor(file, { today })).toEqual({
      fiscalYear: 2018,
      factsDate: '2018-12-31',
      applicationDate: today,
    });
    expect(asOfFor(enterpriseFile({}), { today })).toEqual({
      fiscalYear: 2025,
      factsDate: today,
      applicationDate: today,
    });
    expect(asOfFor(enterpriseFile({}), { today, fiscalYear: 2024, applicationDate: '2025-05-01' })).toEqual({
      fiscalYear: 2024,
      factsDate: '2024-12-31',
      applicationDate: '2025-05-01',
    });
  });
});

describe('the samples', () => {
  const sampleSheet = (name: (typeof sampleNames)[number]) => {
    const file = sampleFile(name);
    const diagnosis = diagnoseEnterprise(file, rules, { today: '2026-06-01' });
    return {
      diagnosis,
      values: Object.fromEntries(Object.entries(diagnosis.sheet).map(([f, e]) => [f, e.value])),
    };
  };
  test('a prospectus of 2018: exact shares, the second certificate valid, a small firm by no known count', () => {
    const { values, diagnosis } = sampleSheet('xingtu-xinke');
    expect(values).toMatchObject({
      revenue_y1_wan: '19813.64',
      rd_ratio_y1: '70857/495341',
      honor_hightech_valid: true,
      firm_age_years: '14.5',
    });
    expect(String(values.revenue_cagr2)).toMatch(/^sqrt:/);
    expect(diagnosis.conflicts).toEqual([]);
    expect(diagnosis.asOf.factsDate).toBe('2018-12-31');
  });
  test('a certificate that ended four days before the year did', () => {
    expect(sampleSheet('dongwei-bandao').values.honor_hightech_valid).toBe(false);
  });
  test('a firm of 2021 that held the top title', () => {
    const { diagnosis, values } = sampleSheet('hongying-zhineng');
    expect([values.title_srdi_valid, values.title_little_giant_valid]).toEqual([true, true]);
    expect(diagnosis.ladder).toMatchObject({ current: 3, next: null });
  });
  test('a loss-making firm: a stated debt ratio stands where its parts are not public', () => {
    const { values } = sampleSheet('weichuang-guangdian');
    expect(values).toMatchObject({ debt_ratio_y1: '0.383', net_profit_y1_wan: '-1170.56' });
  });
  test.each(sampleNames)('%s: what was published fits the parts it was published with', (name) => {
    const found = sampleSheet(name).diagnosis.conflicts.map((c) => c.field);
    // This firm's revenue is public to a million yuan only; its own growth rate comes from the exact amounts.
    expect(found).toEqual(name === 'changjin-guangzi' ? ['revenue_cagr2'] : []);
  });
});
