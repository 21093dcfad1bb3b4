import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import enLibrary from '../../resources/i18n/en/library.json' with { type: 'json' };
import enSettings from '../../resources/i18n/en/settings.json' with { type: 'json' };
import cohort from '../../resources/i18n/zh-CN/cohort.json' with { type: 'json' };
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import safety from '../../resources/i18n/zh-CN/safety.json' with { type: 'json' };
import settings from '../../resources/i18n/zh-CN/settings.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

/** A code that the check of GB 32100-2015 accepts, and the same with a letter O for the zero. */
const GOOD_CODE = '91420100MA4KT0AA05';
const OTHER_CODE = '91420100MA4KT0BB0U';
const BAD_CODE = '91420100MA4KTOAA05';
let app: RunningApp;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterAll(() => app?.close());

/** Two cores may be busy with other journeys: a condition has a while to come true. */
const soon = <T>(look: () => T) => expect.poll(look);

/** Asks the service what it has stored, beside the screen. */
async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}

const rows = () => page.locator('[role="grid"] .grid-row');
const rowNames = () => page.locator('[role="grid"] .grid-row strong').allTextContents();
const inGrid = (name: string) => page.locator('[role="grid"] .grid-row', { hasText: name });

describe('the library, from the first start on', () => {
  test('a first start says what this is and loads the samples in one click', async () => {
    await page.getByRole('heading', { name: library.firstTitle }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel(library.askName.label).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: library.askName.skip, exact: true }).click();
    await page.locator('.ask-name').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: library.loadSamplesCount.replace('{{count}}', '8') }).click();
    await soon(() => rows().count()).toBe(8);
    await page.getByText(library.total.replace('{{number}}', '8')).waitFor();
  });

  test('who is at work is asked once: the account is proposed, what is typed stands in history and settings', async () => {
    // As at the first start: the library is empty, nobody was asked.
    const fresh = await launchApp();
    try {
      const name = fresh.page.getByLabel(library.askName.label);
      await soon(() => name.inputValue()).toBe(userInfo().username);
      if (process.env.SHOTS) await fresh.page.screenshot({ path: join(process.env.SHOTS, 'ask-name.png') });
      await fresh.page.reload();
      await name.fill('王顾问');
      await fresh.page.getByRole('button', { name: library.askName.save, exact: true }).click();
      await name.waitFor({ state: 'detached' });
      const told = (call: string, input: object) =>
        fresh.page.evaluate(([call, input]) => cultivar.call(call, input), [
          call,
          input,
        ] as const) as Promise<{
          value: Record<string, string> & { actor: string }[];
        }>;
      expect((await told('settings.get', {})).value.consultant).toBe('王顾问');
      const { value: firm } = await told('enterprise.create', { name: '甲' });
      const { value: lines } = await told('history.list', { enterpriseId: firm.id! });
      expect(lines[0]!.actor).toBe('王顾问');
      // Not again, though the name is taken out of the settings.
      await told('settings.set', { consultant: '' });
      const gone = { selection: { ids: [firm.id!] } };
      await told('bulk.apply', { ...gone, operation: { do: 'trash' } });
      await told('trash.empty', gone);
      await fresh.page.reload();
      await fresh.page.getByRole('heading', { name: library.firstTitle }).waitFor();
      await fresh.page
        .getByRole('button', { name: library.loadSamplesCount.replace('{{count}}', '8') })
        .waitFor();
      expect(await name.count()).toBe(0);
    } finally {
      await fresh.close();
    }
  });

  test('the list has no serious fault of accessibility', async () => {
    await page.locator('.ant-message-notice').waitFor({ state: 'detached' });
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('search finds by the initials of the pinyin and by any part of the name', async () => {
    const search = page.getByLabel(library.search, { exact: true });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('xtxk');
    await soon(() => rows().count()).toBe(1);
    expect(await rowNames()).toEqual(['武汉兴图新科电子股份有限公司']);
    await search.fill('100%_');
    await page.getByText(library.nothingFound).waitFor();
    await page.getByRole('button', { name: library.clearFilters }).last().click();
    await soon(() => rows().count()).toBe(8);
  });

  test('the keyboard alone goes from the search into the list and opens an enterprise', async () => {
    await page.keyboard.press('Control+f');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = await page.locator('.grid-row-active strong').textContent();
    await page.keyboard.press('Enter');
    await soon(() => page.locator('h1').textContent()).toBe(second);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: library.palette.label }).fill(library.title);
    await page.keyboard.press('Enter');
    await soon(() => rows().count()).toBe(8);
  });

  test('a column heading sorts, and says so', async () => {
    const heading = page.getByRole('columnheader', { name: library.column.revenue });
    await heading.getByRole('button').click();
    await soon(() => heading.getAttribute('aria-sort')).toBe('descending');
    const amounts = async () =>
      (
        await page.locator('.grid-row [role="gridcell"]:nth-child(5) > span:first-child').allTextContents()
      ).map((text) => Number(text.replaceAll(',', '')));
    await soon(async () => (await amounts())[0]).toBe(50_248.24);
    await soon(async () => {
      const shown = await amounts();
      return shown.every((amount, at) => at === 0 || amount <= shown[at - 1]!);
    }).toBe(true);
  });
});

