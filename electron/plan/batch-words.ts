import en from '../../resources/i18n/en/batch-file.json' with { type: 'json' };
import enErrors from '../../resources/i18n/en/errors.json' with { type: 'json' };
import zh from '../../resources/i18n/zh-CN/batch-file.json' with { type: 'json' };
import zhErrors from '../../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import type { BatchError } from './batch-shapes.ts';
import type { PlanLocale } from './words.ts';

const tables: Record<PlanLocale, Record<keyof typeof zh, string>> = { zh, en };
const errors: Record<PlanLocale, Record<string, string>> = { zh: zhErrors, en: enErrors };

function filled(text: string, details: Record<string, unknown>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(details[name] ?? ''));
}

/** The words of the index of a batch. */
export function batchWord(
  locale: PlanLocale,
  key: keyof typeof zh,
  details: Record<string, unknown> = {},
): string {
  return filled(tables[locale][key], details);
}

/** Why a file was not made, in words. */
export function batchErrorText(locale: PlanLocale, { key, details }: BatchError): string {
  const words = errors[locale];
  return filled(words[key] ?? words.internal ?? key, details ?? {});
}
