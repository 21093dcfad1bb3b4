import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { unzipEntry, zipEntries } from '../../electron/exchange/zip.ts';
import { assetPaths } from '../../electron/plan/assets.ts';
import { stringsIn } from '../../electron/plan/clean-text.ts';
import { type DocumentInput, documentModel } from '../../electron/plan/document-model.ts';
import { planDocx as docxOf } from '../../electron/plan/docx-document.ts';
import { GlyphOutlines } from '../../electron/plan/glyph-outlines.ts';
import { champion, documentOf, firm, hostile, resources, sample, struggling } from '../plan/plan-fixture.ts';

const font = readFileSync(assetPaths(resources).fonts[0]!);
const planDocx = (input: DocumentInput) => docxOf(input, font);

/** A part of the file as text. */
function part(docx: Uint8Array, name: string): string {
  const bytes = Buffer.from(docx);
  const entry = zipEntries(bytes).find((found) => found.name === name);
  if (!entry) throw new Error(`${name} is not in the file`);
  return Buffer.from(unzipEntry(bytes, entry)).toString('utf8');
}

function plain(xml: string): string {
  return xml
    .replaceAll(/<w:(?:br|tab)\/>|<\/w:p>/g, ' ')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
const bare = (text: string) => text.replaceAll(/[\s\u200b]+/g, '');

const firms = [
  ['struggling', struggling()],
  ['holder', champion(true)],
  ['empty', firm({ name: '武汉空白科技有限公司' })],
  ['hostile', hostile()],
  ['sample', sample('hongying-zhineng')],
] as const;

describe.each(firms.flatMap(([name, file]) => (['zh', 'en'] as const).map((l) => [name, l, file] as const)))(
  '%s in %s',
  (name, locale, file) => {
    const input = documentOf(file, locale);
    const model = documentModel(input);

    test('says every word of the plan, under real headings, in tables whose heads repeat', async () => {
      const docx = await planDocx(input);
      const xml = part(docx, 'word/document.xml');
      const text = bare(plain(xml));
      const { charts, brief, running, meta, statement, cover, essentials, portrait, measures, ...rest } =
        model;
      const { ticks, ...timeline } = rest.timeline;
      const wanted = stringsIn([
        cover.firm,
        cover.facts,
        essentials.summary,
        essentials.decides.map(({ title, text: says }) => [title, says]),
        portrait.rows,
        portrait.figures.rows.map((row) => [row.label, row.cells]),
        portrait.titles.rows,
        portrait.remarks,
        model.verdicts.rungs.map((rung) => [
          rung.title,
          rung.by,
          rung.rows.map((r) => [r.title, r.numbers, r.gap]),
        ]),
        measures.groups.map((group) =>
          group.cards.map((card) => [
            card.title,
            card.reason,
            card.steps,
            card.metric,
            card.facts,
            card.lists,
          ]),
        ),
        timeline.rows.map((row) => [row.title, row.when]),
        model.unknown.rows,
        model.policies.rows.map((row) => [row.title, row.content, row.uses]),
        model.materials.rows,
        statement.standards.rows,
        statement.annex,
      ]);
      for (const words of wanted) expect(text, words).toContain(bare(words));
      expect(ticks.length).toBeGreaterThan(0);
      const headings = [...xml.matchAll(/<w:pStyle w:val="Heading([123])"\/>/g)].map(([, level]) => level);
      expect(headings.filter((level) => level === '1').length).toBeGreaterThanOrEqual(9);
      expect(headings.filter((level) => level === '3').length).toBe(
        measures.groups.reduce((sum, group) => sum + group.cards.length, 0),
      );
      expect(xml.match(/<w:tblHeader\/>/g)?.length).toBeGreaterThanOrEqual(3);
      // Characters that XML does not allow would make Word refuse the file.
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      expect(xml.isWellFormed()).toBe(true);
      if (name !== 'hostile') expect(text).not.toMatch(/\{\{\w+\}\}|undefined|\[object|NaN/);
    });

    test('has its charts as pictures with words for those who cannot see them, and a header and footer', async () => {
      const docx = await planDocx(input);
      const names = zipEntries(Buffer.from(docx)).map(({ name }) => name);
      const charts = model.charts.gaps ? 2 : 1;
      expect(names.filter((name) => /^word\/media\/.*\.svg$/.test(name))).toHaveLength(charts);
      expect(names.filter((name) => /^word\/media\/.*\.png$/.test(name))).toHaveLength(charts);
      const xml = part(docx, 'word/document.xml');
      const alts = [...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, alt]) => alt);
      expect(alts).toHaveLength(charts);
      expect(alts.every((alt) => (alt?.length ?? 0) > 20)).toBe(true);
      const feet = names
        .filter((name) => /^word\/footer\d+\.xml$/.test(name))
        .map((name) => plain(part(docx, name)));
      expect(feet.length).toBeGreaterThan(0);
      for (const foot of feet) expect(foot).toContain(model.running.rehearsal);
      const heads = names
        .filter((name) => /^word\/header\d+\.xml$/.test(name))
        .map((name) => part(docx, name));
      expect(heads.some((head) => bare(plain(head)).includes(bare(model.running.firm)))).toBe(true);
      expect(part(docx, 'docProps/core.xml')).toContain('<dc:title>');
    });
  },
);

test('a logo in SVG is in the file with its own shape, and words are in the pictures of the charts', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 50"><rect width="200" height="50"/></svg>';
  const logo = { mime: 'image/svg+xml' as const, base64: Buffer.from(svg).toString('base64') };
  const docx = await planDocx(documentOf(struggling(), 'zh', { settings: { logo } }));
  const entries = zipEntries(Buffer.from(docx));
  const drawings = entries.filter(({ name }) => /^word\/media\/.*\.svg$/.test(name));
  expect(drawings).toHaveLength(3);
  const extents = [...part(docx, 'word/document.xml').matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/g)];
  expect(Number(extents[0]?.[1]) / Number(extents[0]?.[2])).toBeCloseTo(4, 1);
  const letters = new GlyphOutlines(font);
  const { contours, advance } = letters.outline('武');
  expect(contours.length).toBeGreaterThan(2);
  expect(advance).toBe(1);
  expect(letters.outline(' ').contours).toEqual([]);
});

test('LibreOffice opens it in both languages and reads the words of the plan', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-docx-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const inputs = [struggling(), hostile()].flatMap((file) =>
    (['zh', 'en'] as const).map((locale) => documentOf(file, locale)),
  );
  for (const [i, input] of inputs.entries()) writeFileSync(join(folder, `${i}.docx`), await planDocx(input));
  execFileSync(
    'soffice',
    [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'txt:Text (encoded):UTF8',
      '--outdir',
      folder,
      ...inputs.map((_, i) => join(folder, `${i}.docx`)),
    ],
    { stdio: 'pipe' },
  );
  for (const [i, input] of inputs.entries()) {
    const model = documentModel(input);
    const text = bare(readFileSync(join(folder, `${i}.txt`), 'utf8'));
    const wanted = stringsIn([
      model.cover.firm,
      model.essentials.summary,
      model.verdicts.rungs.map((rung) => [rung.title, rung.rows.map((row) => [row.title, row.gap])]),
      model.measures.groups.map((group) => group.cards.map((card) => [card.title, card.reason, card.steps])),
    ]);
    expect(wanted.length).toBeGreaterThan(20);
    for (const words of wanted) expect(text, `${i}: ${words}`).toContain(bare(words));
  }
});
