import { expect, test } from 'vitest';
import { clip, tell } from '../../electron/plan/words.ts';
import enDocument from '../../resources/i18n/en/document.json' with { type: 'json' };
import enPlanning from '../../resources/i18n/en/planning.json' with { type: 'json' };
import zhDocument from '../../resources/i18n/zh-CN/document.json' with { type: 'json' };
import zhPlanning from '../../resources/i18n/zh-CN/planning.json' with { type: 'json' };

const en = { ...enDocument, ...enPlanning };
const zh = { ...zhDocument, ...zhPlanning };

const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

test('both languages have the same keys and the same places to fill', () => {
  expect(Object.keys(en)).toEqual(Object.keys(zh));
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
    expect(holes(en[key]), key).toEqual(holes(zh[key]));
    expect(en[key].trim() && zh[key].trim(), key).not.toBe('');
  }
});

test('English texts hold no Chinese and Chinese texts use Chinese punctuation', () => {
  for (const [key, text] of Object.entries(en))
    expect(text, key).not.toMatch(/[\u4e00-\u9fff，。：；（）、]/);
  for (const [key, text] of Object.entries(zh)) expect(text, key).not.toMatch(/[\u4e00-\u9fff][,;:!?]/);
});

test('a value that looks like a place to fill is not filled again', () => {
  expect(tell('planTitleBare', { name: '{{name}}' }).zh).toContain('{{name}}');
});

test('a text is cut on a character, never inside one', () => {
  expect(clip('一二三🚀🚀', 5)).toBe('一二三…');
  expect(clip('一二三🚀🚀', 6).isWellFormed()).toBe(true);
  expect(clip('短', 6)).toBe('短');
});
