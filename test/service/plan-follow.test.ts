import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { CallOutput } from '../../electron/api.ts';
import { planned } from './planned-firm.ts';

type Item = CallOutput<'plan.get'>['content']['items'][number];
const yuan = (wan: number) => Math.round(wan * 10_000);

test('progress counts, and tells what is overdue, due soon, late to begin and without proof', async () => {
  const { ask, plan } = await planned();
  const [a, b, c, d, e] = plan.content.items as [Item, Item, Item, Item, Item];
  const set = (item: Item, changes: Partial<Item>): Item => ({
    ...item,
    start: '2026-06',
    due: '2027-12',
    ...changes,
  });
  const items = [
    set(a, { status: 'done', doneOn: '2026-06-01', due: '2026-05', proof: '' }),
    // The service's day is 2026-06-15: a month is over on its last day.
    set(b, { status: 'doing', due: '2026-05', owner: '王总' }),
    set(c, { due: '2026-06' }),
    set(d, { start: '2026-05', due: '2027' }),
    set(e, { due: '2026-06-14' }),
  ];
  await ask('plan.update', { id: plan.id, content: { ...plan.content, items } });
  const told = await ask('plan.progress', { id: plan.id });
  expect(told).toMatchObject({ total: 5, todo: 3, doing: 1, done: 1, unproved: 1, next: { id: c.id } });
  expect(told.overdue.map(({ id, days }) => [id, days])).toEqual([
    [b.id, -15],
    [e.id, -1],
  ]);
  expect(told.overdue[0]?.owner).toBe('王总');
  expect(told.soon.map(({ id, days }) => [id, days])).toEqual([[c.id, 15]]);
  expect(told.late.map(({ id }) => id)).toEqual([d.id]);
});

test('plans to follow up: the newest of each enterprise, what is overdue first, what is done not at all', async () => {
  const { ask, plan, id, dataDir } = await planned();
  const other = await ask('enterprise.create', { name: '乙公司' });
  const second = await ask('plan.create', { enterpriseId: other.id });
  const newest = await ask('plan.renew', { id: second.id });
  const overdue = newest.content.items.map((item, at) => (at === 0 ? { ...item, due: '2026-01' } : item));
  await ask('plan.update', { id: newest.id, content: { ...newest.content, items: overdue } });
  const { rows, total } = await ask('plan.followUp', {});
  expect(total).toBe(2);
  expect(rows.map((row) => [row.planId, row.overdue])).toEqual([
    [newest.id, 1],
    [plan.id, 0],
  ]);
  expect(rows[0]).toMatchObject({ name: '乙公司', nextDue: '2026-01', first: overdue[0]?.title });
  expect(await ask('plan.followUp', { limit: 1 })).toMatchObject({ total: 2, rows: [{ planId: newest.id }] });
  expect(await ask('plan.followUp', { offset: 1 })).toMatchObject({ total: 2, rows: [{ planId: plan.id }] });
  // Found as in the library: by a part of the name or its pinyin.
  for (const query of ['乙公', 'yigongsi', 'ygs'])
    expect(await ask('plan.followUp', { query })).toMatchObject({ total: 1, rows: [{ planId: newest.id }] });
  for (const [ending, lines] of [
    ['csv', 2],
    ['xlsx', 2],
  ] as const) {
    const path = join(dataDir, `follow.${ending}`);
    expect(await ask('plan.exportFollowUp', { of: { query: '乙公司' }, path, locale: 'zh' })).toEqual({
      path,
      rows: 1,
    });
    const table =
      ending === 'csv'
        ? readFileSync(path, 'utf8').trimEnd().split('\r\n')
        : ((await readSheet(readFileSync(path))) as unknown[]);
    expect(table).toHaveLength(lines);
    expect(String(table[1])).toContain('乙公司');
  }

  const done = plan.content.items.map((item) => ({ ...item, status: 'done' as const }));
  await ask('plan.update', { id: plan.id, content: { ...plan.content, items: done } });
  await ask('enterprise.archive', { id: other.id, archived: true });
  expect(await ask('plan.followUp', {})).toEqual({ rows: [], total: 0 });
  expect((await ask('plan.list', { enterpriseId: id }))[0]).toMatchObject({ done: done.length });
});

test('plan against actual: open until the year closes, then reached, short by how much, or without data', async () => {
  const running = await planned();
  const { ask, plan, id } = running;
  const goals = await ask('plan.actuals', { id: plan.id });
  const line = (list: typeof goals, field: string, year: number) =>
    list.find((row) => row.field === field && row.year === year);
  const rd = line(goals, 'rd_expense_wan', 2027);
  expect(rd).toMatchObject({
    state: 'open',
    direction: 'raise',
    before: { zh: '86.4 万元' },
    target: { zh: '100 万元' },
    actual: null,
  });
  await ask('targets.set', {
    enterpriseId: id,
    targets: [{ field: 'revenue_wan', year: 2025, value: '1180' }],
  });
  await ask('targets.set', {
    enterpriseId: id,
    targets: [{ field: 'rd_expense_wan', year: 2025, value: '90' }],
  });
  await ask('targets.set', {
    enterpriseId: id,
    targets: [{ field: 'liabilities_wan', year: 2025, value: '2125' }],
  });
  await ask('targets.set', { enterpriseId: id, targets: [{ field: 'tech_staff', year: 2025, value: '12' }] });
  const now = await ask('plan.actuals', { id: plan.id });
  // The line itself counts as reached.
  expect(line(now, 'revenue_wan', 2025)).toMatchObject({ state: 'reached', gap: null, item: null });
  expect(line(now, 'rd_expense_wan', 2025)).toMatchObject({
    state: 'short',
    actual: { zh: '86.4 万元' },
    gap: { zh: '3.6 万元' },
  });
  expect(line(now, 'tech_staff', 2025)).toMatchObject({ state: 'unknown', actual: null, gap: null });
});

test('when the next figures come in, the goals of the plan are held against them', async () => {
  const { ask, plan, id, service, dataDir } = await planned();
  await ask('figures.set', {
    enterpriseId: id,
    years: [
      {
        year: 2026,
        values: {
          revenue: yuan(1400),
          mainRevenue: yuan(1150),
          rdExpense: yuan(104),
          totalAssets: yuan(2600),
          totalLiabilities: yuan(2200),
        },
      },
    ],
  });
  await service.close();
  const { startService } = await import('./start-service.ts');
  const later = startService({ dataDir, now: () => new Date('2027-04-10T04:00:00Z') });
  const rows = await later.ask('plan.actuals', { id: plan.id });
  const rd = rows.find((row) => row.field === 'rd_expense_wan' && row.year === 2026);
  expect(rd).toMatchObject({ state: 'reached', actual: { zh: '104 万元' } });
  expect(rows.find((row) => row.field === 'rd_expense_wan' && row.year === 2027)?.state).toBe('open');
});
