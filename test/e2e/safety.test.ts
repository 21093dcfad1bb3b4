import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import diagnosis from '../../resources/i18n/zh-CN/diagnosis.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import words from '../../resources/i18n/zh-CN/safety.json' with { type: 'json' };
import shell from '../../resources/i18n/zh-CN/shell.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';

declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

const soon = <T>(read: () => T) => expect.poll(read);
const folder = mkdtempSync(join(tmpdir(), 'cultivar-safety-'));
let app: RunningApp;
let id = '';

async function start(): Promise<void> {
  app = await launchApp({ dataDir: join(folder, 'library') });
  await app.page.locator('.app').waitFor();
}
async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await app.page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}
const profile = async () => (await ask('enterprise.get', { id })).enterprise;
const field = (name: string) => app.page.locator(`#profile-${name}`);
const cell = (year: number, column: string) => app.page.locator(`[data-walk-field="${year} ${column}"]`);
const tab = (name: string) => app.page.locator('.enterprise-bar').getByText(name, { exact: true }).click();
const figures = async () => {
  await tab(library.tab.walk);
  await app.page.locator('.walk-step[data-topic="figures"]').click();
};
const message = (text: string) => app.page.locator('.undo-message', { hasText: text });

beforeAll(async () => {
  await start();
  await ask('samples.load', {});
  await app.page.reload();
  await app.page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
  await app.page.locator('.enterprise-bar').waitFor();
  id = (await ask('library.list', { query: '兴图新科' })).rows[0]!.id;
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an edit is taken back and done again from anywhere, with words and a way to its place', async () => {
  await tab(library.tab.profile);
  const before = (await profile()).niche;
  await field('niche').fill('光纤激光器');
  await app.page.keyboard.press('Tab');
  await soon(async () => (await profile()).niche).toBe('光纤激光器');
  await tab(library.tab.history);
  await app.page.keyboard.press('Control+z');
  await message(words.undo.done.back).waitFor();
  await soon(() => app.page.locator('.undo-line').textContent()).toContain('光纤激光器');
  await soon(async () => (await profile()).niche).toBe(before);
  await app.page.locator('.undo-message').getByRole('button', { name: words.undo.show }).click();
  await soon(() => field('niche').evaluate((input) => input === document.activeElement)).toBe(true);
  await app.page.keyboard.press('Control+y');
  await message(words.undo.done.again).waitFor();
  await soon(() => field('niche').inputValue()).toBe('光纤激光器');
  expect(await app.clickMenu([shell.menu.edit, shell.menu.undo])).toEqual([]);
  await soon(() => field('niche').inputValue()).toBe(before ?? '');
});

test('text that is not stored yet is the text field’s own to take back', async () => {
  await field('foundedOn').focus();
  const stored = (await profile()).foundedOn;
  await app.page.keyboard.press('End');
  await app.page.keyboard.type('x');
  await app.page.keyboard.press('Control+z');
  await soon(() => field('foundedOn').inputValue()).toBe(stored ?? '');
  expect((await profile()).foundedOn).toBe(stored);
});

test('the grid shares the same steps: a figure is taken back from another screen too', async () => {
  await figures();
  const before = await cell(2018, 'rdExpense').inputValue();
  await cell(2018, 'rdExpense').fill('90');
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('Control+z');
  await soon(() => cell(2018, 'rdExpense').inputValue()).toBe(before);
  await app.page.keyboard.press('Control+Shift+z');
  await soon(() => cell(2018, 'rdExpense').inputValue()).toBe('90');
  await tab(library.tab.result);
  await app.page.keyboard.press('Control+z');
  await message(words.undo.done.back).waitFor();
  await figures();
  await soon(() => cell(2018, 'rdExpense').inputValue()).toBe(before);
});

test('a field tells its history and takes a value back', async () => {
  const before = await cell(2018, 'rdExpense').inputValue();
  await cell(2018, 'rdExpense').fill('77');
  await app.page.keyboard.press('Alt+h');
  const drawer = app.page
    .locator('.ant-drawer-section, .ant-drawer-content')
    .filter({ hasText: '77' })
    .first();
  await drawer.waitFor();
  await drawer.getByRole('button', { name: words.fieldHistory.restore }).first().click();
  await soon(() => cell(2018, 'rdExpense').inputValue()).toBe(before);
  await app.page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
});

