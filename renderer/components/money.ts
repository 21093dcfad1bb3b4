/*
 * Money and ratios as text, exactly: integers (BigInt) and digit strings, never binary floats.
 * The library keeps whole yuan; people type and read 万元.
 */

/** Largest amount the library takes, in yuan either way. */
const LIMIT = 10n ** 13n;

/** Why typed text is not an amount: a key under `common:number`. */
export type NumberProblem = 'notANumber' | 'tooFine' | 'tooLarge';
export type Parsed<T> = { ok: true; value: T | null } | { ok: false; problem: NumberProblem };

/**
 * Turns full-width digits and signs into plain ones and drops blanks and thousands separators. A comma that does not
 * separate thousands is kept, so that "1,5" is refused rather than read as 15.
 */
export function plainNumberText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u2212\u2013\u2014]/g, '-')
    .replace(/\s/g, '');
  return /^[^\d,]*\d{1,3}(?:,\d{3})+(?![\d,])/.test(plain) ? plain.replaceAll(',', '') : plain;
}

/** Reads a decimal number into its exact digits: sign, whole part, fraction. Null where it is none. */
function digits(plain: string): { negative: boolean; whole: string; fraction: string } | null {
  // Accountants write negative amounts in parentheses.
  const inParentheses = /^\((.*)\)$/.exec(plain);
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(inParentheses ? inParentheses[1]! : plain);
  if (!match || (!match[2] && !match[3])) return null;
  if (inParentheses && match[1]) return null;
  return {
    negative: inParentheses !== null || match[1] === '-',
    whole: match[2] || '0',
    fraction: match[3] ?? '',
  };
}

/**
 * Reads an amount typed in 万元 into whole yuan, exactly: "19,813.64" → 198136400. Full-width digits, thousands
 * separators, parentheses for negative, and a unit (元, 万, 万元, 亿, 亿元) are understood. Empty text is null (unknown).
 */
export function parseWan(text: string): Parsed<number> {
  let plain = plainNumberText(text).replace(/^[\u00a5\uffe5]/, '');
  if (plain === '') return { ok: true, value: null };
  let places = 4;
  const unit = /(\u4ebf\u5143?|\u4e07\u5143?|\u5143)(\)?)$/.exec(plain);
  if (unit) {
    places = unit[1]!.startsWith('\u4ebf') ? 8 : unit[1]!.startsWith('\u4e07') ? 4 : 0;
    plain = plain.slice(0, unit.index) + unit[2];
  }
  const number = digits(plain);
  if (!number) return { ok: false, problem: 'notANumber' };
  const fraction = number.fraction.replace(/0+$/, '');
  if (fraction.length > places) return { ok: false, problem: 'tooFine' };
  if (number.whole.replace(/^0+/, '').length > 14) return { ok: false, problem: 'tooLarge' };
  const yuan = BigInt(number.whole + fraction.padEnd(places, '0'));
  if (yuan > LIMIT) return { ok: false, problem: 'tooLarge' };
  return { ok: true, value: number.negative && yuan !== 0n ? -Number(yuan) : Number(yuan) };
}

/** Reads a whole number of persons, patents and the like. Empty text is null (unknown). */
export function parseCount(text: string): Parsed<number> {
  const plain = plainNumberText(text);
  if (plain === '') return { ok: true, value: null };
  const number = digits(plain);
  if (!number) return { ok: false, problem: 'notANumber' };
  if (/[1-9]/.test(number.fraction)) return { ok: false, problem: 'tooFine' };
  const whole = number.whole.replace(/^0+(?=\d)/, '');
  if (whole.length > 12) return { ok: false, problem: 'tooLarge' };
  return { ok: true, value: number.negative && whole !== '0' ? -Number(whole) : Number(whole) };
}

