import { isCalendarDate } from '../library/dates.ts';
import type { MoneyUnit, Unit } from './import-headers.ts';
import { headerWords } from './import-targets.ts';
import { CELL_ERROR, type Cell } from './sheet-table.ts';

/** Why a cell cannot be taken: the key of its message (exchange.json, "problem") and details. */
export class Problem {
  readonly key: string;
  readonly details: Record<string, string | number>;
  constructor(key: string, details: Record<string, string | number> = {}) {
    this.key = key;
    this.details = details;
  }
}

const sets = Object.fromEntries(
  Object.entries(headerWords.words).map(([name, words]) => [
    name,
    new Set(words.map((w) => w.toLowerCase())),
  ]),
) as Record<keyof typeof headerWords.words, Set<string>>;

const DASHES = /^[-‐-―—–\s/\\.…_*?？]*$/;
const PLAIN = /^[\x21-\x7e]+$/;

/** One width, single spaces, no spaces at the ends, no invisible characters. */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim();
}

/** Whether a cell says that its value is not known: empty, a dash, 暂无, 不详. Never a zero. */
export function isUnknown(cell: Cell | undefined): cell is null | undefined {
  if (cell === null || cell === undefined) return true;
  if (typeof cell !== 'string') return false;
  if (cell.length > 14) return false;
  const text = clean(cell).toLowerCase();
  return DASHES.test(text) || sets.unknown.has(text.replace(/^[([]|[)\]]$/g, ''));
}

/** Whether a cell only says that nothing is given, as a dash or "n/a" does. */
export function saysNothing(text: string): boolean {
  return sets.nothing.has(text.toLowerCase());
}

const SCALES: Record<MoneyUnit, number> = { yuan: 0, thousand: 3, wan: 4, million: 6, yi: 8 };

/** A number of a sheet as exact decimal text: the 15 digits a spreadsheet keeps, not its binary neighbour. */
export function decimalText(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return plainDecimal(value.toPrecision(15));
}

/** Decimal text without exponent and needless zeros; null where the text is no number. */
export function plainDecimal(text: string): string | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
  if (!match || (match[2] === '' && !match[3])) return null;
  const exponent = Number(match[4] ?? 0);
  let [whole, part] = [match[2] ?? '', match[3] ?? ''];
  if (exponent > 0) {
    part = part.padEnd(exponent, '0');
    whole += part.slice(0, exponent);
    part = part.slice(exponent);
  } else if (exponent < 0) {
    whole = whole.padStart(1 - exponent, '0');
    part = whole.slice(exponent) + part;
    whole = whole.slice(0, exponent);
  }
  whole = whole.replace(/^0+(?=\d)/, '') || '0';
  part = part.replace(/0+$/, '');
  const sign = match[1] === '-' && /[1-9]/.test(whole + part) ? '-' : '';
  return `${sign}${whole}${part ? `.${part}` : ''}`;
}

/** Decimal text times a power of ten, cut to a whole number, halves away from zero. */
function shifted(text: string, scale: number): { value: number; rounded: boolean } {
  const negative = text.startsWith('-');
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  const digits = whole + part.slice(0, scale).padEnd(scale, '0');
  const rest = part.slice(scale);
  const value = Number(digits) + (/^[5-9]/.test(rest) ? 1 : 0);
  return { value: negative && value !== 0 ? -value : value, rounded: /[1-9]/.test(rest) };
}

