import { monthAfter } from './schedule.ts';
import type { PlanContent, PlanItem } from './shapes.ts';

/** Phases of a plan, in order. */
export const phases = ['quarter', 'year', 'next', 'later', 'open'] as const;
export type Phase = (typeof phases)[number];

/**
 * The phase in which a measure begins, seen from the day of planning: this quarter, this year, next year, later; one
 * that began before counts to this quarter, one without any date is open.
 */
export function phaseOf(item: Pick<PlanItem, 'start' | 'due'>, on: string): Phase {
  const begins = item.start ?? item.due;
  if (!begins) return 'open';
  const [year, month] = [Number(begins.slice(0, 4)), Number(begins.slice(5, 7) || '1')];
  const [thisYear, thisMonth] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  if (year > thisYear) return year === thisYear + 1 ? 'next' : 'later';
  return year < thisYear || Math.ceil(month / 3) <= Math.ceil(thisMonth / 3) ? 'quarter' : 'year';
}

/** What a firm carries as work: finding out, keeping up and the application itself are none of it. */
export function isWork(item: PlanItem): boolean {
  return item.status !== 'done' && item.why !== 'find' && item.why !== 'close' && item.why !== 'hold';
}

/** Months a measure takes. */
function lengthOf(item: PlanItem): number {
  return Math.max(1, item.months);
}

interface Span {
  readonly from: string;
  readonly to: string;
}

/** The months a measure fills if it begins in `from`: no longer than to its last month, unless that is over by then. */
function spanFrom(from: string, item: PlanItem): Span {
  const to = monthAfter(`${from}-01`, lengthOf(item));
  const by = item.window?.by;
  return { from, to: by && by >= from && by < to ? by : to };
}

function storedSpan(item: PlanItem): Span | null {
  const from = (item.start ?? item.due)?.slice(0, 7);
  const to = (item.due ?? item.start)?.slice(0, 7);
  if (!from || !to) return null;
  const whole = (month: string, end: string) => (month.length === 4 ? `${month}-${end}` : month);
  const [a, b] = [whole(from, '01'), whole(to, '12')];
  return b < a ? { from: a, to: a } : { from: a, to: b };
}

/** How many measures are under way in each month. */
class Load {
  readonly #months = new Map<string, number>();

  add({ from, to }: Span): void {
    for (let month = from; month <= to; month = monthAfter(`${month}-01`, 1))
      this.#months.set(month, (this.#months.get(month) ?? 0) + 1);
  }

  fits({ from, to }: Span, limit: number): boolean {
    for (let month = from; month <= to; month = monthAfter(`${month}-01`, 1))
      if ((this.#months.get(month) ?? 0) >= limit) return false;
    return true;
  }

  get most(): number {
    return Math.max(0, ...this.#months.values());
  }
}

const order: Record<NonNullable<PlanItem['why']>, number> = {
  route: 0,
  gap: 1,
  judge: 1,
  board: 3,
  ahead: 2,
  find: 4,
  hold: 5,
  close: 6,
};

/** The last month in which it may begin and still be done in time; far away where nothing presses. */
function latestStart(item: PlanItem): string {
  const by = item.window?.by;
  return by ? monthAfter(`${by}-01`, -lengthOf(item)) : '9999-12';
}

/** A measure whose time a person set, or that has begun, stays where it is. */
function isFixed(item: PlanItem): boolean {
  return item.status !== 'todo' || item.own.includes('start') || item.own.includes('due') || !item.window;
}

/** Far enough for any plan: no measure is put off longer than this. */
const LONGEST_WAIT = 240;

/**
 * Sets measures in time so that no month has more than `limit` under way: those of the route first, what presses most
 * before the rest. Measures begun, done or dated by hand stay as they are and take their place. A measure that finds no
 * room in time is put later all the same, never on top; `lateItems` tells which.
 */
export function arranged(items: readonly PlanItem[], limit: number, now: string): PlanItem[] {
  const load = new Load();
  const spans = new Map<string, Span>();
  for (const item of items) {
    if (!isFixed(item) || !isWork(item)) continue;
    const span = storedSpan(item);
    if (span) load.add(span);
  }
  const waiting = items
    .filter((item) => !isFixed(item) && isWork(item))
    .map((item, at) => ({ item, at }))
    .sort(
      (a, b) =>
        order[a.item.why ?? 'board'] - order[b.item.why ?? 'board'] ||
        (latestStart(a.item) < latestStart(b.item)
          ? -1
          : latestStart(a.item) > latestStart(b.item)
            ? 1
            : 0) ||
        a.at - b.at,
    );
  for (const { item } of waiting) {
    const first = item.window && item.window.from > now ? item.window.from : now;
    let span = spanFrom(first, item);
    for (let wait = 0; wait < LONGEST_WAIT && !load.fits(span, limit); wait++)
      span = spanFrom(monthAfter(`${first}-01`, wait + 1), item);
    load.add(span);
    spans.set(item.id, span);
  }
  return items.map((item) => {
    const span = spans.get(item.id);
    return span ? { ...item, start: span.from, due: span.to } : item;
  });
}

/** Measures of the route that cannot be done in time, in the order of the plan. */
export function lateItems(items: readonly PlanItem[]): PlanItem[] {
  return items.filter((item) => {
    const by = item.window?.by;
    return item.why === 'route' && item.status !== 'done' && by && item.due && item.due.slice(0, 7) > by;
  });
}

/** The least limit with which all measures of the route are done in time; null where none is enough. */
export function limitNeeded(items: readonly PlanItem[], limit: number, now: string): number | null {
  for (let more = limit + 1; more <= 20; more++)
    if (lateItems(arranged(items, more, now)).length === 0) return more;
  return null;
}

/** The most measures under way in one month. */
export function mostAtOnce(items: readonly PlanItem[]): number {
  const load = new Load();
  for (const item of items) {
    const span = isWork(item) ? storedSpan(item) : null;
    if (span) load.add(span);
  }
  return load.most;
}

/** A plan's phases with their measures; phases without any are left out. */
export function phasesOf(content: PlanContent, on: string): { phase: Phase; items: PlanItem[] }[] {
  return phases.flatMap((phase) => {
    const items = content.items.filter((item) => phaseOf(item, on) === phase);
    return items.length > 0 ? [{ phase, items }] : [];
  });
}
