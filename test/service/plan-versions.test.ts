import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CallOutput } from '../../electron/api.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { planned } from './planned-firm.ts';
import { startService } from './start-service.ts';

type Item = CallOutput<'plan.get'>['content']['items'][number];

test('a plan made by the service takes the route, and the limit given', async () => {
  const { ask, id, plan } = await planned();
  expect(plan.content.planning).toMatchObject({ basis: 'route', on: '2026-06-15' });
  expect(plan.content.items[0]?.why).toBe('route');
  const other = await ask('plan.create', { enterpriseId: id, limit: 2 });
  expect(other.content.limit).toBe(2);
  const arranged = await ask('plan.arrange', { id: plan.id, limit: 2 });
  const times = (items: Item[]) => items.map(({ id: item, start, due }) => [item, start, due]);
  expect(
    times(arranged.items)
      .filter(([item]) => String(item).startsWith('m-'))
      .slice(0, 4),
  ).toEqual(
    times(other.content.items)
      .filter(([item]) => String(item).startsWith('m-'))
      .slice(0, 4),
  );
  expect((await ask('plan.get', { id: plan.id })).content).toEqual(plan.content);
});

test('a new version keeps what the person made of it, and what the new figures settle is gone', async () => {
  const { ask, id, plan, year, events } = await planned();
  const items = [...plan.content.items];
  const [first, second] = items as [Item, Item];
  const gone = items.find((item) => item.why === 'find')!;
  const debt = items.find(
    (item) => item.why === 'route' && item.goals.some((g) => g.field === 'liabilities_wan'),
  )!;
  const own: Item = {
    ...first,
    id: 'own-1',
    measureId: null,
    why: null,
    window: null,
    goals: [],
    title: { zh: '自拟', en: 'Own' },
  };
  const content = {
    ...plan.content,
    title: { zh: '我的方案', en: 'My plan' },
    own: ['title'],
    notes: { zh: '附注', en: 'Notes' },
    consultant: '李明',
    removed: [gone.id],
    items: [
      second,
      own,
      { ...first, owner: '王总', due: '2027-08', own: ['due'], status: 'doing' as const, note: '先谈' },
      ...items.slice(2).filter((item) => item.id !== gone.id),
    ],
  };
  await ask('plan.update', { id: plan.id, content });
  // A better year closes: debt is down.
  await ask('figures.set', { enterpriseId: id, years: [year(2025, 1180, 905, 86.4, 1500)] });
  const renewed = await ask('plan.renew', { id: plan.id });
  expect(renewed.id).not.toBe(plan.id);
  expect(renewed.content).toMatchObject({
    previous: plan.id,
    title: { zh: '我的方案' },
    consultant: '李明',
    notes: { zh: '附注' },
  });
  const kept = renewed.content.items.find((item) => item.id === first.id)!;
  expect(kept).toMatchObject({ owner: '王总', due: '2027-08', status: 'doing', note: '先谈' });
  const ids = renewed.content.items.map((item) => item.id);
  expect(ids).toContain('own-1');
  expect(ids).not.toContain(gone.id);
  expect(ids).not.toContain(debt.id);
  expect(ids.indexOf('own-1')).toBeLessThan(ids.indexOf(first.id));
  expect(events).toContainEqual(['changed', { topic: 'plan', id: renewed.id }]);
  // The old version is as it was.
  expect((await ask('plan.get', { id: plan.id })).content).toEqual(content);
  const list = await ask('plan.list', { enterpriseId: id });
  expect(list.map((listed) => [listed.id, listed.previous, listed.doing])).toEqual([
    [renewed.id, plan.id, 1],
    [plan.id, null, 1],
  ]);

  const compared = await ask('plan.compare', { a: plan.id, b: renewed.id });
  expect(compared.removed.map((item) => item.id)).toContain(debt.id);
  const line = compared.verdicts.items.find((item) => item.id === 'S26-2c');
  expect(line).toMatchObject({ old: 'unmet', new: 'met' });
  expect(line?.oldFormula?.zh).toContain('85%');
  expect(line?.newFormula?.zh).toContain('60%');
});