/** Reads a ratio typed in percent ("38.3", "38.3%") into an exact decimal fraction ("0.383"). Empty text is null. */
export function parsePercent(text: string): Parsed<string> {
  const plain = plainNumberText(text).replace(/%$/, '');
  if (plain === '') return { ok: true, value: null };
  const number = digits(plain);
  if (!number) return { ok: false, problem: 'notANumber' };
  const whole = number.whole.replace(/^0+/, '');
  const fraction = number.fraction.replace(/0+$/, '');
  if (whole.length > 12) return { ok: false, problem: 'tooLarge' };
  if (fraction.length > 10) return { ok: false, problem: 'tooFine' };
  const all = whole.padStart(3, '0') + fraction;
  const cut = Math.max(whole.length, 3) - 2;
  const value = join(all.slice(0, cut).replace(/^0+(?=\d)/, ''), all.slice(cut).replace(/0+$/, ''));
  return { ok: true, value: number.negative && /[1-9]/.test(value) ? `-${value}` : value };
}

function join(whole: string, fraction: string): string {
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A decimal or fraction text as numerator and denominator. Null where it is neither. */
function rational(text: string): [bigint, bigint] | null {
  const fraction = /^(-?\d+)\/(\d+)$/.exec(text);
  if (fraction) return fraction[2] === '0' ? null : [BigInt(fraction[1]!), BigInt(fraction[2]!)];
  const decimal = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!decimal) return null;
  const part = decimal[3] ?? '';
  const value = BigInt(decimal[2]! + part);
  return [decimal[1] ? -value : value, 10n ** BigInt(part.length)];
}

/** n/d × 10^shift rounded half away from zero to `places` decimals, trailing zeros dropped, with thousands separators. */
function rounded(n: bigint, d: bigint, shift: number, places: number, fixed = false): string {
  const scaled = (n < 0n ? -n : n) * 10n ** BigInt(Math.max(shift + places, 0));
  const divisor = d * 10n ** BigInt(Math.max(-(shift + places), 0));
  const text = ((scaled * 2n + divisor) / (divisor * 2n)).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(fixed ? /$/ : /0+$/, '');
  const sign = n < 0n && /[1-9]/.test(text) ? '-' : '';
  return sign + join(grouped(whole), fraction);
}

/**
 * An amount in 万元 with thousands separators and without its unit. A number is whole yuan (198136400 → "19,813.64");
 * a text is 万元 as the diagnosis gives it, decimal or fraction ("2834.28", "283428/100"). Up to four decimals, which
 * for yuan is exact; with `places` exactly so many, rounded, for columns of numbers. Text that is no number comes back
 * as it is.
 */
export function formatWan(amount: number | string, places?: number): string {
  const fixed = places !== undefined;
  if (typeof amount === 'number') return rounded(BigInt(Math.trunc(amount)), 1n, -4, places ?? 4, fixed);
  const value = rational(amount);
  return value ? rounded(value[0], value[1], 0, places ?? 4, fixed) : amount;
}

/** A decimal number with thousands separators, for counts and scores ("1234.5" → "1,234.5"). */
export function formatNumber(value: number | string): string {
  const exact = rational(String(value));
  return exact ? rounded(exact[0], exact[1], 0, 4) : String(value);
}

/**
 * A ratio as percent: "0.383" → "38.3%", "283428/1981364" → "14.3%", "sqrt:n/d" (√(n/d) − 1, the compound growth of
 * the diagnosis) → percent. Rounded to `places` decimals for reading only; comparisons are the service's.
 */
export function formatPercent(ratio: string, places = 2): string {
  if (ratio.startsWith('sqrt:')) {
    const inside = rational(ratio.slice(5));
    if (!inside) return ratio;
    const growth = Math.sqrt(Number(inside[0]) / Number(inside[1])) - 1;
    return `${rounded(BigInt(Math.round(growth * 1e8)), 10n ** 8n, 2, places)}%`;
  }
  const value = rational(ratio);
  return value ? `${rounded(value[0], value[1], 2, places)}%` : ratio;
}
