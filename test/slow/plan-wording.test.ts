import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unzipEntry, zipEntries } from '../../electron/exchange/zip.ts';
import { assetPaths } from '../../electron/plan/assets.ts';
import type { DocumentInput } from '../../electron/plan/document-model.ts';
import { planDocx } from '../../electron/plan/docx-document.ts';
import { aimOf } from '../../electron/plan/gaps.ts';
import { layoutShape } from '../../electron/plan/layouts.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import type { Wording } from '../../electron/plan/wording.ts';
import { word } from '../../electron/plan/words.ts';
import { hostileWords, noWords, ownWords } from '../plan/own-words.ts';
import { documentOf, resources, struggling } from '../plan/plan-fixture.ts';
import { startService } from '../service/start-service.ts';
import { info, textOf } from './pdf-tools.ts';

const renderer = new PlanRenderer(resources);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-wording-'));
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

const bare = (text: string) => text.replaceAll(/[\s\u200b]+/g, '');
const locales = ['zh', 'en'] as const;
const layouts = layoutShape.options;

/** The lines that no wording may take away: a rehearsal, no recognition, by which standard, version and grade. */
function legalLines(locale: 'zh' | 'en', input: DocumentInput): string[] {
  const { content } = input.plan;
  const { route } = aimOf(input.diagnosis, content.targetRung ?? undefined, content.planning?.route)!;
  const standard = `${route.standard}@${route.version}`;
  const grade = bare(word(locale, `grade_${route.grade}`));
  return locale === 'zh'
    ? ['预演，非官方认定', '不构成任何官方认定', standard, grade]
    : ['Arehearsal,notanofficialrecognition', 'officialrecognition', standard, grade];
}

let count = 0;
async function printed(wording: Wording, locale: 'zh' | 'en', layout: (typeof layouts)[number]) {
  const input = { ...documentOf(struggling(), locale), layout, wording };
  const path = join(folder, `${count++}.pdf`);
  writeFileSync(path, await renderer.render(input));
  return { path, text: textOf(path), input };
}

async function wordText(wording: Wording, locale: 'zh' | 'en'): Promise<string> {
  const font = readFileSync(assetPaths(resources).fonts[0]!);
  const docx = Buffer.from(await planDocx({ ...documentOf(struggling(), locale), wording }, font));
  const parts = zipEntries(docx).filter(({ name }) => /^word\/(document|header\d|footer\d)\.xml$/.test(name));
  const xml = parts.map((entry) => Buffer.from(unzipEntry(docx, entry)).toString('utf8')).join('');
  return bare(
    xml
      .replaceAll(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );
}

describe.each(locales)("a consultancy's own words in %s", (locale) => {
  const { sections, coverNote, ...short } = ownWords;
  const everywhere = Object.values(short).map((text) => bare(text[locale]));

  test.each(layouts)('stand on the %s beside the legal line', async (layout) => {
    const { text, input } = await printed(ownWords, locale, layout);
    for (const words of everywhere) expect(text).toContain(words);
    const own = Object.values(sections).map((title) => bare(title[locale]));
    const shown = own.filter((title) => text.includes(title));
    if (layout === 'full') {
      expect(text).toContain(bare(coverNote[locale]));
      // Of the sections those that have nothing to say are left out, and those of the short layouts.
      expect(shown.length).toBeGreaterThanOrEqual(own.length - 6);
      expect(text).not.toContain(locale === 'zh' ? '培育措施' : 'Measuresofthisplan');
    } else expect(shown.length).toBeGreaterThanOrEqual(2);
    for (const line of legalLines(locale, input)) expect(text).toContain(line);
    // The other language is not mixed in.
    for (const words of Object.values(short))
      expect(text).not.toContain(bare(words[locale === 'zh' ? 'en' : 'zh']));
  });

  test('stand in the Word file beside the legal line', async () => {
    const text = await wordText(ownWords, locale);
    for (const words of [...everywhere, bare(coverNote[locale])]) expect(text).toContain(words);
    for (const key of ['headMeasures', 'headVerdicts', 'headClosing', 'headPolicies'] as const)
      expect(text).toContain(bare(sections[key]![locale]));
    for (const line of legalLines(locale, documentOf(struggling(), locale))) expect(text).toContain(line);
  });

  test.each(['#panic("x") $x$ *b* @a <l> \\ 长', '\u202e🚀\u200b\u{2b5ae}#{[', 'x', '很长的话'])(
    'are data, however long: %s',
    async (piece) => {
      for (const layout of layouts) {
        const { path, text, input } = await printed(hostileWords(piece), locale, layout);
        if (layout !== 'full') expect(info(path).Pages).toBe(layout === 'summary' ? '2' : '1');
        for (const line of legalLines(locale, input)) expect(text, layout).toContain(line);
      }
      expect(await wordText(hostileWords(piece), locale)).toContain(
        legalLines(locale, documentOf(struggling(), locale))[1]!,
      );
    },
  );

  test('that are invisible count as none: every heading is there', async () => {
    const nothing = await printed(noWords, locale, 'full');
    const invisible = await printed(hostileWords('\u200b\u2060'), locale, 'full');
    expect(invisible.text).toBe(nothing.text);
    const usual = { ...documentOf(struggling(), locale), layout: 'full' as const };
    const path = join(folder, `usual-${locale}.pdf`);
    writeFileSync(path, await renderer.render(usual));
    expect(nothing.text).toBe(textOf(path));
  });
});

test('a plan in own words is verified elsewhere, and back in the usual words once the profile is gone', async () => {
  const here = startService();
  const elsewhere = startService();
  await here.ask('samples.load', {});
  const { rows } = await here.ask('library.list', {});
  const plan = await here.ask('plan.create', { enterpriseId: rows[0]!.id });
  const { id } = await here.ask('wording.save', { name: '区级汇报', words: ownWords });
  await here.ask('settings.set', { wording: id });
  const path = join(folder, 'own.pdf');
  const write = async (locale: 'zh' | 'en', layout: (typeof layouts)[number]) => {
    await here.ask('plan.exportFile', { planId: plan.id, locale, layout, path });
    return textOf(path);
  };
  for (const locale of locales)
    for (const layout of layouts) {
      expect(await write(locale, layout)).toContain(bare(ownWords.closing[locale]));
      const verified = await elsewhere.ask('plan.verifyFile', { path });
      expect(verified.checks.filter(({ state }) => state === 'differs')).toEqual([]);
      expect(verified.result).toBe('genuine');
    }
  // The preview is the same paper.
  const shown = await here.ask('plan.render', { id: plan.id, locale: 'zh', layout: 'takeaway' });
  writeFileSync(path, shown.pdf);
  expect(textOf(path)).toContain(bare(ownWords.tagline.zh));
  await here.ask('wording.remove', { id });
  expect(await write('zh', 'full')).not.toContain(bare(ownWords.closing.zh));
});

test('the example shows the words as they are typed, without storing anything', async () => {
  const { ask, content } = startService();
  const path = join(folder, 'example.pdf');
  for (const locale of locales) {
    const { pdf, missing } = await ask('wording.example', { words: ownWords, locale, layout: 'full' });
    writeFileSync(path, pdf);
    expect(textOf(path)).toContain(bare(ownWords.coverNote[locale]));
    expect(missing).toEqual([]);
  }
  expect(content().plan).toEqual([]);
  expect(content().export_profile).toEqual([]);
});