test('a comparison tells every line that differs and nothing else; a plan compared with itself says nothing', async () => {
  const { ask, plan } = await planned();
  const copy = await ask('plan.renew', { id: plan.id });
  const same = await ask('plan.compare', { a: plan.id, b: copy.id });
  expect(same).toMatchObject({ head: [], added: [], removed: [], changed: [], moved: 0 });
  expect(same.verdicts).toEqual({ rungs: [], items: [] });
  const [one, two, three, ...rest] = copy.content.items as [Item, Item, Item, ...Item[]];
  const content = {
    ...copy.content,
    targetYear: 2031,
    items: [
      two,
      { ...one, owner: '王总', steps: one.steps.slice(1), status: 'done' as const, doneOn: '2026-06-10' },
      ...rest,
    ],
  };
  await ask('plan.update', { id: copy.id, content });
  const found = await ask('plan.compare', { a: plan.id, b: copy.id });
  expect(found.removed.map((item) => item.id)).toEqual([three.id]);
  expect(found.added).toEqual([]);
  expect(found.moved).toBe(1);
  expect(found.head).toEqual([
    expect.objectContaining({ field: 'targetYear', new: { zh: '2031', en: '2031' } }),
  ]);
  expect(found.changed).toHaveLength(1);
  expect(found.changed[0]).toMatchObject({ id: one.id });
  expect(found.changed[0]?.fields.map(({ field }) => field)).toEqual(['owner', 'status', 'doneOn', 'steps']);
  expect(found.changed[0]?.fields[1]).toEqual({
    field: 'status',
    old: { zh: '未开始', en: 'To do' },
    new: { zh: '已完成', en: 'Done' },
  });
});

test('plans of two enterprises are not compared, and none that does not exist is renewed', async () => {
  const { ask, refusal, plan } = await planned();
  const other = await ask('enterprise.create', { name: '另一家' });
  const second = await ask('plan.create', { enterpriseId: other.id });
  expect(await refusal('plan.compare', { a: plan.id, b: second.id })).toMatchObject({ key: 'plansOfTwo' });
  expect(await refusal('plan.renew', { id: other.id })).toMatchObject({ code: 'not-found' });
});

test('a plan kept by a former version of the product opens, is edited, renewed and compared', async () => {
  const { service, dataDir, plan } = await planned();
  await service.close();
  const db = new Database(join(dataDir, 'library.sqlite'));
  const content = JSON.parse(
    db.prepare('SELECT content FROM plan WHERE id = ?').pluck().get(plan.id) as string,
  ) as Record<string, unknown> & { items: Record<string, unknown>[] };
  for (const name of ['planning', 'limit', 'previous', 'removed', 'materials', 'own']) delete content[name];
  for (const item of content.items)
    for (const name of ['why', 'window', 'goals', 'own', 'doneOn', 'proof']) delete item[name];
  db.prepare('UPDATE plan SET content = ? WHERE id = ?').run(JSON.stringify(content), plan.id);
  db.close();
  // A former version left no seal, which would tell that the file was changed from outside.
  rmSync(join(dataDir, 'library.sqlite.seal'), { force: true });
  const again = startService({ dataDir });
  const old = await again.ask('plan.get', { id: plan.id });
  expect(old.content).toMatchObject({ planning: null, limit: 4, materials: [] });
  expect(old.content.items[0]).toMatchObject({ why: null, goals: [], proof: '' });
  const edited = { ...old.content, notes: { zh: '改', en: 'x' } };
  expect((await again.ask('plan.update', { id: plan.id, content: edited })).content.notes.zh).toBe('改');
  expect((await again.ask('plan.progress', { id: plan.id })).total).toBe(old.content.items.length);
  expect((await again.ask('plan.followUp', {})).total).toBe(1);
  expect(await again.ask('plan.actuals', { id: plan.id })).toEqual([]);
  const fresh = await again.ask('plan.renew', { id: plan.id });
  expect(fresh.content.planning?.basis).toBe('route');
  await again.ask('plan.compare', { a: plan.id, b: fresh.id });
});
