import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readState, systemLocale, writeState } from '../../electron/shell-state.ts';
import { shellTexts } from '../../electron/shell-texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'cultivar-state-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'shell.json');

test('the window comes back as it was; a damaged or missing file is a first start', () => {
  expect(readState(path)).toEqual({});
  const state = {
    bounds: { x: -10, y: 0, width: 1366, height: 860 },
    maximized: true,
    locale: 'en',
  } as const;
  writeState(path, state);
  expect(readState(path)).toEqual(state);
  expect(readdirSync(folder)).toEqual(['shell.json']);
  for (const damaged of ['', '{', '[]', '{"bounds":{"x":"a"}}', '{"locale":"fr"}']) {
    writeFileSync(path, damaged);
    expect(readState(path)).toEqual({});
  }
});

test('the first start follows the system language', () => {
  expect(['zh-CN', 'zh-TW', 'ZH', 'en-US', 'fr', ''].map(systemLocale)).toEqual([
    'zh',
    'zh',
    'zh',
    'en',
    'en',
    'en',
  ]);
});

test('menu and dialogs have the same words in both languages', () => {
  const keys = (value: object, prefix = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'string' ? `${prefix}${key}` : keys(inner, `${prefix}${key}.`),
    );
  expect(keys(shellTexts('en'))).toEqual(keys(shellTexts('zh')));
});
