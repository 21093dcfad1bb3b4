import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startService } from './start-service.ts';

async function planned() {
  const running = startService();
  await running.ask('samples.load', {});
  const { rows } = await running.ask('library.list', { query: 'xtxk' });
  const id = rows[0]!.id;
  const plan = await running.ask('plan.create', { enterpriseId: id });
  return { ...running, id, plan };
}

test('a plan is made with the check-up it answers', async () => {
  const { ask, id, plan, events } = await planned();
  expect(plan).toMatchObject({ enterpriseId: id, version: 1 });
  expect(plan.content.items.length).toBeGreaterThan(0);
  expect(await ask('diagnosis.verify', { id: plan.diagnosisId })).toEqual({ same: true, differences: [] });
  expect(await ask('plan.list', { enterpriseId: id })).toEqual([
    expect.objectContaining({ id: plan.id, title: plan.content.title, items: plan.content.items.length }),
  ]);
  expect(events).toContainEqual(['changed', { topic: 'plan', id: plan.id }]);
});

test('an edit raises the version, the same content does not, and only the edited measure is logged', async () => {
  const { ask, id, plan } = await planned();
  const [first, ...rest] = plan.content.items;
  const content = { ...plan.content, items: [{ ...first!, owner: '王总', note: '<b>先做</b> #x' }, ...rest] };
  const edited = await ask('plan.update', { id: plan.id, content });
  expect(edited).toMatchObject({ version: 2, content });
  expect((await ask('plan.update', { id: plan.id, content })).version).toBe(2);
  const [line] = await ask('history.list', { enterpriseId: id });
  expect(Object.keys(line!.fields).sort()).toEqual([`content.items.${first!.id}`, 'version']);
});

test('suggestions are measures the plan does not have yet', async () => {
  const { ask, plan } = await planned();
  const used = new Set(plan.content.items.map((item) => item.measureId));
  const suggested = await ask('plan.suggest', { id: plan.id });
  expect(suggested.length).toBeGreaterThan(0);
  expect(suggested.filter((item) => used.has(item.measureId))).toEqual([]);
  expect((await ask('plan.policies', { id: plan.id })).length).toBeGreaterThan(0);
});

test('the paper is made, and written whole by the shell; a failed write leaves what was there', async () => {
  const { ask, refusal, plan, dataDir } = await planned();
  const { pdf, suggestedName } = await ask('plan.render', { id: plan.id, locale: 'zh' });
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
  expect(suggestedName).toMatch(/^兴图新科.*2026-06-15\.pdf$/);
  const path = join(dataDir, 'plan.pdf');
  writeFileSync(path, 'older');
  expect(await ask('plan.exportFile', { planId: plan.id, locale: 'zh', path })).toEqual({
    path,
    bytes: pdf.byteLength,
  });
  expect(readFileSync(path)).toEqual(Buffer.from(pdf));
  const nowhere = join(dataDir, 'no', 'such', 'folder', 'plan.pdf');
  expect(
    await refusal('plan.exportFile', { planId: plan.id, locale: 'zh', path: nowhere }, 'shell'),
  ).toMatchObject({ code: 'file', key: 'fileWrite' });
  expect(readdirSync(dataDir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
