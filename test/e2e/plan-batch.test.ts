import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../electron/api.ts';
import words from '../../resources/i18n/zh-CN/batch.json' with { type: 'json' };
import cohort from '../../resources/i18n/zh-CN/cohort.json' with { type: 'json' };
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import errors from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import plan from '../../resources/i18n/zh-CN/plan.json' with { type: 'json' };
import shell from '../../resources/i18n/zh-CN/shell.json' with { type: 'json' };
import verify from '../../resources/i18n/zh-CN/verify.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

let app: RunningApp;
let page: Page;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-plans-'));
  app = await launchApp();
  page = app.page;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.locator('.app').waitFor();
  await page.evaluate(() => cultivar.call('samples.load', {}));
  await page.reload();
  await page.getByRole('button', { name: common.rail.cohort.hint, exact: true }).click();
  await page.getByRole('button', { name: cohort.screening.run }).click();
  await page.locator('.cohort-figure-sure b').waitFor();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const dialog = () => page.getByRole('dialog');
const pdfs = () => readdirSync(folder).filter((name) => name.endsWith('.pdf'));
const begin = async () => {
  const answered = app.answerDialog({ filePaths: [folder] });
  await dialog().getByRole('button', { name: words.choose }).click();
  await answered;
};

/** Every fault of accessibility in the open dialog, however small. */
async function violationsInDialog(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include('.ant-modal')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

describe('the plans of a screening', () => {
  test('are asked for with their number, and the dialog can be used by everyone', async () => {
    await page.getByRole('button', { name: words.button }).click();
    await dialog().locator('.batch-lead').waitFor();
    await dialog().getByRole('button', { name: words.choose }).waitFor();
    expect(await violationsInDialog()).toEqual([]);
  });

  test('a folder dialog that is closed begins nothing', async () => {
    const answered = app.answerDialog({ canceled: true });
    await dialog().getByRole('button', { name: words.choose }).click();
    await answered;
    await dialog().getByRole('button', { name: words.choose }).waitFor();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('are written in the background, with the way to the end shown; then all is there', async () => {
    await dialog().getByLabel(plan.edition.en).check();
    // Watched for from before the beginning: the export does not wait for the test.
    const seen = [
      dialog().getByText(words.runningText).waitFor(),
      dialog().getByRole('button', { name: words.background }).click(),
      page.locator('.batch-notice').waitFor(),
    ];
    await begin();
    await Promise.all(seen);
    await page.locator('.ant-notification-notice').getByText(words.state.done).waitFor();
    await page.locator('.ant-notification-notice').getByRole('button', { name: words.details }).click();
    await dialog().getByText(words.indexWritten).waitFor();
    expect(pdfs().length).toBeGreaterThan(3);
    expect(readdirSync(folder).filter((name) => name.endsWith('.xlsx'))).toHaveLength(1);
    await dialog().getByRole('button', { name: common.close, exact: true }).last().click();
  });

  test('a cancelled export can be taken up again', async () => {
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'cultivar-plans-'));
    await page.getByRole('button', { name: words.button }).click();
    await dialog().getByLabel(plan.edition.en).check();
    const cancelled = dialog().getByRole('button', { name: words.cancel }).click();
    await begin();
    await cancelled;
    await dialog().getByText(words.state.cancelled).waitFor();
    const before = pdfs().length;
    await dialog().getByRole('button', { name: words.resume, exact: true }).click();
    await dialog().getByText(words.state.done).waitFor();
    expect(pdfs().length).toBeGreaterThan(before);
    expect(pdfs().length % 2).toBe(0);
    await dialog().getByRole('button', { name: common.close, exact: true }).last().click();
  });

  test('are genuine when they are opened again; another file is told for what it is', async () => {
    const open = async (path: string) => {
      const answered = app.answerDialog({ filePaths: [path] });
      await app.clickMenu([shell.menu.file, shell.menu.verify]);
      await answered;
    };
    await open(join(folder, pdfs()[0]!));
    await dialog().getByText(verify.result.genuine).waitFor();
    expect(await dialog().locator('.verify-ok').count()).toBe(7);
    expect(await violationsInDialog()).toEqual([]);
    await dialog().getByRole('button', { name: common.close, exact: true }).last().click();
    const other = join(folder, 'other.pdf');
    writeFileSync(other, 'no PDF at all');
    await open(other);
    await dialog().getByText(errors.pdfNone).waitFor();
    expect(complaints).toEqual([]);
  });
});
