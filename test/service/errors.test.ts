import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from '../../resources/i18n/en/errors.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import files from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };

const source = join(import.meta.dirname, '../../electron');
/** Every key named where a Refusal, a PlanFault or an error of the contract is made. */
function usedKeys(): Set<string> {
  const keys = new Set<string>();
  for (const folder of ['library', 'service', 'plan']) {
    for (const file of readdirSync(join(source, folder)).filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(join(source, folder, file), 'utf8');
      const found = [
        ...text.matchAll(/(?:Refusal|PlanFault)\(\s*'[\w-]+',\s*'(\w+)'/g),
        ...text.matchAll(/\binvalid\(\s*'(\w+)'/g),
        ...text.matchAll(/\bkey: '(\w+)', details/g),
        ...text.matchAll(/code: '[\w-]+', key: '(\w+)'/g),
        ...text.matchAll(/: '((?:not|uscc)[A-Z]\w+)'/g),
      ];
      for (const match of found) keys.add(match[1]!);
    }
  }
  return keys;
}

test('every error has its message in both languages', () => {
  const used = [...usedKeys()].sort();
  expect(used.length).toBeGreaterThan(50);
  // Errors of files have their messages with the exchange; its own test compares the languages.
  expect(used.filter((key) => !(key in zh || key in files.error))).toEqual([]);
  expect(Object.keys(en)).toEqual(Object.keys(zh));
});

test('both languages fill in the same details', () => {
  const places = (text: string) => [...text.matchAll(/\{\{(\w+?)(?:Zh|En)?\}\}/g)].map((m) => m[1]).sort();
  for (const [key, text] of Object.entries(zh))
    expect([key, places(en[key as keyof typeof en])]).toEqual([key, places(text)]);
});
