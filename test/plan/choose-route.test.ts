import { describe, expect, test } from 'vitest';
import { arranged, isWork, lateItems, phaseOf } from '../../electron/plan/arrange.ts';
import { createPlanContent, rearranged } from '../../electron/plan/choose.ts';
import { aimOf, gapsOf } from '../../electron/plan/gaps.ts';
import { type PlanItem, planContentShape } from '../../electron/plan/shapes.ts';
import {
  champion,
  diagnosisOf,
  firm,
  measures,
  sample,
  settings,
  struggling,
  today,
  wayOf,
} from './plan-fixture.ts';

function planned(file = struggling(), more: { limit?: number; targetRung?: number } = {}) {
  const diagnosis = diagnosisOf(file);
  const way = wayOf(diagnosis);
  const input = { diagnosis, file, settings, measures, today, way, ...more };
  return { diagnosis, way, input, content: createPlanContent(input) };
}

/** Counted month by month, on its own: how many measures are under way. */
function busiest(items: readonly PlanItem[]): number {
  const count = new Map<number, number>();
  const month = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  for (const item of items) {
    if (['find', 'hold', 'close'].includes(item.why ?? '') || item.status === 'done') continue;
    for (let m = month(item.start!); m <= month(item.due!); m++) count.set(m, (count.get(m) ?? 0) + 1);
  }
  return Math.max(0, ...count.values());
}

const samples = [
  'changjin-guangzi',
  'dongwei-bandao',
  'haimo-keji',
  'hongying-zhineng',
  'liyuan-xinxi',
  'weichuang-guangdian',
  'xingtu-xinke',
  'zhonghaida',
];
const firms = [
  ...samples.map(sample),
  struggling(),
  champion(),
  champion(true),
  firm({ name: '武汉空白科技有限公司' }),
];

