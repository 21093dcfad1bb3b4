import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { own } from './own-policy.ts';
import { planned } from './planned-firm.ts';
import { resourcesDir, startService } from './start-service.ts';

test('a policy of ones own is matched to the firm; its amount is not shown before someone confirmed it', async () => {
  const { ask, plan } = await planned();
  const seen = async () => (await ask('plan.policies', { id: plan.id })).find(({ id }) => id === own.id);
  expect(await seen()).toBeUndefined();
  await ask('policies.save', { policy: own });
  expect((await seen())?.content.zh).not.toContain('30');
  await ask('policies.save', { policy: { ...own, confirmed: true } });
  expect((await seen())?.content.zh).toBe('首次认定奖励30万元。');
  await ask('policies.save', { policy: { ...own, confirmed: true, to: '2026-01-01' } });
  expect(await seen()).toBeUndefined();
});

test('one of ours can be changed, hidden and given back; all of it is logged', async () => {
  const { ask, refusal, content } = startService();
  const list = await ask('policies.list', {});
  const first = list[0]!;
  expect(list.every(({ origin, overrides, hidden }) => origin === 'product' && !overrides && !hidden)).toBe(
    true,
  );
  const title = { zh: '改过的', en: 'Changed' };
  const saved = await ask('policies.save', { policy: { ...first.policy, title } });
  const at = (rows: typeof list) => rows.find(({ policy }) => policy.id === first.policy.id);
  expect(at(saved)).toMatchObject({ policy: { title }, origin: 'own', overrides: true, hidden: false });
  expect(at(await ask('policies.hide', { id: first.policy.id, hidden: true }))).toMatchObject({
    hidden: true,
    policy: { title },
  });
  expect(at(await ask('policies.hide', { id: first.policy.id, hidden: false }))).toMatchObject({
    hidden: false,
    origin: 'own',
  });
  expect(at(await ask('policies.reset', { id: first.policy.id }))).toEqual(first);
  expect(await refusal('policies.reset', { id: first.policy.id })).toMatchObject({ key: 'policyNotFound' });
  expect(await refusal('policies.hide', { id: 'no-such', hidden: true })).toMatchObject({
    key: 'policyNotFound',
  });
  const log = content().change as { entity: string; action: string }[];
  expect(log.filter(({ entity }) => entity === 'ownPolicy').map(({ action }) => action)).toEqual([
    'policies.save',
    'policies.hide',
    'policies.hide',
    'policies.reset',
  ]);
});

test('each policy of a plan comes with the measures of that plan it supports', async () => {
  const { ask, plan } = await planned();
  const found = await ask('plan.policies', { id: plan.id });
  const used = found.filter(({ items }) => items.length > 0);
  expect(used.length).toBeGreaterThan(0);
  expect(found.slice(0, used.length)).toEqual(used);
  const ids = new Set(plan.content.items.map(({ id }) => id));
  expect(used.flatMap(({ items }) => items).filter((id) => !ids.has(id))).toEqual([]);
});

test('a hidden policy of ours is in no plan and comes back', async () => {
  const { ask, plan } = await planned();
  const before = await ask('plan.policies', { id: plan.id });
  await ask('policies.hide', { id: before[0]!.id, hidden: true });
  expect((await ask('plan.policies', { id: plan.id })).map(({ id }) => id)).toEqual(
    before.slice(1).map(({ id }) => id),
  );
  await ask('policies.hide', { id: before[0]!.id, hidden: false });
  expect(await ask('plan.policies', { id: plan.id })).toEqual(before);
});

