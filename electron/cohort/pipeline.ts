import type { TargetData } from './cohort-data.ts';
import { endOf } from './cohort-match.ts';
import { type CohortRow, heldOn } from './cohort-rows.ts';
import type { CohortCondition } from './cohort-shapes.ts';

const RUNGS = [1, 2, 3] as const;

/** The last day of a month (YYYY-MM). */
export function monthEnd(month: string): string {
  const [year = 0, m = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, m, 0)).toISOString().slice(0, 10);
}

/** The month `by` months after another (YYYY-MM). */
export function monthAfter(month: string, by: number): string {
  const [year = 0, m = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, m - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The day `by` months after another; a day that the month does not have is its last one. */
export function dayAfterMonths(day: string, by: number): string {
  const month = monthAfter(day.slice(0, 7), by);
  const last = monthEnd(month);
  const same = `${month}-${day.slice(8)}`;
  return same > last ? last : same;
}

/** The day after an ISO day. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Months shown before and after today. */
const BACK = 24;
const AHEAD = 18;

export interface PipelineMonth {
  readonly month: string;
  /** Day it is counted on: the month's last, for the current month today. */
  readonly day: string;
  /** Holders of a dated title of at least each rung; ahead of today as if nothing were renewed or newly given. */
  readonly holders: [number, number, number];
  /** Titles of just this rung issued in the month. */
  readonly issued: [number, number, number];
  readonly ahead: boolean;
  /** What is aimed at in the month's year, for each rung; null = nothing was set. */
  readonly targets: [number | null, number | null, number | null];
}

/** Holders by month, from the titles with their dates; one walk over the titles. */
export function monthsOf(rows: readonly CohortRow[], today: string): PipelineMonth[] {
  const now = today.slice(0, 7);
  const months = Array.from({ length: BACK + AHEAD + 1 }, (_, i): PipelineMonth => {
    const month = monthAfter(now, i - BACK);
    const day = month === now ? today : monthEnd(month);
    return {
      month,
      day,
      holders: [0, 0, 0],
      issued: [0, 0, 0],
      ahead: month > now,
      targets: [null, null, null],
    };
  });
  const at = new Map(months.map(({ month }, i) => [month, i]));
  for (const { titles } of rows) {
    if (titles.length === 0) continue;
    for (const { day, holders } of months) {
      let top = 0;
      for (const title of titles)
        if (title.rung > top && title.from <= day && title.until >= day) top = title.rung;
      for (let rung = 0; rung < top; rung++) holders[rung as 0]++;
    }
    // An enterprise with two titles of a rung from one month is one enterprise.
    const seen = new Set<string>();
    for (const { rung, issuedOn } of titles) {
      const month = issuedOn?.slice(0, 7) ?? '';
      const place = at.get(month);
      if (place === undefined || seen.has(`${rung} ${month}`)) continue;
      seen.add(`${rung} ${month}`);
      (months[place] as PipelineMonth).issued[(rung - 1) as 0]++;
    }
  }
  return months;
}

/** Whom the months count: the same enterprises as the targets they are set against. */
export interface MonthsGround {
  readonly rows: readonly CohortRow[];
  /** Cities whose enterprises count; null = all that are looked at. */
  readonly cities: (string | null)[] | null;
  /** Enterprises looked at that lie in other cities. */
  readonly elsewhere: number;
  /** Whose targets hold for them: of the city (null), of a district; undefined = nobody's, as only a part is looked at. */
  readonly targetsOf: string | null | undefined;
}

/**
 * The enterprises of a cohort that the targets count: of one district where just that is looked at, else of `city`, with those of
 * which nothing says where they are. Where none of them is of the city, the months count all.
 */
export function groundOf(rows: readonly CohortRow[], condition: CohortCondition, city: string): MonthsGround {
  const { samples: _, city: cities, district, ...more } = condition;
  const part = Object.values(more).some((value) => value !== undefined);
  const [only] = district ?? [];
  if (district?.length === 1 && typeof only === 'string')
    return { rows, cities: null, elsewhere: 0, targetsOf: part || cities ? undefined : only };
  const counted = [city, null];
  const here = rows.filter((row) => counted.includes(row.city));
  if (here.length === 0) return { rows, cities: null, elsewhere: 0, targetsOf: undefined };
  return {
    rows: here,
    cities: counted,
    elsewhere: rows.length - here.length,
    targetsOf: part || district ? undefined : null,
  };
}

/** Months with the targets of their years; where a year has none, the latest before it goes on. */
export function withTargets(
  months: readonly PipelineMonth[],
  targets: readonly TargetLine[],
  of: string | null | undefined,
): PipelineMonth[] {
  const aim = (rung: number, year: number): number | null =>
    targets.findLast((t) => t.rung === rung && t.district === of && t.year <= year)?.count ?? null;
  return months.map((m) => {
    const year = Number(m.month.slice(0, 4));
    return { ...m, targets: of === undefined ? m.targets : [aim(1, year), aim(2, year), aim(3, year)] };
  });
}

/** Windows in which titles run out: those just over, and the next half years. */
export function dueWindows(today: string): { from: string; to: string }[] {
  const start = dayAfterMonths(today, -12);
  const [half, whole] = [dayAfterMonths(today, 6), dayAfterMonths(today, 12)];
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return [
    { from: start, to: yesterday },
    { from: today, to: dayAfterMonths(today, 3) },
    { from: nextDay(dayAfterMonths(today, 3)), to: half },
    { from: nextDay(half), to: whole },
  ];
}

/** How many titles of each rung run out in each window. */
export function dueOf(rows: readonly CohortRow[], today: string) {
  const windows = dueWindows(today);
  return RUNGS.map((rung) => {
    const ends = rows.flatMap((row) => endOf(row, rung) ?? []);
    return {
      rung,
      windows: windows.map(({ from, to }) => ({
        from,
        to,
        count: ends.filter((end) => end >= from && end <= to).length,
      })),
    };
  });
}

/** Whether an enterprise holds at least a rung, though no dated title of it is valid today. */
export function isUndated(row: CohortRow, rung: number, today: string): boolean {
  return row.held >= rung && !heldOn(row, rung, today);
}

/** Where the ladder stands: holders of at least each rung, and those known only without dates. */
export function currentOf(rows: readonly CohortRow[], today: string) {
  return RUNGS.map((rung) => ({
    rung,
    atLeast: rows.filter((row) => row.held >= rung).length,
    exactly: rows.filter((row) => row.held === rung).length,
    undated: rows.filter((row) => isUndated(row, rung, today)).length,
  }));
}

/** A target as stored; count null = a target of the product that was taken away. */
export interface StoredTarget {
  readonly year: number;
  readonly rung: number;
  readonly district: string | null;
  readonly count: number | null;
}

export interface TargetLine {
  readonly year: number;
  readonly rung: number;
  readonly district: string | null;
  readonly count: number;
  /** It comes with the product and was not changed. */
  readonly official: boolean;
  /** Holders of at least the rung: at the end of a past year by dated titles, of this year and later as of today. */
  readonly actual: number;
  /** Of a past year: who holds the rung now by a title without dates, of whom nobody can say whether they did then. */
  readonly undated: number;
  /** The day of a past year the holders are counted on; null = as of today. */
  readonly day: string | null;
  /** Cities whose enterprises count, for a target of the whole city; null among them = not known where. */
  readonly cities: (string | null)[] | null;
}

/**
 * The targets in force with where the cohort stands against each. A target of the city counts the enterprises of `city`
 * and those of which nothing says where they are; those of other cities stay out.
 */
export function targetsOf(
  rows: readonly CohortRow[],
  today: string,
  data: TargetData,
  stored: readonly StoredTarget[],
  city: string,
): TargetLine[] {
  const key = (t: { year: number; rung: number; district: string | null }) =>
    `${t.year}/${t.rung}/${t.district ?? ''}`;
  const lines = new Map<string, { target: StoredTarget; official: boolean }>();
  for (const target of data.targets) lines.set(key(target), { target, official: true });
  for (const target of stored) lines.set(key(target), { target, official: false });
  return [...lines.values()]
    .flatMap(({ target, official }): TargetLine[] => {
      const { year, rung, district, count } = target;
      if (count === null) return [];
      const cities = district === null ? [city, null] : null;
      const of = rows.filter((row) => (cities ? cities.includes(row.city) : row.district === district));
      const day = year < Number(today.slice(0, 4)) ? `${year}-12-31` : null;
      const actual = of.filter((row) => (day ? heldOn(row, rung, day) : row.held >= rung)).length;
      const undated = day ? of.filter((row) => isUndated(row, rung, today)).length : 0;
      return [{ year, rung, district, count, official, actual, undated, day, cities }];
    })
    .sort(
      (a, b) =>
        a.year - b.year ||
        ((a.district ?? '') < (b.district ?? '') ? -1 : a.district === b.district ? a.rung - b.rung : 1),
    );
}
