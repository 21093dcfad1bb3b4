import { expect, test } from 'vitest';
import type { CallInput } from '../../electron/api.ts';
import { startService } from '../service/start-service.ts';

const looks = { locale: 'zh', dark: false } as const;

test('a target of the city counts no firm of another city, and no sample unless it is wanted', async () => {
  const { ask } = startService();
  await ask('samples.load', {});
  const firm = async (name: string, place: { city?: string; district?: string }) => {
    const { id } = await ask('enterprise.create', { name, ...place });
    await ask('titles.save', {
      enterpriseId: id,
      title: {
        kind: 'little_giant',
        name: '专精特新“小巨人”企业',
        number: null,
        issuer: null,
        issuedOn: '2025-07-01',
        expiresOn: '2028-06-30',
        basis: 'documented',
        source: '公告',
      },
    });
  };
  await firm('武汉甲有限公司', { city: '武汉' });
  await firm('武汉乙有限公司', { district: '洪山区' });
  await firm('上海丙有限公司', { city: '上海市' });
  await firm('无处丁有限公司', {});
  const look = async (condition: CallInput<'cohort.pipeline'>['condition']) => {
    await ask('cohort.setTarget', { year: 2026, rung: 3, district: null, count: 300 });
    const found = await ask('cohort.pipeline', { condition, ...looks });
    const target = found.targets.find((t) => t.year === 2026 && t.rung === 3);
    const behind = await ask('cohort.list', {
      condition: { ...condition, heldAtLeast: 3, ...(target?.cities ? { city: [...target.cities] } : {}) },
      offset: 0,
      limit: 50,
    });
    expect(behind.total).toBe(target?.actual);
    return behind.rows.map((row) => row.name).sort();
  };
  const ours = ['无处丁有限公司', '武汉乙有限公司', '武汉甲有限公司'].sort();
  expect(await look({ samples: false })).toEqual(ours);
  // With the samples: the one from Shanghai that holds the title stays out all the same.
  expect((await look({})).filter((name) => !ours.includes(name))).toEqual([]);
  const facets = await ask('cohort.facets', {});
  expect(facets.samples).toBe(8);
  expect(facets.city.find(({ value }) => value === '武汉市')?.count).toBeGreaterThanOrEqual(2);
  expect(facets.city.some(({ value }) => value === '武汉')).toBe(false);
});

test('a cohort by tags', async () => {
  const { ask } = startService();
  await ask('enterprise.create', { name: '甲有限公司', tags: ['种子', '走访'] });
  await ask('enterprise.create', { name: '乙有限公司', tags: ['走访'] });
  await ask('enterprise.create', { name: '丙有限公司' });
  const names = async (tags: (string | null)[]) =>
    (await ask('cohort.list', { condition: { tags }, offset: 0, limit: 10 })).rows.map((row) => row.name);
  expect((await ask('cohort.facets', {})).tags).toEqual([
    { value: '走访', count: 2 },
    { value: null, count: 1 },
    { value: '种子', count: 1 },
  ]);
  expect(await names(['种子'])).toEqual(['甲有限公司']);
  expect(await names(['走访', null])).toHaveLength(3);
});

test('past years count the same in the months and beside the target: of the city, by dates; who has none is told apart', async () => {
  const { ask } = startService();
  const firm = async (
    name: string,
    city: string | undefined,
    dates: [string | null, string | null] | null,
  ) => {
    const { id } = await ask('enterprise.create', { name, ...(city ? { city } : {}) });
    const title = { kind: 'srdi' as const, name: '专精特新中小企业', number: null, issuer: null };
    if (dates)
      await ask('titles.save', {
        enterpriseId: id,
        title: { ...title, issuedOn: dates[0], expiresOn: dates[1], basis: 'documented', source: null },
      });
    else
      await ask('facts.set', {
        enterpriseId: id,
        facts: [{ factId: 'title_srdi_valid', year: null, value: true }],
      });
  };
  await firm('武汉甲有限公司', '武汉市', ['2024-07-01', '2027-06-30']);
  await firm('无处乙有限公司', undefined, ['2025-03-01', '2028-02-28']);
  await firm('上海丙有限公司', '上海市', ['2024-07-01', '2027-06-30']);
  await firm('武汉丁有限公司', '武汉市', ['2026-02-01', null]);
  await firm('武汉戊有限公司', '武汉市', null);
  await ask('cohort.setTarget', { year: 2025, rung: 2, district: null, count: 300 });
  await ask('cohort.setTarget', { year: 2027, rung: 2, district: null, count: 700 });
  const found = await ask('cohort.pipeline', { condition: {}, ...looks });
  const target = found.targets.find((t) => t.year === 2025);
  const end = found.months.find((m) => m.month === '2025-12');
  expect([target?.actual, end?.holders[1], end?.day]).toEqual([2, 2, target?.day]);
  expect(found.monthsOf).toMatchObject({ cities: ['武汉市', null], elsewhere: 1, undated: [1, 1, 0] });
  expect(target?.undated).toBe(1);
  const steps = Object.fromEntries(found.months.map((m) => [m.month, m.targets[1]]));
  // The target of 2023 comes with the product and goes on until the next one.
  expect([steps['2024-12'], steps['2025-01'], steps['2026-12'], steps['2027-01']]).toEqual([
    500, 300, 300, 700,
  ]);
  // Where only Shanghai is looked at, no target of Wuhan is drawn.
  const shanghai = await ask('cohort.pipeline', { condition: { city: ['上海市'] }, ...looks });
  expect(shanghai.months.find((m) => m.month === '2025-12')).toMatchObject({
    holders: [1, 1, 0],
    targets: [null, null, null],
  });
  // A part of the city has no target of its own.
  const part = await ask('cohort.pipeline', { condition: { tags: [null] }, ...looks });
  expect(part.months.every((m) => m.targets.every((t) => t === null))).toBe(true);
});
