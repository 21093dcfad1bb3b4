import calendar from '../../resources/reference/application-calendar.json' with { type: 'json' };
import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { Aim, Gaps } from './gaps.ts';
import { tell } from './words.ts';

/** The month `months` after a day, as YYYY-MM. */
export function monthAfter(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** Months from one YYYY-MM (or longer) to another. */
export function monthsBetween(from: string, to: string): number {
  const count = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7) || '1') - 1;
  return count(to) - count(from);
}

interface Window {
  /** MM-DD */
  readonly from: string;
  readonly to: string;
  /** The notice that announced it. */
  readonly document: Text;
}

/** The announced window of the route in a year, or null: others wait for the notice. */
export function windowOf(aim: Aim, year: number): Window | null {
  const { standard, tier } = aim.route;
  return calendar.windows.find((w) => w.standard === standard && w.tier === tier && w.year === year) ?? null;
}

/** How many years back an announced window still says about when the next one may be. */
const GUIDES = 2;

/** The newest window announced before a year, as a guide; null where the last ones are too long ago. */
export function guideFor(aim: Aim, year: number): { year: number; window: Window } | null {
  for (let before = year - 1; before >= year - GUIDES; before--) {
    const window = windowOf(aim, before);
    if (window) return { year: before, window };
  }
  return null;
}

const YEARLY = /_y1(_wan)?$|_avg2|_sum2|cagr/;
const FIRST_YEAR = /_y1(_wan)?$/;

/**
 * The year of the first application that can succeed. Annual figures of a closed year cannot be mended, so a gap in
 * them needs the next closed year; a gap in last year's figure of a condition that looks at both years stays in
 * sight for one year more. Without such a gap it is this year while its window is open or not announced, else next.
 */
export function targetYearOf(diagnosis: Diagnosis, aim: Aim, gaps: Gaps, today: string): number {
  const year = Number(today.slice(0, 4));
  const window = windowOf(aim, year);
  const closed = window && today.slice(5) > window.to;
  let target = closed ? year + 1 : year;
  for (const judged of gaps.unmet) {
    for (const { field } of judged.shortfalls) {
      if (!YEARLY.test(field)) continue;
      const twin = field.replace('_y1', '_y2');
      const bothYears = FIRST_YEAR.test(field) && judged.fields.includes(twin);
      // Judged on fiscal year y1, the application year is y1 + 1; the next figures count one year later.
      target = Math.max(target, diagnosis.asOf.fiscalYear + (bothYears ? 3 : 2));
    }
  }
  return target;
}

/** When to apply, in words: the announced window, or last year's as a guide, or "watch for the notice". */
export function windowText(aim: Aim, year: number): Text {
  const known = windowOf(aim, year);
  if (known) return tell('windowKnown', { year, from: dayText(known.from), to: dayText(known.to) });
  const guide = guideFor(aim, year);
  if (guide) {
    const { from, to } = guide.window;
    return tell('windowGuide', { year, before: guide.year, from: dayText(from), to: dayText(to) });
  }
  return tell('windowUnknown', { year });
}

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "04-25" → 4月25日 / 25 Apr. */
export function dayText(monthDay: string): Text {
  const [month = 1, day = 1] = monthDay.split('-').map(Number);
  return { zh: `${month}月${day}日`, en: `${day} ${englishMonths[month - 1] ?? ''}` };
}

/** A day, month or year as far as it is known: 2026-04-25 → 2026年4月25日 / 25 Apr 2026. */
export function dateText(loose: string): Text {
  const [year = '', month, day] = loose.split('-');
  if (!month) return { zh: `${year}年`, en: year };
  const name = englishMonths[Number(month) - 1] ?? '';
  if (!day) return { zh: `${year}年${Number(month)}月`, en: `${name} ${year}` };
  return { zh: `${year}年${Number(month)}月${Number(day)}日`, en: `${Number(day)} ${name} ${year}` };
}
