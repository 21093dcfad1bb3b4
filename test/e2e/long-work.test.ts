import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import errors from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import exchange from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import work from '../../resources/i18n/zh-CN/work.json' with { type: 'json' };
import { generate } from '../bench/generate.ts';
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

let folder: string;
let out: string;
let app: RunningApp;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-work-'));
  out = mkdtempSync(join(tmpdir(), 'cultivar-out-'));
  const db = await openLibrary(join(folder, 'library.sqlite'), new Date());
  generate(db, 6000, 4, 2025, true);
  closeLibrary(db);
  app = await launchApp({ dataDir: folder });
  page = app.page;
});
afterAll(async () => {
  await app?.close();
  for (const path of [folder, out]) rmSync(path, { recursive: true, force: true });
});

test('a complete export says how far it is on every screen, and cancelled leaves no file', async () => {
  const target = join(out, 'all.zip');
  const start = async () => {
    await app.answerDialog({ filePath: target });
    await page.getByRole('button', { name: exchange.export, exact: true }).click();
    await page.getByRole('menuitem', { name: exchange.exportEverything }).click();
  };
  await start();
  const bar = page.locator('.work-jobs', { hasText: work.job.exportAll });
  // Nothing between the two: the export does not wait.
  await bar.getByRole('button', { name: work.cancel }).click();
  await page.getByText(errors.workCancelled).waitFor();
  await bar.waitFor({ state: 'detached' });
  expect(readdirSync(out)).toEqual([]);
  await start();
  await bar.waitFor();
  if (process.env.CULTIVAR_SHOTS)
    await page.screenshot({ path: join(process.env.CULTIVAR_SHOTS, 'long-work.png') });
  expect(await seriousViolations(page)).toEqual([]);
  await page.locator('.ant-message-success').waitFor();
  expect(existsSync(target)).toBe(true);
});
