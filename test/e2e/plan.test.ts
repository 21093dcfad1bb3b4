import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import paper from '../../resources/i18n/zh-CN/paper.json' with { type: 'json' };
import words from '../../resources/i18n/zh-CN/plan.json' with { type: 'json' };
import wording from '../../resources/i18n/zh-CN/wording.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

const EDITED = '本季度完成两件发明专利的撰写与申请';
const soon = <T>(read: () => T) => expect.poll(read);
let app: RunningApp;
let page: Page;
let folder: string;
let id: string;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-plan-'));
  app = await launchApp();
  page = app.page;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.locator('.app').waitFor();
  await ask('samples.load', {});
  id = (await ask('library.list', { query: '兴图新科' })).rows[0]!.id;
  await page.reload();
  await page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
  await page.locator('.enterprise-bar').getByText(library.tab.plan, { exact: true }).click();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks the service what it has stored, beside the screen. */
async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}
async function storedPlan(): Promise<CallOutput<'plan.get'>> {
  const [listed] = await ask('plan.list', { enterpriseId: id });
  return ask('plan.get', { id: listed!.id });
}
/** The measure that stands first on the screen, as it is stored. */
async function storedFirst() {
  const first = await items().first().getAttribute('data-item');
  const item = (await storedPlan()).content.items.find((stored) => stored.id === first);
  if (!item) throw new Error('The first measure is not stored');
  return item;
}
const items = () => page.locator('.plan-item');
const title = (at: number) => items().nth(at).locator('[data-field="title"]');
const readPdf = (path: string) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });

