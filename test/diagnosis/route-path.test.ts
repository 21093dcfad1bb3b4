import { describe, expect, test } from 'vitest';
import { pathUp } from '../../electron/diagnosis/route-path.ts';
import { routesUp } from '../../electron/diagnosis/route-up.ts';
import { encodeValue } from '../../electron/diagnosis/values.ts';
import { compiled, ruleset } from './firm.ts';
import type { FlatRecord } from './naive-rubric.ts';
import { levers, strong, valuesOf } from './route-firm.ts';

const TODAY = '2026-11-24';

function path(record: FlatRecord, current: number, horizon = 4) {
  return pathUp({
    ruleset,
    levers,
    given: valuesOf(record),
    fiscalYear: 2025,
    today: TODAY,
    applicationDate: TODAY,
    window: '05-25',
    horizon,
    current,
  });
}

function routes(record: FlatRecord, standard: string, tier: string) {
  return routesUp({
    tier: compiled(standard, tier),
    levers,
    given: valuesOf(record),
    fiscalYear: 2025,
    today: TODAY,
    window: '05-25',
    horizon: 4,
  });
}

const none = { ...strong, title_tech_innovative_valid: false, title_srdi_valid: false };

describe('the path over several rungs', () => {
  test('takes one title after the other, a year apart at least', () => {
    const steps = path(none, 0);
    expect(steps.map((s) => s.rung)).toEqual([1, 2, 3]);
    const years = steps.map((s) => s.routes[0]?.route.ahead ?? Number.NaN);
    expect(years[1]).toBeGreaterThanOrEqual((years[0] as number) + 1);
    expect(years[2]).toBeGreaterThanOrEqual((years[1] as number) + 1);
  });

  test('starts above the title that is held', () => {
    expect(path({ ...none, title_tech_innovative_valid: true }, 1).map((s) => s.rung)).toEqual([2, 3]);
    expect(path(strong, 3)).toEqual([]);
  });

  test('a round that is over is not offered again: the first application is next May', () => {
    const first = path(strong, 2)[0]?.routes[0];
    expect(first?.date).toBe('2027-05-25');
  });

  test('says that the title below is out of reach', () => {
    const steps = path({ ...none, is_sme: false }, 0);
    expect(steps.at(-1)?.routes).toEqual([]);
    expect(steps.at(-1)?.blocked).toBe('title');
  });

  test('names what no lever reaches: size and registration cannot be changed', () => {
    const [step] = path({ ...strong, is_sme: false, established_in_prc: false }, 2);
    expect(step?.routes).toEqual([]);
    expect(step?.items).toEqual(['base-2026-established', 'base-2026-sme']);
    for (const field of [
      'is_sme',
      'established_in_prc',
      'registered_in_prc',
      'independent_legal_person',
      'years_in_niche',
    ]) {
      expect(levers.levers.some((lever) => lever.fields.includes(field))).toBe(false);
    }
  });
});

describe('a title under review', () => {
  const reviewed = (record: FlatRecord, today = TODAY) =>
    pathUp({
      ruleset,
      levers,
      given: valuesOf(record),
      fiscalYear: 2025,
      today,
      applicationDate: today,
      window: '05-25',
      horizon: 4,
      current: 3,
      review: [3],
    });

  test('is kept by the standard of reviews: the old annex in 2026, the new one from 2027', () => {
    const standards = ['2026-05-01', TODAY].map((today) => reviewed(strong, today)[0]?.tier?.standard.id);
    expect(standards).toEqual(['cn-miit-2022-63', 'cn-miit-2026-2']);
  });

  test('asks for no growth, and a firm above every other line need change nothing', () => {
    const shrinking = { ...strong, revenue_cagr2: -0.3, main_rev_growth_avg2: -0.3 };
    const [step, ...more] = reviewed(shrinking);
    expect(more).toEqual([]);
    expect(step).toMatchObject({ rung: 3, kind: 'review', blocked: null });
    expect(step?.routes[0]?.route.changes.map((change) => change.lever.id)).toEqual([]);
  });

  test('tells what has to change to keep it', () => {
    const [step] = reviewed({ ...strong, market_share_domestic: 0.01, market_rank_domestic: 0 });
    expect(step?.routes[0]?.route.changes.length).toBeGreaterThan(0);
  });
});

describe('time', () => {
  test('two years of R&D cannot be made in one: the gate opens when both years are still to come', () => {
    const record = { ...strong, rd_expense_y1_wan: 150, rd_expense_y2_wan: 150 };
    const [first] = routes(record, 'cn-miit-2026-2', 'srdi');
    // y1 and y2 of an application in 2028 are 2027 and 2026; 2025 is closed.
    expect(first?.ahead).toBe(2);
    const moves = first?.changes.find((c) => c.lever.id === 'rd-spending')?.moves;
    const moved = [...(moves?.keys() ?? [])].filter((f) => f.startsWith('rd_'));
    expect(moved).toEqual(['rd_expense_y1_wan', 'rd_expense_y2_wan']);
  });

  test('years in the niche come by waiting only', () => {
    const record = { ...strong, years_in_niche: 1 };
    const [first] = routes(record, 'cn-miit-2026-2', 'little_giant');
    expect(first?.ahead).toBe(2);
    // Growth over two flat years to come has to be made; nothing else.
    expect(first?.changes.map((c) => c.lever.id)).toEqual(['revenue']);
    expect(first?.after.get('years_in_niche')).toEqual({ kind: 'number', number: { n: 3, d: 1 } });
  });

  test('one lever for two gates counts once: 600 a year makes 1200 in sum and 3 % of each year', () => {
    const record = { ...strong, rd_expense_y1_wan: 330, rd_expense_y2_wan: 320 };
    const route = routes(record, 'cn-miit-2026-2', 'little_giant').find((r) => r.ahead === 2);
    const change = route?.changes.find((c) => c.lever.id === 'rd-spending');
    const moved = [...(change?.moves ?? [])].filter(([f]) => f.startsWith('rd_'));
    expect(moved.map(([f, v]) => `${f}=${encodeValue(v)}`)).toEqual([
      'rd_expense_y1_wan=600',
      'rd_expense_y2_wan=600',
    ]);
    expect(route?.changes.filter((c) => c.lever.id === 'rd-spending')).toHaveLength(1);
    expect(route?.effort).toBeCloseTo(
      (route?.changes ?? []).reduce((sum, c) => sum + c.effort, 0),
      9,
    );
  });

  test('R&D beyond today’s comes off the profit', () => {
    const record = { ...strong, rd_expense_y1_wan: 400, rd_expense_y2_wan: 400 };
    const [first] = routes(record, 'cn-miit-2026-2', 'little_giant');
    expect(first?.ahead).toBe(1);
    // 1200 in two years: 2025 is closed with 400, so 800 is due in 2026, 400 more than today.
    expect(first?.after.get('rd_expense_y1_wan')).toEqual({ kind: 'number', number: { n: 800, d: 1 } });
    expect(first?.after.get('net_profit_y1_wan')).toEqual({ kind: 'number', number: { n: 900, d: 1 } });
  });
});
