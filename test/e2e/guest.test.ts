import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../electron/api.ts';
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import errors from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import guest from '../../resources/i18n/zh-CN/guest.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

let app: RunningApp;
let page: Page;
const complaints: string[] = [];
const soon = <T>(look: () => T) => expect.poll(look);

beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.locator('.app').waitFor();
  await page.evaluate(() => cultivar.call('samples.load', {}));
});
afterAll(() => app?.close());

describe('guests look at the screen', () => {
  test('only the enterprise they came for can be seen and reached', async () => {
    await page.locator('[role="grid"] .grid-row').first().dblclick();
    await page.getByRole('button', { name: guest.begin }).click();
    await page.locator('.guest-bar').waitFor();
    for (const name of ['library', 'cohort', 'settings'] as const)
      expect(await page.getByRole('button', { name: common.rail[name].hint, exact: true }).isDisabled()).toBe(
        true,
      );
    expect(await page.getByRole('button', { name: library.backToLibrary }).isDisabled()).toBe(true);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+,');
    await page.getByText(library.tab.result, { exact: true }).click();
    await page.locator('.result-card').first().waitFor();
    await page.locator('canvas').first().waitFor();
    for (const tab of ['plan', 'profile', 'history', 'walk', 'result'] as const) {
      await page.locator('.enterprise-bar').getByText(library.tab[tab], { exact: true }).click();
      await page.locator('.skeleton, .ant-skeleton').first().waitFor({ state: 'detached' });
      expect(await page.getByText(errors.guestsWatch).count(), tab).toBe(0);
    }
    expect(await page.locator('.palette-input').count()).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/guest.png` });
  });

  test('a reload in their presence shows the same, and ending it shows everything again', async () => {
    await page.reload();
    await page.locator('.guest-bar').waitFor();
    expect(await page.locator('[role="grid"] .grid-row').count()).toBe(0);
    await page.getByRole('button', { name: guest.end }).click();
    await page.getByRole('button', { name: guest.endYes, exact: true }).click();
    await page.locator('.guest-bar').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: common.rail.library.hint, exact: true }).click();
    await soon(() => page.locator('[role="grid"] .grid-row').count()).toBe(8);
  });

  test('without a fault in the console', () => {
    expect(complaints).toEqual([]);
  });
});
