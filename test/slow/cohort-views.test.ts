import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { CohortCondition } from '../../electron/cohort/cohort-shapes.ts';
import { deskTasks } from '../../electron/cohort/desk-tasks.ts';
import { baseOf, viewTasks } from '../../electron/cohort/desk-views.ts';
import { METRIC_IDS } from '../../electron/cohort/metrics.ts';
import { dueWindows, monthEnd, targetsOf } from '../../electron/cohort/pipeline.ts';
import { GROUPINGS } from '../../electron/cohort/profile.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { validOn } from '../../electron/library/fact-sheet.ts';
import { seeded } from '../../electron/library/synthetic-firms.ts';
import { diagnoseEnterprise } from '../../electron/service/diagnose-enterprise.ts';
import { cohortLibrary, deskOn, judgeStandings, TODAY } from '../cohort/cohort-library.ts';
import { linkedNumbers } from '../cohort/linked-numbers.ts';
import { startService } from '../service/start-service.ts';

const SIZE = 140;
const CITY = '武汉市';
const looks = { locale: 'zh', dark: false } as const;
const CONDITIONS: CohortCondition[] = [
  {},
  { district: ['洪山区', null] },
  { heldAtLeast: 1, section: ['C'] },
];
let library: Awaited<ReturnType<typeof cohortLibrary>>;
let at: ReturnType<typeof deskOn>;
beforeAll(async () => {
  library = await cohortLibrary(SIZE, 23);
  at = deskOn(library.folder);
});
afterAll(() => library.clear());

const listed = async (condition: CohortCondition) =>
  (await deskTasks.list(at.desk, { condition, offset: 0, limit: 1 }, at.work)).total;
const column = (sql: string) => library.db.prepare(sql).pluck().all() as unknown[];

test("what is chosen in the library's list is a cohort: marked ones, and all of a list but some", async () => {
  const { ask, refusal, dataDir } = startService();
  const ids: string[] = [];
  for (const [i, name] of ['甲', '乙', '丙', '丁', '戊'].entries())
    ids.push(
      (await ask('enterprise.create', { name: `${name}有限公司`, district: i < 3 ? '洪山区' : '江夏区' })).id,
    );
  const [a = '', b = '', c = ''] = ids;
  await ask('enterprise.archive', { id: c, archived: true });
  const marked = { chosen: { selection: { ids: [a, b, c] } } };
  const listed = {
    chosen: { view: '洪山名单', selection: { list: { filter: { district: ['洪山区'] } }, except: [a] } },
  };
  for (const [condition, names] of [
    [marked, ['乙有限公司', '甲有限公司']],
    [listed, ['乙有限公司']],
  ] as const) {
    const n = names.length;
    const page = await ask('cohort.list', { condition, offset: 0, limit: 10 });
    expect(page.rows.map((row) => row.name).sort()).toEqual([...names].sort());
    expect((await ask('cohort.facets', { chosen: condition.chosen })).total).toBe(n);
    expect((await ask('cohort.profile', { condition, ...looks })).n).toBe(n);
    expect((await ask('cohort.pipeline', { condition, ...looks })).total).toBe(n);
    expect((await ask('cohort.heat', { condition, rung: 2, by: 'size', ...looks })).n).toBe(n);
    expect((await ask('cohort.benchmark', { condition, metric: 'revenue', by: 'size', ...looks })).n).toBe(n);
    expect((await ask('cohort.forecast', { condition, ...looks })).n).toBe(n);
    const { id, summary } = await ask('cohort.screen', {
      rung: 2,
      date: '2026-06-15',
      condition,
      routes: false,
    });
    expect(summary.matching).toBe(n);
    // What is kept names the choice and nothing of the thread's own.
    expect(summary.question.condition).toEqual(condition);
    expect((await ask('cohort.saveScreening', { id, name: `名单 ${n}` })).summary.matching).toBe(n);
    const path = join(dataDir, 'chosen.csv');
    await ask('cohort.exportTable', { of: { kind: 'list', condition }, path, locale: 'zh' });
    expect(readFileSync(path, 'utf8').trimEnd().split('\r\n')).toHaveLength(n + 1);
  }
  // A list is looked at as it is now; what was marked stays what it was.
  const fresh = await ask('enterprise.create', { name: '己有限公司', district: '洪山区' });
  expect((await ask('cohort.list', { condition: listed, offset: 0, limit: 10 })).total).toBe(2);
  expect((await ask('cohort.list', { condition: marked, offset: 0, limit: 10 })).total).toBe(2);
  expect(
    (await ask('cohort.list', { condition: { ...listed, ids: [fresh.id] }, offset: 0, limit: 10 })).total,
  ).toBe(1);
  expect(
    await refusal('cohort.list', { condition: { chosen: { selection: {} } }, offset: 0, limit: 1 }),
  ).toMatchObject({
    code: 'invalid-input',
  });
});