describe('a new enterprise', () => {
  const name = '测试精密制造有限公司';

  test('a wrong credit code is explained, and nothing is saved until it is right', async () => {
    await page.keyboard.press('Control+n');
    await page.locator('#add-name').fill(name);
    await page.locator('#add-uscc').fill(BAD_CODE);
    const said = library.uscc.characterMeant
      .replace('{{position}}', '14')
      .replace('{{found}}', 'O')
      .replace('{{suggestion}}', '0');
    await page.getByText(said).waitFor();
    await page.keyboard.press('Enter');
    await soon(() => page.locator('#add-uscc').evaluate((box) => box === document.activeElement)).toBe(true);
    await soon(() => rows().count()).toBe(8);
    await page.locator('#add-uscc').fill(GOOD_CODE);
    await page.getByText(library.uscc.good).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await soon(() => page.locator('h1').textContent()).toBe(name);
  });

  test('a credit code that the library already holds is refused with the holder named', async () => {
    await page.keyboard.press('Control+n');
    await page.locator('#add-name').fill('B');
    await page.locator('#add-uscc').fill(GOOD_CODE);
    await page.keyboard.press('Enter');
    await page.locator('.add-form [role="alert"]', { hasText: name }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#add-name').waitFor({ state: 'detached' });
    await soon(() => rows().count()).toBe(9);
  });

  test('its profile saves itself field by field, exactly, and is there after a reload', async () => {
    await inGrid(name).click();
    await page.getByRole('tab', { name: library.tab.profile }).click();
    const capital = page.locator('#profile-registeredCapital');
    await capital.fill('12x');
    await page.getByText(common.number.notANumber).waitFor();
    await capital.fill('１,234.5678');
    await page.locator('#profile-foundedOn').fill('2015/3');
    await page.locator('#profile-niche').fill('<script>alert(1)</script>');
    await page.locator('.profile-saved .save-saved').waitFor();
    await page.reload();
    await soon(() => page.locator('#profile-registeredCapital').inputValue()).toBe('1,234.5678');
    await soon(() => page.locator('#profile-foundedOn').inputValue()).toBe('2015-03');
    await soon(() => page.locator('#profile-niche').inputValue()).toBe('<script>alert(1)</script>');
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('its credit code is stored once it is valid; a wrong one is explained and the stored one stays', async () => {
    const code = page.locator('#profile-uscc');
    await code.fill(`${GOOD_CODE.slice(0, -1)}6`);
    await page.getByText(library.uscc.check.replace('{{expected}}', '5').replace('{{found}}', '6')).waitFor();
    const stored = async () => {
      const { rows } = await ask('library.list', { query: name });
      return (await ask('enterprise.get', { id: rows[0]!.id })).enterprise.uscc;
    };
    expect(await stored()).toBe(GOOD_CODE);
    await code.fill(OTHER_CODE.toLowerCase());
    await code.blur();
    await soon(stored).toBe(OTHER_CODE);
    await soon(() => code.inputValue()).toBe(OTHER_CODE);
    await code.fill(GOOD_CODE);
    await soon(stored).toBe(GOOD_CODE);
  });

  test('what was typed last is kept when the tab is left at once', async () => {
    await page.locator('#profile-chain').fill('C1');
    await page.getByRole('tab', { name: library.tab.history }).click();
    await page.getByText('C1', { exact: true }).waitFor();
    await page.getByText(`1,234.5678 ${common.unit.wan}`).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('a title held is added, changed, removed, and the removal undone', async () => {
    await page.getByRole('tab', { name: library.tab.profile }).click();
    await page.getByRole('button', { name: library.addTitleHeld }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(library.title_.kind, { exact: true }).click();
    await page.locator('.ant-select-item-option', { hasText: library.titleKind.hightech }).click();
    await dialog.getByLabel(library.title_.name, { exact: true }).fill('GR-1');
    await dialog.getByLabel(library.title_.issuedOn, { exact: true }).fill('2019-02-30');
    await page.keyboard.press('Enter');
    await dialog.getByText(library.badDate).waitFor();
    await dialog.getByLabel(library.title_.issuedOn, { exact: true }).fill('2019-12');
    await page.keyboard.press('Enter');
    const line = page.locator('#profile-titles-part tbody tr', { hasText: 'GR-1' });
    await line.getByText('2019-12').waitFor();
    await line.getByRole('button', { name: library.removeNamed.replace('{{name}}', 'GR-1') }).click();
    await page.getByText(library.noTitles).waitFor();
    await page.getByRole('button', { name: library.undo }).click();
    await line.getByText('2019-12').waitFor();
  });

  test('archived, it leaves the list; undone, it is back', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: library.palette.label }).fill(library.title);
    await page.keyboard.press('Enter');
    await soon(() => rows().count()).toBe(9);
    await page.getByRole('button', { name: library.moreFor.replace('{{name}}', name) }).click();
    await page.getByRole('menuitem', { name: library.archive }).click();
    await soon(() => inGrid(name).count()).toBe(0);
    await page
      .locator('.ant-notification-notice', { hasText: name })
      .getByRole('button', { name: library.undo })
      .click();
    await soon(() => inGrid(name).count()).toBe(1);
  });
});

describe('the window', () => {
  test('Ctrl+K leads to every place by its name', async () => {
    for (const [typed, there] of [
      [safety.backup.title, '#settings-backups:focus'],
      [cohort.tab.pipeline, '.cohort-head [aria-selected="true"]'],
    ] as const) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: library.palette.label }).fill(typed);
      await page.keyboard.press('Enter');
      await page.locator(there).first().waitFor();
    }
    await soon(() => page.locator('[role="tab"][aria-selected="true"]').first().textContent()).toBe(
      cohort.tab.pipeline,
    );
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: library.palette.label }).fill(library.title);
    await page.keyboard.press('Enter');
    await soon(() => rows().count()).toBe(9);
  });

  test('after a crash of the service it says that nothing saved was lost, and goes on', async () => {
    await app.serviceKill();
    await page.getByText(common.service.restarted).waitFor();
    await page.getByLabel(library.search, { exact: true }).fill('xtxk');
    await soon(() => rows().count()).toBe(1);
    await page.getByRole('button', { name: common.close }).click();
    await page.getByText(common.service.restarted).waitFor({ state: 'detached' });
  });

  test('settings are kept: name on the plans, language, theme', async () => {
    await page.keyboard.press('Control+,');
    await page.locator('#settings-consultant').fill('Li Lei');
    await page.locator('.save-saved').first().waitFor();
    await soon(async () => (await ask('settings.get', {})).consultant).toBe('Li Lei');
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('.ant-segmented-item', { hasText: settings.themes.dark }).click();
    await soon(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.locator('.ant-segmented-item', { hasText: 'English' }).click();
    await page.getByRole('heading', { name: enSettings.title, exact: true }).waitFor();
    await soon(() => page.locator('html').getAttribute('lang')).toBe('en');
    await soon(async () => await ask('settings.get', {})).toMatchObject({ locale: 'en', theme: 'dark' });
    await page.reload();
    await page.getByRole('heading', { name: enSettings.title, exact: true }).waitFor();
    await soon(() => page.locator('#settings-consultant').inputValue()).toBe('Li Lei');
    await soon(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the standards in use are listed with number, date, grade and hash', async () => {
    const lines = page.locator('[aria-labelledby="settings-about"] tbody tr');
    await lines.first().waitFor();
    await soon(() => lines.count()).toBeGreaterThanOrEqual(3);
    for (const text of await lines.allTextContents())
      expect(text).toMatch(/\d{4}-\d{2}-\d{2}.*[0-9a-f]{12}$/);
  });

  test('the list in English and dark has no serious fault of accessibility', async () => {
    await page.getByRole('button', { name: 'Enterprise library' }).click();
    await page.getByRole('heading', { name: enLibrary.title }).waitFor();
    await rows().first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the page reported no error on its console, so its policy refused nothing', () => {
    expect(complaints).toEqual([]);
  });
});
