import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { mapStrings } from '../../electron/plan/clean-text.ts';
import type { Layout } from '../../electron/plan/layouts.ts';
import type { AttachedFile } from '../../electron/plan/proof-places.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { planContentShape } from '../../electron/plan/shapes.ts';
import { LONGEST, SECTIONS, type Wording } from '../../electron/plan/wording.ts';
import { champion, documentOf, firm, resources, struggling } from '../plan/plan-fixture.ts';
import { info, textOf } from './pdf-tools.ts';

/** The long form by hand: HOSTILE_PLANS=500. */
const PLANS = Number(process.env.HOSTILE_PLANS ?? 60);
const renderer = new PlanRenderer(resources);
const folder = mkdtempSync(join(tmpdir(), 'cultivar-hostile-'));
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What breaks templates, printers and readers: markup, controls, directions, pictures, rare characters, long runs. */
const pieces = [
  '#panic("x")',
  '$x^2$',
  '*b* _i_ `raw`',
  '<label> @ref',
  '#import "@preview/cetz:0.2.0": *',
  '\\ // /* */',
  '= heading\n- list\n+ enum',
  '[[[{{{((("""\'\'\'',
  '</w:t><script>alert(1)</script>&amp;&#x0;',
  '{{mustache}} ${x} %s %n',
  '\u0000\u0007\u001b\u007f\u0085',
  '\u202Egnp.exe\u202C\u2066x\u2069\u200f',
  'مرحبا بالعالم שלום',
  '🚀👩‍👩‍👧‍👦🇨🇳☠️',
  '𬭎㙟𠮷𬀩𫖮㐂𪚥',
  '\uD800',
  '\uDFFF\uFFFE\uFFFF',
  'e\u0301\u0323\u0308n\u0303',
  '\u200b\u00ad\ufeff\u2060',
  '\r\n\t\v\f\u2028\u2029',
  '①②③㎡℃ⅢẞЖ〇',
  'x'.repeat(3000),
  '很长的一段没有停顿的话'.repeat(300),
  ' ',
  '',
];
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 6 })
  .map((parts) => parts.join(''));
/** Now and then a field is as long as the largest there is. */
const field = fc.oneof(
  { weight: 30, arbitrary: nasty },
  { weight: 1, arbitrary: nasty.map((t) => `${t}长`.repeat(10_000).slice(0, 10_000)) },
);

const bases = [struggling(), champion(true), firm({ name: '武汉空白科技有限公司' })];

test(`${PLANS} random plans full of hostile text all become PDFs, each within its pages`, {
  timeout: 3_600_000,
}, async () => {
  const layouts: Layout[] = ['full', 'summary', 'takeaway'];
  let at = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(field, { minLength: 24, maxLength: 24 }),
      fc.boolean(),
      async (texts, english) => {
        const layout = layouts[at % 3] ?? 'full';
        const base = bases[at++ % bases.length]!;
        let next = 0;
        const text = () => texts[next++ % texts.length] ?? '';
        const both = () => ({ zh: text(), en: text() });
        const input = documentOf(base, english ? 'en' : 'zh');
        const { content } = input.plan;
        const items = content.items.slice(0, 4).map((item) => ({
          ...item,
          title: both(),
          reason: both(),
          steps: [both(), both()],
          owner: text(),
          note: text(),
          evidence: [both()],
          materials: [both()],
          pitfalls: [both()],
          metric: { label: both(), from: both(), to: both() },
        }));
        const file = {
          ...base,
          enterprise: {
            ...base.enterprise,
            name: text() || 'x',
            mainProduct: text(),
            niche: text(),
            brief: text(),
          },
          remarks: [{ zh: text(), en: text(), source: text() }],
        };
        const settings = { ...input.settings, contact: text(), organisation: text() };
        const plan = {
          ...input.plan,
          content: { ...content, title: both(), summary: both(), notes: both(), consultant: text(), items },
        };
        const short = (max: number) => {
          const one = () => text().slice(0, max).toWellFormed();
          return { zh: one(), en: one() };
        };
        const wording: Wording = {
          firm: short(LONGEST.firm),
          tagline: short(LONGEST.tagline),
          coverNote: short(LONGEST.coverNote),
          closing: short(LONGEST.closing),
          sections: Object.fromEntries(SECTIONS.map((key) => [key, short(LONGEST.section)])),
        };
        const evidence: AttachedFile[] = ['2025', '2024'].map((entityId) => ({
          id: entityId,
          name: text().slice(0, 200) || 'x',
          entity: 'figure',
          entityId,
          state: 'there',
        }));
        const whole = { ...input, plan, file, settings, layout, wording, evidence };
        const pdf = Buffer.from(await renderer.render(whole));
        expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
        const path = join(folder, 'plan.pdf');
        writeFileSync(path, pdf);
        const pages = Number(info(path).Pages);
        if (layout === 'full') expect(pages).toBeGreaterThan(4);
        else expect(pages).toBe(layout === 'summary' ? 2 : 1);
        // Whatever was typed, what it is and by which standard stands on it.
        expect(textOf(path)).toContain(english ? 'noofficialrecognition' : '不构成任何官方认定');
      },
    ),
    { numRuns: PLANS, seed: 4, endOnFailure: true },
  );
});

test('what the contract lets in is what was tried: no control characters, which then are no danger either', () => {
  const content = documentOf(struggling(), 'zh').plan.content;
  const poisoned = mapStrings(content, (text) => (text.length > 20 ? `${text}\u0007` : text));
  expect(planContentShape.safeParse(content).success).toBe(true);
  expect(planContentShape.safeParse(poisoned).success).toBe(false);
});
