import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bridge } from '../../electron/preload.ts';
import { launchApp, type RunningApp } from './launch-app.ts';

declare const cultivar: Bridge;

let app: RunningApp;
const complaints: string[] = [];

beforeAll(async () => {
  app = await launchApp({ locale: 'zh' });
  app.page.on('pageerror', (error) => complaints.push(error.message));
  app.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});
afterAll(() => app?.close());

test('the product opens on its own page and needs nothing its policy refuses', async () => {
  await app.page.reload();
  await expect
    .poll(() => app.page.evaluate(() => document.querySelector('#root')?.childElementCount ?? 0))
    .toBeGreaterThan(0);
  const info = await app.page.evaluate(() => cultivar.call('app.info', {}));
  expect(info).toMatchObject({ ok: true, value: { faults: [] } });
  expect(complaints).toEqual([]);
});

test('the service goes on after a crash with what was stored', async () => {
  const count = () => app.page.evaluate(() => cultivar.call('library.list', { limit: 1 }));
  await app.page.evaluate(() => cultivar.call('samples.load', {}));
  const before = await count();
  expect(before).toMatchObject({ ok: true });
  const restarted = await app.page.evaluateHandle(() => ({
    heard: new Promise((resolve) => cultivar.on('service', resolve)),
  }));
  await app.serviceKill();
  expect(await restarted.evaluate(({ heard }) => heard)).toEqual({ state: 'restarted' });
  expect(await count()).toEqual(before);
});
