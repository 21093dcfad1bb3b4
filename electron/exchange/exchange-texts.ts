import en from '../../resources/i18n/en/exchange.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/exchange.json' with { type: 'json' };

/** The part of the texts that stands in files. */
export type ExchangeTexts = Pick<
  typeof zh,
  | 'problem'
  | 'column'
  | 'words'
  | 'errorColumn'
  | 'errorSheet'
  | 'leftCells'
  | 'leftByHand'
  | 'listSheet'
  | 'tagJoin'
  | 'everything'
>;

/** The words of import and export in one language, for files written by the service. */
export function exchangeTexts(locale: 'zh' | 'en'): ExchangeTexts {
  return locale === 'zh' ? zh : en;
}

/** A text with its {{placeholders}} filled. */
export function fill(text: string, details: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(details[name] ?? ''));
}
