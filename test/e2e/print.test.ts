import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import cohort from '../../resources/i18n/zh-CN/cohort.json' with { type: 'json' };
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import { cohortLibrary } from '../cohort/cohort-library.ts';
import { launchApp, type RunningApp } from './launch-app.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

const SIZE = 300;
let app: RunningApp;
let page: Page;
let folder: string;

async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}

beforeAll(async () => {
  const made = await cohortLibrary(SIZE, 41);
  closeLibrary(made.db);
  folder = made.folder;
  app = await launchApp({ dataDir: folder, colorScheme: 'dark' });
  page = app.page;
  await page.locator('.app').waitFor();
  // Nobody sits at the print dialog; what it would be given is asked for below.
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: common.rail.cohort.hint, exact: true }).click();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the print button gives to the printer: its file, its words, and its first page as grey pixels. */
async function printed(from: Page | ReturnType<Page['locator']> = page) {
  await page.evaluate(() => document.documentElement.removeAttribute('data-printed'));
  await from.getByRole('button', { name: cohort.report.print }).click();
  await page.locator('html[data-printed]').waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const place = mkdtempSync(join(tmpdir(), 'cultivar-print-'));
  const file = join(place, 'print.pdf');
  writeFileSync(file, pdf);
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  execFileSync('pdftoppm', [
    '-gray',
    '-r',
    '50',
    '-f',
    '1',
    '-l',
    '1',
    '-singlefile',
    file,
    join(place, 'page'),
  ]);
  const picture = readFileSync(join(place, 'page.pgm'));
  // A PGM: "P5", width and height, 255, then a byte a pixel.
  const pixels = [...picture.subarray(picture.indexOf('255\n') + 4)];
  const share = (of: (grey: number) => boolean) => pixels.filter(of).length / pixels.length;
  rmSync(place, { recursive: true, force: true });
  return { text, info, pages: text.split('\f').slice(0, -1), share };
}

describe('printing from a dark window', () => {
  test('a screening goes to paper whole, across, and without its controls', async () => {
    await page.getByRole('button', { name: cohort.screening.run }).click();
    await page.locator('.cohort-figure-sure b').waitFor();
    const { text, info, pages, share } = await printed();
    const names = (await ask('library.list', { limit: 200 })).rows.map(({ name }) => name);
    const plain = text.replaceAll(/\s/g, '');
    const rows = Number(await page.locator('.cohort .grid').getAttribute('aria-rowcount')) - 1;
    expect(rows).toBeGreaterThan(150);
    // Every row is counted on paper, the last one too, and each page has some.
    expect(plain).toContain(String(rows));
    const numbered = new Set(text.match(/^\s*\d+(?=\s)/gm)?.map(Number));
    expect(Array.from({ length: rows }, (_, at) => at + 1).filter((at) => !numbered.has(at))).toEqual([]);
    for (const sheet of pages) expect(sheet.trim().length).toBeGreaterThan(100);
    expect(names.length).toBeGreaterThan(100);
    // The columns at the right edge of the window are there; the paper lies across.
    for (const column of [cohort.column.ask, cohort.column.routeYear, cohort.column.effort])
      expect(text).toContain(column);
    expect(info).toMatch(/Page size:\s+84\d\.\d+ x 59\d/);
    for (const control of [cohort.screening.run, cohort.report.print, cohort.report.save])
      expect(plain).not.toContain(control);
    expect(share((grey) => grey > 230)).toBeGreaterThan(0.7);
    expect(share((grey) => grey < 140)).toBeGreaterThan(0.01);
    // Afterwards the window is as it was.
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.locator('.print-list').waitFor({ state: 'detached' });
  });

  /** The numbers at the beginning of the lines: rows are counted on paper. */
  const missingOf = (text: string, rows: number) => {
    const numbered = new Set(text.match(/^\s*\d+(?=\s)/gm)?.map(Number));
    return Array.from({ length: rows }, (_, at) => at + 1).filter((at) => !numbered.has(at));
  };

  test('the list behind a number goes to paper whole, and nothing else', async () => {
    const holding = page.locator('.cohort-facts .cohort-link');
    const count = Number((await holding.textContent())?.replaceAll(/\D/g, ''));
    expect(count).toBeGreaterThan(40);
    await holding.click();
    await page.locator('.cohort-behind .grid-row').first().waitFor();
    const { text } = await printed(page.locator('.cohort-behind'));
    expect(missingOf(text, count)).toEqual([]);
    expect(missingOf(text, count + 1)).toEqual([count + 1]);
    expect(text).toContain(cohort.column.revenue.slice(0, 4));
    expect(text).not.toContain(cohort.column.reasons);
    await page.locator('html[data-theme="dark"]').waitFor();
    await page.locator('.ant-drawer-close').click();
    await page.locator('.cohort-behind').waitFor({ state: 'detached' });
  });

  test('a comparison of two screenings goes to paper whole', async () => {
    await page.getByRole('button', { name: cohort.screening.save }).click();
    await page.getByRole('dialog').getByRole('button', { name: common.saveButton }).click();
    await page.getByText(cohort.screening.saved).waitFor();
    // Everyone of one district is asked for no more.
    await page.locator('.cohort-conditions .filter-chip', { hasText: cohort.part.district }).click();
    await page.locator('.ant-popover:visible .ant-checkbox-wrapper', { hasText: '洪山区' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: cohort.screening.run }).click();
    await page.locator('.cohort-old').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: cohort.screening.kept.replace('{{count}}', '1') }).click();
    await page.getByRole('button', { name: cohort.screening.compare }).click();
    const left = page.locator('.cohort-figure', { hasText: cohort.moved.left });
    await left.waitFor();
    const rows = Number(await page.locator('.cohort .grid').getAttribute('aria-rowcount')) - 1;
    expect(rows).toBeGreaterThan(100);
    const { text } = await printed();
    expect(missingOf(text, rows)).toEqual([]);
    expect(text).toContain(cohort.why.notAsked);
    await page.locator('html[data-theme="dark"]').waitFor();
  });

  test('the pipeline goes to paper dark on white, charts too', async () => {
    await page.getByRole('tab', { name: cohort.tab.pipeline, exact: true }).click();
    await page.locator('.chart canvas').first().waitFor();
    const { text, share } = await printed();
    expect(text).toContain(cohort.targets.title);
    expect(text).not.toContain(cohort.targets.add);
    expect(share((grey) => grey > 230)).toBeGreaterThan(0.7);
    expect(share((grey) => grey < 140)).toBeGreaterThan(0.004);
    await page.locator('html[data-theme="dark"]').waitFor();
  });
});
