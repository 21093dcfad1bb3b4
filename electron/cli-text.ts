import enCli from '../resources/i18n/en/cli.json' with { type: 'json' };
import enErrors from '../resources/i18n/en/errors.json' with { type: 'json' };
import zhCli from '../resources/i18n/zh-CN/cli.json' with { type: 'json' };
import zhErrors from '../resources/i18n/zh-CN/errors.json' with { type: 'json' };
import type { ApiError } from './api.ts';

export type CliLanguage = 'zh' | 'en';

const words: Record<CliLanguage, Record<keyof typeof zhCli, string>> = { zh: zhCli, en: enCli };
const errors: Record<CliLanguage, Record<string, string>> = { zh: zhErrors, en: enErrors };

/** The terminal's language, by LC_ALL, LC_MESSAGES and LANG in that order; Chinese where it says so, else English. */
export function cliLanguage(env: NodeJS.ProcessEnv = process.env): CliLanguage {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

function fill(text: string, details: Record<string, unknown>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(details[name] ?? ''));
}

/** A sentence of the command line in one language, with its details filled in. */
export function say(
  language: CliLanguage,
  key: keyof typeof zhCli,
  details: Record<string, unknown> = {},
): string {
  return fill(words[language][key], details);
}

/** A failed call in words. */
export function sayError(language: CliLanguage, error: ApiError): string {
  return fill(errors[language][error.key] ?? errors[language].internal ?? error.key, error.details ?? {});
}

/** Columns a text takes in a terminal: Chinese characters and full-width signs take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      code >= 0x20000;
    width += wide ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  }
  return width;
}

function padded(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

/** Rows as lines with aligned columns; numbers stand to the right. The first row is the head. */
export function tableLines(rows: readonly (readonly (string | number)[])[]): string[] {
  const texts = rows.map((row) => row.map(String));
  const columns = texts[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...texts.map((row) => widthOf(row[i] ?? ''))),
  );
  const right = Array.from({ length: columns }, (_, i) => typeof rows[1]?.[i] === 'number');
  const lines = texts.map((row) =>
    row
      .map((text, i) => padded(text, widths[i] ?? 0, right[i] ?? false))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return lines;
}
