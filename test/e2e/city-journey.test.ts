import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firmMaker, readSyntheticWords, seeded } from '../../electron/library/synthetic-firms.ts';
import batch from '../../resources/i18n/zh-CN/batch.json' with { type: 'json' };
import cohort from '../../resources/i18n/zh-CN/cohort.json' with { type: 'json' };
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import exchange from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import lists from '../../resources/i18n/zh-CN/lists.json' with { type: 'json' };
import { workbook } from '../exchange/harness.ts';
import { launchApp, type RunningApp } from './launch-app.ts';

/** As many as Wuhan's library began with. */
const SIZE = 1067;
const PLANS = 20;
const soon = <T>(look: () => T) => expect.poll(look);

let folder: string;
let app: RunningApp;
let page: Page;
const complaints: string[] = [];

/** The bureau's table: one row a firm, figures of three years beside each other. */
async function bureauTable(): Promise<string> {
  const random = seeded(1067);
  const firm = firmMaker(readSyntheticWords(join(import.meta.dirname, '../../resources')), seeded(2));
  const head = ['企业名称', '统一社会信用代码', '所在区', '主导产品', '成立日期', '负责顾问', '标签'];
  const years = [2023, 2024, 2025].flatMap((year) =>
    ['营业收入', '研发费用', '资产总额', '负债总额'].map((name) => `${year}年${name}（万元）`),
  );
  const rows = Array.from({ length: SIZE }, (_, i) => {
    const { name, uscc, district, product, consultant, tags } = firm(i);
    const revenue = Math.round(2000 + random() * 30_000);
    return [
      name,
      uscc,
      district,
      product,
      `${1998 + (i % 20)}年3月`,
      consultant,
      tags.join('、') || null,
      ...[0.8, 0.9, 1].flatMap((part) => [
        Math.round(revenue * part),
        Math.round(revenue * part * (0.01 + random() * 0.09)),
        Math.round(revenue * 1.4),
        Math.round(revenue * (0.3 + random())),
      ]),
    ];
  });
  return workbook(join(folder, 'bureau.xlsx'), [[...head, ...years], ...rows]);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-city-'));
  app = await launchApp();
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

test('the table of a city is imported', async () => {
  const table = await bureauTable();
  await page.getByRole('button', { name: exchange.import, exact: true }).click();
  await app.answerDialog({ filePaths: [table] });
  await page.getByRole('button', { name: exchange.choose, exact: true }).click();
  await page.getByRole('button', { name: exchange.next, exact: true }).click();
  await page
    .getByRole('button', { name: exchange.start.replace('{{count}}', String(SIZE)), exact: true })
    .click();
  await page
    .getByText(exchange.done.replace('{{added}}', String(SIZE)).replace('{{changed}}', '0'))
    .waitFor();
  await page.locator('.ant-modal-footer').getByRole('button', { name: exchange.close }).click();
  await soon(() => page.locator('.library-title [role="status"]').textContent()).toContain('1,067');
});

test('everyone of it is screened', async () => {
  await page.getByRole('button', { name: common.rail.cohort.hint, exact: true }).click();
  await page.getByRole('button', { name: cohort.screening.run }).click();
  const figure = (reach: string) => page.locator(`.cohort-figure-${reach} b`);
  await figure('sure').waitFor();
  const counts = await Promise.all(
    ['sure', 'possible', 'impossible'].map(async (reach) =>
      Number((await figure(reach).textContent())?.replaceAll(/\D/g, '')),
    ),
  );
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(SIZE);
});

test('twenty of the list, the nearest to their next tier, get their plans into a folder', async () => {
  await page.getByRole('button', { name: common.rail.library.hint, exact: true }).click();
  await page.getByRole('button', { name: lists.columns, exact: true }).click();
  await page.locator('.column-options .filter-option', { hasText: lists.column.distance }).click();
  await page.getByRole('button', { name: lists.columns, exact: true }).click();
  await page.getByRole('columnheader', { name: lists.column.distance }).getByRole('button').click();
  // The order has arrived when the nearest stand first.
  const distances = async () =>
    (await page.locator('.grid-row [data-column="distance"]').allTextContents()).map((text) =>
      Number.parseFloat(text),
    );
  await soon(async () => {
    const shown = (await distances()).slice(0, 6);
    return shown.length === 6 && shown.every((distance, at) => at === 0 || distance >= shown[at - 1]!);
  }).toBe(true);
  await page.locator('.grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  for (let i = 1; i < PLANS; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ ');
  await page.getByText(lists.select.count.replace('{{number}}', String(PLANS))).waitFor();
  await page.locator('.bulk-bar').getByRole('button', { name: batch.button }).click();
  const plans = mkdtempSync(join(folder, 'plans-'));
  const answered = app.answerDialog({ filePaths: [plans] });
  await page.getByRole('dialog').getByRole('button', { name: batch.choose }).click();
  await answered;
  await page.getByRole('dialog').getByText(batch.indexWritten).waitFor();
  const written = readdirSync(plans);
  const pdfs = written.filter((name) => name.endsWith('.pdf'));
  expect(pdfs).toHaveLength(PLANS);
  expect(pdfs.every((name) => statSync(join(plans, name)).size > 20_000)).toBe(true);
  const index = written.find((name) => name.endsWith('.xlsx')) as string;
  expect(((await readSheet(join(plans, index))) as unknown[][]).length).toBeGreaterThan(PLANS);
  expect(complaints).toEqual([]);
});
