import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentInput } from '../../electron/plan/document-model.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { champion, documentOf, firm, hostile, resources, sample, struggling } from '../plan/plan-fixture.ts';
import { info, opened, run, textOf } from './pdf-tools.ts';

// What was printed is read back with poppler and qpdf, which know nothing of how it was made.
const renderer = new PlanRenderer(resources);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-pdf-'));
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

async function print(name: string, input: DocumentInput): Promise<string> {
  const path = join(folder, `${name}.pdf`);
  writeFileSync(path, await renderer.render(input));
  return path;
}

const firms = [
  ['struggling', struggling()],
  ['champion', champion()],
  ['holder', champion(true)],
  ['empty', firm({ name: '武汉空白科技有限公司' })],
  ['hostile', hostile()],
  ['sample', sample('hongying-zhineng')],
] as const;

describe.each(firms.flatMap(([name, file]) => (['zh', 'en'] as const).map((l) => [name, l, file] as const)))(
  '%s in %s',
  (name, locale, file) => {
    let path: string;
    const input = documentOf(file, locale);
    beforeAll(async () => {
      path = await print(`${name}-${locale}`, input);
    });

    test('is a sound, tagged, titled document with its fonts inside', () => {
      expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors found');
      const about = info(path);
      expect(about.Tagged).toBe('yes');
      expect(about.Title?.length).toBeGreaterThan(4);
      expect(about.Author).toBe('李明');
      expect(Number(about.Pages)).toBeGreaterThan(5);
      expect(Number(about.Pages)).toBeLessThan(26);
      const fonts = run('pdffonts', [path]).split('\n').slice(2).filter(Boolean);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/NotoSansSC-\w+ .* yes yes yes /);
    });

    test('says whose it is, by which clauses, and that it is a rehearsal', () => {
      const text = textOf(path);
      const rehearsal = locale === 'zh' ? '不构成任何官方认定' : 'noofficialrecognition';
      expect(text).toContain(rehearsal);
      if (name !== 'hostile') expect(text).toContain(file.enterprise.name);
      expect(text).toMatch(
        locale === 'zh' ? /工信部企业〔2026〕2号附件2第（三）项/ : /MIITSME\[2026\]No\.2,Annex2,item3/,
      );
      for (const rung of input.diagnosis.rungs) {
        for (const route of rung.routes) expect(text).toContain(route.hash.slice(0, 12));
      }
    });

    test('carries the snapshot it was made from', () => {
      expect(run('pdfdetach', ['-list', path])).toMatch(/cultivar-diagnosis\.json[\s\S]*cultivar-plan\.json/);
      const saved = join(folder, `${name}-${locale}.json`);
      run('pdfdetach', ['-save', '1', '-o', saved, path]);
      expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(JSON.parse(JSON.stringify(input.diagnosis)));
    });
  },
);

test('hostile strings are shown as text, and what has no glyph is replaced and said', async () => {
  const text = textOf(await print('hostile', documentOf(hostile(), 'zh')));
  expect(text).toContain('#panic("x")$x^2$*b*_i_`raw`<label>@ref');
  expect(text).toContain('<script>alert(1)</script>');
  expect(text).toContain('〔U+202E〕gnp.exe');
  expect(text).toContain('#import"@preview/cetz:0.2.0":*');
  expect(text).toContain('x'.repeat(300));
  expect(text).toMatch(/字体没有字形，文中以“〓”代替：.*U\+1F680/);
  expect(text.split('很长的企业简介。').length - 1).toBe(1250);
});

test('an ordinary plan has no replaced character', async () => {
  expect(textOf(await print('plain', documentOf(struggling(), 'zh')))).not.toContain('〓');
});

test("a sample's notice is on every page", async () => {
  const path = await print('notice', documentOf(sample('haimo-keji'), 'zh'));
  const pages = Number(info(path).Pages);
  for (let page = 1; page <= pages; page++) {
    expect(
      run('pdftotext', ['-f', String(page), '-l', String(page), path, '-']).replaceAll(/\s+/g, ''),
    ).toContain('仅用于演示检测与方案');
  }
});

test('headings make the outline and charts have words for those who cannot see them', async () => {
  const path = await print('outline', documentOf(struggling(), 'zh'));
  const qdf = opened(path);
  expect(qdf).toMatch(/\/Outlines/);
  expect(new Set(qdf.match(/\/Alt <[0-9a-f]+>/g)).size).toBe(2);
  expect(qdf).toMatch(/\/Lang \(zh/);
});

test('ten thousand characters in every text of a measure are all printed', async () => {
  const input = documentOf(struggling(), 'zh');
  const long = '这一步要写清楚谁在何时做完什么事，鼎立为证。'.repeat(45);
  const item = input.plan.content.items[0]!;
  Object.assign(item, {
    reason: { zh: long, en: long },
    steps: Array.from({ length: 10 }, () => ({ zh: long, en: long })),
    note: long.repeat(2),
  });
  const text = textOf(await print('long', input));
  expect(text.split('鼎').length - 1).toBe(45 * 13);
});
