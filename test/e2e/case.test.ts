import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import words from '../../resources/i18n/zh-CN/case.json' with { type: 'json' };
import errors from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import exchange from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

const PASSPHRASE = '\u53e3\u4ee4 correct horse';
const folder = mkdtempSync(join(tmpdir(), 'cultivar-case-'));
const file = join(folder, 'package.cultivar-case');
let [office, field]: RunningApp[] = [];
const complaints: string[] = [];

const soon = <T>(look: () => T) => expect.poll(look);

async function start(): Promise<RunningApp> {
  const app = await launchApp();
  app.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  app.page.on('pageerror', (error) => complaints.push(String(error)));
  return app;
}

/** A call of the page, as its own code makes it. */
async function ask<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await page.evaluate(
    ([call, value]) => (globalThis as unknown as { cultivar: { call: Function } }).cultivar.call(call, value),
    [name, input] as const,
  );
  expect(result.ok, JSON.stringify(result.error)).toBe(true);
  return result.value as CallOutput<N>;
}

beforeAll(async () => {
  office = await start();
  field = await start();
});
afterAll(async () => {
  await office?.close();
  await field?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Packs an enterprise from its line's menu. */
async function pack(app: RunningApp, name: string, passphrase: string): Promise<void> {
  rmSync(file, { force: true });
  const { page } = app;
  await page.getByRole('button', { name: library.moreFor.replace('{{name}}', name) }).click();
  await page.getByRole('menuitem', { name: words.pack }).click();
  if (passphrase) await page.getByLabel(words.passphrase, { exact: true }).fill(passphrase);
  const answered = app.answerDialog({ filePath: file });
  await page.getByRole('button', { name: words.save }).click();
  await answered;
  await soon(() => existsSync(file)).toBe(true);
  await page.getByLabel(words.passphrase, { exact: true }).waitFor({ state: 'detached' });
}

/** Opens the package from the menu of the library. */
async function open(app: RunningApp, empty = false): Promise<void> {
  const { page } = app;
  const answered = app.answerDialog({ filePaths: [file] });
  if (!empty) await page.getByRole('button', { name: exchange.export, exact: false }).first().click();
  await page.getByRole(empty ? 'button' : 'menuitem', { name: words.open }).click();
  await answered;
}

describe('two laptops and a USB stick', () => {
  let id = '';
  const name = '\u6b66\u6c49\u6fc0\u5149\u6837\u677f\u6709\u9650\u516c\u53f8';

  test('an enterprise is packed with a passphrase and taken in on the other laptop', async () => {
    if (!office || !field) throw new Error('not started');
    const made = await ask(office.page, 'enterprise.create', { name, niche: 'A' });
    id = made.id;
    await ask(office.page, 'figures.set', {
      enterpriseId: id,
      years: [{ year: 2024, values: { revenue: 50_000_000 } }],
    });
    await office.page.getByText(name).first().waitFor();
    await pack(office, name, PASSPHRASE);
    expect(readFileSync(file).includes(Buffer.from(name))).toBe(false);
    await open(field, true);
    const { page } = field;
    await page.getByLabel(words.passphrase, { exact: true }).fill('something else');
    await page.getByRole('button', { name: words.unlock }).click();
    await page.getByText(errors.passphraseWrong).waitFor();
    await page.getByLabel(words.passphrase, { exact: true }).fill(PASSPHRASE);
    await page.getByRole('button', { name: words.unlock }).click();
    await page.getByText(words.state.new, { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: words.apply_other.replace('{{count}}', '1') }).click();
    await page
      .getByText(words.done.replace('{{added}}', '1').replace('{{changed}}', '0').replace('{{same}}', '0'))
      .waitFor();
    await page.locator('.ant-modal').getByRole('button', { name: words.close, exact: true }).last().click();
    const [row] = (await ask(page, 'library.list', {})).rows;
    expect([row?.id, row?.name]).toEqual([id, name]);
  });

  test('what both changed is shown side by side, the later value stands, and a decision settles it', async () => {
    if (!office || !field) throw new Error('not started');
    await ask(office.page, 'figures.set', {
      enterpriseId: id,
      years: [{ year: 2024, values: { revenue: 60_000_000 } }],
    });
    await ask(office.page, 'enterprise.update', { id, changes: { district: '\u6d2a\u5c71\u533a' } });
    await ask(field.page, 'figures.set', {
      enterpriseId: id,
      years: [{ year: 2024, values: { revenue: 70_000_000 } }],
    });
    await pack(office, name, '');
    await open(field);
    const { page } = field;
    const dialog = page.locator('.case-firm');
    await dialog.getByText('6,000').waitFor();
    await dialog.getByText('7,000').waitFor();
    await dialog.getByText('\u6d2a\u5c71\u533a').waitFor();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/case-open.png` });
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: words.apply_other.replace('{{count}}', '1') }).click();
    await page.getByRole('button', { name: words.decideNow }).click();
    await page.getByRole('button', { name: words.chooseMine }).waitFor();
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/case-inbox.png` });
    expect(await seriousViolations(page)).toEqual([]);
    expect((await ask(page, 'enterprise.get', { id })).figures[0]?.values.revenue).toBe(70_000_000);
    await page.getByRole('button', { name: words.chooseTheirs }).click();
    await page.getByText(words.nothingToDecide).waitFor();
    expect((await ask(page, 'enterprise.get', { id })).figures[0]?.values.revenue).toBe(60_000_000);
  });

  test('a package is taken back as one step', async () => {
    if (!field || !office) throw new Error('not started');
    const { page } = field;
    await page.locator('.ant-drawer-close').click();
    await ask(office.page, 'enterprise.update', { id, changes: { brief: 'news' } });
    await pack(office, name, '');
    await open(field);
    await page.getByRole('button', { name: words.apply_other.replace('{{count}}', '1') }).click();
    const dialog = page.locator('.ant-modal');
    await dialog.getByRole('button', { name: words.undo }).click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: words.undo }).click();
    await page.getByText(words.undone).waitFor();
    expect((await ask(page, 'enterprise.get', { id })).enterprise.brief).toBe(null);
  });

  test('without a fault in the console', () => {
    expect(complaints).toEqual([]);
  });
});