test('an enterprise is shown as it was on a past day', async () => {
  await tab(library.tab.history);
  const today = new Date();
  const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(today.getDate()).padStart(2, '0')}`;
  await app.page.locator('#history-day').fill(day);
  await app.page.locator('#history-day').press('Enter');
  await app.page.locator('.past-figures').waitFor();
  await app.page.locator('#history-day').fill('2020-01-01');
  await app.page.locator('#history-day').press('Enter');
  await app.page.getByText(words.asOf.notYet.split('{{day}}')[0]!).waitFor();
});

test('a crash of the service in the middle of typing loses nothing', async () => {
  await tab(library.tab.profile);
  await field('brief').fill('服务中断时正在写的简介');
  await app.serviceKill();
  await app.page.getByText(common.service.restarted).waitFor();
  await soon(async () => (await profile()).brief).toBe('服务中断时正在写的简介');
});

test('after a crash of everything the half-typed text is there and the same field has the cursor', async () => {
  await figures();
  await cell(2017, 'netProfit').focus();
  await app.page.keyboard.type('12x');
  await soon(async () => (await ask('draft.list', {})).map(({ value }) => value)).toContain('12x');
  await app.crash();

  await start();
  await soon(() => cell(2017, 'netProfit').inputValue()).toBe('12x');
  await soon(() => cell(2017, 'netProfit').evaluate((input) => input === document.activeElement)).toBe(true);
  await app.page.getByText(words.drafts.restored.split('{{count}}')[0]!).waitFor();
  await soon(() => cell(2017, 'netProfit').getAttribute('aria-invalid')).toBe('true');
  await app.page.locator('.cell-note').getByText(diagnosis.cellProblem.notANumber).waitFor();
  await app.page.keyboard.press('Escape');
  await soon(async () => (await ask('draft.list', {})).filter(({ value }) => value === '12x')).toEqual([]);
});

test('a form that was half filled in goes on where it stopped', async () => {
  await app.page.keyboard.press('Control+n');
  await app.page.locator('#add-name').fill('半截子公司');
  await soon(async () => (await ask('draft.list', {})).map(({ key }) => key)).toContain('form add');
  await app.crash();

  await start();
  await app.page.locator('.drafts-left').getByRole('button', { name: words.drafts.continue }).click();
  await soon(() => app.page.locator('#add-name').inputValue()).toBe('半截子公司');
  await app.page.getByText(words.drafts.formRestored).waitFor();
  await app.page.locator('.ant-drawer').getByRole('button', { name: common.cancel }).click();
  await soon(async () => (await ask('draft.list', {})).map(({ key }) => key)).not.toContain('form add');
});

test('evidence is attached by dialog and by drop, shown small, taken off and given back', async () => {
  await app.page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
  await tab(library.tab.walk);
  await app.page.locator('.walk-step[data-topic="refined"]').click();
  await app.page.locator('[data-fact] .evidence-button').first().click();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  writeFileSync(join(folder, '证书.png'), png);
  await app.answerDialog({ filePaths: [join(folder, '证书.png')] });
  await app.page.locator('.evidence-drop').getByRole('button').click();
  await app.page.locator('.thumbnail canvas:not([hidden])').waitFor();
  await app.page.locator('.evidence-drawer').evaluate((target) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['%PDF-1.7'], '合同.pdf'));
    target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  const files = app.page.locator('.evidence-files li');
  await soon(() => files.count()).toBe(2);
  await files.filter({ hasText: '合同.pdf' }).getByRole('button').last().click();
  await soon(() => files.count()).toBe(1);
  await app.page.keyboard.press('Control+z');
  await soon(() => files.count()).toBe(2);
  await app.answerDialog({ filePath: join(folder, '另存.png') });
  await files.filter({ hasText: '证书.png' }).getByRole('button').nth(1).click();
  await soon(
    () => existsSync(join(folder, '另存.png')) && readFileSync(join(folder, '另存.png')).equals(png),
  ).toBe(true);
  await app.page.locator('.ant-drawer-close').click();
});

test('a damaged library is not replaced: the window offers the newest good backup and what is newer', async () => {
  await ask('backup.make', {});
  await app.close();
  const file = join(folder, 'library', 'library.sqlite');
  truncateSync(file, 20_000);
  app = await launchApp({ dataDir: join(folder, 'library') });
  await app.page.locator('.damage').getByText(words.damage.newestGood).waitFor();
  await app.page.locator('.damage').getByRole('button', { name: words.damage.restore }).click();
  await app.page.locator('.app').waitFor();
  await soon(async () => (await ask('library.summary', {})).total).toBeGreaterThan(5);
  expect(existsSync(join(folder, 'library', 'library.damaged-1.sqlite'))).toBe(true);
});

test('a second application on the same library can look and says who has it', async () => {
  const second = await launchApp({ dataDir: join(folder, 'library') });
  try {
    await second.page.getByText(words.access.canLook).waitFor();
    await second.page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).waitFor();
    const refused = await second.page.evaluate(() => cultivar.call('enterprise.create', { name: '新' }));
    expect(refused).toMatchObject({ ok: false, error: { key: 'readOnlyHeld' } });
  } finally {
    await second.close();
  }
});

test('the bottom line says how the library is; its details hold a bundle for support', async () => {
  await app.page.locator('.status-line').getByRole('button').click();
  await app.page.getByRole('button', { name: words.check.now }).click();
  await app.page.getByText(words.check.structureWell).waitFor();
  await app.answerDialog({ filePath: join(folder, 'support.zip') });
  await app.page.getByRole('button', { name: words.check.support }).click();
  await soon(() => existsSync(join(folder, 'support.zip'))).toBe(true);
});

test('the whole library as of a past day can be looked at, and today is one click away', async () => {
  const file = (await ask('library.list', {})).rows.length;
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Control+,');
  const part = app.page.locator('[aria-labelledby="settings-past"]');
  const now = new Date();
  const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  await part.getByRole('textbox').fill(day);
  await app.page.keyboard.press('Enter');
  await part.getByRole('button', { name: words.access.pastOpen }).click();
  await app.page.getByText(words.access.past.replace('{{day}}', day)).waitFor();
  await soon(() => app.page.locator('[role="grid"] .grid-row').count()).toBe(file);
  const refused = await app.page.evaluate(() => cultivar.call('enterprise.create', { name: '新' }));
  expect(refused).toMatchObject({ ok: false, error: { key: 'readOnlyPast' } });
  await app.page.getByRole('button', { name: words.access.toToday }).click();
  // The page is loaded anew.
  await soon(() =>
    ask('access.status', {}).then(
      ({ readOnly }) => readOnly,
      () => 'loading',
    ),
  ).toBeNull();
  await app.page.getByText(words.access.pastCanLook).waitFor({ state: 'detached' });
});
