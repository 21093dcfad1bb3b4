import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import en from '../../resources/i18n/en/library.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

async function ask<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}

const soon = <T>(look: () => T) => expect.poll(look);

/** What can be pressed but lies (partly) beside the window, where nothing scrolls it in; by its words. */
function beside(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    return [...document.querySelectorAll<HTMLElement>('button, a[href], input, [role="tab"]')]
      .filter((element) => {
        const { left, right, width, height } = element.getBoundingClientRect();
        if (width < 4 || height < 4 || !element.checkVisibility({ visibilityProperty: true })) return false;
        if (left >= -1 && right <= innerWidth + 1) return false;
        for (let up = element.parentElement; up; up = up.parentElement) {
          if (scrolls(up) && up.getBoundingClientRect().right <= innerWidth + 1) return false;
        }
        return true;
      })
      .map((element) => element.getAttribute('aria-label') ?? element.textContent ?? element.tagName);
  });
}

describe.each([
  { locale: 'zh' as const, words: zh },
  { locale: 'en' as const, words: en },
])('a narrow window, $locale', ({ locale, words }) => {
  let app: RunningApp;
  let page: Page;
  let id: string;
  /** A layout that was changed a moment ago may need another look to be settled. */
  const nothingBeside = (where: string) => expect.poll(() => beside(page), { message: where }).toEqual([]);
  const tab = (name: string) => page.locator('.enterprise-bar').getByText(name, { exact: true }).click();

  beforeAll(async () => {
    app = await launchApp({ locale, viewport: { width: 1024, height: 640 } });
    page = app.page;
    await page.locator('.app').waitFor();
    await ask(page, 'samples.load', {});
    id = (await ask(page, 'library.list', { query: '兴图新科' })).rows[0]!.id;
    await ask(page, 'plan.create', { enterpriseId: id });
    await page.reload();
    await page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
  });
  afterAll(() => app?.close());

  test('the plan keeps its buttons: export, its menu, the preview and its zoom', async () => {
    await tab(words.tab.plan);
    await page.locator('.pdf-page canvas').first().waitFor();
    for (const width of [1024, 1093, 911, 683]) {
      await page.setViewportSize({ width, height: 640 });
      await soon(() => page.locator('.plan-bar-end button').count()).toBe(4);
      await nothingBeside(`${width} px`);
    }
  });

  test.each([1093, 911, 683])('every screen has its controls in %i px', async (width) => {
    await page.setViewportSize({ width, height: 640 });
    const rail = page.locator('.rail button');
    await rail.first().click();
    await page.locator('[role="grid"] .grid-row').first().waitFor();
    await nothingBeside('library');
    // The commands of a row stay in the window while its columns are scrolled.
    const menu = page.locator('.grid-row [data-column="menu"] button').first();
    await soon(async () => {
      const { x, width: wide } = (await menu.boundingBox())!;
      return x + wide;
    }).toBeLessThanOrEqual(width);
    await page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
    await tab(words.tab.walk);
    await page.locator('.walk-form [data-fact]').first().waitFor();
    await nothingBeside('walk');
    await soon(async () => (await page.locator('.walk-form').boundingBox())!.width).toBeGreaterThan(480);
    await page.locator('.verdict-more').click();
    await page.locator('.panel-items .item-row').first().waitFor();
    await nothingBeside('verdicts');
    await page.locator('.verdict-more').click();
    await page.locator('.panel-items').waitFor({ state: 'hidden' });
    for (const name of ['result', 'profile', 'history'] as const) {
      await tab(words.tab[name]);
      await page
        .locator(name === 'result' ? '.gates' : '.screen .scroll')
        .first()
        .waitFor();
      await nothingBeside(name);
    }
    await rail.nth(3).click();
    for (const view of await page.locator('.cohort-head [role="tab"]').all()) {
      await view.click();
      await nothingBeside(`cohort ${await view.textContent()}`);
    }
    await rail.last().click();
    await page.locator('.settings').waitFor();
    await nothingBeside('settings');
  });
});