/** Separators of thousands, currency signs and brackets for negative amounts taken away; null where no number is left. */
function numberText(text: string): string | null {
  let bare = text
    .replace(/^(?:rmb|cny|人民币|[¥￥$])\s*/i, '')
    .replace(/^约|左右$|以上$/g, (word) => (word === '约' ? '' : word));
  const bracketed = /^\((.+)\)$/.exec(bare);
  if (bracketed) bare = `-${bracketed[1]}`;
  bare = bare.replace(/^−/, '-').replaceAll('，', ',');
  if (/^[+-]?\d{1,3}(?:[, ']\d{3})+(?:\.\d+)?$/.test(bare)) bare = bare.replace(/[, ']/g, '');
  return plainDecimal(bare);
}

const SUFFIX: readonly [RegExp, MoneyUnit][] = [
  [/亿(?:元)?(?:人民币)?$/, 'yi'],
  [/百万(?:元)?(?:人民币)?$/, 'million'],
  [/万(?:元)?(?:人民币)?$/, 'wan'],
  [/千元(?:人民币)?$/, 'thousand'],
  [/元(?:人民币)?$|(?:rmb|cny)$/i, 'yuan'],
];

/**
 * A spreadsheet's number times a power of ten, where its 15 digits give a whole number: the usual amount in 万元. A product
 * further from a whole number than doubles stray is left to the digits themselves (undefined).
 */
function wholeAmount(cell: number, scale: number): number | undefined {
  const product = cell * 10 ** scale;
  const value = Math.round(product);
  if (Math.abs(value) > 1e13 || Math.abs(product - value) > Math.abs(value) * 4.5e-16) return undefined;
  return value === 0 ? (cell === 0 ? 0 : undefined) : value;
}

/** An amount as whole yuan; `rounded` where it had parts of a yuan. A unit in the cell wins over the column's. */
export function moneyValue(cell: Cell, unit: MoneyUnit): { value: number; rounded: boolean } | Problem {
  let scale = SCALES[unit];
  let text: string | null;
  if (typeof cell === 'number') {
    const whole = wholeAmount(cell, scale);
    if (whole !== undefined) return { value: whole, rounded: false };
    text = decimalText(cell);
  } else if (typeof cell === 'string') {
    let written = clean(cell);
    for (const [pattern, own] of SUFFIX) {
      if (!pattern.test(written)) continue;
      scale = SCALES[own];
      written = written.replace(pattern, '').trim();
      break;
    }
    text = numberText(written);
  } else text = null;
  if (text === null) return new Problem('notAmount');
  const { value, rounded } = shifted(text, scale);
  if (Math.abs(value) > 1e13) return new Problem('amountTooLarge');
  return { value, rounded };
}

/** A whole number: head-counts, ranks ("第3名"), levels ("三级"). */
export function countValue(cell: Cell): number | Problem {
  if (typeof cell === 'number')
    return Number.isInteger(cell) && Math.abs(cell) <= 1e13 ? cell : new Problem('notWhole');
  if (typeof cell !== 'string') return new Problem('notNumber');
  const written = clean(cell)
    .replace(/^第|^l(?=\d$)/i, '')
    .replace(/[人名项件个次级位强家]$/, '');
  const han = '零一二三四五六七八九十'.indexOf(written);
  if (han >= 0 && written.length === 1) return han;
  const text = numberText(written);
  if (text === null) return new Problem('notNumber');
  if (text.includes('.')) return new Problem('notWhole');
  return Number(text);
}

/**
 * A ratio as a fraction, exact text: "3%", "３％" and 3 in a column of percents are "0.03". Numbers without a sign are read
 * as `unit` says; 'bySize' takes those below 1 as fractions and those above `top` as percent points. Without a unit nobody
 * has decided yet, and only what can be meant in one way is read.
 */
export function ratioValue(cell: Cell, unit: Unit | null, top = 1): string | Problem {
  if (typeof cell === 'boolean' || cell === null) return new Problem('notRatio');
  let percent: boolean | null = unit === 'percent' ? true : unit === 'fraction' ? false : null;
  let text: string | null;
  if (typeof cell === 'number') text = decimalText(cell);
  else {
    const written = clean(cell);
    const marked = /^(.*?)\s*(?:%|percent)$/i.exec(written);
    if (marked) percent = true;
    text = numberText((marked?.[1] ?? written).replace(/^百分之/, ''));
    if (/^百分之/.test(written)) percent = true;
  }
  if (text === null) return new Problem('notRatio');
  if (percent === null) {
    const size = Math.abs(Number(text));
    if (size > top) percent = true;
    else if (size !== 0 && unit === null) return new Problem('ratioUndecided');
    else if (size >= 1) return new Problem('ratioDoubtful');
  }
  const fraction = percent ? plainDecimal(`${text}e-2`) : text;
  if (fraction === null || !/^-?\d{1,12}(\.\d{1,12})?$/.test(fraction)) return new Problem('notRatio');
  return fraction;
}

/** Any exact decimal. */
export function decimalValue(cell: Cell): string | Problem {
  const text =
    typeof cell === 'number'
      ? decimalText(cell)
      : typeof cell === 'string'
        ? numberText(clean(cell).replace(/分$/, ''))
        : null;
  return text !== null && /^-?\d{1,12}(\.\d{1,12})?$/.test(text) ? text : new Problem('notNumber');
}

/** A yes or no of a cell in any of its usual spellings, else the problem `notYesNo`. */
export function boolValue(cell: Cell): boolean | Problem {
  if (typeof cell === 'boolean') return cell;
  if (cell === 1 || cell === 0) return cell === 1;
  const text = typeof cell === 'string' ? clean(cell).toLowerCase() : '';
  // The one-width form of × is itself, of ✕ too.
  if (sets.yes.has(text)) return true;
  return sets.no.has(text) ? false : new Problem('notYesNo');
}

const two = (n: string | number) => String(n).padStart(2, '0');
const HAN_DATE = /^[\u3007\u25cb\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d]{4}\s*\u5e74/;
const EPOCH = Date.UTC(1899, 11, 30);

function checkedDate(text: string): string | Problem {
  return isCalendarDate(text) ? text : new Problem('notDate');
}

const DIGITS = '\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d';
const TEN = '\u5341';

/** Numbers of a date written in Chinese as digits: the year digit by digit, month and day up to thirty-one. */
function arabic(text: string): string {
  const digit = (han: string) => DIGITS.indexOf(han);
  return text
    .replaceAll('\u96f6', DIGITS[0]!)
    .replaceAll('\u25cb', DIGITS[0]!)
    .replace(new RegExp(`[${DIGITS}]{4}(?=\\s*\u5e74)`), (year) => [...year].map(digit).join(''))
    .replace(
      new RegExp(`([${DIGITS}]?)${TEN}([${DIGITS}]?)|[${DIGITS}]`, 'g'),
      (whole, tens: string | undefined, ones: string | undefined) =>
        whole.includes(TEN)
          ? String((tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0))
          : String(digit(whole)),
    );
}

/** A day, month or year as loose date text; a spreadsheet's day number too. Long-term and permanent are no date (null). */
export function dateValue(cell: Cell): string | null | Problem {
  if (typeof cell === 'number') {
    if (Number.isInteger(cell) && cell >= 1900 && cell <= 2200) return String(cell);
    if (cell >= 15_000 && cell < 90_000)
      return new Date(EPOCH + Math.floor(cell) * 86_400_000).toISOString().slice(0, 10);
    // "2018.1" as a number may be January or October.
    if (cell > 1900 && cell < 2201 && /^\d{4}\.\d$/.test(String(cell))) return new Problem('dateAmbiguous');
    return dateValue(String(cell));
  }
  if (typeof cell !== 'string') return new Problem('notDate');
  const written = clean(cell).toLowerCase();
  if (sets.forever.has(written)) return null;
  const text = HAN_DATE.test(written) ? arabic(written) : written;
  const chinese = /^(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号]?)?)?(?:\s.*)?$/.exec(text);
  const marks = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[ t]\d{1,2}:.*)?$/.exec(text);
  const solid = /^(\d{4})(0[1-9]|1[0-2])(\d{2})?$/.exec(text);
  const match = chinese ?? marks ?? solid;
  if (!match) return new Problem('notDate');
  const [, year, month, day] = match;
  return checkedDate(`${year}${month ? `-${two(month)}` : ''}${day ? `-${two(day)}` : ''}`);
}

/** The last date of a span like "2023-11-08至2026-11-07"; a single date as it is. */
export function endOfSpan(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const parts = clean(cell).split(/\s*(?:至|到|~|—|–|–| - | to )\s*/i);
  return parts.length === 2 && parts[1] ? parts[1] : cell;
}

/** A broken formula in a cell. */
export function formulaProblem(cell: Cell): Problem | null {
  if (typeof cell !== 'string' || cell.charCodeAt(0) !== 35 || !CELL_ERROR.test(cell)) return null;
  return cell === '#FORMULA!' ? new Problem('formulaEmpty') : new Problem('formulaError', { error: cell });
}
