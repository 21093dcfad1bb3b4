import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetPaths } from '../../electron/plan/assets.ts';
import { type Layout, layoutShape } from '../../electron/plan/layouts.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { documentOf, resources, sample } from '../plan/plan-fixture.ts';
import { type Grey, readPgm, readPng, writePng } from './grey-png.ts';
import { besideEachOther, pageDifference } from './page-difference.ts';
import { info, run } from './pdf-tools.ts';

/**
 * The pages of six samples in both languages as they were looked at and found good: summary and page to take along
 * whole, of the full plan the first pages. Where the plan or its words are changed on purpose,
 * `CULTIVAR_NEW_PAGES=1` writes them anew: look at each before it is kept.
 */
const pages = join(import.meta.dirname, '../fixtures/pages');
/** What differs is put here, then and now and the difference side by side. */
const differing = join(import.meta.dirname, '../../test-results/pages');
const FIRST_PAGES: Readonly<Record<Layout, number>> = { full: 4, summary: 2, takeaway: 1 };
/** Dots an inch: small print can be told from no print. */
const RESOLUTION = 72;
/** Ink that may differ in a window of two characters, of 255. The same page by another program (cairo) differs by up to 27. */
const MOST = 16;
/** Height of a line of the smallest print, in points. */
const SMALLEST = 9;
/** Bytes of all kept pictures together. */
const ROOM = 3_000_000;
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
  if (process.env.CULTIVAR_NEW_PAGES) rmSync(pages, { recursive: true, force: true });
  rmSync(differing, { recursive: true, force: true });
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

function drawn(pdf: string, page: number): Grey {
  const to = `${pdf}-${page}`;
  const which = ['-f', String(page), '-l', String(page), '-singlefile'];
  run('pdftoppm', ['-gray', '-r', String(RESOLUTION), ...which, pdf, to]);
  return readPgm(readFileSync(`${to}.pgm`));
}

async function printed(
  name: string,
  locale: 'zh' | 'en',
  layout: Layout,
  template?: string,
): Promise<string> {
  const pdf = join(folder, `${name}-${locale}-${layout}.pdf`);
  writeFileSync(pdf, await renderer.render({ ...documentOf(sample(name), locale), layout, template }));
  return pdf;
}

const fileOf = (name: string, locale: string, layout: string, page: number) =>
  join(pages, `${name}-${locale}-${layout}-${page}.png`);

describe.each(names.flatMap((name) => (['zh', 'en'] as const).map((locale) => ({ name, locale }))))(
  '$name in $locale',
  ({ name, locale }) => {
    test.each(layoutShape.options)('%s looks as it did when it was looked at', async (layout) => {
      const pdf = await printed(name, locale, layout);
      expect(Number(info(pdf).Pages)).toBeGreaterThanOrEqual(FIRST_PAGES[layout]);
      const wrong: string[] = [];
      for (let page = 1; page <= FIRST_PAGES[layout]; page++) {
        const file = fileOf(name, locale, layout, page);
        const now = drawn(pdf, page);
        if (process.env.CULTIVAR_NEW_PAGES) {
          mkdirSync(pages, { recursive: true });
          writeFileSync(file, writePng(now));
        }
        expect(existsSync(file), `${file} is there`).toBe(true);
        const then = readPng(readFileSync(file));
        const { most, x, y } = pageDifference(then, now);
        if (most <= MOST) continue;
        mkdirSync(differing, { recursive: true });
        const shown = join(differing, `${name}-${locale}-${layout}-${page}.png`);
        writeFileSync(shown, writePng(besideEachOther(then, now)));
        wrong.push(`page ${page} differs by ${most.toFixed(1)} at ${x}, ${y}: see ${shown}`);
      }
      expect(wrong).toEqual([]);
    });
  },
);

test('the kept pictures are few enough for the repository', () => {
  const files = readdirSync(pages);
  expect(files).toHaveLength(names.length * 2 * 7);
  expect(files.reduce((sum, file) => sum + statSync(join(pages, file)).size, 0)).toBeLessThan(ROOM);
});

describe('the comparison', () => {
  /** The lines of text of a page, in points from the top left. */
  function linesOf(pdf: string, page: number): { text: string; box: number[] }[] {
    const xml = run('pdftotext', ['-bbox-layout', '-f', String(page), '-l', String(page), pdf, '-']);
    const line = /<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([\s\S]*?)<\/line>/g;
    return [...xml.matchAll(line)].map(([, ...parts]) => ({
      text: (parts[4] ?? '').replaceAll(/<[^>]+>|\s+/g, ''),
      box: parts.slice(0, 4).map(Number),
    }));
  }

  /** The page with a box painted over in the colour at its left. */
  function without({ width, height, pixels }: Grey, [x0 = 0, y0 = 0, x1 = 0, y1 = 0]: number[]): Grey {
    const changed = pixels.slice();
    for (let y = Math.floor(y0); y < Math.min(height, Math.ceil(y1)); y++) {
      const paper = pixels[y * width + Math.max(0, Math.floor(x0) - 2)] ?? 255;
      changed.fill(paper, y * width + Math.floor(x0), y * width + Math.min(width, Math.ceil(x1)));
    }
    return { width, height, pixels: changed };
  }

  test.each(['zh', 'en'] as const)('sees any one line of text that is missing, in %s', async (locale) => {
    const unseen: string[] = [];
    let lines = 0;
    for (const layout of layoutShape.options) {
      const pdf = await printed('hongying-zhineng', locale, layout);
      for (let page = 1; page <= FIRST_PAGES[layout]; page++) {
        const whole = drawn(pdf, page);
        for (const { text, box } of linesOf(pdf, page)) {
          // Single signs, and the labels inside a chart, which are smaller than any print.
          if (text.length < 3 || (box[3] ?? 0) - (box[1] ?? 0) < SMALLEST) continue;
          lines++;
          if (pageDifference(whole, without(whole, box)).most <= MOST)
            unseen.push(`${layout} ${page}: ${text}`);
        }
      }
    }
    expect(lines).toBeGreaterThan(150);
    expect(unseen).toEqual([]);
  });

  const shortened = [
    ['a line removed', '  small(b.measures.all)', '  []'],
    [
      'a block moved by two points',
      '#heading(level: 2, b.measures.first)',
      '#v(2pt)\n#heading(level: 2, b.measures.first)',
    ],
    [
      'a title cut at its right',
      'text(weight: "bold", size: 11pt, r.title)',
      'box(width: 60pt, clip: true, box(width: 400pt, text(weight: "bold", size: 11pt, r.title)))',
    ],
    ['small print left out', 'text(size: 7pt, fill: quiet, b.smallPrint.join(" "))', '[]'],
  ] as const;
  test.each(shortened)('sees %s', async (_, from, to) => {
    const whole = readFileSync(assetPaths(resources).templates.takeaway, 'utf8');
    expect(whole.split(from)).toHaveLength(2);
    const pdf = await printed('xingtu-xinke', 'zh', 'takeaway', whole.replace(from, to));
    const then = readPng(readFileSync(fileOf('xingtu-xinke', 'zh', 'takeaway', 1)));
    expect(pageDifference(then, drawn(pdf, 1)).most).toBeGreaterThan(MOST);
    const same = await printed('xingtu-xinke', 'zh', 'takeaway', whole);
    expect(pageDifference(then, drawn(same, 1)).most).toBeLessThanOrEqual(MOST);
  });
});
