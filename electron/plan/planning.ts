import type { Text } from '../standards/schema.ts';
import { lateItems, limitNeeded } from './arrange.ts';
import type { Aim } from './gaps.ts';
import { joined } from './plan-items.ts';
import { type ChosenRoute, type WayUp, whyNoRoute } from './route-items.ts';
import type { PlanItem, Planning } from './shapes.ts';
import { clipText, listed, tell } from './words.ts';

/** What is chosen and how, to be told. */
export interface PlanningInput {
  readonly items: readonly PlanItem[];
  readonly limit: number;
  readonly aim: Aim;
  readonly found: ChosenRoute | null;
  readonly way: WayUp | undefined;
  /** YYYY-MM-DD */
  readonly today: string;
}

/** At most four names, then how many more. */
function named(texts: readonly Text[]): Text {
  return texts.length > 4
    ? tell('andMore', { list: listed(texts.slice(0, 4)), count: texts.length })
    : listed(texts);
}

function lateText({ items, limit, today }: PlanningInput): Text | null {
  const late = lateItems(items);
  if (late.length === 0) return null;
  const parts = { count: late.length, items: named(late.map((item) => item.title)), limit };
  const needed = limitNeeded(items, limit, today.slice(0, 7));
  return needed ? tell('planningLate', { ...parts, needed }) : tell('planningLateAnyway', parts);
}

function routeText(input: PlanningInput, found: ChosenRoute): Text {
  const { aim, limit, way } = input;
  const { choice, changes } = found;
  const parts = { year: choice.year, title: aim.route.title, limit };
  let says =
    changes.length > 0
      ? tell('planningRoute', {
          ...parts,
          count: changes.length,
          changes: named(changes.map(({ change }) => change.label)),
        })
      : tell('planningRouteNothing', parts);
  if (choice.confirm.length > 0) {
    says = joined(
      says,
      tell('planningConfirm', {
        count: choice.confirm.length,
        facts: named(choice.confirm.map(({ label }) => label)),
      }),
    );
  }
  const later = way?.steps.find((step) => step.rung === aim.rung.rung)?.cheaperLater;
  return later ? joined(says, tell('planningCheaperLater', { year: later.year })) : says;
}

/** How the plan was chosen and set in time, in words: by which route, or why without one, and what does not fit. */
export function planningOf(input: PlanningInput): Planning {
  const { aim, found, way, limit, today } = input;
  const why = whyNoRoute(way, aim.rung.rung);
  const says = found
    ? routeText(input, found)
    : why
      ? tell('planningGapsWhy', { why, limit })
      : tell(aim.review ? 'planningReview' : 'planningGaps', { limit });
  const late = lateText(input);
  return {
    on: today,
    basis: found ? 'route' : 'gaps',
    route: found
      ? { standard: found.choice.standard, tier: found.choice.tier, date: found.choice.date }
      : null,
    says: clipText(late ? joined(says, late) : says, 2000),
  };
}
