import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withoutComments } from './source-text.ts';

const root = join(import.meta.dirname, '..', '..');
const texts = join(root, 'resources', 'i18n');
const namespaces = readdirSync(join(texts, 'zh-CN')).sort();

/** Chinese characters, Chinese punctuation and full-width forms. */
const CJK = /[\u2e80-\u303f\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]/;

/** Lines in which Chinese is data, not a text of the product to be translated; each file or folder with the reason. */
const data: Record<string, { lines: RegExp; why: string }> = {
  'electron/exchange/': {
    lines: /\/.*\/|indexOf|replaceAll|=== '/,
    why: 'headers, units and values as files write them',
  },
  'electron/library/sample-schema.ts': {
    lines: /throw new Error/,
    why: 'the unit, in faults of our own data files',
  },
  'electron/plan/clean-text.ts': {
    lines: /GETA =|U\+/,
    why: 'signs that stand for characters a font does not have',
  },
  'electron/plan/measures.ts': {
    lines: /NATIONWIDE =|bare =|region\.match|endsWith/,
    why: 'endings of place names',
  },
  'electron/plan/policy-text.ts': { lines: /AMOUNT =/, why: 'finds amounts of money in a text' },
  'electron/plan/schedule.ts': {
    lines: /zh: `\$\{(?:month|year)\}/,
    why: 'how a date is written in each language',
  },
};

function isData(file: string, line: string): boolean {
  return Object.entries(data).some(([path, { lines }]) => file.startsWith(path) && lines.test(line));
}

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): [path: string, text: unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    const here = path ? `${path}.${key}` : key;
    return value !== null && typeof value === 'object' ? leaves(value, here) : [[here, value]];
  });
}

function load(locale: string, namespace: string): Map<string, unknown> {
  return new Map(leaves(JSON.parse(readFileSync(join(texts, locale, namespace), 'utf8')) as Tree));
}

/** Plural forms count as one key: Chinese has a single form where English has two. */
function base(key: string): string {
  return key.replace(/_(?:zero|one|two|few|many|other)$/, '');
}

function placeholders(text: unknown): string[] {
  return [...String(text).matchAll(/\{\{\s*(\w+)/g)]
    .map((match) => match[1]!.replace(/(?:Zh|En)$/, ''))
    .sort();
}

test('both languages have the same namespaces', () => {
  expect(readdirSync(join(texts, 'en')).sort()).toEqual(namespaces);
});

describe.each(namespaces)('%s', (namespace) => {
  const zh = load('zh-CN', namespace);
  const en = load('en', namespace);

  test('has the same keys in both languages', () => {
    const keys = (map: Map<string, unknown>) => [...new Set([...map.keys()].map(base))].sort();
    expect(keys(en)).toEqual(keys(zh));
  });

  test('has a text for every key', () => {
    for (const [key, text] of [...zh, ...en]) {
      expect(typeof text, key).toBe('string');
      expect(String(text).trim(), key).not.toBe('');
    }
  });

  test('fills in the same details in both languages', () => {
    const used = (map: Map<string, unknown>, key: string) =>
      new Set([...map].filter(([k]) => base(k) === key).flatMap(([, text]) => placeholders(text)));
    for (const key of new Set([...zh.keys()].map(base))) {
      // The count chooses the English form and need not be written out.
      const without = (set: Set<string>) => [...set].filter((name) => name !== 'count').sort();
      expect(without(used(en, key)), key).toEqual(without(used(zh, key)));
    }
  });

  test('English has no Chinese characters', () => {
    for (const [key, text] of en) expect(CJK.test(String(text)), `${key}: ${text}`).toBe(false);
  });
});

test('source files hold no Chinese text outside comments', () => {
  const found: string[] = [];
  for (const folder of ['renderer', 'electron']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = `${folder}/${name.replaceAll('\\', '/')}`;
      if (!/\.(?:ts|tsx|html)$/.test(file)) continue;
      const lines = withoutComments(readFileSync(join(root, file), 'utf8')).split('\n');
      lines.forEach((line, index) => {
        if (CJK.test(line) && !isData(file, line)) found.push(`${file}:${index + 1} ${line.trim()}`);
      });
    }
  }
  expect(found).toEqual([]);
});

test('the search for Chinese text looks into strings, templates and JSX, and not into comments', () => {
  const source = [
    "const a = 'x // \u4e2d'; // \u6587",
    '/* \u6ce8 */ const b = `\u4e2d`;',
    'const c = <p>\u4e2d</p>; // \u6587',
    'const d = /["\'\u4e2d]/.test(a); // \u6587',
  ].join('\n');
  const lines = withoutComments(source).split('\n');
  expect(lines.every((line) => line.includes('\u4e2d'))).toBe(true);
  expect(lines.some((line) => /[\u6587\u6ce8]/.test(line))).toBe(false);
});
