import { factNamed } from './fact-names.ts';
import type { ChosenRoute } from './route-items.ts';
import { monthAfter, monthsBetween } from './schedule.ts';
import type { Goal, PlanItem } from './shapes.ts';

/** Whether a goal shows only in the accounts of a year, not at the day of the application. */
function isFigure({ field }: Goal): boolean {
  const [, stem, unit = ''] = /^(.*?)(_wan)?$/.exec(field) ?? [];
  return /cagr|sum2|avg2/.test(field) || factNamed(`${stem}_y1${unit}`)?.topic === 'figures';
}

/** With an application ahead, what is asked there must be there by then, and figures by the year it looks at. */
export function inTime(items: readonly PlanItem[], found: ChosenRoute | null, today: string): PlanItem[] {
  const until = found && monthAfter(found.choice.date, -1);
  if (!until || until < today.slice(0, 7)) return [...items];
  return items.map((item) => {
    if (item.why !== 'gap' && item.why !== 'judge') return item;
    const goals = item.goals.map((goal) => ({ ...goal, year: found.choice.year - 1 }));
    const last = goals.length > 0 && goals.every(isFigure) ? `${found.choice.year - 1}-12` : until;
    const window = item.window && { ...item.window, by: item.window.by ?? (last < until ? last : until) };
    return { ...item, goals, window };
  });
}

/** Months a short board has at least before the application. */
const SHORTEST_BOARD = 3;

/**
 * What finds no room before the application is left to the next plan: short boards, and second measures for what another
 * one serves already.
 */
export function carried(items: readonly PlanItem[], until: string | null): PlanItem[] {
  const late = (item: PlanItem) => {
    const last = item.why === 'gap' ? (item.window?.by ?? until) : until;
    if (last === null || item.start === null) return false;
    if (item.why === 'board' && item.start > monthAfter(`${last}-01`, -SHORTEST_BOARD)) return true;
    // Pressed into less than half of its months it would be done on paper only.
    return item.start > last || (item.why === 'gap' && monthsBetween(item.start, last) + 1 < item.months / 2);
  };
  const spare = (item: PlanItem) =>
    item.why === 'gap' &&
    item.serves.every((id) =>
      items.some((other) => other !== item && !late(other) && other.serves.includes(id)),
    );
  return items.filter((item) => !late(item) || (item.why !== 'board' && !spare(item)));
}
