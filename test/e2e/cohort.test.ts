import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import cohort from '../../resources/i18n/zh-CN/cohort.json' with { type: 'json' };
import file from '../../resources/i18n/zh-CN/cohort-file.json' with { type: 'json' };
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import lists from '../../resources/i18n/zh-CN/lists.json' with { type: 'json' };
import { cohortLibrary } from '../cohort/cohort-library.ts';
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

const SIZE = 1067;
let app: RunningApp;
let page: Page;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  const made = await cohortLibrary(SIZE, 1067);
  // Some holders of other cities, whom the city's targets do not count.
  made.db.exec(
    `UPDATE enterprise SET city = '上海市', district = NULL WHERE id IN
       (SELECT enterprise_id FROM standing WHERE current_rung = 2 ORDER BY enterprise_id LIMIT 5)`,
  );
  closeLibrary(made.db);
  folder = made.folder;
  app = await launchApp({ dataDir: folder });
  page = app.page;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const soon = <T>(look: () => T) => expect.poll(look);
const number = (text: string | null) => Number((text ?? '').replaceAll(/[^\d]/g, ''));
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
const figure = (reach: string) => page.locator(`.cohort-figure-${reach} b`);

/** Clicks a number and reads how many enterprises its list has. */
async function behind(link: ReturnType<Page['locator']>): Promise<[clicked: number, listed: number]> {
  const clicked = number(await link.textContent());
  await link.click();
  const count = page.locator('.cohort-behind-count');
  await soon(() => count.textContent()).not.toBe('…');
  const listed = number(await count.textContent());
  await page.locator('.ant-drawer-close').click();
  await count.waitFor({ state: 'detached' });
  return [clicked, listed];
}