test('policies outlive a restart, and the library wins over a pack of the data folder, which wins over ours', async () => {
  const { ask, service, dataDir } = startService();
  const [first] = await ask('policies.list', {});
  const inPack = { ...first!.policy, title: { zh: '来自文件', en: 'From the file' } };
  mkdirSync(join(dataDir, 'policies'));
  writeFileSync(
    join(dataDir, 'policies', 'own.json'),
    JSON.stringify({ schema: 'cultivar-policies/1', policies: [inPack, { ...own, id: 'own-file' }] }),
  );
  expect(await ask('packs.reload', {})).toMatchObject({
    packs: [{ file: 'policies/own.json', entries: 2, overrides: 1 }],
    faults: [],
  });
  const at = async (asked: typeof ask) =>
    (await asked('policies.list', {})).find(({ policy }) => policy.id === inPack.id);
  expect(await at(ask)).toMatchObject({ origin: 'pack', overrides: true, policy: { title: inPack.title } });
  await ask('policies.save', { policy: { ...inPack, title: { zh: '库里的', en: 'In the library' } } });
  await service.close();
  const again = startService({ dataDir });
  expect(await at(again.ask)).toMatchObject({ origin: 'own', policy: { title: { zh: '库里的' } } });
  await again.ask('policies.reset', { id: inPack.id });
  expect(await at(again.ask)).toMatchObject({ origin: 'pack' });
});

test('own measures are chosen for plans, ours are left as they are, and what is wrong is told by file and place', async () => {
  const { ask, dataDir, id } = await planned();
  const pack = JSON.parse(readFileSync(join(resourcesDir, 'measures', 'overall.json'), 'utf8'));
  const plan = await ask('plan.create', { enterpriseId: id });
  const used = plan.content.items.find((item) => item.measureId && item.why === 'route')!;
  const folder = join(dataDir, 'measures');
  mkdirSync(folder);
  const all = ['specialized', 'refined', 'innovative', 'overall'].flatMap(
    (name) => JSON.parse(readFileSync(join(resourcesDir, 'measures', `${name}.json`), 'utf8')).measures,
  );
  const ours = all.find((measure: { id: string }) => measure.id === used.measureId);
  writeFileSync(
    join(folder, 'our-house.json'),
    JSON.stringify({
      schema: 'cultivar-measures/1',
      id: 'our-house',
      title: { zh: '本所措施', en: 'Of our house' },
      measures: [
        { ...ours, title: { zh: '本所的做法', en: 'The way of our house' } },
        { ...pack.measures[0], id: 'own-stray', serves: ['S26-99'] },
        { ...pack.measures[0], id: 'own-broken', months: 0 },
      ],
    }),
  );
  writeFileSync(join(folder, 'broken.json'), '{ not json');
  const told = await ask('packs.reload', {});
  expect(told.packs).toEqual([
    {
      file: 'measures/our-house.json',
      kind: 'measures',
      id: 'our-house',
      title: { zh: '本所措施', en: 'Of our house' },
      entries: 2,
      overrides: 1,
    },
  ]);
  expect(told.faults.map(({ file, path, stray }) => [file, path, stray])).toEqual([
    ['measures/broken.json', '', false],
    ['measures/our-house.json', 'measures.2.months', false],
    ['measures/our-house.json', 'own-stray.serves', true],
  ]);
  const next = await ask('plan.create', { enterpriseId: id });
  expect(next.content.items.find((item) => item.measureId === used.measureId)?.title.zh).toBe('本所的做法');
  // The product itself is without a fault, and the plan made before keeps its words.
  expect((await ask('app.info', {})).faults).toEqual([]);
  expect((await ask('plan.get', { id: plan.id })).content).toEqual(plan.content);
});

test('the folders are prepared with examples that are no packs, and never written over', async () => {
  const { ask, dataDir } = startService();
  const { files } = await ask('packs.prepare', {});
  expect(files.every((file) => existsSync(file) && file.startsWith(dataDir))).toBe(true);
  const example = JSON.parse(readFileSync(files[0]!, 'utf8'));
  expect(example).toMatchObject({ schema: 'cultivar-measures/1', measures: [{ id: 'own-example' }] });
  writeFileSync(files[0]!, 'mine');
  await ask('packs.prepare', {});
  expect(readFileSync(files[0]!, 'utf8')).toBe('mine');
  expect((await ask('packs.list', {})).packs).toEqual([]);
  // Copied and renamed as it says, it is one.
  writeFileSync(join(dataDir, 'measures', 'ours.json'), JSON.stringify(example));
  expect(await ask('packs.reload', {})).toMatchObject({
    packs: [{ id: 'own', entries: 1, overrides: 0 }],
    faults: [],
  });
});
