import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import lists from '../../resources/i18n/zh-CN/lists.json' with { type: 'json' };
import { generate } from '../bench/generate.ts';
import { launchApp, type RunningApp } from './launch-app.ts';

/** A message with its placeholders filled. */
const say = (text: string, details: Record<string, string | number>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(details[name]));
const soon = <T>(look: () => T) => expect.poll(look);

let folder: string;
let app: RunningApp;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-lists-'));
  const db = await openLibrary(join(folder, 'library.sqlite'), new Date());
  generate(db, 320, 4, 2025, true);
  closeLibrary(db);
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

const total = async () =>
  Number((await page.locator('.library-title [role="status"]').textContent())?.match(/\d+/)?.[0]);
const chip = (name: string) => page.locator('.library-filters .filter-chip', { hasText: name });

/** Ticks a box in the list of a chip; says how many it promised to show. */
async function filterBy(name: string, value: string): Promise<number> {
  await chip(name).click();
  const option = page.locator('.ant-popover:visible .filter-option', { hasText: value }).first();
  const promised = Number(await option.locator('.filter-count').textContent());
  await option.click();
  await chip(name).click();
  await page
    .locator('.ant-popover:visible')
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
  return promised;
}

test('a filter shows as many as its count said, and the list can be sorted by the distance to the next tier', async () => {
  await soon(total).toBe(320);
  const promised = await filterBy(library.filter.district, '洪山区');
  expect(promised).toBeGreaterThan(10);
  await soon(total).toBe(promised);
  await page.getByRole('button', { name: lists.columns, exact: true }).click();
  await page.locator('.column-options .filter-option', { hasText: lists.column.distance }).click();
  await page.getByRole('button', { name: lists.columns, exact: true }).click();
  const heading = page.getByRole('columnheader', { name: lists.column.distance });
  await heading.getByRole('button').click();
  await soon(() => heading.getAttribute('aria-sort')).toBe('ascending');
});

test('a view brings search, filters, order and columns back', async () => {
  const shown = await total();
  await page.locator('.view-button').click();
  await page.getByText(lists.view.save).click();
  await page.locator('#view-name').fill('洪山名单');
  await page.keyboard.press('Enter');
  await page.getByText(say(lists.view.saved, { name: '洪山名单' })).waitFor();
  await page.locator('.view-button').click();
  await page.locator('.ant-dropdown:visible').getByText(lists.view.all, { exact: true }).click();
  await soon(total).toBe(320);
  await soon(() => page.getByRole('columnheader', { name: lists.column.distance }).count()).toBe(0);
  await page.locator('.view-button').click();
  await page.locator('.ant-dropdown:visible').getByText('洪山名单', { exact: true }).click();
  await soon(total).toBe(shown);
  await page.getByRole('columnheader', { name: lists.column.distance }).waitFor();
});

test('all of a filter is changed at once after a look at what it does, and undone in one step', async () => {
  const shown = await total();
  await page.getByLabel(lists.select.all).check();
  await page.getByText(say(lists.select.count, { number: shown })).waitFor();
  await page.getByRole('button', { name: lists.bulk.edit }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: lists.bulk.addTags }).fill('本轮走访');
  await page.keyboard.press('Enter');
  await dialog.getByText(say(lists.bulk.previewHead, { changing: shown, selected: shown })).waitFor();
  await dialog.getByRole('button', { name: say(lists.bulk.apply, { number: shown }) }).click();
  await page.getByText(say(lists.bulk.doneEdit, { number: shown })).waitFor();
  const search = page.getByLabel(library.search, { exact: true });
  await search.fill('本轮走访');
  await soon(total).toBe(shown);
  await page.getByRole('button', { name: lists.bulk.undo, exact: true }).first().click();
  await page.getByText(library.nothingFound).waitFor();
  await page.getByRole('button', { name: library.clearFilters }).last().click();
  await soon(total).toBe(320);
});

test('rows chosen by click, with Shift a range; into the trash, back, and for good', async () => {
  const boxes = page.locator('.grid-row .grid-check input');
  await boxes.nth(1).click();
  await boxes.nth(4).click({ modifiers: ['Shift'] });
  await page.getByText(say(lists.select.count, { number: 4 })).waitFor();
  await page.getByRole('button', { name: lists.bulk.trash }).click();
  await soon(total).toBe(316);
  await chip(lists.filter.trash).click();
  await soon(total).toBe(4);
  await boxes.first().click();
  await page.locator('.bulk-bar').getByRole('button', { name: lists.bulk.restore, exact: true }).click();
  await soon(total).toBe(3);
  await page.getByRole('button', { name: lists.bulk.emptyTrash }).click();
  await page.getByRole('dialog').getByRole('button', { name: lists.bulk.deleteOk }).click();
  await page.getByText(lists.trashEmpty).waitFor();
  await chip(lists.filter.trash).click();
  await soon(total).toBe(317);
});

test('what is chosen is exported with the columns of the screen', async () => {
  const path = join(folder, 'chosen.csv');
  const boxes = page.locator('.grid-row .grid-check input');
  await boxes.nth(0).click();
  await boxes.nth(2).click();
  const names = await page.locator('.grid-row strong').allTextContents();
  const answered = app.answerDialog({ filePath: path });
  await page.getByRole('button', { name: lists.bulk.export }).click();
  await page.getByText(lists.bulk.exportCsv).click();
  await answered;
  await soon(() => {
    try {
      return readFileSync(path, 'utf8').trim().split('\n').length;
    } catch {
      return 0;
    }
  }).toBe(3);
  const text = readFileSync(path, 'utf8');
  expect([0, 1, 2].map((i) => text.includes(names[i] as string))).toEqual([true, false, true]);
  expect(text).toContain('所属行业');
  await page.getByRole('button', { name: lists.select.clear }).click();
  await soon(() => page.locator('.bulk-bar').count()).toBe(0);
  expect(complaints).toEqual([]);
});
