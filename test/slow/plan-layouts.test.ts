import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Layout } from '../../electron/plan/layouts.ts';
import { PlanRenderer } from '../../electron/plan/renderer.ts';
import { champion, documentOf, firm, hostile, resources, sample, struggling } from '../plan/plan-fixture.ts';
import { info, opened, run, textOf } from './pdf-tools.ts';

const renderer = new PlanRenderer(resources);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-layouts-'));
});
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A firm whose every text is as long as it may be. */
function wordy() {
  const file = struggling();
  const long = '本项工作须在总经理办公会上逐条落实并形成书面记录。'.repeat(12);
  Object.assign(file.enterprise, { name: '长'.repeat(200), mainProduct: long.slice(0, 200) });
  return file;
}

const firms = [
  ['struggling', struggling()],
  ['holder', champion(true)],
  ['empty', firm({ name: '武汉空白科技有限公司' })],
  ['hostile', hostile()],
  ['sample', sample('hongying-zhineng')],
  ['wordy', wordy()],
] as const;
const cases = firms.flatMap(([name, file]) =>
  (['zh', 'en'] as const).flatMap((locale) =>
    (['summary', 'takeaway'] as const).map((layout) => ({ name, file, locale, layout })),
  ),
);
const PAGES: Record<Layout, number> = { full: 0, summary: 2, takeaway: 1 };

describe.each(cases)('$layout of $name in $locale', ({ name, file, locale, layout }) => {
  const input = { ...documentOf(file, locale), layout };
  if (name === 'wordy') {
    const text = '须逐条落实并形成书面记录，'.repeat(20);
    const both = (length: number) => ({ zh: text.slice(0, length), en: text.slice(0, length) });
    input.plan.content.summary = { zh: text.repeat(10), en: text.repeat(10) };
    for (const item of input.plan.content.items)
      Object.assign(item, {
        title: both(300),
        reason: both(900),
        owner: text.slice(0, 100),
        steps: [both(900)],
        metric: { label: both(200), from: both(200), to: both(200) },
      });
  }
  let path: string;
  beforeAll(async () => {
    path = join(folder, `${name}-${locale}-${layout}.pdf`);
    writeFileSync(path, await renderer.render(input));
  });

  test('has as many pages as it says, is sound and tagged, with outline and fonts inside', () => {
    const about = info(path);
    expect(about.Pages).toBe(String(PAGES[layout]));
    expect(about.Tagged).toBe('yes');
    expect(about['Page size']).toContain('A4');
    expect(run('qpdf', ['--check', path])).toContain('No syntax or stream encoding errors found');
    for (const font of run('pdffonts', [path]).split('\n').slice(2).filter(Boolean))
      expect(font).toMatch(/NotoSansSC-\w+ .* yes yes yes /);
    const objects = opened(path);
    expect(objects).toMatch(/\/Outlines/);
    expect(objects).toMatch(locale === 'zh' ? /\/Lang \(zh/ : /\/Lang \(en/);
  });

  test('says what it is, by which standard, and carries the snapshot', () => {
    const text = textOf(path);
    expect(text).toContain(locale === 'zh' ? '不构成任何官方认定' : 'noofficialrecognition');
    const aim = input.diagnosis.rungs.flatMap((r) => r.routes).map((r) => r.hash.slice(0, 12));
    expect(aim.some((hash) => text.includes(hash))).toBe(true);
    expect(text).not.toMatch(/undefined|\[object|NaN/);
    if (file.enterprise.sampleNotice && locale === 'zh') expect(text).toContain('仅用于演示检测与方案');
    const saved = `${path}.json`;
    run('pdfdetach', ['-save', '1', '-o', saved, path]);
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual(JSON.parse(JSON.stringify(input.diagnosis)));
  });
});

test('the summary has the open measures with owner, date and numbers; the page to take along the first of them', async () => {
  const input = documentOf(struggling(), 'zh');
  const done = input.plan.content.items[0]!;
  Object.assign(done, { status: 'done', title: { zh: '早已做完的事', en: 'Done long ago' } });
  for (const layout of ['summary', 'takeaway'] as const) {
    const path = join(folder, `measures-${layout}.pdf`);
    writeFileSync(path, await renderer.render({ ...input, layout }));
    const text = textOf(path);
    expect(text).not.toContain('早已做完的事');
    expect(text).toContain('≥80%');
    const shown = input.plan.content.items.filter((item) =>
      text.includes(item.title.zh.slice(0, 12).replaceAll(/\s/g, '')),
    );
    expect(shown.length).toBeGreaterThanOrEqual(
      layout === 'summary' ? input.plan.content.items.length - 1 : 4,
    );
  }
});