describe('every number is the number of its list', () => {
  test.each(CONDITIONS)('the portrait of %j', async (condition) => {
    const profile = await viewTasks.profile(at.desk, { condition, ...looks }, at.work);
    expect(profile.n).toBe(await listed(condition));
    for (const { id, yes, no, unknown } of profile.items) {
      for (const [is, count] of [
        ['yes', yes],
        ['no', no],
        ['unknown', unknown],
      ] as const)
        expect(await listed({ ...condition, profile: { id, is: [is] } }), `${id} ${is}`).toBe(count);
      expect(yes + no + unknown).toBe(profile.n);
    }
  });

  test.each(CONDITIONS)('spreads and groups of every metric of %j', async (condition) => {
    for (const metric of METRIC_IDS) {
      const found = await viewTasks.benchmark(
        at.desk,
        { condition, metric, by: 'district', ...looks },
        at.work,
      );
      let sum = found.unknown;
      for (const { from, below, count } of found.bars) {
        sum += count;
        const part = { id: metric, ...(from === null ? {} : { from }), ...(below === null ? {} : { below }) };
        expect(await listed({ ...condition, metric: part })).toBe(count);
      }
      expect(sum).toBe(found.n);
      expect(await listed({ ...condition, metric: { id: metric, known: false } })).toBe(found.unknown);
      for (const { value, total, known, quartiles } of found.groups) {
        if (condition.district && !condition.district.includes(value)) throw new Error('a foreign group');
        expect(await listed({ ...condition, district: [value] })).toBe(total);
        expect(await listed({ ...condition, district: [value], metric: { id: metric, known: true } })).toBe(
          known,
        );
        if (known < 10) expect(quartiles).toBeNull();
        else if (quartiles)
          expect(quartiles.low <= quartiles.median && quartiles.median <= quartiles.high).toBe(true);
      }
    }
  });

  test('gates that fail, by every grouping', async () => {
    for (const by of GROUPINGS) {
      const heat = await viewTasks.heat(at.desk, { condition: {}, rung: 2, by, ...looks }, at.work);
      const tier = heat.tier;
      if (!tier) throw new Error('no tier');
      expect(heat.n).toBe(await listed({ heldBelow: 2 }));
      for (const { item, all, cells } of heat.rows.slice(0, 4)) {
        const of = { standard: tier.standard, tier: tier.tier, item };
        expect(await listed({ heldBelow: 2, item: { ...of, is: ['unmet'] } })).toBe(all.unmet);
        expect(all.met + all.unmet + all.open).toBe(heat.n);
        for (const [x, { value }] of heat.columns.entries()) {
          const group = by === 'held' ? { held: [Number(value)] } : { [by]: [value] };
          expect(await listed({ heldBelow: 2, ...group, item: { ...of, is: ['unmet'] } })).toBe(
            cells[x]?.unmet,
          );
          const open = { ...of, is: ['unknown', 'manual'] as ('unknown' | 'manual')[] };
          expect(await listed({ heldBelow: 2, ...group, item: open })).toBe(cells[x]?.open);
        }
      }
    }
  });

  test.each(CONDITIONS)('the ladder, months, reviews due, districts and targets of %j', async (condition) => {
    const found = await viewTasks.pipeline(at.desk, { condition, ...looks, stored: [] }, at.work);
    expect(found.total).toBe(await listed(condition));
    for (const { rung, atLeast, exactly, undated } of found.current) {
      expect(await listed({ ...condition, heldAtLeast: Math.max(rung, condition.heldAtLeast ?? 1) })).toBe(
        atLeast,
      );
      expect(await listed({ ...condition, held: [rung] })).toBe(exactly);
      expect(await listed({ ...condition, undated: rung })).toBe(undated);
    }
    for (const { day, month, holders, issued } of found.months.filter((_, i) => i % 7 === 0)) {
      for (const rung of [1, 2, 3]) {
        expect(await listed({ ...condition, heldOn: { rung, day } })).toBe(holders[rung - 1]);
        expect(await listed({ ...condition, issued: { rung, month } })).toBe(issued[rung - 1]);
      }
    }
    for (const { rung, windows } of found.due)
      for (const { from, to, count } of windows)
        expect(await listed({ ...condition, due: { rung, from, to } })).toBe(count);
    const [all] = found.places;
    const drawn = [...(all?.tiles ?? []), ...(all?.others ?? [])].reduce((sum, t) => sum + t.count, 0);
    expect(drawn).toBe(found.total);
  });

  test('the forecast by year, with those who have no way', async () => {
    const forecast = await viewTasks.forecast(
      at.desk,
      { condition: { district: ['洪山区'] }, ...looks },
      at.work,
    );
    for (const { rung, open, counts, none } of forecast.rungs) {
      expect(counts.reduce((a, b) => a + b, 0) + none).toBe(open);
      for (const [y, count] of counts.entries())
        expect(
          await listed({ district: ['洪山区'], route: { rung, year: forecast.years[y] as number } }),
        ).toBe(count);
      expect(await listed({ district: ['洪山区'], route: { rung, year: null } })).toBe(none);
    }
  });
});

