import en from '../../resources/i18n/en/explain.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/explain.json' with { type: 'json' };
import type { Text } from '../standards/schema.ts';

export type WordKey = keyof typeof zh;
type Part = Text | string | number;

function fill(template: string, parts: Record<string, Part>, language: 'zh' | 'en'): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    return part === undefined ? '' : typeof part === 'object' ? part[language] : String(part);
  });
}

/** A sentence in both languages; parts may themselves be bilingual. */
export function say(key: WordKey, parts: Record<string, Part> = {}): Text {
  return { zh: fill(zh[key], parts, 'zh'), en: fill(en[key], parts, 'en') };
}

/** Joins bilingual texts with a bilingual separator. */
export function join(texts: readonly Text[], separator: Text): Text {
  return { zh: texts.map((t) => t.zh).join(separator.zh), en: texts.map((t) => t.en).join(separator.en) };
}

/** The same text in both languages, for numbers and names. */
export function plain(text: string): Text {
  return { zh: text, en: text };
}
