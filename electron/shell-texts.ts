import en from '../resources/i18n/en/shell.json' with { type: 'json' };
import zh from '../resources/i18n/zh-CN/shell.json' with { type: 'json' };
import type { ShellLocale } from './shell-calls.ts';

export type ShellTexts = typeof zh;

/** Words of menu and dialogs in one language. */
export function shellTexts(locale: ShellLocale): ShellTexts {
  return locale === 'zh' ? zh : en;
}
