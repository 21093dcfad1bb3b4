import { describe, expect, test } from 'vitest';
import { check, model } from './firm.ts';
import type { FlatRecord } from './naive-rubric.ts';

/** The verdict of one gate of a firm whose other facts are in order. */
function gate(id: string, standard: string, tier: string, changes: FlatRecord): string | undefined {
  return check({ ...bare, ...changes }, standard, tier).gates[id];
}
function points(id: string, standard: string, tier: string, changes: FlatRecord) {
  return check({ ...bare, ...changes }, standard, tier).indicators[id];
}
/** The model firm without what is computed from yearly amounts, so that amounts alone decide. */
const bare: FlatRecord = Object.fromEntries(
  Object.entries(model).filter(
    ([field]) => !/ratio|growth_y|growth_avg|cagr|margin|rd_to|avg2_wan|sum2_wan/.test(field),
  ),
);
const no63 = 'cn-miit-2022-63';
const no2 = 'cn-miit-2026-2';
const yuan = (amount: number) => Number((amount / 10_000).toFixed(4));

describe('a share on its line', () => {
  test('30.00 of 1000.00 is 3 %, a yuan less is not', () => {
    const base = {
      revenue_y1_wan: 1000,
      rd_expense_y1_wan: 30,
      revenue_y2_wan: 1000,
      rd_expense_y2_wan: 100,
    };
    const parts = (rd: number) => check({ ...base, rd_expense_y1_wan: rd }, no63, 'innovative').indicators.I2;
    expect(parts(30.0)).toBe(15);
    expect(parts(29.9999)).toBe(10);
    expect(parts(yuan(300_001))).toBe(15);
    expect(parts(50)).toBe(20);
    expect(parts(49.9999)).toBe(15);
  });
  test('shares that binary floats get wrong', () => {
    // 0.07 × 3 and 0.1 + 0.2 are the classics: as doubles they land beside their line.
    const share = (rd: number, revenue: number) =>
      points('I2', no63, 'innovative', { rd_expense_y1_wan: rd, revenue_y1_wan: revenue });
    expect(share(0.3, 10)).toBe(15);
    expect(share(0.0007, 0.07)).toBe(5);
    expect(share(0.29 * 3, 29)).toBe(10);
    expect(points('I2', no63, 'innovative', { revenue_y1_wan: null, rd_ratio_y1: 0.03 })).toBe(15);
    expect(points('I2', no63, 'innovative', { revenue_y1_wan: null, rd_ratio_y1: 0.1 + 0.2 - 0.27 })).toBe(
      15,
    );
    expect(points('I2', no63, 'innovative', { revenue_y1_wan: null, rd_ratio_y1: 0.02999999999999999 })).toBe(
      10,
    );
  });
  test('shares of sums of the largest firms are told apart by one yuan', () => {
    const ratio = (rd: number) =>
      gate('L26-3', no2, 'little_giant', {
        revenue_y1_wan: 900_000_000.0001,
        rd_expense_y1_wan: rd,
        revenue_y2_wan: 1000,
        rd_expense_y2_wan: 100,
      });
    // 3 % of 9 000 000 000 001 yuan is 270 000 000 000.03 yuan: the whole yuan below misses it.
    expect(ratio(yuan(270_000_000_000))).toBe('unmet');
    expect(ratio(yuan(270_000_000_001))).toBe('met');
  });
  test('a share of nothing is not known', () => {
    expect(points('I2', no63, 'innovative', { rd_expense_y1_wan: 30, revenue_y1_wan: 0 })).toBe(null);
  });
});

describe('growth', () => {
  test('two years of 5 % compound: 1.05² in whole yuan is on the line, one yuan less is below', () => {
    const cagr = (now: number, before: number) =>
      gate('L26-2c', no2, 'little_giant', { revenue_y1_wan: yuan(now), revenue_y3_wan: yuan(before) });
    expect(cagr(110_250_000, 100_000_000)).toBe('met');
    expect(cagr(110_249_999, 100_000_000)).toBe('unmet');
    expect(cagr(9_922_500_000_000, 9_000_000_000_000)).toBe('met');
    expect(cagr(9_922_499_999_999, 9_000_000_000_000)).toBe('unmet');
    expect(cagr(0, 100_000_000)).toBe('unmet');
    expect(cagr(110_250_000, 0)).toBe('unknown');
  });
  test('the mean of two yearly rates is the mean of exact rates', () => {
    const mean = (y1: number, y2: number, y3: number) =>
      gate('L-1c', no63, 'little_giant', { main_rev_y1_wan: y1, main_rev_y2_wan: y2, main_rev_y3_wan: y3 });
    // +10 % then ±0 %: exactly 5 %.
    expect(mean(1000, 1000, 909.0909)).toBe('met');
    expect(mean(1100, 1000, 1000)).toBe('met');
    expect(mean(1099.9999, 1000, 1000)).toBe('unmet');
    // 1/3 growth and −7/30 growth: (10/30 − 7/30) / 2 = 5 %, with no finite decimal on the way.
    expect(mean(920, 690, 900)).toBe('met');
    expect(mean(919.9999, 690, 900)).toBe('unmet');
    // Not the compound rate: +60 % and −50 % have a mean of +5 % although the firm shrank.
    expect(mean(80, 160, 100)).toBe('met');
  });
  test('zero growth is in the band that begins at zero', () => {
    const growth = (now: number) =>
      points('I3', no63, 'innovative', { main_rev_y1_wan: now, main_rev_y2_wan: 500 });
    expect(growth(500)).toBe(5);
    expect(growth(499.9999)).toBe(0);
  });
});