test('on a library of any make every number that leads somewhere is the number of its list', async () => {
  const seed = Number(process.env.SEED ?? 20261127);
  const other = await cohortLibrary(70, seed);
  onTestFinished(other.clear);
  const random = seeded(seed + 2);
  const { db, ids } = other;
  const among = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  const place = db.prepare('UPDATE enterprise SET city = ?, consultant = ?, tags = ? WHERE id = ?');
  for (const id of ids)
    place.run(
      among(['武汉市', '武汉', '上海市', null]),
      among(['张', '李', null]),
      among(['[]', '["种子"]', '["种子","走访"]']),
      id,
    );
  // Some titles whose dates nobody knows, or knows in part.
  for (const { id } of db.prepare('SELECT id FROM title').all() as { id: string }[]) {
    if (random() < 0.15) db.prepare('UPDATE title SET issued_on = NULL WHERE id = ?').run(id);
    if (random() < 0.15)
      db.prepare(
        'UPDATE title SET issued_on = substr(issued_on, 1, 7), expires_on = substr(expires_on, 1, 4) WHERE id = ?',
      ).run(id);
  }
  judgeStandings(db);
  const desk = deskOn(other.folder);
  const stored = [
    { year: 2025, rung: 2, district: null, count: 30 },
    { year: 2025, rung: 1, district: '洪山区', count: 10 },
    { year: 2026, rung: 3, district: null, count: 20 },
    { year: 2027, rung: 2, district: '江夏区', count: 5 },
  ];
  let checked = 0;
  for (const condition of [
    {},
    { samples: false, city: ['武汉市', null] },
    { district: ['洪山区', null], tags: ['种子'] },
    { among: ids.filter((_, i) => i % 3 === 0) },
  ])
    for await (const linked of linkedNumbers(desk, condition, stored)) {
      const { total } = await deskTasks.list(
        desk.desk,
        { condition: linked.condition, offset: 0, limit: 1 },
        desk.work,
      );
      expect(total, `seed ${seed}, ${JSON.stringify(condition).slice(0, 60)}: ${linked.of}`).toBe(
        linked.count,
      );
      checked++;
    }
  expect(checked).toBeGreaterThan(1500);
});

