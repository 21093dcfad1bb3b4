import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import exchange from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

const fixture = (name: string) => join(import.meta.dirname, '..', 'fixtures', 'import', name);
let app: RunningApp;
let page: Page;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-import-'));
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

const soon = <T>(look: () => T) => expect.poll(look);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const rowNames = () => page.locator('[role="grid"] .grid-row strong').allTextContents();
/** A picture of each step for whoever wants to look: set CULTIVAR_SHOTS to a folder. */
const shot = async (name: string) => {
  const shots = process.env.CULTIVAR_SHOTS;
  if (shots) await page.screenshot({ path: join(shots, `import-${name}.png`) });
};

test('from a workbook to enterprises, errors saved, and all of it undone', async () => {
  await button(exchange.import).click();
  await page.getByText(exchange.fileHint).waitFor();
  await shot('file');
  await app.answerDialog({ filePaths: [fixture('calc-wide.xlsx')] });
  await button(exchange.choose).click();
  await page.getByText('标题在第 3 行').waitFor();
  await shot('mapping');
  expect(await seriousViolations(page)).toEqual([]);
  await button(exchange.next).click();
  await page
    .getByText('统一社会信用代码第 10 位')
    .or(page.getByText(exchange.problem.usccCheck))
    .first()
    .waitFor();
  await shot('check');
  expect(await seriousViolations(page)).toEqual([]);
  await button(exchange.start.replace('{{count}}', '2')).click();
  await page.getByText(exchange.done.replace('{{added}}', '2').replace('{{changed}}', '0')).waitFor();
  await shot('done');
  const path = join(folder, 'errors.xlsx');
  await app.answerDialog({ filePath: path });
  await button(exchange.saveErrors).click();
  await soon(() => existsSync(path)).toBe(true);
  await soon(rowNames).toHaveLength(2);
  await button(exchange.undo).first().click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: exchange.undo }).click();
  await page.getByText(exchange.undone).waitFor();
  await page.locator('.ant-modal-footer').getByRole('button', { name: exchange.close }).click();
  await soon(rowNames).toHaveLength(0);
});

test('pasted cells, then the list as a file', async () => {
  await app.clickMenu(['文件', '导入企业数据…']);
  await page.getByLabel(exchange.paste).fill('企业名称\t2025年营业收入（万元）\n武汉粘贴有限公司\t1,200\n');
  await button(exchange.readPasted).click();
  await button(exchange.next).click();
  await button(exchange.start.replace('{{count}}', '1')).click();
  await page.getByText(exchange.done.replace('{{added}}', '1').replace('{{changed}}', '0')).waitFor();
  await page.locator('.ant-modal-footer').getByRole('button', { name: exchange.close }).click();
  await soon(rowNames).toEqual(['武汉粘贴有限公司']);
  const path = join(folder, 'list.csv');
  await app.answerDialog({ filePath: path });
  await page.getByRole('button', { name: exchange.export }).click();
  await page.getByRole('menuitem', { name: exchange.exportCsv }).click();
  await soon(() => existsSync(path)).toBe(true);
  await shot('library');
});

test('field by field, without a faulty cell, a row left out by hand, a unit decided; all of it counted before', async () => {
  await app.clickMenu(['文件', '导入企业数据…']);
  const rows = [
    '企业名称\t所在区\t主导产品\t成立日期\t研发人员占比\t2025年营业收入（万元）',
    '武汉粘贴有限公司\t江夏区\t切割机\t2010\t12.5\t1,300',
    '武汉坏格有限公司\t江岸区\t阀门\t2010-02-30\t0.35\t1,400',
    '武汉剔除有限公司\t江岸区\t泵\t2011\t20\t1,500',
    '合计\t\t\t\t\t4,200',
  ];
  await page.getByLabel(exchange.paste).fill(`${rows.join('\n')}\n`);
  await button(exchange.readPasted).click();
  await page.getByText('“研发人员占比”的写法不一致').waitFor();
  await shot('doubt');
  const pick = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
      .getByText(option)
      .first()
      .click();
  };
  await pick('研发人员占比 单位', exchange.unit.bySize);
  await button(exchange.next).click();
  const start = (count: number) => button(exchange.start.replace('{{count}}', String(count)));
  await start(2).waitFor();
  await shot('choices');
  expect(await seriousViolations(page)).toEqual([]);

  await pick(exchange.faulty.title, exchange.faulty.cells);
  await start(3).waitFor();
  await page.getByRole('tab', { name: /逐字段取舍/ }).click();
  await pick(`2025年营业收入 ${exchange.field_.choice}`.replace('2025年', ''), exchange.policy.replace);
  await page.getByText(exchange.policyApart.replace('{{count}}', '1')).waitFor();
  await shot('fields');
  await page.getByRole('tab', { name: /全部行/ }).click();
  await page.getByRole('checkbox', { name: `${exchange.rowTake} 4 武汉剔除有限公司` }).click();
  await page.getByText(exchange.handHint.replace('{{count}}', '1')).waitFor();
  await shot('rows');
  expect(await seriousViolations(page)).toEqual([]);
  await start(2).click();
  const done = exchange.done.replace('{{added}}', '1').replace('{{changed}}', '1');
  await page.getByText(done).waitFor();
  await page.getByText(exchange.doneFailed.replace('{{count}}', '1')).waitFor();
  await shot('done-part');
  const path = join(folder, 'left.xlsx');
  await app.answerDialog({ filePath: path });
  await button(exchange.saveErrors).click();
  await page.getByText(exchange.errorsSaved.replace('{{count}}', '2')).waitFor();
  await page.locator('.ant-modal-footer').getByRole('button', { name: exchange.close }).click();
  await soon(async () => (await rowNames()).sort()).toEqual(['武汉坏格有限公司', '武汉粘贴有限公司'].sort());
});

test('the console stays quiet', () => {
  expect(complaints).toEqual([]);
});
