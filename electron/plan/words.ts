import en from '../../resources/i18n/en/document.json' with { type: 'json' };
import enPlanning from '../../resources/i18n/en/planning.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/document.json' with { type: 'json' };
import zhPlanning from '../../resources/i18n/zh-CN/planning.json' with { type: 'json' };
import type { Text } from '../standards/schema.ts';

export type DocumentWord = keyof typeof zh | keyof typeof zhPlanning;
export type PlanLocale = 'zh' | 'en';
export type Part = Text | string | number;

/** The words of the paper, and those of choosing and following up. */
const tables: Record<PlanLocale, Record<DocumentWord, string>> = {
  zh: { ...zh, ...zhPlanning },
  en: { ...en, ...enPlanning },
};

/** The text of the plan in one language; `{{name}}` is filled from `parts`, which may be bilingual. */
export function word(locale: PlanLocale, key: DocumentWord, parts: Record<string, Part> = {}): string {
  return tables[locale][key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const part = parts[name];
    return part === undefined ? '' : typeof part === 'object' ? part[locale] : String(part);
  });
}

/** The same in both languages. */
export function tell(key: DocumentWord, parts: Record<string, Part> = {}): Text {
  return { zh: word('zh', key, parts), en: word('en', key, parts) };
}

/** A list in a sentence, with each language's own separator. */
export function listed(texts: readonly Text[]): Text {
  return {
    zh: texts.map((t) => t.zh).join(tables.zh.listSeparator),
    en: texts.map((t) => t.en).join(tables.en.listSeparator),
  };
}

/** Cuts a text to `max` UTF-16 units, on a character edge, with an ellipsis where something was cut. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/** A text of at most so many characters in both languages. */
export function clipText(text: Text, max: number): Text {
  return { zh: clip(text.zh, max), en: clip(text.en, max) };
}
