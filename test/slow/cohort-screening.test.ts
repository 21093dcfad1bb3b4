import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskTasks } from '../../electron/cohort/desk-tasks.ts';
import { judgedBy } from '../../electron/diagnosis/compare-standards.ts';
import { routeOf } from '../../electron/diagnosis/route-view.ts';
import { rulesetOf } from '../../electron/diagnosis/ruleset.ts';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { diagnoseEnterprise } from '../../electron/service/diagnose-enterprise.ts';
import { cohortLibrary, deskOn, TODAY } from '../cohort/cohort-library.ts';

const SIZE = 90;
const ID = '019f0000-0000-7000-8000-0000000000aa';
let library: Awaited<ReturnType<typeof cohortLibrary>>;
beforeAll(async () => {
  library = await cohortLibrary(SIZE, 11);
});
afterAll(() => library.clear());

describe.each([
  { rung: 1, date: TODAY, by: undefined },
  { rung: 2, date: '2027-05-25', by: undefined },
  { rung: 3, date: TODAY, by: { standard: 'cn-miit-2022-63', tier: 'little_giant' } },
])('screening for tier $rung on $date', ({ rung, date, by }) => {
  test('gives everyone the reach, gaps and distance of the check-up by itself', async () => {
    const { desk, work, rules } = deskOn(library.folder);
    const question = { rung, date, ...(by ? { by } : {}), routes: false };
    const summary = await desk.screen(ID, question, work);
    const { rows } = desk.screening(ID);
    const ruleset = rulesetOf(rules);
    const counts = { sure: 0, possible: 0, impossible: 0 };
    let holding = 0;
    for (const id of library.ids) {
      const diagnosis = diagnoseEnterprise(readFile(library.db, id), rules, {
        today: TODAY,
        applicationDate: date,
      });
      const row = rows.find((r) => r.id === id);
      if (diagnosis.ladder.current >= rung) {
        holding++;
        expect(row).toBeUndefined();
        continue;
      }
      if (!row) throw new Error(`${id} is missing`);
      const judged = diagnosis.rungs[rung - 1];
      const route = by ? judgedBy(diagnosis, by, ruleset) : judged?.routes[judged.best];
      expect(row.reach, row.name).toBe(by ? route?.reach : judged?.reach);
      counts[row.reach]++;
      expect([row.standard, row.tier], row.name).toEqual([route?.standard, route?.tier]);
      const items = route?.items.filter((i) => i.kind !== 'direct' && i.kind !== 'indicator') ?? [];
      const unmet = items.filter((i) => i.verdict === 'unmet');
      const mine = row.unmet.filter((u) => u.item !== 'score');
      expect(mine.map((u) => u.item).sort(), row.name).toEqual(unmet.map((i) => i.id).sort());
      for (const { item, closeness } of mine)
        expect(closeness, `${row.name} ${item}`).toBe(items.find((i) => i.id === item)?.closeness);
      expect(row.distance).toBeCloseTo(
        row.unmet.reduce((sum, u) => sum + 1 - (u.closeness ?? 0), 0),
        2,
      );
      if (row.reach !== 'impossible') expect(row.unmet).toEqual([]);
      if (row.reach === 'possible') {
        // What is asked for is really not known.
        const field = row.ask?.field ?? '';
        expect(field).not.toBe('');
        expect(diagnosis.sheet[field], `${row.name} ${field}`).toBeUndefined();
      }
    }
    expect(summary.counts).toEqual(counts);
    expect(summary.holding).toBe(holding);
    expect(summary.matching).toBe(SIZE);
    const order = rows.map((r) => ['sure', 'possible', 'impossible'].indexOf(r.reach));
    expect(order).toEqual([...order].sort());
  });
});

test('the route of a screening is the route of the enterprise', async () => {
  const { desk, work, rules } = deskOn(library.folder);
  await desk.screen(ID, { rung: 2, date: TODAY, routes: true }, work);
  const rows = desk.screening(ID).rows.slice(0, 25);
  const ruleset = rulesetOf(rules);
  let found = 0;
  for (const row of rows) {
    const diagnosis = diagnoseEnterprise(readFile(library.db, row.id), rules, { today: TODAY });
    const steps = routeOf(diagnosis, ruleset, desk.levers).filter((s) => s.rung <= 2);
    const target = steps.find((s) => s.rung === 2)?.earliest;
    expect(row.route?.earliest.year, row.name).toBe(target?.year);
    if (!row.route) continue;
    found++;
    const before = steps.filter((s) => s.rung < 2).reduce((sum, s) => sum + (s.earliest?.effort ?? 0), 0);
    expect(row.route.earliest.effort).toBeCloseTo(before + (target?.effort ?? 0), 0);
    expect(row.route.cheapest.effort).toBeLessThanOrEqual(row.route.earliest.effort);
  }
  expect(found).toBeGreaterThan(3);
});

test('extra criteria and filters narrow as they say, with unknown kept apart', async () => {
  const { desk, work } = deskOn(library.folder);
  const base = { rung: 2, date: TODAY, routes: false };
  await desk.screen(ID, base, work);
  const before = new Map(desk.screening(ID).rows.map((r) => [r.id, r]));
  const criteria = [{ metric: 'revenue', is: 'atLeast', value: 4000 } as const];
  const summary = await desk.screen(
    ID,
    { ...base, criteria, condition: { district: ['洪山区', null] } },
    work,
  );
  const { rows } = desk.screening(ID);
  const districts = new Set(rows.map((r) => r.district));
  expect([...districts].every((d) => d === '洪山区' || d === null)).toBe(true);
  expect(summary.matching).toBeLessThan(SIZE);
  const revenue = library.db
    .prepare('SELECT revenue FROM figure WHERE enterprise_id = ? AND year = 2025')
    .pluck();
  for (const row of rows) {
    const was = before.get(row.id)?.reach;
    const yuan = revenue.get(row.id) as number | null | undefined;
    if (yuan === null || yuan === undefined) {
      expect(row.criteriaOpen).toEqual([0]);
      expect(row.reach).toBe(was === 'sure' ? 'possible' : was);
    } else if (yuan < 40_000_000) {
      expect(row.criteriaUnmet).toEqual([0]);
      expect(row.reach).toBe('impossible');
    } else expect([row.criteriaOpen, row.criteriaUnmet, row.reach]).toEqual([[], [], was]);
  }
});

test('pages, ids and counts of items agree with the rows, and reasons are in words', async () => {
  const { desk, work } = deskOn(library.folder);
  const summary = await desk.screen(ID, { rung: 2, date: TODAY, routes: false }, work);
  const page = await deskTasks.screeningPage(
    desk,
    { id: ID, reach: ['impossible'], offset: 0, limit: 30, fresh: true },
    work,
  );
  expect(page.total).toBe(summary.counts.impossible);
  const gaps = page.rows.flatMap((r) => r.reasons.filter((x) => x.state === 'unmet'));
  expect(gaps.length).toBeGreaterThan(10);
  for (const gap of gaps) expect(gap.title.zh).toMatch(/[\u4e00-\u9fff]/);
  expect(gaps.some((g) => g.gap?.zh && g.gap.en)).toBe(true);
  const items = await deskTasks.screeningItems(desk, { id: ID });
  for (const { item, unmet, open } of items.slice(0, 5)) {
    const of = await deskTasks.screeningIds(desk, { id: ID, item, most: 1000 });
    expect(of.total).toBe(unmet + open);
  }
});
