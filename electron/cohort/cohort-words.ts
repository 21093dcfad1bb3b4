import en from '../../resources/i18n/en/cohort-file.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/cohort-file.json' with { type: 'json' };

export type CohortLocale = 'zh' | 'en';
export type CohortWord = keyof typeof zh;

/** A word of the cohort's files, charts and report in one language. */
export function cohortWord(
  locale: CohortLocale,
  key: CohortWord,
  parts: Record<string, string | number> = {},
): string {
  const text = (locale === 'zh' ? zh : en)[key];
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(parts[name] ?? ''));
}

/** The word for a value that is part of a key ("reach_sure"); the value itself where there is none. */
export function wordFor(locale: CohortLocale, group: string, value: string): string {
  const key = `${group}_${value}`;
  return key in zh ? cohortWord(locale, key as CohortWord) : value;
}