describe.each(firms.map((f) => [f.enterprise.name, f] as const))('the choice for %s', (_, file) => {
  const { diagnosis, way, input, content } = planned(file);

  test('keeps the limit, fits the contract and is the same each time', () => {
    planContentShape.parse(content);
    expect(busiest(content.items)).toBeLessThanOrEqual(content.limit);
    expect(createPlanContent(input)).toEqual(content);
    expect(JSON.stringify(content)).not.toMatch(/undefined|\{\{/);
  });

  test('each measure says why it was chosen; every change of the route has its measure', () => {
    for (const item of content.items.filter((i) => i.why !== 'close'))
      expect(item.reason.zh, item.id).not.toBe('');
    expect(content.items.every((item) => item.why !== null)).toBe(true);
    const step = way.steps.find((s) => s.rung === content.targetRung);
    const route = content.items.filter((item) => item.why === 'route');
    if (content.planning?.basis === 'gaps') return expect(route).toEqual([]);
    expect(content.targetYear).toBe(step?.earliest?.year);
    const changes = way.steps
      .filter((s) => s.rung <= content.targetRung!)
      .flatMap((s) => s.earliest!.changes);
    expect(route).toHaveLength(changes.length);
    for (const change of changes)
      expect(
        route.some(
          (item) => item.reason.zh.includes(change.label.zh) && item.reason.en.includes(change.label.en),
        ),
      ).toBe(true);
  });

  test('every unmet, unknown and manual condition is answered', () => {
    const gaps = gapsOf(aimOf(diagnosis, content.targetRung!, content.planning?.route)!.route);
    const served = new Set(content.items.flatMap((item) => item.serves));
    const conditions = [...gaps.unmet, ...gaps.unknown, ...gaps.manual].filter((i) => i.kind !== 'indicator');
    for (const judged of conditions) expect(served, judged.id).toContain(judged.id);
  });
});

describe('the route of a firm that misses most of tier 2', () => {
  const { content, way } = planned();

  test('leads: its measures come first, with the numbers to reach and the year of application', () => {
    const choice = way.steps[0]!.earliest!;
    expect(content.planning).toMatchObject({ basis: 'route', on: today, route: { date: choice.date } });
    expect(content.items.slice(0, 4).map((item) => item.why)).toEqual(Array(4).fill('route'));
    const rd = content.items.find(
      (item) =>
        item.why === 'route' && item.serves.includes('S26-3') && item.metric?.label.zh.includes('研发'),
    )!;
    expect(rd.metric).toMatchObject({ from: { zh: '86.4 万元' }, to: { zh: '100 万元' } });
    expect(rd.goals).toContainEqual({
      field: 'rd_expense_wan',
      year: 2027,
      value: '100',
      direction: 'raise',
    });
    const debt = content.items.find((item) => item.why === 'route' && item.serves.includes('S26-2c'))!;
    expect(debt.goals).toEqual([{ field: 'liabilities_wan', year: 2027, value: '2000', direction: 'lower' }]);
    expect(content.planning?.says.zh).toContain('2028年申报专精特新中小企业');
    expect(content.planning?.says.en).toContain('apply for');
  });

  test('more revenue serves the revenue and what rises along with it, not the shares of it', () => {
    const revenue = content.items.find((item) => item.goals.some((goal) => goal.field === 'revenue_wan'))!;
    expect(revenue.serves).toEqual(['S26-2a', 'S26-2b']);
  });

  test('figures of 2027 are worked on from the beginning of 2027 and done by its end', () => {
    const debt = content.items.find((item) => item.why === 'route' && item.serves.includes('S26-2c'))!;
    expect(debt.window).toEqual({ from: '2027-01', by: '2027-12' });
    expect(debt.start! >= '2027-01' && debt.due! <= '2027-12').toBe(true);
  });

  test('every number is aimed at for a year the application looks at', () => {
    const years = content.items.flatMap((item) => item.goals.map((goal) => goal.year));
    expect(new Set(years)).toEqual(new Set([2026, 2027]));
    expect(
      content.items
        .filter((item) => item.why === 'gap')
        .flatMap((item) => item.goals)
        .every((g) => g.year === 2027),
    ).toBe(true);
  });

  test('a lower limit spreads the measures, and says which of the route come too late', () => {
    const { content: one } = planned(struggling(), { limit: 1 });
    expect(busiest(one.items)).toBe(1);
    const late = lateItems(one.items);
    expect(late.length).toBeGreaterThan(0);
    for (const item of late) expect(one.planning?.says.zh).toContain(item.title.zh);
    const needed = Number(/上限提高到(\d+)项/.exec(one.planning?.says.zh ?? '')?.[1]);
    expect(needed).toBeGreaterThan(1);
    expect(lateItems(planned(struggling(), { limit: needed }).content.items)).toEqual([]);
    expect(lateItems(planned(struggling(), { limit: needed - 1 }).content.items).length).toBeGreaterThan(0);
  });

  test('planned anew, what has begun or was dated by hand stays and takes its place', () => {
    const { input } = planned();
    const [first, second, ...rest] = content.items;
    const edited = {
      ...content,
      items: [
        { ...first!, start: '2027-02', due: '2027-11', own: ['start', 'due'] },
        { ...second!, status: 'doing' as const },
        ...rest,
      ],
    };
    const again = rearranged(edited, { ...input, limit: 2 });
    expect(again.items[0]).toEqual(edited.items[0]);
    expect(again.items[1]).toEqual(edited.items[1]);
    expect(busiest(again.items)).toBe(2);
    expect(again.items.map((item) => item.id)).toEqual(edited.items.map((item) => item.id));
    expect(again.limit).toBe(2);
  });

  test('a short board that finds no room before the application is left out', () => {
    const carParts = () => {
      const file = struggling();
      file.enterprise.industryDivision = '36';
      return file;
    };
    const boards = (limit: number) =>
      planned(carParts(), { limit }).content.items.filter((i) => i.why === 'board').length;
    expect(boards(1)).toBe(0);
    expect(boards(8)).toBeGreaterThan(0);
  });
});

test('two rungs up, the title between is applied for first', () => {
  const { content, way } = planned(struggling(), { targetRung: 3 });
  expect(content.planning?.basis).toBe(way.steps.every((s) => s.earliest) ? 'route' : 'gaps');
  if (content.planning?.basis === 'route') {
    expect(content.items.map((item) => item.id)).toEqual(expect.arrayContaining(['file-2', 'file-3']));
  } else expect(content.planning?.says.zh).toContain('没有可行的路线');
});

test('what is set right for the rung below is not set right again for the one above', () => {
  const file = champion();
  file.titles = file.titles.filter(({ kind }) => kind === 'innovative');
  file.facts = file.facts.map((f) => (f.factId === 'in_abnormal_list' ? { ...f, value: true } : f));
  const { content, way } = planned(file, { targetRung: 3 });
  const twice = way.steps
    .flatMap((s) => s.earliest?.changes ?? [])
    .filter((c) => c.moves[0]?.field === 'in_abnormal_list');
  expect(twice.length).toBe(2);
  expect(
    content.items.filter((i) => i.why === 'route' && i.goals.some((g) => g.field === 'in_abnormal_list')),
  ).toHaveLength(1);
  expect(content.items.filter((i) => i.measureId?.startsWith('com-abnormal'))).toHaveLength(1);
});

test('without a route the plan says so and answers the gaps', () => {
  const diagnosis = diagnosisOf(struggling());
  const { levers, steps } = wayOf(diagnosis);
  const way = {
    levers,
    steps: steps.map((s) => ({
      ...s,
      earliest: null,
      impossibleReason: { zh: '没有办法。', en: 'No way.' },
    })),
  };
  const content = createPlanContent({ diagnosis, file: struggling(), settings, measures, today, way });
  expect(content.planning).toMatchObject({ basis: 'gaps', route: null });
  expect(content.planning?.says.zh).toContain('没有办法。');
  expect(content.items.some((item) => item.why === 'gap')).toBe(true);
});

test('the same numbers in another trade are another plan', () => {
  const divisions = ['35', '39', '26', '27', '36', '44', '65', '74', '14'];
  const plans = divisions.map((industryDivision) => {
    const file = struggling();
    file.enterprise.industryDivision = industryDivision;
    // Main business too small, R&D and debt as they are.
    for (const year of file.figures) year.values.mainRevenue = Math.round(year.values.revenue! * 0.7);
    const { items } = planned(file).content;
    return { industryDivision, ids: items.flatMap((i) => (i.measureId ? [i.measureId] : [])), items };
  });
  const told = plans.map(({ ids }) => [...ids].sort().join());
  expect(plans.filter((_, at) => told.indexOf(told[at]!) !== at).map((p) => p.industryDivision)).toEqual([]);
  // In each trade some measure is made for that trade.
  for (const { industryDivision, ids } of plans) {
    const made = ids.filter((id) => measures.find((m) => m.id === id)?.context?.industries);
    expect(made.length, `${industryDivision}: ${ids}`).toBeGreaterThanOrEqual(1);
  }
});

describe('what the rung above will ask for', () => {
  const ahead = (file = champion(), more: object = {}) =>
    planned(file, { targetRung: 2, ...more }).content.items.filter((i) => i.why === 'ahead');

  /** Sound for tier 2, with the numbers of the rung above to be chosen. */
  function tierTwo(rd: number, rights: string) {
    const file = champion();
    file.titles = file.titles.filter(({ kind }) => kind === 'innovative');
    for (const year of file.figures) year.values.rdExpense = rd * 10_000;
    file.facts = file.facts.map((f) =>
      f.factId === 'ip1_original_top3_count' ? { ...f, value: rights } : f,
    );
    file.facts.push({ ...file.facts[0]!, factId: 'sci_award_national_3y_rank', value: '0' });
    file.facts.push({ ...file.facts[0]!, factId: 'judge_s26_5', value: true });
    return file;
  }

  test('is begun early where it takes long: rights and R&D, with the time it takes, without a goal for this year', () => {
    const items = ahead(tierTwo(400, '2'));
    expect(items.map((i) => i.serves[0]).sort()).toEqual(['L26-3', 'L26-4']);
    for (const item of items) {
      expect(item.months).toBeGreaterThanOrEqual(12);
      expect(item.goals).toEqual([]);
      expect(item.reason.zh).toContain('专精特新“小巨人”企业');
      expect(item.start! <= '2027-11').toBe(true);
    }
  });

  test('is left alone where it is met, far out of sight, or nothing is above', () => {
    expect(ahead(tierTwo(900, '6'))).toEqual([]);
    expect(ahead(tierTwo(120, '6')).filter((i) => i.serves.includes('L26-3'))).toEqual([]);
    expect(planned(champion(), { targetRung: 3 }).content.items.some((i) => i.why === 'ahead')).toBe(false);
    expect(planned(champion(true)).content.items.some((i) => i.why === 'ahead')).toBe(false);
  });
});

describe('the title an application rests on', () => {
  const renewal = (expiresOn: string | null, issuedOn = '2025-03-01') => {
    const file = struggling();
    file.titles = file.titles.map((t) => ({ ...t, expiresOn, issuedOn }));
    return planned(file).content.items.find((i) => i.measureId === 'spec-title-gap-before-window');
  };

  test('is kept alive where it ends before the application, with the day, and not counted as work', () => {
    const item = renewal('2027-03-31')!;
    expect(item).toMatchObject({
      why: 'hold',
      start: '2026-11',
      due: '2027-03',
      serves: ['S26-1'],
      metric: null,
    });
    expect(item.reason.zh).toContain('2027年3月31日');
    expect(item.reason.en).toContain('31 Mar 2027');
    expect(item.reason.en).not.toMatch(/[\u4e00-\u9fff]/);
    expect(isWork(item)).toBe(false);
    // Three years by the rule, where no end is registered.
    expect(renewal(null, '2024-01-10')?.reason.zh).toContain('推算2027年1月10日');
  });

  test('is no matter where it lasts, or nobody knows', () => {
    expect(renewal('2028-12-31')).toBeUndefined();
    const file = struggling();
    file.titles = file.titles.map((t) => ({ ...t, expiresOn: null, issuedOn: null }));
    expect(planned(file).content.items.some((i) => i.measureId === 'spec-title-gap-before-window')).toBe(
      false,
    );
  });
});

test('the application is prepared before its window and ends with it', () => {
  const close = (name: string) => planned(sample(name)).content.items.at(-1)!;
  // Technology SMEs: 1 June to 31 August in 2026.
  expect(close('changjin-guangzi')).toMatchObject({ id: 'file-1', start: '2027-03', due: '2027-08' });
  expect(planned(champion()).content.items.at(-1)).toMatchObject({ start: '2027-01', due: '2027-05' });
});

test('a title whose three years are over by the rule is to be cleared up first', () => {
  const close = planned(sample('hongying-zhineng')).content.items.at(-1)!;
  expect(close.reason.zh).toContain('推算已于2024年8月届满');
});

test('figures of a year nearly over say so', () => {
  const file = champion();
  const last = file.figures.at(-1)!;
  last.values.rdExpense = 4_000_000;
  const { content } = planned(file);
  const rd = content.items.find((i) => i.why === 'route' && i.metric?.label.zh.includes('2026'));
  expect(rd?.reason.zh).toContain('2026年的账期只剩2个月');
});

test('phases count from the day of planning', () => {
  const at = (start: string | null, due: string | null = null) => phaseOf({ start, due }, '2026-08-20');
  expect([at('2026-07'), at('2026-09-30'), at('2025-01')]).toEqual(['quarter', 'quarter', 'quarter']);
  expect([at('2026-10'), at('2026-12-31')]).toEqual(['year', 'year']);
  expect([at('2027'), at(null, '2027-05')]).toEqual(['next', 'next']);
  expect([at('2028-01'), at(null)]).toEqual(['later', 'open']);
});

test('what presses most begins first', () => {
  const { content } = planned();
  const work = content.items
    .filter((item) => item.why === 'route')
    .map((item) => ({
      ...item,
      window: { from: '2026-11', by: item.id === content.items[2]!.id ? '2027-06' : '2028-12' },
    }));
  const items = arranged(
    work.filter(isWork).map((item) => ({ ...item, months: 6 })),
    1,
    '2026-11',
  );
  expect(items.find((item) => item.id === content.items[2]!.id)?.start).toBe('2026-11');
});