describe('bands', () => {
  test('50 % debt takes the higher score', () => {
    const debt = (owed: number) =>
      points('S8', no63, 'srdi', { liabilities_y1_wan: owed, assets_y1_wan: 1000 });
    expect(debt(500)).toBe(5);
    expect(debt(500.0001)).toBe(3);
    expect(debt(600)).toBe(3);
    expect(debt(700)).toBe(1);
    expect(debt(700.0001)).toBe(0);
  });
  test('"more than" leaves its line out: S&T staff must score above zero, not at it', () => {
    const staff = (share: number) =>
      gate('T-G5', 'cn-most-2017-115', 'tech_sme', { tech_staff_ratio_y1: share });
    expect(staff(0.1)).toBe('met');
    // The other tables still give 60, but staff scores nothing.
    expect(staff(0.0999)).toBe('unmet');
    const debt = (ratio: number) =>
      points('I4', no63, 'innovative', { assets_y1_wan: null, debt_ratio_y1: ratio });
    expect([debt(0.55), debt(0.550001), debt(0.75), debt(0.750001)]).toEqual([10, 5, 5, 0]);
  });
  test('years in the niche count in full twos', () => {
    const years = (n: number) => points('S3', no63, 'srdi', { years_in_niche: n });
    expect([0, 1.99, 2, 3.9999, 4, 9.9999, 10, 30].map(years)).toEqual([0, 0, 1, 1, 2, 4, 5, 5]);
  });
  test('a total a hair short of 60 is short', () => {
    // 45 points from the rest of the table; the local points decide.
    const rest: FlatRecord = {
      ...model,
      main_rev_growth_avg2: -0.1,
      net_margin_y1: 0,
      debt_ratio_y1: 0.9,
      digital_level: 0,
      rd_institution_level: 'none',
      rd_expense_y2_wan: 100,
    };
    const total = (local: number) => {
      const { score, gates } = check({ ...rest, local_feature_points: local }, no63, 'srdi');
      return [score, gates['S-G4']];
    };
    expect(total(0)).toEqual([{ min: 45, max: 45 }, 'unmet']);
    expect(total(15)).toEqual([{ min: 60, max: 60 }, 'met']);
    // As doubles, 45 and the number next below 15 add up to 60.
    expect(total(15 - 2 ** -49)).toEqual([{ min: 59.999999999, max: 59.999999999 }, 'unmet']);
    expect(total(14.99)).toEqual([{ min: 59.99, max: 59.99 }, 'unmet']);
    expect(check({ ...rest, local_feature_points: null }, no63, 'srdi').gates['S-G4']).toBe('unknown');
  });
});

describe('ranks and sums', () => {
  test('a rank of 0 means none; the third counts, the fourth does not', () => {
    const rank = (n: number) =>
      check({ ...model, sci_award_national_3y_rank: n }, no63, 'little_giant').direct['L-D1'];
    expect([0, 1, 3, 4].map(rank)).toEqual(['unmet', 'met', 'met', 'unmet']);
  });
  test('two years of R&D that add up to the line', () => {
    const sum = (y1: number, y2: number) =>
      gate('L26-3', no2, 'little_giant', {
        rd_expense_y1_wan: y1,
        rd_expense_y2_wan: y2,
        revenue_y1_wan: 5000,
        revenue_y2_wan: 5000,
      });
    expect(sum(599.9, 600.1)).toBe('met');
    expect(sum(599.8999, 600.1)).toBe('unmet');
  });
});

describe('the better of two evaluation scores in a review', () => {
  const review = { is_review: true, eval_score_y0: null, eval_score_best2: null };
  const score = (changes: FlatRecord) => gate('S26-6', no2, 'srdi', { ...review, ...changes });
  test('last year’s score alone is proof enough where it reaches the line', () => {
    expect(score({ eval_score_y1: 55 })).toBe('met');
    expect(score({ eval_score_y1: 50 })).toBe('met');
    expect(score({ eval_score_y1: 49.99 })).toBe('unknown');
    expect(score({})).toBe('unknown');
    expect(score({ eval_score_y1: 49.99, eval_score_y0: 49.99 })).toBe('unmet');
    expect(score({ eval_score_y1: 55, eval_score_y0: 10 })).toBe('met');
  });
  test('a new application takes this year’s score only', () => {
    expect(score({ is_review: false, eval_score_y1: 55 })).toBe('unknown');
    expect(score({ is_review: false, eval_score_y1: 55, eval_score_y0: 49 })).toBe('unmet');
  });
  test('a stated best of two is used as it is', () => {
    expect(score({ eval_score_best2: 50 })).toBe('met');
    expect(score({ eval_score_best2: 49, eval_score_y1: 55 })).toBe('unknown');
    expect(score({ eval_score_best2: 49, eval_score_y0: 49 })).toBe('unmet');
  });
});