describe('a city library of 1,067 firms', () => {
  test('is screened: everyone sure, possible, impossible or holding already', async () => {
    await page.getByRole('button', { name: common.rail.cohort.hint, exact: true }).click();
    await page.getByText(cohort.screening.emptyTitle).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: cohort.screening.run }).click();
    await figure('sure').waitFor();
    await page.locator('.cohort-reason').first().waitFor();
    const counts = await Promise.all(['sure', 'possible', 'impossible'].map((r) => figure(r).textContent()));
    const holding = page.locator('.cohort-facts .cohort-link');
    const [clicked, listed] = await behind(holding);
    expect(listed).toBe(clicked);
    expect(counts.reduce((sum, text) => sum + number(text), 0) + listed).toBe(SIZE);
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the screening is kept as a list and written as a workbook', async () => {
    await page.getByRole('button', { name: cohort.screening.save }).click();
    await page.locator('#screening-name').fill('年度种子名单');
    await page.getByRole('dialog').getByRole('button', { name: common.saveButton }).click();
    await page.getByText(cohort.screening.saved).waitFor();
    await page.getByRole('button', { name: cohort.screening.kept.replace('{{count}}', '1') }).waitFor();
    await figure('possible').click();
    const possible = number(await figure('possible').textContent());
    const path = join(folder, 'seeds.xlsx');
    const answered = app.answerDialog({ filePath: path });
    await page.getByRole('button', { name: cohort.file.export }).click();
    await page.getByRole('menuitem', { name: cohort.file.xlsx }).click();
    await answered;
    await page.getByRole('button', { name: cohort.file.show }).waitFor();
    const table = (await readSheet(readFileSync(path))) as unknown[][];
    expect(table[0]).toContain(file.ask);
    expect(table.length - 1).toBe(possible);
    expect(table.slice(1).every((row) => row[5] === file.reach_possible)).toBe(true);
    const csv = join(folder, 'seeds.csv');
    await page.getByRole('button', { name: cohort.file.export }).click();
    await page.getByRole('menuitem', { name: cohort.file.csv }).click();
    await app.answerDialog({ filePath: csv });
    await soon(() => {
      try {
        return readFileSync(csv, 'utf8').trimEnd().split('\r\n').length - 1;
      } catch {
        return 0;
      }
    }).toBe(possible);
  });

  test('a kept list that is removed comes back by Ctrl+Z', async () => {
    const lists = (count: number) =>
      page.getByRole('button', { name: cohort.screening.kept.replace('{{count}}', String(count)) });
    await lists(1).click();
    await page.locator('.cohort-kept-list .ant-btn-icon-only').click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: cohort.screening.remove }).click();
    await lists(0).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await lists(1).waitFor();
  });

  test('figures of another question than the one in the form are marked as such until it is asked', async () => {
    const old = page.locator('.cohort-old');
    expect(await old.count()).toBe(0);
    await page.getByRole('button', { name: cohort.screening.run }).click();
    await old.waitFor({ state: 'detached' });
    await page.locator('.ant-segmented-item', { hasText: common.tierShort['3'] }).first().click();
    await old.waitFor();
    expect(await old.textContent()).toContain(common.tierShort['2']);
    await page.getByRole('button', { name: cohort.screening.run }).click();
    await old.waitFor({ state: 'detached' });
    await soon(() => page.locator('.cohort-facts').textContent()).toContain(common.tierShort['3']);
  });

  test('enterprises marked in the library are a cohort of their own, until that is ended', async () => {
    await page.getByRole('button', { name: common.rail.library.hint, exact: true }).click();
    const boxes = page.locator('.library-list .grid-row input[type="checkbox"]');
    for (const at of [0, 1, 2]) await boxes.nth(at).check();
    await page.getByRole('button', { name: lists.bulk.asCohort }).click();
    const said = page.locator('.cohort-said .cohort-link');
    await soon(() => said.textContent()).toContain('3');
    const chip = page.locator('.cohort-conditions .filter-chip', { hasText: cohort.chosenMarked });
    await soon(() => chip.textContent()).toContain('3');
    expect(await behind(said)).toEqual([3, 3]);
    await tab(cohort.tab.screening);
    await chip.waitFor();
    await page.getByRole('button', { name: cohort.screening.run }).click();
    await soon(async () => {
      const counts = await Promise.all(
        ['sure', 'possible', 'impossible'].map((r) => figure(r).textContent()),
      );
      const holding = number(await page.locator('.cohort-facts .cohort-link').textContent());
      return counts.reduce((sum, text) => sum + number(text), holding);
    }).toBe(3);
    await tab(cohort.tab.profile);
    await chip.click();
    await soon(async () => number(await said.textContent())).toBe(SIZE);
    await chip.waitFor({ state: 'detached' });
    // The library list as it is filtered, through the menu of its views.
    await page.getByRole('button', { name: common.rail.library.hint, exact: true }).click();
    await page.locator('.view-button').click();
    await page.locator('.ant-dropdown:visible').getByText(lists.view.cohort, { exact: true }).click();
    await page.locator('.cohort-conditions .filter-chip', { hasText: cohort.chosenList }).click();
    await soon(async () => number(await said.textContent())).toBe(SIZE);
  });

  test('the pipeline counts what its lists hold, takes a target and finds the least effort to it', async () => {
    await tab(cohort.tab.pipeline);
    const ladder = page.getByRole('region', { name: cohort.pipeline.ladder, exact: true });
    await ladder.locator('canvas').waitFor();
    await ladder.locator('.ant-segmented-item').last().click();
    const links = ladder.locator('.cohort-table .cohort-link');
    for (const at of [0, 1, 3]) {
      const [clicked, listed] = await behind(links.nth(at));
      expect(listed).toBe(clicked);
    }
    const targets = page.getByRole('region', { name: cohort.targets.title });
    await soon(() => targets.locator('tbody tr').count()).toBe(3);
    await targets.getByRole('button', { name: cohort.targets.add }).click();
    await soon(() => targets.locator('tbody tr').count()).toBe(4);
    const due = page.getByRole('region', { name: cohort.pipeline.due });
    const [clicked, listed] = await behind(due.locator('.cohort-link').first());
    expect(listed).toBe(clicked);
    await page.getByRole('button', { name: cohort.solver.run, exact: true }).last().click();
    await page.locator('.cohort-verdict').waitFor();
    await page.locator('.cohort-solved-list .grid-row').first().waitFor();
    // Who is there already for the solver are those whom the target of that tier counts.
    const there = await page.locator('.cohort-verdict + .cohort-table tbody td.num').nth(1).textContent();
    const counted = targets.locator('tbody tr').nth(3).locator('.cohort-link');
    expect(number(there)).toBe(number(await counted.textContent()));
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the portrait counts what its lists hold', async () => {
    await tab(cohort.tab.profile);
    const numbers = page.getByRole('region', { name: cohort.profile.numbers });
    await numbers.waitFor();
    for (const at of [0, 5, 8]) {
      const [clicked, listed] = await behind(numbers.locator('.cohort-link').nth(at));
      expect(listed).toBe(clicked);
    }
    await page.getByRole('region', { name: cohort.heat.title }).locator('canvas').first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('the question that decides most is worked out for the whole library', async () => {
    const questions = page.getByRole('region', { name: cohort.questions.title });
    await questions.getByRole('button', { name: cohort.questions.ask }).click();
    const cells = questions.locator('tbody tr').first().locator('td.num');
    await soon(() => cells.count()).toBe(4);
    const [decides, proves, disproves, open] = (await cells.allTextContents()).map(number);
    expect(decides).toBe(Math.max(proves as number, disproves as number));
    expect(decides).toBeGreaterThan(0);
    expect(open).toBeGreaterThanOrEqual(decides as number);
  });

  test('a change of the rules is judged over everyone', async () => {
    await tab(cohort.tab.impact);
    await page.getByRole('button', { name: cohort.impact.run, exact: true }).click();
    await page.getByText(cohort.impact.judged.replace('{{number}}', '1,067')).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('all of it fits on a report of two pages', async () => {
    const path = join(folder, 'report.pdf');
    const answered = app.answerDialog({ filePath: path });
    await page.getByRole('button', { name: cohort.report.save }).click();
    await answered;
    await soon(() => {
      try {
        return readFileSync(path).subarray(0, 5).toString();
      } catch {
        return '';
      }
    }).toBe('%PDF-');
    await soon(() => readFileSync(path).subarray(-8).toString('latin1')).toContain('%%EOF');
    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text).toContain(file.report_title);
    expect(text).toContain('1,067');
    expect(text.replaceAll(/\s/g, '')).toContain(file.report_benchmark);
    expect(text).toContain('1,200');
    expect(
      execFileSync('pdfinfo', [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ).toMatch(/Pages:\s+2\b/);
  });

  test('without a fault in the console', () => {
    expect(complaints).toEqual([]);
  });
});
