import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import diagnosis from '../../resources/i18n/zh-CN/diagnosis.json' with { type: 'json' };
import exchange from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import safety from '../../resources/i18n/zh-CN/safety.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-looking-'));
let [holder, looker]: RunningApp[] = [];
let page: Page;

interface Answer {
  ok: boolean;
  value: { id: string; rows: { id: string }[] };
}

/** A call of the page of the application that has the library. */
async function ask(name: string, input: unknown): Promise<Answer['value']> {
  const answer = (await holder!.page.evaluate(
    ([call, value]) => (globalThis as unknown as { cultivar: { call: Function } }).cultivar.call(call, value),
    [name, input] as const,
  )) as Answer;
  expect(answer.ok, JSON.stringify(answer)).toBe(true);
  return answer.value;
}

beforeAll(async () => {
  holder = await launchApp({ dataDir: join(folder, 'library') });
  await ask('samples.load', {});
  const { rows } = await ask('library.list', { sort: 'name' });
  await ask('plan.create', { enterpriseId: rows[0]!.id });
  looker = await launchApp({ dataDir: join(folder, 'library') });
  ({ page } = looker);
});
afterAll(async () => {
  await looker?.close();
  await holder?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Fields inside `within` that take what is typed. */
function open(within: string): Promise<string[]> {
  return page
    .locator(within)
    .evaluate((place) =>
      [...place.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
        .filter((field) => !field.readOnly && !field.matches(':disabled'))
        .map((field) => field.outerHTML.slice(0, 200)),
    );
}
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();

test('a library that is only looked at says so once, and nothing can be typed or stored', async () => {
  await page.getByText(safety.access.canLook).waitFor();
  await page.locator('[role="grid"] .grid-row').first().waitFor();
  for (const name of [library.add, exchange.import])
    expect(
      await page
        .getByRole('button', { name: new RegExp(`${name}$`) })
        .first()
        .isDisabled(),
      name,
    ).toBe(true);
  // Menu and keyboard know it as well.
  await page.keyboard.press('Control+n');
  expect(await page.locator('#add-name').count()).toBe(0);
  await page.locator('[role="grid"] .grid-row').first().dblclick();
  // What all() finds is what is there at once.
  await page.locator('.walk-step').first().waitFor();
  for (const topic of await page.locator('.walk-step').all()) {
    await topic.click();
    const name = (await topic.getAttribute('data-topic')) as keyof typeof diagnosis.topic;
    await page.locator('.walk-head h2').filter({ hasText: diagnosis.topic[name] }).waitFor();
    expect(await open('.walk-form')).toEqual([]);
  }
  expect(await page.locator('.walk-form .choice:not(:disabled)').count()).toBe(0);
  await tab(library.tab.profile);
  await page.locator('.profile-grid').first().waitFor();
  expect(await open('.profile-content')).toEqual([]);
  await tab(library.tab.plan);
  await page.locator('.plan-measures').waitFor();
  expect(await open('.plan-measures')).toEqual([]);
  await page.locator('.rail').getByRole('button').last().click();
  await page.locator('.settings').waitFor();
  // The day of a past library is chosen for looking.
  expect((await open('.settings')).filter((field) => !field.includes(safety.asOf.day))).toEqual([]);
});

test('what it holds can still be exported', async () => {
  await page.locator('.rail').getByRole('button').first().click();
  await page.locator('[role="grid"] .grid-row').first().waitFor();
  const file = join(folder, 'list.xlsx');
  await page.getByRole('button', { name: exchange.export }).click();
  const answered = looker!.answerDialog({ filePath: file });
  await page.getByRole('menuitem', { name: exchange.exportXlsx }).click();
  await answered;
  await expect.poll(() => existsSync(file)).toBe(true);
});
