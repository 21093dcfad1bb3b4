import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { documentOf, resources, sample } from '../plan/plan-fixture.ts';
import { run } from './pdf-tools.ts';
import { pngPixels } from './png-pixels.ts';

/**
 * The first page of the summary of six samples, as it was looked at and found good. CULTIVAR_NEW_PAGES=1 writes them
 * anew: look at them before they are kept.
 */
const pages = join(import.meta.dirname, '../fixtures/pages');
const HEIGHT = 300;
/** Versions of poppler draw edges a little differently: so much may differ in the mean and so many pixels clearly. */
const MOST_MEAN = 2.5;
const CLEARLY = 60;
const MOST_CLEARLY = 0.012;
const names = [
  'hongying-zhineng',
  'xingtu-xinke',
  'dongwei-bandao',
  'haimo-keji',
  'liyuan-xinxi',
  'zhonghaida',
];

const renderer = new PlanRenderer(resources);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-pages-'));
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(names.flatMap((name) => (['zh', 'en'] as const).map((locale) => ({ name, locale }))))(
  '$name in $locale',
  ({ name, locale }) => {
    test('looks as it did when it was looked at', async () => {
      const pdf = join(folder, `${name}-${locale}.pdf`);
      writeFileSync(pdf, await renderer.render({ ...documentOf(sample(name), locale), layout: 'summary' }));
      const made = join(folder, `${name}-${locale}`);
      run('pdftoppm', ['-png', '-singlefile', '-scale-to', String(HEIGHT), pdf, made]);
      const png = readFileSync(`${made}.png`);
      const kept = join(pages, `${name}-${locale}.png`);
      if (process.env.CULTIVAR_NEW_PAGES) {
        mkdirSync(pages, { recursive: true });
        writeFileSync(kept, png);
      }
      expect(existsSync(kept), `${kept} is there`).toBe(true);
      const [now, then] = [pngPixels(png), pngPixels(readFileSync(kept))];
      expect([now.width, now.height]).toEqual([then.width, then.height]);
      let [sum, clearly] = [0, 0];
      for (let i = 0; i < then.rgb.length; i++) {
        const difference = Math.abs((now.rgb[i] ?? 0) - (then.rgb[i] ?? 0));
        sum += difference;
        if (difference > CLEARLY) clearly++;
      }
      expect(sum / then.rgb.length).toBeLessThan(MOST_MEAN);
      expect(clearly / then.rgb.length).toBeLessThan(MOST_CLEARLY);
    });
  },
);

test('the comparison sees a line of text that is missing', () => {
  const { rgb, width } = pngPixels(readFileSync(join(pages, `${names[0]}-zh.png`)));
  // Nine rows of pixels below the middle made white: a line of text at this size.
  const from = 150 * width * 3;
  let clearly = 0;
  for (let i = from; i < from + 9 * width * 3; i++) if (255 - (rgb[i] ?? 255) > CLEARLY) clearly++;
  expect(clearly).toBeGreaterThan(0);
});
