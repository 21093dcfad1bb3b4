import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import cohortEn from '../../resources/i18n/en/cohort.json' with { type: 'json' };
import fileEn from '../../resources/i18n/en/cohort-file.json' with { type: 'json' };
import commonEn from '../../resources/i18n/en/common.json' with { type: 'json' };
import cohortZh from '../../resources/i18n/zh-CN/cohort.json' with { type: 'json' };
import fileZh from '../../resources/i18n/zh-CN/cohort-file.json' with { type: 'json' };
import commonZh from '../../resources/i18n/zh-CN/common.json' with { type: 'json' };
import profile from '../../resources/reference/cohort-profile.json' with { type: 'json' };
import { cohortLibrary } from '../cohort/cohort-library.ts';
import { launchApp, type RunningApp } from './launch-app.ts';

const LANGUAGES = [
  {
    locale: 'zh',
    cohort: cohortZh,
    common: commonZh,
    portrait: profile.title.zh,
    /** By the chart's title: words that must stand in its picture. */
    words: {
      [cohortZh.pipeline.ladder]: [fileZh.chartAll, fileZh.tier1, fileZh.tier3],
      [cohortZh.pipeline.months]: [fileZh.tier2, '2026'],
      [cohortZh.pipeline.districts]: ['洪山区', '江岸区'],
      [cohortZh.forecast.title]: [fileZh.tier2, '202'],
      [profile.title.zh]: [fileZh.chartShare, fileZh.chartClaim, '%'],
      [cohortZh.profile.spread]: ['≥'],
      [cohortZh.heat.title]: ['洪山区', '%'],
    } as Record<string, string[]>,
  },
  {
    locale: 'en',
    cohort: cohortEn,
    common: commonEn,
    portrait: profile.title.en,
    words: {
      [cohortEn.pipeline.ladder]: [fileEn.chartAll, fileEn.tier1, fileEn.tier3],
      [cohortEn.pipeline.months]: [fileEn.tier2, '2026'],
      [cohortEn.pipeline.districts]: ['Hongshan', 'Yangtze'],
      [cohortEn.forecast.title]: [fileEn.tier2, '202'],
      [profile.title.en]: [fileEn.chartShare, fileEn.chartClaim, '%'],
      [cohortEn.profile.spread]: ['≥'],
      [cohortEn.heat.title]: ['Hongshan', '%'],
    } as Record<string, string[]>,
  },
] as const;

const soon = <T>(look: () => T) => expect.poll(look);
const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
};
/** The words of a picture; its tags and entities are no words. */
const wordsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)]
    .map(([, text = '']) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
    .join('\n');

describe.each(LANGUAGES)(
  'every chart of the cohort in $locale',
  ({ locale, cohort, common, portrait, words }) => {
    let app: RunningApp;
    let page: Page;
    let folder: string;
    const seen: string[] = [];

    beforeAll(async () => {
      const made = await cohortLibrary(90, 7);
      closeLibrary(made.db);
      folder = made.folder;
      // A picture is light whatever the screen is.
      app = await launchApp({ dataDir: folder, locale, colorScheme: locale === 'en' ? 'dark' : 'light' });
      page = app.page;
      await page.getByRole('button', { name: common.rail.cohort.hint, exact: true }).click();
    });
    afterAll(async () => {
      await app?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Saves a chart's picture as a person does; says what is in the file. */
    async function saved(panel: ReturnType<Page['locator']>, title: string, ending: 'png' | 'svg') {
      const path = join(folder, `${seen.length}.${ending}`);
      await panel
        .getByRole('button', { name: cohort.chart.save.replace('{{title}}', title), exact: true })
        .click();
      await page.locator('.ant-dropdown:visible').getByText(cohort.chart[ending], { exact: true }).click();
      await app.answerDialog({ filePath: path });
      // Written whole: what ends a picture is there.
      await soon(() => read(path).subarray(-40).toString('latin1')).toContain(
        ending === 'svg' ? '</svg>' : 'IEND',
      );
      return read(path);
    }

    async function look(title: string, key = title): Promise<void> {
      const panel = page.getByRole('region', { name: title, exact: true });
      await panel.locator('.chart canvas').first().waitFor();
      const svg = (await saved(panel, title, 'svg')).toString('utf8');
      expect(svg.startsWith('<svg')).toBe(true);
      const text = wordsOf(svg);
      for (const word of words[key] ?? ['(no words given)']) expect(text, title).toContain(word);
      if (locale === 'en') expect(text, title).not.toMatch(/[\u4e00-\u9fff]/);
      expect(svg.toLowerCase()).toMatch(/fill="(#ffffff|#fff|rgb\(255, ?255, ?255\))"/);
      // The dark theme's words are as light as this.
      expect(svg.toLowerCase()).not.toContain('#e3e7ea');
      const png = await saved(panel, title, 'png');
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      expect(width).toBe(1520);
      expect(height).toBeGreaterThan(300);
      // An empty ground of that size takes far less.
      expect(png.length).toBeGreaterThan(8000);
      // The table behind it has the numbers.
      await panel.locator('.ant-segmented-item').last().click();
      await panel.locator('table tbody tr').first().waitFor();
      expect(await panel.locator('table tbody .cohort-link').count(), title).toBeGreaterThan(0);
      await panel.locator('.ant-segmented').last().locator('.ant-segmented-item').first().click();
      seen.push(title);
    }

    test('is opened, has a table behind it, and is saved as SVG and PNG with its words', async () => {
      await page.getByRole('tab', { name: cohort.tab.pipeline, exact: true }).click();
      await page.getByRole('button', { name: cohort.forecast.run, exact: true }).first().click();
      await look(cohort.pipeline.ladder);
      await look(cohort.pipeline.months);
      await look(cohort.pipeline.districts);
      await look(cohort.forecast.title);
      const charts = await page.locator('.cohort-panel .chart').count();
      expect(seen).toHaveLength(charts);
      await page.getByRole('tab', { name: cohort.tab.profile, exact: true }).click();
      await look(portrait);
      const spread = page.locator('h2', { hasText: cohort.profile.spread }).first();
      await look((await spread.textContent()) ?? '', cohort.profile.spread);
      await look(cohort.heat.title);
      expect(seen).toHaveLength(charts + (await page.locator('.cohort-panel .chart').count()));
    });
  },
);
