/** Stands for a character the fonts cannot draw; the geta mark is the printer's own sign for it. */
export const GETA = '〓';

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/gu;
// Characters that would be lost or would turn the text around: shown by their number instead.
const SHOWN_BY_NUMBER =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/g;
const LONG_RUN = /[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]{25,}/gu;
const BREAK_HERE = '\u200b';

function named(character: string): string {
  return `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`;
}

/**
 * Text made safe to print: lone surrogates and control or direction characters are shown instead of obeyed, and runs
 * without a space get places where a line may end. Markup needs nothing: it travels as data.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll('\t', ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(SHOWN_BY_NUMBER, named)
    .replaceAll(LONG_RUN, (run) =>
      [...run].map((c, i) => (i > 0 && i % 12 === 0 ? BREAK_HERE + c : c)).join(''),
    );
}

const LATIN_QUOTES = /(?<![\u2e80-\u9fff\uff00-\uffef])([“”‘’])(?![\u2e80-\u9fff\uff00-\uffef])/g;

/** English quotes as straight ones: the Chinese font draws the curly ones as wide as a Chinese character. */
export function narrowQuotes(text: string): string {
  return text.replaceAll(LATIN_QUOTES, (quote) => (quote === '“' || quote === '”' ? '"' : "'"));
}

/** The same for every string inside a JSON-like value; keys stay. */
export function mapStrings<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((v) => mapStrings(v, change)) as T;
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapStrings(v, change)])) as T;
  }
  return value;
}

/** All strings inside a JSON-like value. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(stringsIn);
  return [];
}
