import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Database } from '../../electron/library/sqlite-driver.ts';
import caseWords from '../../resources/i18n/zh-CN/case.json' with { type: 'json' };
import diagnosis from '../../resources/i18n/zh-CN/diagnosis.json' with { type: 'json' };
import evidence from '../../resources/i18n/zh-CN/evidence.json' with { type: 'json' };
import exchange from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };
import library from '../../resources/i18n/zh-CN/library.json' with { type: 'json' };
import safety from '../../resources/i18n/zh-CN/safety.json' with { type: 'json' };
import whatif from '../../resources/i18n/zh-CN/whatif.json' with { type: 'json' };
import { launchApp, type RunningApp } from './launch-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-looking-'));
let [holder, looker]: RunningApp[] = [];
let page: Page;

interface Answer {
  ok: boolean;
  value: { id: string; rows: { id: string }[] };
}

/** A call of the page of the application that has the library. */
async function ask(name: string, input: unknown): Promise<Answer['value']> {
  const answer = (await holder!.page.evaluate(
    ([call, value]) => (globalThis as unknown as { cultivar: { call: Function } }).cultivar.call(call, value),
    [name, input] as const,
  )) as Answer;
  expect(answer.ok, JSON.stringify(answer)).toBe(true);
  return answer.value;
}

/** Two hands on one field, as a package of another laptop leaves it. */
function disagree(enterpriseId: string): void {
  const db = new Database(join(folder, 'library', 'library.sqlite'));
  const by = { hlc: '1', at: '2026-06-01T00:00:00.000Z', actor: 'away' };
  db.exec(
    `INSERT INTO case_batch VALUES ('b', '${by.at}', 'x', 'x.case', 'away', '${by.at}', 0, 0, 1, 0, 1, NULL)`,
  );
  db.prepare('INSERT INTO conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)').run(
    ...['c', 'b', enterpriseId, 'enterprise', enterpriseId, 'niche'],
    ...[JSON.stringify({ value: 'after', by }), JSON.stringify({ value: 'theirs', by }), 'mine'],
  );
  db.close();
}

beforeAll(async () => {
  holder = await launchApp({ dataDir: join(folder, 'library') });
  await ask('samples.load', {});
  const { rows } = await ask('library.list', { sort: 'name' });
  const { id } = rows[0]!;
  await ask('plan.create', { enterpriseId: id });
  await ask('enterprise.update', { id, changes: { niche: 'before' } });
  await ask('enterprise.update', { id, changes: { niche: 'after' } });
  await ask('targets.set', {
    enterpriseId: id,
    targets: [{ field: 'rd_expense_wan', year: 2027, value: '500' }],
  });
  disagree(id);
  looker = await launchApp({ dataDir: join(folder, 'library') });
  ({ page } = looker);
});
afterAll(async () => {
  await looker?.close();
  await holder?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Fields inside `within` that take what is typed. */
function open(within: string): Promise<string[]> {
  return page
    .locator(within)
    .evaluate((place) =>
      [...place.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')]
        .filter((field) => !field.readOnly && !field.matches(':disabled'))
        .map((field) => field.outerHTML.slice(0, 200)),
    );
}
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();

test('a library that is only looked at says so once, and nothing can be typed or stored', async () => {
  await page.getByText(safety.access.canLook).waitFor();
  await page.locator('[role="grid"] .grid-row').first().waitFor();
  for (const name of [library.add, exchange.import])
    expect(
      await page
        .getByRole('button', { name: new RegExp(`${name}$`) })
        .first()
        .isDisabled(),
      name,
    ).toBe(true);
  // Menu and keyboard know it as well.
  await page.keyboard.press('Control+n');
  expect(await page.locator('#add-name').count()).toBe(0);
  await page.locator('[role="grid"] .grid-row').first().dblclick();
  // What all() finds is what is there at once.
  await page.locator('.walk-step').first().waitFor();
  for (const topic of await page.locator('.walk-step').all()) {
    await topic.click();
    const name = (await topic.getAttribute('data-topic')) as keyof typeof diagnosis.topic;
    await page.locator('.walk-head h2').filter({ hasText: diagnosis.topic[name] }).waitFor();
    expect(await open('.walk-form')).toEqual([]);
  }
  expect(await page.locator('.walk-form .choice:not(:disabled)').count()).toBe(0);
  await tab(library.tab.profile);
  await page.locator('.profile-grid').first().waitFor();
  expect(await open('.profile-content')).toEqual([]);
  await tab(library.tab.plan);
  await page.locator('.plan-measures').waitFor();
  expect(await open('.plan-measures')).toEqual([]);
  await page.locator('.rail').getByRole('button').last().click();
  await page.locator('.settings').waitFor();
  // The day of a past library is chosen for looking.
  expect((await open('.settings')).filter((field) => !field.includes(safety.asOf.day))).toEqual([]);
});

test('drawers that would store something say why they do not, and cannot be pressed', async () => {
  const open = () => page.locator('.ant-drawer-open').last();
  /** Buttons of a drawer that store something, by their names: there, and off. */
  const areOff = async (...names: string[]) => {
    await open().getByText(safety.access.nothingStored).waitFor();
    for (const name of names) {
      const buttons = open().getByRole('button', { name });
      expect(await buttons.count(), name).toBeGreaterThan(0);
      for (const button of await buttons.all()) expect(await button.isDisabled(), name).toBe(true);
    }
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${names[0]}.png`) });
    await page.keyboard.press('Escape');
    await page.locator('.ant-drawer-open').waitFor({ state: 'detached' });
  };
  await page.locator('.rail').getByRole('button').first().click();
  await page.locator('[role="grid"] .grid-row').first().waitFor();
  await page.getByRole('button', { name: caseWords.button_other.replace('{{count}}', '1') }).click();
  await areOff(caseWords.chooseMine, caseWords.chooseTheirs, caseWords.undo);
  await page.locator('[role="grid"] .grid-row').first().dblclick();
  await tab(library.tab.profile);
  await page
    .locator('.profile-content')
    .getByRole('button', { name: safety.fieldHistory.of.replace('{{field}}', library.field.niche) })
    .first()
    .click();
  await areOff(safety.fieldHistory.restore);
  await page.locator('.evidence-button').first().click();
  await areOff(evidence.choose);
  await tab(library.tab.result);
  const targets = page.locator('.target-list button');
  await targets.first().waitFor();
  expect(await targets.first().isDisabled()).toBe(true);
  await page.getByRole('button', { name: whatif.open }).first().click();
  await page.locator('.trial').first().waitFor();
  await areOff(whatif.saveTargets.split('\uff08')[0]!);
});

test('what it holds can still be exported', async () => {
  await page.locator('.rail').getByRole('button').first().click();
  await page.locator('[role="grid"] .grid-row').first().waitFor();
  const file = join(folder, 'list.xlsx');
  await page.getByRole('button', { name: exchange.export }).click();
  const answered = looker!.answerDialog({ filePath: file });
  await page.getByRole('menuitem', { name: exchange.exportXlsx }).click();
  await answered;
  await expect.poll(() => existsSync(file)).toBe(true);
});