describe('recounts by other means', () => {
  test('R&D over ten million, manufacturing and the six bases as SQL and diagnoses give them', async () => {
    const profile = await viewTasks.profile(at.desk, { condition: {}, ...looks }, at.work);
    const of = (id: string) => profile.items.find((item) => item.id === id);
    const rd = column(
      'SELECT f.rd_expense FROM enterprise e LEFT JOIN figure f ON f.enterprise_id = e.id AND f.year = 2025',
    ) as (number | null)[];
    expect(of('five')).toMatchObject({
      yes: rd.filter((v) => v !== null && v >= 10_000_000).length,
      no: rd.filter((v) => v !== null && v < 10_000_000).length,
      unknown: rd.filter((v) => v === null).length,
    });
    let [yes, no, eight] = [0, 0, 0];
    for (const id of library.ids) {
      const { sheet } = diagnoseEnterprise(readFile(library.db, id), at.rules, { today: TODAY });
      if (sheet.product_in_six_bases?.value === true) yes++;
      if (sheet.product_in_six_bases?.value === false) no++;
      if (sheet.market_rank_domestic?.value === '1') eight++;
    }
    expect(of('six')).toMatchObject({ yes, no, unknown: SIZE - yes - no });
    expect(of('eight')).toMatchObject({ yes: eight, no: 0, unknown: SIZE - eight, share: null });
    const manufacturing = column(
      "SELECT count(*) FROM enterprise WHERE industry_section = 'C' OR (industry_section IS NULL AND industry_division BETWEEN '13' AND '43')",
    )[0];
    expect(of('nine')).toMatchObject({ yes: manufacturing, unknown: 0 });
  });

  test('holders by day as the titles say, and what is held as the library screen says', async () => {
    const found = await viewTasks.pipeline(at.desk, { condition: {}, ...looks, stored: [] }, at.work);
    const held = column('SELECT current_rung FROM standing') as number[];
    for (const { rung, atLeast } of found.current) expect(held.filter((h) => h >= rung).length).toBe(atLeast);
    const rungOf: Record<string, number> = { tech_sme: 1, innovative: 1, srdi: 2, little_giant: 3 };
    for (const { day, holders } of found.months) {
      const files = library.ids.map((id) => readFile(library.db, id));
      for (const rung of [1, 2, 3]) {
        const count = files.filter((file) =>
          file.titles.some((t) => (rungOf[t.kind] ?? 0) >= rung && validOn(t, day)),
        ).length;
        expect(holders[rung - 1], `${day} ${rung}`).toBe(count);
      }
      if (day > '2025-06') break;
    }
  });

  test('which gates fail as diagnoses say', async () => {
    const heat = await viewTasks.heat(at.desk, { condition: {}, rung: 3, by: 'size', ...looks }, at.work);
    const fails = new Map<string, number>();
    for (const id of library.ids) {
      const diagnosis = diagnoseEnterprise(readFile(library.db, id), at.rules, { today: TODAY });
      if (diagnosis.ladder.current >= 3) continue;
      for (const item of diagnosis.rungs[2]?.routes[0]?.items ?? [])
        if (item.verdict === 'unmet') fails.set(item.id, (fails.get(item.id) ?? 0) + 1);
    }
    for (const { item, all } of heat.rows) expect(all.unmet, item).toBe(fails.get(item) ?? 0);
  });

  test('targets: defaults, changes, removals, by district and by year', async () => {
    const view = await at.desk.view(at.work);
    const defaults = targetsOf(view.rows, TODAY, at.desk.data.targets, [], CITY);
    expect(defaults.map((t) => [t.rung, t.count, t.official, t.day])).toEqual([
      [1, 1200, true, '2023-12-31'],
      [2, 500, true, '2023-12-31'],
      [3, 260, true, '2023-12-31'],
    ]);
    const changed = targetsOf(
      view.rows,
      TODAY,
      at.desk.data.targets,
      [
        { year: 2023, rung: 1, district: null, count: null },
        { year: 2023, rung: 2, district: null, count: 510 },
        { year: 2027, rung: 2, district: '洪山区', count: 40 },
      ],
      CITY,
    );
    expect(changed.map((t) => [t.year, t.rung, t.count, t.official])).toEqual([
      [2023, 2, 510, false],
      [2023, 3, 260, true],
      [2027, 2, 40, false],
    ]);
    expect(changed[2]?.actual).toBe(await listed({ heldAtLeast: 2, district: ['洪山区'] }));
    expect(changed[2]?.day).toBeNull();
    expect(dueWindows('2026-08-31').map((w) => w.to)).toEqual([
      '2026-08-30',
      '2026-11-30',
      '2027-02-28',
      '2027-08-31',
    ]);
    expect(monthEnd('2028-02')).toBe('2028-02-29');
  });
});

