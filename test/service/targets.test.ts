import { beforeAll, describe, expect, test } from 'vitest';
import { startService } from './start-service.ts';

type Started = ReturnType<typeof startService>;
let at: Started;
let id: string;

const yuan = (wan: number) => wan * 10_000;

beforeAll(async () => {
  at = startService({}, () => undefined);
  const made = await at.ask('enterprise.create', {
    name: '武汉目标试验有限公司',
    industryDivision: '35',
    nicheSince: '2018-01',
    foundedOn: '2017-05-01',
  });
  id = made.id;
  await at.ask('figures.set', {
    enterpriseId: id,
    years: [
      { year: 2024, values: { revenue: yuan(5000), mainRevenue: yuan(4800), rdExpense: yuan(160) } },
      {
        year: 2025,
        values: {
          revenue: yuan(6000),
          mainRevenue: yuan(5800),
          rdExpense: yuan(150),
          totalAssets: yuan(5000),
          totalLiabilities: yuan(2000),
          netProfit: yuan(500),
          staffTotal: 60,
          rdStaff: 12,
        },
      },
    ],
  });
  return async () => at.service.close();
});

test('the levers of the next rung carry the value now and the value at which a gate turns', async () => {
  const { levers } = await at.ask('whatif.levers', { enterpriseId: id, rung: 2 });
  const rd = levers.find((lever) => lever.field === 'rd_expense_y1_wan')!;
  expect(rd).toMatchObject({ value: '150', target: 'rd_expense_wan', year: 2025, type: 'money' });
  // 3 % of 6,000 is 180; the scale says the first step that is good, and that step turns the gate.
  const line = rd.lines.find((l) => l.item === 'S26-3')!;
  expect(Number(line.at)).toBeGreaterThanOrEqual(180);
  expect(Number(line.at) - Number(rd.step)).toBeLessThan(180);
  // Closed years cannot be tried out.
  expect(levers.some((lever) => /_y[23]/.test(lever.field))).toBe(false);
  const verdict = async (value: string) => {
    const { diagnosis } = await at.ask('whatif.evaluate', {
      enterpriseId: id,
      facts: [{ field: rd.field, value }],
    });
    const rung = diagnosis.rungs[1]!;
    return rung.routes[0]!.items.find((item) => item.id === 'S26-3')!.verdict;
  };
  expect(await verdict(line.at)).toBe('met');
  expect(await verdict('150')).toBe('unmet');
});

describe('targets', () => {
  test('are stored by field and year, replaced, listed in words, and taken back', async () => {
    await at.ask('targets.set', {
      enterpriseId: id,
      targets: [
        { field: 'rd_expense_wan', year: 2026, value: '200' },
        { field: 'has_own_brand', year: 2026, value: true },
      ],
    });
    const list = await at.ask('targets.set', {
      enterpriseId: id,
      targets: [{ field: 'rd_expense_wan', year: 2026, value: '210', note: '董事会已同意' }],
    });
    expect(list).toHaveLength(2);
    expect(list.find((t) => t.field === 'rd_expense_wan')).toMatchObject({
      year: 2026,
      value: '210',
      note: '董事会已同意',
      text: { zh: '210 万元', en: 'RMB 2.1m' },
    });
    const after = await at.ask('targets.clear', { enterpriseId: id, field: 'has_own_brand', year: 2026 });
    expect(after.map((t) => t.field)).toEqual(['rd_expense_wan']);
    const history = await at.ask('history.list', { enterpriseId: id });
    expect(history.filter((change) => change.action.startsWith('targets.'))).not.toHaveLength(0);
  });

  test('that cannot be are refused and nothing is stored', async () => {
    const before = at.content().target;
    for (const target of [
      { field: 'no_such_fact', year: 2026, value: '1' },
      { field: 'rd_expense_wan', year: 2026, value: true },
      { field: 'has_own_brand', year: 2026, value: '12' },
      { field: 'debt_ratio', year: 2026, value: '0.5' },
    ]) {
      const error = await at.refusal('targets.set', { enterpriseId: id, targets: [target] });
      expect(error.code).toBe('invalid-input');
    }
    expect(
      (await at.refusal('targets.clear', { enterpriseId: id, field: 'debt_ratio', year: 2030 })).key,
    ).toBe('targetNotFound');
    expect(at.content().target).toEqual(before);
  });

  test('turn a gate over two years only once both years have closed', async () => {
    const outlook = await at.ask('targets.judge', {
      enterpriseId: id,
      targets: [{ field: 'rd_expense_wan', year: 2026, value: '200' }],
    });
    const open = (year: number) =>
      outlook.years
        .find((y) => y.year === year)!
        .rungs[1]!.open.filter((item) => item.id === 'S26-3')
        .map((item) => item.verdict);
    expect(open(2026)).toEqual(['unmet']);
    // Two years of 3 % cannot be made in one: 2025 had 2.5 %.
    expect(open(2027)).toEqual(['unmet']);
    expect(open(2028)).toEqual([]);
    expect(outlook.reached.map((r) => r.rung)).toEqual([1, 2, 3]);
  });

  test('what the targets say agrees with entering the same figures', async () => {
    const targets = [
      { field: 'revenue_wan', year: 2026, value: '7000' },
      { field: 'rd_expense_wan', year: 2026, value: '260' },
    ];
    const outlook = await at.ask('targets.judge', { enterpriseId: id, targets });
    const then = outlook.years.find((y) => y.year === 2027)!.rungs[1]!;
    const real = startService({ now: () => new Date('2027-05-25T04:00:00Z') });
    const copy = await real.ask('enterprise.create', {
      name: '武汉目标试验有限公司',
      industryDivision: '35',
      nicheSince: '2018-01',
      foundedOn: '2017-05-01',
    });
    const same = {
      mainRevenue: yuan(5800),
      totalAssets: yuan(5000),
      totalLiabilities: yuan(2000),
      netProfit: yuan(500),
      staffTotal: 60,
      rdStaff: 12,
    };
    await real.ask('figures.set', {
      enterpriseId: copy.id,
      years: [
        { year: 2024, values: { revenue: yuan(5000), mainRevenue: yuan(4800), rdExpense: yuan(160) } },
        { year: 2025, values: { ...same, revenue: yuan(6000), rdExpense: yuan(150) } },
        { year: 2026, values: { ...same, revenue: yuan(7000), rdExpense: yuan(260) } },
      ],
    });
    const diagnosis = await real.ask('diagnosis.evaluate', { enterpriseId: copy.id });
    const rung = diagnosis.rungs[1]!;
    expect(then.verdict).toBe(rung.verdict);
    const stillOpen = rung.routes[rung.best]!.items.filter(
      (item) => item.kind !== 'direct' && ['unmet', 'unknown', 'manual'].includes(item.verdict),
    ).map((item) => `${item.id} ${item.verdict}`);
    expect(then.open.map((item) => `${item.id} ${item.verdict}`)).toEqual(stillOpen);
  });
});
