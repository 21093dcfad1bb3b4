import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import words from '../../resources/i18n/zh-CN/protection.json' with { type: 'json' };
import shell from '../../resources/i18n/zh-CN/shell.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

const PASSPHRASE = 'green kettle Tuesday';
const soon = <T>(read: () => T) => expect.poll(read);
const folder = mkdtempSync(join(tmpdir(), 'cultivar-protection-'));
let app: RunningApp;

async function start(): Promise<void> {
  app = await launchApp({ dataDir: join(folder, 'library') });
}
async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await app.page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}
async function unlock(): Promise<void> {
  await app.page.locator('#unlock-passphrase').waitFor();
  await soon(() => app.page.evaluate(() => document.activeElement?.id)).toBe('unlock-passphrase');
  await app.page.keyboard.type(PASSPHRASE);
  await app.page.keyboard.press('Enter');
  await app.page.locator('.app').waitFor();
}

beforeAll(async () => {
  await start();
  await app.page.locator('.app').waitFor();
  await ask('samples.load', {});
  await app.page.reload();
  await app.page.locator('.app').waitFor();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a passphrase is set in the settings, with a recovery key that has to be typed back', async () => {
  // Without a passphrase locking leads to where one is set.
  await app.page.keyboard.press('Control+Shift+l');
  await app.page.getByRole('button', { name: words.turnOn }).click();
  await app.page.locator('#new-passphrase').fill('short');
  await app.page.keyboard.press('Enter');
  await app.page.locator('.field-fault').waitFor();
  await app.page.locator('#new-passphrase').fill(PASSPHRASE);
  await app.page.locator('#new-passphrase-again').fill(PASSPHRASE);
  await app.page.keyboard.press('Enter');
  const recovery = (await app.page.locator('.recovery-key').textContent()) ?? '';
  expect(recovery).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  await app.answerDialog({ filePath: join(folder, 'recovery.txt') });
  await app.page.getByRole('button', { name: words.saveRecovery }).click();
  await app.page.getByText(words.savedRecovery).waitFor();
  expect(readFileSync(join(folder, 'recovery.txt'), 'utf8')).toContain(recovery);
  await app.page.locator('#recovery-end').fill('0000 0000');
  await app.page.keyboard.press('Enter');
  await app.page.locator('.ant-modal .ant-alert-error').waitFor();
  await app.page.locator('#recovery-end').fill(recovery.slice(-9).toLowerCase());
  await app.page.keyboard.press('Enter');
  await app.page.getByText(words.stateOn).waitFor();
  expect(readFileSync(join(folder, 'library', 'library.sqlite')).includes('光电')).toBe(false);
});

test('after a start the passphrase is asked for first, and the page cannot ask anything else', async () => {
  await app.close();
  await start();
  await app.page.locator('#unlock-passphrase').waitFor();
  expect(await seriousViolations(app.page)).toEqual([]);
  const refused = await app.page.evaluate(() => cultivar.call('library.list', {}));
  expect(refused).toMatchObject({ ok: false, error: { code: 'locked' } });
  await app.page.locator('#unlock-passphrase').fill('not this one');
  await app.page.keyboard.press('Enter');
  await app.page.locator('.unlock .ant-alert-error').waitFor();
  await unlock();
});

test('locked by the menu in the middle of a word, unlocking leads back to the same field with it', async () => {
  await app.page.locator('.rail button').first().click();
  const { rows } = await ask('library.list', { query: '兴图新科' });
  await app.page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
  await app.page.locator('.enterprise-bar').waitFor();
  await app.page.locator('.enterprise-bar').getByText(library.tab.profile, { exact: true }).click();
  const field = app.page.locator('#profile-niche');
  await field.fill('光纤激');
  expect(await app.clickMenu([shell.menu.file, shell.menu.lock])).toEqual([]);
  await unlock();
  await soon(() => field.inputValue()).toBe('光纤激');
  await soon(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  await app.page.keyboard.press('End');
  await app.page.keyboard.type('光器');
  await app.page.keyboard.press('Tab');
  await soon(async () => (await ask('enterprise.get', { id: rows[0]!.id })).enterprise.niche).toBe(
    '光纤激光器',
  );
});

/** A word half typed in a field, and a mark in this session once the page was hidden. */
async function halfTyped(word: string) {
  await app.page.locator('.rail button').first().click();
  await app.page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
  await app.page.locator('.enterprise-bar').getByText(library.tab.profile, { exact: true }).click();
  const field = app.page.locator('#profile-brief');
  await field.fill('');
  await field.pressSequentially(word);
  await app.page.evaluate(() => {
    sessionStorage.removeItem('covered');
    const seen = () =>
      getComputedStyle(document.querySelector('.app')!).visibility === 'hidden' &&
      sessionStorage.setItem('covered', 'yes');
    new MutationObserver(seen).observe(document.documentElement, { attributes: true });
  });
  return field;
}
const covered = () => app.page.evaluate(() => sessionStorage.getItem('covered'));

test('it locks after the minutes of the settings and not before, hides the page at once, and a half-typed word is there again', async () => {
  // The browser's own clock is set on; the product reads it as ever.
  await app.page.clock.install();
  await app.page.reload();
  await app.page.locator('.app').waitFor();
  const field = await halfTyped('北斗导');
  await soon(async () => (await ask('protection.status', {})).state).toBe('open');
  await app.page.clock.fastForward('14:50');
  expect(await app.page.locator('#unlock-passphrase').count()).toBe(0);
  // A sign of life counts from now.
  await app.page.keyboard.press('Shift');
  await app.page.clock.fastForward('14:50');
  await app.page.clock.runFor(5000);
  expect(await app.page.locator('#unlock-passphrase').count()).toBe(0);
  expect(await covered()).toBe(null);
  await app.page.clock.fastForward('00:10');
  await app.page.clock.runFor(5000);
  await app.page.locator('#unlock-passphrase').waitFor();
  expect(await covered()).toBe('yes');
  await unlock();
  await soon(() => field.inputValue()).toBe('北斗导');
});

test.each(['suspend', 'lock-screen'] as const)('it locks at %s', async (event) => {
  const field = await halfTyped(`北斗 ${event}`);
  await soon(async () => (await ask('protection.status', {})).state).toBe('open');
  await app.power(event);
  await app.page.locator('#unlock-passphrase').waitFor();
  expect(await covered()).toBe('yes');
  await unlock();
  await soon(() => field.inputValue()).toBe(`北斗 ${event}`);
});

test('the recovery key opens it too and asks for a new passphrase', async () => {
  await app.page.keyboard.press('Control+Shift+l');
  await app.page.getByRole('button', { name: words.unlock.useRecovery }).click();
  const text = readFileSync(join(folder, 'recovery.txt'), 'utf8');
  await app.page.locator('#unlock-recovery').fill(/([0-9A-Z]{4}-){7}[0-9A-Z]{4}/.exec(text)![0]);
  await app.page.locator('#new-passphrase').fill('another long one');
  await app.page.locator('#new-passphrase-again').fill('another long one');
  await app.page.getByRole('button', { name: words.unlock.open }).click();
  await app.page.locator('.app').waitFor();
});

test('the encryption is removed again with the passphrase', async () => {
  await app.page.keyboard.press('Control+,');
  await app.page.getByRole('button', { name: words.turnOff }).click();
  await app.page.locator('#present-passphrase').fill('another long one');
  await app.page.keyboard.press('Enter');
  await app.page.getByText(words.stateOff).waitFor();
  await app.close();
  await start();
  await app.page.locator('.app').waitFor();
});