describe('the way to a target', () => {
  test('chooses the cheapest, counts who is there already, and says what limits it', async () => {
    const view = await at.desk.view(at.work);
    const condition = { district: ['洪山区', '江夏区', null] };
    const rows = at.desk.chosen(view, condition);
    const base = baseOf(rows, 2, 2028, 'kept');
    expect(base).toBe(await listed({ ...condition, heldAtLeast: 2 }));
    expect(baseOf(rows, 2, 2028, 'lost')).toBeLessThan(base);
    const ask = { condition, rung: 2, renewals: 'kept' as const };
    const solved = await viewTasks.solve(
      at.desk,
      { ...ask, targets: [{ year: 2028, count: base + 6 }] },
      at.work,
    );
    expect(solved.demands).toEqual([
      expect.objectContaining({ base, needed: 6, had: 6, reached: true, target: base + 6 }),
    ]);
    // The six cheapest of all that can be there by then.
    const routes = await at.desk.allRoutes(
      rows.filter((r) => r.held < 2),
      2,
      at.work,
    );
    const efforts = [...routes.values()]
      .flatMap((steps) => {
        const options = steps.find((s) => s.rung === 2)?.options.filter((o) => o.year <= 2028) ?? [];
        return options.length > 0 ? [Math.min(...options.map((o) => o.effort))] : [];
      })
      .sort((a, b) => a - b);
    expect(solved.effort).toBeCloseTo(
      efforts.slice(0, 6).reduce((a, b) => a + b, 0),
      1,
    );
    expect(solved.chosen.every((c) => rows.some((r) => r.id === c.id && r.held < 2))).toBe(true);
    expect(solved.levers.length + solved.confirm.length).toBeGreaterThan(0);
    const beyond = await viewTasks.solve(
      at.desk,
      { ...ask, targets: [{ year: 2027, count: 5000 }] },
      at.work,
    );
    const [demand] = beyond.demands;
    expect(demand?.reached).toBe(false);
    expect(demand?.had).toBe(demand?.most);
    expect(beyond.chosen.length).toBe(demand?.most);
    if (beyond.routed < beyond.open) expect(beyond.limits.length).toBeGreaterThan(0);
    // Whoever can, but not by then, is told apart from whoever cannot at all.
    const later = beyond.limits.find((limit) => limit.reason === 'later');
    expect(later?.count ?? 0).toBe(beyond.routed - (demand?.most ?? 0));
  });
});
