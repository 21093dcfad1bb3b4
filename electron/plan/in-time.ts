import type { Judged, Route } from '../diagnosis/shapes.ts';
import { factNamed } from './fact-names.ts';
import type { ChosenRoute } from './route-items.ts';
import { monthAfter, monthsBetween } from './schedule.ts';
import type { PlanItem } from './shapes.ts';

/** Whether an item is met only by the accounts of a year, not by the day of the application. */
function isYearly({ fields }: Judged): boolean {
  return fields.every((field) => factNamed(field)?.topic === 'figures' && !field.startsWith('eval_'));
}

/** With an application ahead, what is asked there must be there by then, and figures by the year it looks at. */
export function inTime(
  items: readonly PlanItem[],
  found: ChosenRoute | null,
  route: Route,
  today: string,
): PlanItem[] {
  const until = found && monthAfter(found.choice.date, -1);
  if (!until || until < today.slice(0, 7)) return [...items];
  const yearly = new Set(route.items.filter(isYearly).map(({ id }) => id));
  const lastYear = `${found.choice.year - 1}-12`;
  return items.map((item) => {
    if (item.why !== 'gap' && item.why !== 'judge') return item;
    const goals = item.goals.map((goal) => ({ ...goal, year: found.choice.year - 1 }));
    const by = yearly.has(item.serves[0] ?? '') && lastYear < until ? lastYear : until;
    return { ...item, goals, window: item.window && { ...item.window, by: item.window.by ?? by } };
  });
}

/** Months a short board has at least before the application. */
const SHORTEST_BOARD = 3;

/** An early start after more months than this is none. */
const LATEST_EARLY = 12;

/**
 * What finds no room before the application is left to the next plan: short boards, and second measures for what another
 * one serves already, and early starts that are none.
 */
export function carried(
  items: readonly PlanItem[],
  until: string | null,
  unmet: readonly Judged[],
  today: string,
): PlanItem[] {
  const asked = new Set(unmet.map(({ id }) => id));
  const late = (item: PlanItem) => {
    if (item.why === 'ahead') return item.start !== null && item.start > monthAfter(today, LATEST_EARLY);
    const last = item.why === 'gap' ? (item.window?.by ?? until) : until;
    if (last === null || item.start === null) return false;
    if (item.why === 'board' && item.start > monthAfter(`${last}-01`, -SHORTEST_BOARD)) return true;
    // Pressed into less than half of its months it would be done on paper only.
    return item.start > last || (item.why === 'gap' && monthsBetween(item.start, last) + 1 < item.months / 2);
  };
  const spare = (item: PlanItem) =>
    item.why === 'gap' &&
    item.serves
      .filter((id) => asked.has(id))
      .every((id) => items.some((other) => other !== item && !late(other) && other.serves.includes(id)));
  return items.filter(
    (item) => !late(item) || (item.why !== 'board' && item.why !== 'ahead' && !spare(item)),
  );
}
