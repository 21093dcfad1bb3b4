import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallInput, CallName, CallOutput, Result } from '../../electron/api.ts';
import common from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import words from '../../resources/i18n/zh-CN/diagnosis.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import whatif from '../../resources/i18n/zh-CN/whatif.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';
import { seriousViolations } from './serious-violations.ts';

// The page's bridge, for the compiler inside page.evaluate().
declare const cultivar: { call(name: string, input: unknown): Promise<Result<unknown>> };

/** A busy machine is slow; how fast it is belongs to the bench. */
const soon = <T>(read: () => T) => expect.poll(read);
let app: RunningApp;
let page: Page;
let id: string;
const complaints: string[] = [];

beforeAll(async () => {
  app = await launchApp();
  page = app.page;
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.locator('.app').waitFor();
  await ask('samples.load', {});
});
afterAll(() => app?.close());

/** Asks the service what it has stored, beside the screen. */
async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const result = await page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
  if (!result.ok) throw new Error(`${name}: ${result.error.key}`);
  return result.value as CallOutput<N>;
}

const cell = (year: number, column: string) => page.locator(`[data-walk-field="${year} ${column}"]`);
const panelItem = (item: string) => page.locator(`.verdict-panel [data-item="${item}"]`);
const verdictOf = (item: string) => panelItem(item).getAttribute('data-verdict');
const topic = (name: string) => page.locator(`.walk-step[data-topic="${name}"]`).click();
const stored = async (year: number, column: 'rdExpense' | 'netProfit' | 'totalProfit' | 'taxesPaid') =>
  (await ask('enterprise.get', { id })).figures.find((row) => row.year === year)?.values[column] ?? null;

