import { expect, test } from 'vitest';
import { own } from './own-policy.ts';
import { planned } from './planned-firm.ts';
import { startService } from './start-service.ts';

test('a new version of a plan is one step back and one again, also after a restart', async () => {
  const first = await planned();
  const renewed = await first.ask('plan.renew', { id: first.plan.id });
  await first.service.close();

  const again = startService({ dataDir: first.dataDir });
  const versions = async () =>
    (await again.ask('plan.list', { enterpriseId: first.id })).map((plan) => plan.id);
  expect(await versions()).toEqual([renewed.id, first.plan.id]);
  expect(await again.ask('undo.back', {})).toMatchObject({ action: 'plan.renew', enterpriseId: first.id });
  expect(await versions()).toEqual([first.plan.id]);
  expect(await again.refusal('plan.get', { id: renewed.id })).toMatchObject({ code: 'not-found' });
  expect(again.events).toContainEqual(['changed', { topic: 'plan' }]);
  expect(await again.ask('undo.again', {})).toMatchObject({ action: 'plan.renew' });
  expect(await again.ask('plan.get', { id: renewed.id })).toEqual(renewed);
  // Its paper can be made: the check-up it was made from is back as well.
  expect((await again.ask('plan.checklist', { id: renewed.id }))?.materials.length).toBeGreaterThan(0);

  await again.ask('undo.back', {});
  expect(await again.ask('undo.back', {})).toMatchObject({ action: 'plan.create' });
  expect(await versions()).toEqual([]);
  await again.ask('undo.again', {});
  expect(await again.ask('plan.get', { id: first.plan.id })).toEqual(first.plan);
});

test('what was done to policies is taken back step by step, also after a restart', async () => {
  const running = startService();
  const { ask } = running;
  const list = await ask('policies.list', {});
  const theirs = list[0]!.policy;
  await ask('policies.save', { policy: own });
  await ask('policies.save', { policy: { ...own, confirmed: true } });
  await ask('policies.hide', { id: theirs.id, hidden: true });
  await ask('policies.reset', { id: own.id });
  await running.service.close();

  const again = startService({ dataDir: running.dataDir });
  const shown = async (id: string) =>
    (await again.ask('policies.list', {})).find(({ policy }) => policy.id === id);
  const back = async () => (await again.ask('undo.back', {}))?.action;
  expect(await shown(own.id)).toBeUndefined();
  expect(await back()).toBe('policies.reset');
  expect(await shown(own.id)).toMatchObject({ policy: { confirmed: true }, origin: 'own' });
  expect(again.events).toContainEqual(['changed', { topic: 'settings' }]);
  expect(await back()).toBe('policies.hide');
  expect(await shown(theirs.id)).toMatchObject({ hidden: false, origin: 'product' });
  expect(await back()).toBe('policies.save');
  expect(await shown(own.id)).toMatchObject({ policy: { confirmed: false } });
  expect(await back()).toBe('policies.save');
  expect(await again.ask('policies.list', {})).toEqual(list);
  for (let i = 0; i < 4; i++) await again.ask('undo.again', {});
  expect(await shown(own.id)).toBeUndefined();
  expect(await shown(theirs.id)).toMatchObject({ hidden: true });
});
