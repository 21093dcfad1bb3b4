import data from '../../resources/reference/application-calendar.json' with { type: 'json' };
import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { EnterpriseFile, Title } from '../library/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { CalendarEntry } from './calendar-shapes.ts';
import { type Aim, aimOf } from './gaps.ts';
import { lastDay } from './progress.ts';
import { dateText, guideFor, windowOf, windowText } from './schedule.ts';
import type { PlanContent } from './shapes.ts';
import { type TitleEnd, titleEnd, titleName } from './title-end.ts';
import { tell } from './words.ts';

export interface CalendarInput {
  readonly aim: Aim | null;
  readonly targetYear: number | null;
  readonly titles: EnterpriseFile['titles'];
  /** YYYY-MM-DD */
  readonly today: string;
  /** Applications for the rungs below that the plan files first. */
  readonly below?: readonly Filing[];
}

/** An application and the year it is handed in. */
export interface Filing {
  readonly aim: Aim;
  readonly year: number;
}

/** The applications for rungs below the one aimed at, as the plan has them. */
export function filingsBelow(content: PlanContent, diagnosis: Diagnosis): Filing[] {
  return content.items.flatMap((item) => {
    const rung = Number(/^file-(\d)$/.exec(item.id)?.[1]);
    const year = Number((item.due ?? item.start)?.slice(0, 4));
    if (item.why !== 'close' || !rung || !year || rung === content.targetRung) return [];
    const aim = aimOf(diagnosis, rung);
    return aim ? [{ aim, year }] : [];
  });
}

/** Titles that end some day, so that not knowing when is to be told. */
const ENDING: ReadonlySet<Title['kind']> = new Set([
  'tech_sme',
  'innovative',
  'srdi',
  'little_giant',
  'key_little_giant',
  'single_champion',
  'hightech',
]);

/** How many yearly updates ahead are listed at most. */
const UPDATES = 3;

function windowEntry({ aim, year }: Filing): CalendarEntry {
  const known = windowOf(aim, year);
  const guide = guideFor(aim, year)?.window;
  return {
    kind: 'window',
    date: known ? `${year}-${known.from}` : String(year),
    until: known ? `${year}-${known.to}` : null,
    title: tell('calendarWindow', { title: aim.route.title }),
    says: windowText(aim, year),
    certainty: known ? 'set' : guide ? 'guide' : 'unknown',
    source: known?.document ?? guide?.document ?? null,
  };
}

function expiryEntry(title: Title, end: TitleEnd, today: string): CalendarEntry {
  const over = end.date !== null && lastDay(end.date) < today;
  const key = !end.date
    ? 'calendarExpiryUnknown'
    : over
      ? 'calendarExpired'
      : end.computed
        ? 'calendarExpiryComputed'
        : 'calendarExpirySays';
  return {
    kind: 'expiry',
    date: end.date,
    until: null,
    title: tell('calendarExpiry', { title: titleName(title) }),
    says: tell(key, { years: data.validity.years }),
    certainty: !end.date ? 'unknown' : end.computed ? 'computed' : 'set',
    source: end.computed ? data.validity.document : null,
  };
}

/** Reviews come before the title ends; when, the authority says each year, so only the end is named. */
function reviewEntry(title: Title, end: string): CalendarEntry {
  return {
    kind: 'review',
    date: end.slice(0, 4),
    until: null,
    title: tell('calendarReview', { title: titleName(title) }),
    says: tell('calendarReviewSays', { date: dateText(end) }),
    certainty: 'unknown',
    source: data.validity.document,
  };
}

function updateEntries(titles: readonly Title[], today: string, last: number): CalendarEntry[] {
  const { day, from, document } = data.update;
  const ends = titles.filter((title) => data.update.titles.includes(title.kind)).map(titleEnd);
  const year = Number(today.slice(0, 4));
  return Array.from({ length: UPDATES + 1 }, (_, at) => year + at).flatMap((each): CalendarEntry[] => {
    const date = `${each}-${day}`;
    const held = ends.some((end) => !end.date || lastDay(end.date) >= date);
    if (date < today || date < from || each > Math.max(last, year + 1) || !held) return [];
    return [
      {
        kind: 'update',
        date,
        until: null,
        title: tell('calendarUpdate'),
        says: tell('calendarUpdateSays', { year: each }),
        certainty: 'set',
        source: document,
      },
    ];
  });
}

/** Days that come first first; what has no day comes last. A year alone stands after the days of that year. */
function inOrder(a: CalendarEntry, b: CalendarEntry): number {
  // A review comes at some time before its title ends.
  const key = ({ date, kind }: CalendarEntry) =>
    date === null ? '9999' : kind === 'review' ? `${date}-00` : lastDay(date);
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

/**
 * What a firm has to keep in mind on its way: the window of the application, the yearly update, the ends of titles and
 * their reviews. Only what is announced, registered or follows from the rule has a day; the rest says that it is not
 * known yet.
 */
export function calendarOf(input: CalendarInput): CalendarEntry[] {
  const { aim, targetYear, titles, today, below = [] } = input;
  const entries: CalendarEntry[] = [];
  if (aim && !aim.review && targetYear) entries.push(windowEntry({ aim, year: targetYear }));
  entries.push(...below.map(windowEntry));
  for (const title of titles) {
    const end = titleEnd(title);
    // An award without an end is no title that runs out.
    if (!end.date && !ENDING.has(title.kind)) continue;
    entries.push(expiryEntry(title, end, today));
    const reviewed = data.validity.titles.includes(title.kind) && end.date && lastDay(end.date) >= today;
    if (reviewed && end.date) entries.push(reviewEntry(title, end.date));
  }
  entries.push(...updateEntries(titles, today, targetYear ?? 0));
  return entries.sort(inOrder);
}

/** What certainty means, in a word. */
export function certaintyText(certainty: CalendarEntry['certainty']): Text {
  return tell(`certainty_${certainty}`);
}