/** Pastes text into the field that has the cursor, as a spreadsheet would. */
function paste(text: string): Promise<void> {
  return page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

describe('the walk', () => {
  test('opens from the library with its topics and verdicts', async () => {
    await page.reload();
    await page.locator('[role="grid"] .grid-row', { hasText: '兴图新科' }).dblclick();
    await page.locator('.enterprise-bar').waitFor();
    await page.locator('.enterprise-bar').getByText(library.tab.walk, { exact: true }).click();
    await soon(() => page.locator('.walk-step').count()).toBe(8);
    id = (await ask('library.list', { query: '兴图新科' })).rows[0]!.id;
    await page.locator('.ask-next').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('a changed figure turns a gate at once, is stored, and is there after a reload', async () => {
    await topic('figures');
    await page.locator('.panel-rungs').getByText(common.tier['2']).click();
    await soon(() => verdictOf('S26-3')).toBe('met');
    await cell(2018, 'rdExpense').focus();
    const turned = page.evaluate(() => {
      const item = () => document.querySelector('.verdict-panel [data-item="S26-3"]');
      return new Promise<number>((resolve) => {
        let typed = 0;
        document.addEventListener('input', () => {
          typed = performance.now();
        });
        const watch = new MutationObserver(() => {
          if (item()?.getAttribute('data-verdict') !== 'unmet') return;
          watch.disconnect();
          resolve(performance.now() - typed);
        });
        watch.observe(document.body, { subtree: true, childList: true, attributes: true });
      });
    });
    await page.keyboard.type('9');
    console.log(`keystroke to verdict: ${Math.round(await turned)} ms`);
    await page.keyboard.type('0');
    await soon(() => panelItem('S26-3').locator('.item-gap').textContent()).toContain('万元');
    await soon(() => stored(2018, 'rdExpense')).toBe(900_000);
    await page.locator('.grid-bar .save-saved').waitFor();

    await page.reload();
    await soon(() => cell(2018, 'rdExpense').inputValue()).toBe('90');
    await page.locator('.panel-rungs').getByText(common.tier['2']).click();
    await soon(() => verdictOf('S26-3')).toBe('unmet');
  });

  test('an item explains itself and leads to the question that is missing', async () => {
    await panelItem('S26-3').click();
    const drawer = page.locator('.ant-drawer-content, .ant-drawer-section').first();
    await soon(() => drawer.textContent()).toContain('工信部企业〔2026〕2号');
    const text = (await drawer.textContent()) ?? '';
    expect(text).toContain('90 万元 ÷ 营业收入（2018年） 19,813.64 万元');
    expect(text).toContain(words.detail.source);
    await page.keyboard.press('Escape');
    await page.locator('.verdict-panel [data-verdict="unknown"]').first().click();
    await page.locator('.jump').first().click();
    await soon(() => page.evaluate(() => document.activeElement?.closest('[data-walk-field]') !== null)).toBe(
      true,
    );
    await topic('figures');
  });

  test('the window itself never scrolls, however long the topic is', async () => {
    const room = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight]);
    expect(room[0]).toBe(room[1]);
  });

  test('text that is no number is kept with its fault and stores nothing', async () => {
    await cell(2017, 'rdExpense').fill('12x');
    await soon(() => cell(2017, 'rdExpense').getAttribute('aria-invalid')).toBe('true');
    await page.locator('.cell-note').getByText(words.cellProblem.notANumber).waitFor();
    await topic('refined');
    await topic('figures');
    await soon(() => cell(2017, 'rdExpense').inputValue()).toBe('12x');
    expect(await stored(2017, 'rdExpense')).toBe(15_079_200);
    await cell(2017, 'rdExpense').focus();
    await page.keyboard.press('Escape');
    await soon(() => cell(2017, 'rdExpense').inputValue()).toBe('1,507.92');
  });

  test('a block from a spreadsheet is taken as a whole and can be undone', async () => {
    await cell(2016, 'totalProfit').focus();
    await paste('1,000\t２,０００．５\t(3.25)\n"1,100"\t2100\t3100.0001\n12\t13\t14\n');
    await soon(() => cell(2018, 'totalProfit').inputValue()).toBe('-3.25');
    await soon(() => cell(2017, 'totalProfit').inputValue()).toBe('2,000.5');
    await soon(() => stored(2018, 'netProfit')).toBe(31_000_001);
    await soon(() => stored(2016, 'taxesPaid')).toBe(120_000);
    await page.keyboard.press('Control+z');
    await soon(() => stored(2018, 'netProfit')).toBe(42_213_800);
    await soon(() => stored(2016, 'taxesPaid')).toBe(null);
    await page.keyboard.press('Control+Shift+z');
    await soon(() => stored(2018, 'netProfit')).toBe(31_000_001);
  });

  test('a block with one bad cell writes nothing and shows which', async () => {
    await cell(2016, 'totalProfit').focus();
    await paste('7\t8\n9\tabc');
    await page.locator('.paste-wrong').getByText('abc').waitFor();
    expect(await stored(2016, 'totalProfit')).toBe(10_000_000);
    await page.locator('.ant-modal').getByRole('button', { name: common.close }).last().click();
    await page.locator('.ant-modal').waitFor({ state: 'hidden' });
  });

  test('the keyboard answers, marks unknown, moves on, and nothing is lost on the way', async () => {
    await cell(2015, 'revenue').focus();
    await page.keyboard.type('5000');
    await page.keyboard.press('Control+ArrowRight');
    await page.locator('.walk-step[data-topic="specialized"][aria-current="step"]').waitFor();
    await page.keyboard.press('Control+ArrowRight');
    await soon(async () => (await ask('enterprise.get', { id })).figures[0]?.values.revenue).toBe(50_000_000);

    await soon(() => page.locator('[data-fact="digital_level"] .choices :focus').count()).toBe(1);
    await page.keyboard.press('Alt+u');
    await page.locator('[data-fact="digital_level"].fact-noted').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await page.keyboard.press('n');
    await soon(async () =>
      (await ask('enterprise.get', { id })).facts.map(({ factId, value }) => `${factId} ${value}`),
    ).toEqual(
      expect.arrayContaining([
        'digital_level null',
        'it_supported_core_business_count 3',
        'quality_award_provincial_plus false',
      ]),
    );
    await page.reload();
    await page.locator('[data-fact="digital_level"].fact-noted').waitFor();
    await page.locator('[data-fact="quality_award_provincial_plus"].fact-answered').waitFor();
  });

  test('a ratio typed in percent is stored as an exact fraction, with its backing', async () => {
    await topic('distinctive');
    const card = page.locator('[data-fact="market_share_domestic"]');
    await card.locator('input').fill('１２.３４５６７');
    await soon(async () =>
      (await ask('enterprise.get', { id })).facts.find((f) => f.factId === 'market_share_domestic'),
    ).toMatchObject({ value: '0.1234567', basis: 'declared' });
    await card.getByRole('button', { name: common.basis.declared }).click();
    await card.getByText(common.basis.documented).click();
    await card.getByLabel(words.source).fill('协会证明');
    await soon(async () =>
      (await ask('enterprise.get', { id })).facts.find((f) => f.factId === 'market_share_domestic'),
    ).toMatchObject({ value: '0.1234567', basis: 'documented', source: '协会证明' });
  });
});

describe('the result', () => {
  test('shows where the firm stands, with clause, formula and distance of every gate', async () => {
    await page.locator('.enterprise-bar').getByText(library.tab.result, { exact: true }).click();
    await page.locator('.ladder-step').nth(1).click();
    const row = page.locator('.gates [data-item="S26-3"]');
    await row.waitFor();
    const text = (await row.textContent()) ?? '';
    expect(text).toContain(common.verdict.unmet);
    expect(text).toContain('工信部企业〔2026〕2号');
    expect(text).toContain('90 万元 ÷ 营业收入（2018年） 19,813.64 万元');
    expect(text).toContain('还差');
    await page.locator('.chart canvas').first().waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('what if: a line is tried, the gate turns, and the value is kept as a target that can be taken back', async () => {
    await page.getByRole('button', { name: whatif.open }).first().click();
    const drawer = page.locator('.what-if');
    await drawer.locator('.ant-segmented-item', { hasText: common.tier[2] }).first().click();
    const rd = page.locator('.trial', { hasText: '2018' }).filter({ hasText: common.figure.rdExpense });
    await rd.locator('.trial-line').first().click();
    const gate = page.locator('.effect-list [data-item="S26-3"] .effect-turn .tag').last();
    await soon(() => gate.textContent()).toBe(common.verdict.met);
    const tried = await rd.locator('.trial-number input').inputValue();
    expect(Number(tried)).toBeGreaterThan(500);
    // Nothing of it is in the record.
    expect(await stored(2018, 'rdExpense')).toBe(900_000);
    expect(await seriousViolations(page)).toEqual([]);
    await page.locator('.trial-save button').click();
    await soon(async () => (await ask('targets.list', { enterpriseId: id })).map((t) => t.value)).toEqual([
      tried,
    ]);
    await page.locator('.ant-notification-notice').getByRole('button', { name: whatif.undo }).click();
    await soon(async () => (await ask('targets.list', { enterpriseId: id })).length).toBe(0);
    await page.locator('.ant-drawer-close').click();
    await drawer.waitFor({ state: 'detached' });
  });

  test('is kept as a snapshot that can be read and verified later', async () => {
    await page.getByRole('button', { name: words.saveSnapshot }).click();
    await page.getByText(words.snapshotSaved).waitFor();
    await page.getByRole('button', { name: words.snapshots }).click();
    await page.getByRole('button', { name: words.verify }).click();
    await page.getByText(words.verifiedSame).waitFor();
    await page.getByRole('button', { name: words.openSnapshot }).click();
    await page.getByRole('button', { name: words.backToCurrent }).waitFor();
    expect(await page.getByRole('button', { name: words.answerIt }).count()).toBe(0);
    await page.getByRole('button', { name: words.backToCurrent }).click();
  });

  test('judges by another year and leads back to an open question', async () => {
    await page.locator('.ladder-step').nth(1).click();
    await page.locator('#as-of-year').fill('2017');
    await page.locator('#as-of-year').press('Enter');
    await soon(() => page.locator('.gates [data-item="S26-3"]').textContent()).toContain(
      '研发费用（2017年）',
    );
    await page.getByRole('button', { name: words.answerIt }).first().click();
    await page.locator('.walk').waitFor();
    await soon(() => page.evaluate(() => document.activeElement?.closest('[data-walk-field]') !== null)).toBe(
      true,
    );
  });

  test('left no complaint on the console', () => {
    expect(complaints).toEqual([]);
  });
});
