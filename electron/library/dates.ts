import { invalid } from './refusal.ts';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a loose date (a day, a month or a year) is one of the calendar: 2025-02-30 is not. Years 1600 to 2200. */
export function isCalendarDate(text: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!match) return false;
  const year = Number(match[1]);
  if (year < 1600 || year > 2200) return false;
  if (match[2] === undefined) return true;
  const month = Number(match[2]);
  if (month < 1 || month > 12) return false;
  if (match[3] === undefined) return true;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && leap ? 29 : DAYS[month - 1]!;
  const day = Number(match[3]);
  return day >= 1 && day <= last;
}

/** Refuses a date that is not in the calendar; `path` names the field. Null is fine: not known. */
export function checkDate(text: string | null | undefined, path: string): void {
  if (text && !isCalendarDate(text)) throw invalid('dateInvalid', { path, value: text });
}

/**
 * Refuses a date that lies after `today` (YYYY-MM-DD), where only what has happened makes sense; a month or a year counts
 * from its beginning. For what a person types: what was stored once is never checked again.
 */
export function checkPast(text: string | null | undefined, today: string, path: string): void {
  if (text && isCalendarDate(text) && text > today.slice(0, text.length))
    throw invalid('dateInFuture', { path, value: text, today });
}

/** A moment's day in the time of this computer, YYYY-MM-DD. */
export function localDay(moment: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** Refuses a fiscal year that has not begun. */
export function checkFiscalYear(year: number, now: Date, path: string): void {
  const newest = now.getFullYear();
  if (year > newest) throw invalid('yearInFuture', { path, year, newest });
}