describe('the plan', () => {
  test('is made from the check-up in one click', async () => {
    await page.getByRole('button', { name: words.createFirst }).click();
    await items().first().waitFor();
    const { length } = (await storedPlan()).content.items;
    await soon(() => items().count()).toBe(length);
  });

  test('is shown as the document it will be', async () => {
    const preview = page.locator('.pdf-preview');
    await soon(async () => Number(await preview.getAttribute('data-pages'))).toBeGreaterThan(2);
    await page.locator('.pdf-page canvas').first().waitFor();
    // Something is drawn on the page: not all of it is white.
    await soon(() =>
      page
        .locator('.pdf-page canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          // Dark and covered: a canvas that was never drawn on is black and clear.
          return data.some((value, at) => at % 4 < 3 && value < 128 && data[at - (at % 4) + 3] === 255);
        }),
    ).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('stores a changed line soon, marks the other edition, and takes steps back', async () => {
    const before = (await storedFirst()).title;
    await title(0).fill(EDITED);
    await soon(async () => (await storedFirst()).title).toEqual({ zh: EDITED, en: before.en });
    await page.locator('.plan-bar .save-saved').waitFor();
    await items().first().getByText(words.stale.en).waitFor();
    await title(0).press('Control+z');
    await soon(async () => (await storedFirst()).title.zh).toBe(before.zh);
    await title(0).press('Control+Shift+z');
    await soon(async () => (await storedFirst()).title.zh).toBe(EDITED);
  });

  test('lines, dates and people of a measure can be changed', async () => {
    const first = items().first();
    await first.getByRole('button', { name: words.openItem }).click();
    const steps = first.locator('.lines').first().locator('textarea');
    const before = await steps.count();
    await steps.last().press('Enter');
    await soon(() => steps.count()).toBe(before + 1);
    await soon(() => steps.last().evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('每月例会复盘');
    await first.getByLabel(words.field.owner, { exact: true }).fill('王工');
    await first.getByLabel(words.field.due, { exact: true }).fill('2027年3月');
    await soon(storedFirst).toMatchObject({
      owner: '王工',
      due: '2027-03',
    });
    await soon(async () => (await storedFirst()).steps.at(-1)).toEqual({
      zh: '每月例会复盘',
      en: '每月例会复盘',
    });
    await first.getByLabel(words.field.due, { exact: true }).fill('很快');
    await first.getByText(words.badDate).waitFor();
    expect((await storedFirst()).due).toBe('2027-03');
  });

  test('measures can be added, moved and removed with a way back', async () => {
    const count = await items().count();
    const group = page.locator('.plan-group').first();
    const inGroup = await group.locator('.plan-item').count();
    await group.getByRole('button', { name: words.addItem }).click();
    await soon(() => group.locator('.plan-item').count()).toBe(inGroup + 1);
    const added = group.locator('.plan-item').last();
    await added.locator('[data-field="title"]').fill('自拟措施');
    await added.locator('[data-field="title"]').press('Alt+ArrowUp');
    await soon(() =>
      group
        .locator('[data-field="title"]')
        .nth(inGroup - 1)
        .inputValue(),
    ).toBe('自拟措施');
    await group
      .locator('.plan-item')
      .nth(inGroup - 1)
      .getByRole('button', { name: words.removeItem })
      .click();
    await soon(() => items().count()).toBe(count);
    await page.locator('.ant-message').getByRole('button', { name: words.undo }).click();
    await soon(async () => (await storedPlan()).content.items.map((item) => item.title.zh)).toContain(
      '自拟措施',
    );
  });

  test('is written where the person says, with what was edited in it', async () => {
    const path = join(folder, '方案.pdf');
    await page.getByRole('button', { name: words.exportPdf.split('（')[0]! }).click();
    await app.answerDialog({ filePath: path });
    await page.getByText(words.exported).waitFor();
    await page.locator('.export-path', { hasText: '方案.pdf' }).waitFor();
    const text = readPdf(path).replace(/\s+/g, '');
    expect(text).toContain(EDITED);
    expect(text).toContain('每月例会复盘');
    expect(text).toContain('武汉兴图新科电子股份有限公司');
  });

  test('a dialog that is closed writes nothing and says nothing', async () => {
    await page.locator('.ant-notification-notice').getByRole('button').last().click();
    await page.locator('.ant-notification-notice').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: words.exportPdf.split('（')[0]! }).click();
    await app.answerDialog({ canceled: true });
    await soon(() => page.locator('.plan-bar .ant-btn-primary.ant-btn-loading').count()).toBe(0);
    expect(await page.locator('.ant-notification-notice').count()).toBe(0);
  });

  test('is written as a Word document too', async () => {
    const path = join(folder, '方案.docx');
    await page.getByRole('button', { name: paper.moreExports }).click();
    await page.getByRole('menuitem', { name: paper.exportWord }).click();
    await app.answerDialog({ filePath: path });
    await page.getByText(paper.written).waitFor();
    expect(readFileSync(path).subarray(0, 2).toString('latin1')).toBe('PK');
  });

  test('the short layouts are previewed and written', async () => {
    const preview = page.locator('.pdf-preview');
    await preview.locator('.pdf-layout').click();
    await page.locator('.ant-select-item-option', { hasText: paper.layout.summary }).click();
    await page.locator('.pdf-preview[data-layout="summary"][data-pages="2"]').waitFor();
    const path = join(folder, '摘要.pdf');
    await page.getByRole('button', { name: words.exportPdf.split('（')[0]! }).click();
    await app.answerDialog({ filePath: path });
    await page.locator('.export-path', { hasText: '摘要.pdf' }).waitFor();
    expect(readPdf(path).replace(/\s+/g, '')).toContain(EDITED);
    await preview.locator('.pdf-layout').click();
    await page.locator('.ant-select-item-option', { hasText: paper.layout.full }).click();
    await page.locator('.pdf-preview[data-layout="full"]').waitFor();
  });

  test('is worded by the consultancy: shown while typed, taken back, and on the exported file', async () => {
    const stored = async () => (await ask('wording.list', {})).profiles[0]?.words;
    await page.getByRole('button', { name: wording.add, exact: true }).click();
    const editor = page.locator('.wording-editor');
    const label = (field: 'firm' | 'closing', language: 'zh' | 'en') =>
      editor.getByLabel(
        wording.of
          .replace('{{label}}', wording.field[field])
          .replace('{{language}}', wording.language[language]),
        { exact: true },
      );
    await editor.locator('.wording-example[data-layout="full"] canvas').first().waitFor();
    await editor.getByText(wording.legal).waitFor();
    await label('firm', 'zh').fill('江城梯度咨询');
    await label('closing', 'zh').fill('感谢信任 #panic("x")');
    await label('closing', 'en').fill('Thank you');
    await soon(async () => (await stored())?.closing).toEqual({
      zh: '感谢信任 #panic("x")',
      en: 'Thank you',
    });
    // Back to the usual words, and that taken back.
    await editor.locator('[data-wording="closing"]').getByRole('button').click();
    await soon(async () => (await stored())?.closing).toEqual({ zh: '', en: '' });
    await label('firm', 'zh').press('Control+z');
    await soon(async () => (await stored())?.closing.en).toBe('Thank you');
    await editor.locator('[data-wording="headMeasures"] input').first().fill('我们的建议');
    await soon(async () => (await stored())?.sections.headMeasures?.zh).toBe('我们的建议');
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('.ant-drawer-close').click();
    await editor.waitFor({ state: 'detached' });
    const path = join(folder, '自己的用语.pdf');
    await page.getByRole('button', { name: words.exportPdf.split('（')[0]! }).click();
    await app.answerDialog({ filePath: path });
    await page.locator('.export-path', { hasText: '自己的用语.pdf' }).waitFor();
    const text = readPdf(path).replace(/\s+/g, '');
    for (const part of ['江城梯度咨询', '感谢信任#panic("x")', '我们的建议', '预演，非官方认定'])
      expect(text).toContain(part);
  });

  test('the English edition is previewed too', async () => {
    await page.locator('.pdf-preview').getByText(words.edition.en, { exact: true }).click();
    await page
      .getByRole('button', { name: words.exportPdf.replace('{{edition}}', words.edition.en) })
      .waitFor();
    await page.locator('.pdf-preview[data-edition="en"]').waitFor();
    expect(complaints).toEqual([]);
  });
});
