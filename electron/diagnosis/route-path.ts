import { resolveStandard } from '../standards/resolver.ts';
import type { CompiledTier } from './compile.ts';
import type { LeverPack } from './lever-schema.ts';
import { monthsUntil, obstacles, type RouteUp, routeFor } from './route-up.ts';
import type { Ruleset } from './ruleset.ts';
import { flag, type Values } from './values.ts';

/** A route with the day of its application and the standard it goes by. */
export interface DatedRoute {
  readonly route: RouteUp;
  readonly tier: CompiledTier;
  readonly date: string;
  readonly months: number;
}

/** What there is for one rung: routes by year of application, or why there is none. */
export interface PathStep {
  readonly rung: 1 | 2 | 3;
  /** A review keeps a title that is held: its own standard, no title below, no exclusions of the year's round. */
  readonly kind: 'new' | 'review';
  readonly routes: readonly DatedRoute[];
  readonly blocked: 'title' | 'rule' | 'items' | null;
  /** With 'items': what no lever reaches in time, each by itself; none where they only fail together. */
  readonly items: readonly string[];
  readonly tier: CompiledTier | undefined;
}

export interface PathQuestion {
  readonly ruleset: Ruleset;
  readonly levers: LeverPack;
  /** Given facts as of the last closed fiscal year. */
  readonly given: Values;
  readonly fiscalYear: number;
  /** What takes longer than from here to the application cannot be part of it. */
  readonly today: string;
  readonly applicationDate: string;
  /** Month and day of applications, MM-DD. */
  readonly window: string;
  readonly horizon: number;
  /** Highest rung held; 0 = none. */
  readonly current: number;
  /** Highest rung to look at; default the top. */
  readonly last?: number;
  /** Rungs looked at as a review of the title that is held. */
  readonly review?: readonly number[];
}

const TITLES = {
  1: 'title_tech_innovative_valid',
  2: 'title_srdi_valid',
  3: 'title_little_giant_valid',
} as const;
const RUNGS = [1, 2, 3] as const;
/** How many application years after the first possible one are looked at for a cheaper route. */
const LATER = 2;

/** The day of application `ahead` years from now; undefined once that round is over. */
function dayOf(ahead: number, { fiscalYear, window, applicationDate }: PathQuestion): string | undefined {
  const date = `${fiscalYear + 1 + ahead}-${window}`;
  return date >= applicationDate ? date : undefined;
}

function tiersOn(
  rung: 1 | 2 | 3,
  kind: PathStep['kind'],
  date: string,
  { ruleset }: PathQuestion,
): CompiledTier[] {
  const chosen = resolveStandard(ruleset.rules.selection, { rung, kind, date });
  return (chosen?.use ?? []).flatMap((use) => ruleset.find(use.standard, use.tier) ?? []);
}

function stepTo(
  rung: 1 | 2 | 3,
  kind: PathStep['kind'],
  given: Values,
  notBefore: number,
  question: PathQuestion,
): PathStep {
  const { ruleset, levers, today, horizon } = question;
  const routes: DatedRoute[] = [];
  let seen: CompiledTier | undefined;
  // The exclusions of a year's round are for new applications only.
  const roundOf = (date: string) => (kind === 'review' ? '' : date);
  for (let ahead = notBefore; ahead <= horizon; ahead++) {
    const [first] = routes;
    if (first && ahead > first.route.ahead + LATER) break;
    const date = dayOf(ahead, question);
    if (!date) continue;
    const months = Math.max(0, monthsUntil(today, date));
    let best: DatedRoute | undefined;
    for (const tier of tiersOn(rung, kind, date, question)) {
      seen ??= tier;
      const route = routeFor(given, tier, { levers, ahead, months }, roundOf(date), ruleset.find);
      if (route && (!best || route.effort < best.route.effort)) best = { route, tier, date, months };
    }
    if (best) routes.push(best);
    if (best?.route.effort === 0) break;
  }
  if (routes.length > 0) return { rung, kind, routes, blocked: null, items: [], tier: routes[0]?.tier };
  const date = `${question.fiscalYear + 1 + horizon}-${question.window}`;
  const tier = tiersOn(rung, kind, date, question)[0] ?? seen;
  if (!tier) return { rung, kind, routes, blocked: 'rule', items: [], tier };
  const months = Math.max(0, monthsUntil(today, date));
  const items = obstacles(given, tier, { levers, ahead: horizon, months }, roundOf(date), ruleset.find);
  return { rung, kind, routes, blocked: notBefore > horizon ? 'title' : 'items', items, tier };
}

/** The same facts for a review: growth is not asked of a firm that keeps its title. */
function reviewed(given: Values): Values {
  return new Map(given).set('is_review', flag(true)).set('growth_waived_for_review', flag(true));
}

/**
 * The way up, rung by rung above the one that is held: each with its least-effort routes, none earlier than a year
 * after the title before it can be had; before them, what it takes to keep each title under review. Years are application years; closed fiscal years stay as they are.
 */
export function pathUp(question: PathQuestion): PathStep[] {
  const steps: PathStep[] = [];
  let given: Values = question.given;
  let notBefore = 0;
  for (const rung of RUNGS)
    if (question.review?.includes(rung)) steps.push(stepTo(rung, 'review', reviewed(given), 0, question));
  for (const rung of RUNGS) {
    if (question.review?.includes(rung)) continue;
    if (rung <= question.current || rung > (question.last ?? 3)) continue;
    const step = stepTo(rung, 'new', given, notBefore, question);
    steps.push(step);
    // The title of this rung is there for the next one, a year after it was applied for.
    given = new Map(given).set(TITLES[rung], flag(true));
    notBefore = (step.routes[0]?.route.ahead ?? question.horizon) + 1;
  }
  return steps;
}
