import { type CompiledTier, type FindTier, passes } from './compile.ts';
import { derive } from './derive.ts';
import { approximate, fraction } from './exact.ts';
import type { Lever, LeverPack } from './lever-schema.ts';
import { projectFacts } from './project.ts';
import { effortOf, missingParts } from './route-effort.ts';
import { financeKnobs } from './route-finance.ts';
import { type Formula, formulaOf, type Node } from './route-formula.ts';
import { type Knob, knobsFor, type Level, type LeverMove, type Situation } from './route-levels.ts';
import { solve } from './route-solve.ts';
import { isFinance, type Turnover, turnovers, withParts } from './route-turnover.ts';
import { number, type Value, type Values } from './values.ts';

/** One lever of a route with the facts it sets. */
export interface RouteChange {
  readonly lever: Lever;
  readonly moves: ReadonlyMap<string, Value>;
  readonly effort: number;
}

/** The least-effort way to a tier for an application `ahead` years from now. */
export interface RouteUp {
  readonly ahead: number;
  readonly changes: readonly RouteChange[];
  /** Unknown facts that the route takes as good and that must be confirmed. */
  readonly confirm: readonly string[];
  /** What it takes them to be. */
  readonly assumed: ReadonlyMap<string, Value>;
  readonly effort: number;
  /** The facts at the application if nothing changes, and as the route has them. */
  readonly before: Values;
  readonly after: Values;
}

/** Facts at the application, and everything of a tier's rule that does not depend on turnover. */
interface Stage {
  readonly formula: Formula;
  readonly given: Values;
  readonly before: Values;
  readonly situation: Situation;
  readonly finance: readonly number[];
  readonly knobs: readonly Knob[];
  readonly fixed: ReadonlyMap<number, number>;
}

const complete = (given: Values): Values => derive(given).values;

/** Points given by a person cannot change once they are known. */
function fixedPoints(tier: CompiledTier, values: Values): Map<number, number> {
  const fixed = new Map<number, number>();
  tier.tier.groups
    .flatMap((group) => group.indicators)
    .forEach((indicator, index) => {
      if (indicator.mode !== 'manual_points') return;
      const value = values.get(indicator.field);
      const [low, high] = indicator.range;
      if (value?.kind === 'number')
        fixed.set(index, Math.min(high, Math.max(low, approximate(value.number))));
    });
  return fixed;
}

function stageOf(
  given: Values,
  tier: CompiledTier,
  situation: Situation,
  date: string,
  find?: FindTier,
): Stage {
  const formula = formulaOf(tier, date, find);
  const start = withParts(projectFacts(given, situation.ahead));
  const before = complete(start);
  const finance: number[] = [];
  const other: number[] = [];
  formula.atoms.forEach((atom, index) => {
    (isFinance(atom.field) ? finance : other).push(index);
  });
  const fixed = fixedPoints(tier, before);
  return {
    formula,
    given: start,
    before,
    situation,
    finance,
    knobs: knobsFor(other, formula.atoms, before, situation),
    fixed,
  };
}

interface Plan {
  readonly cost: number;
  readonly turnover: Turnover;
  readonly levels: readonly Level[];
}

/** The cheapest plan for a goal over all turnovers worth looking at. */
function cheapest(stage: Stage, goal: Node): Plan | undefined {
  const { formula, finance, situation, before, fixed } = stage;
  const atoms = finance.map((index) => formula.atoms[index]).filter((a) => a !== undefined);
  const options = turnovers(atoms, stage.given, before, complete, situation);
  let best: Plan | undefined;
  let least: number | undefined;
  for (const turnover of options) {
    const limit = (best?.cost ?? Number.POSITIVE_INFINITY) - turnover.cost;
    if (turnover !== options[0]) {
      // What everything else costs even if every money rule held by itself.
      least ??=
        solve(formula, goal, stage.knobs, new Map(finance.map((i) => [i, true])), fixed)?.cost ??
        Number.POSITIVE_INFINITY;
      if (least >= limit) continue;
    }
    const { knobs, settled, own } = financeKnobs(finance, formula.atoms, turnover, before, situation);
    const alone = own.length > 0 ? knobsFor(own, formula.atoms, turnover.values, situation) : [];
    const found = solve(formula, goal, [...stage.knobs, ...knobs, ...alone], settled, fixed, limit);
    if (found) best = { cost: found.cost + turnover.cost, turnover, levels: found.levels };
  }
  return best;
}

/** Points of a person are assumed no higher than the route needs. */
function leastPoints(
  tier: CompiledTier,
  given: Map<string, Value>,
  assumed: Map<string, Value>,
  date: string,
): void {
  for (const indicator of tier.tier.groups.flatMap((g) => g.indicators)) {
    if (indicator.mode !== 'manual_points' || !assumed.has(indicator.field)) continue;
    for (let points = indicator.range[0]; points <= indicator.range[1]; points++) {
      const value = number(fraction(points));
      given.set(indicator.field, value);
      assumed.set(indicator.field, value);
      if (passes(tier.run(complete(given), date).verdict)) break;
    }
  }
}

function finished(plan: Plan, stage: Stage, tier: CompiledTier, date: string): RouteUp | undefined {
  const { before, situation } = stage;
  const given = new Map(stage.given);
  const assumed = new Map<string, Value>();
  const levers = new Map<string, { lever: Lever; moves: Map<string, Value> }>();
  const take = (moves: readonly LeverMove[]) => {
    for (const { lever, set } of moves) {
      const change = levers.get(lever.id) ?? { lever, moves: new Map<string, Value>() };
      for (const [field, value] of set) {
        change.moves.set(field, value);
        given.set(field, value);
      }
      levers.set(lever.id, change);
    }
  };
  take(plan.turnover.moves);
  if (plan.turnover.moves.length > 0) {
    const profit = plan.turnover.values.get('net_profit_y1_wan');
    if (profit) given.set('net_profit_y1_wan', profit);
  }
  for (const level of plan.levels) take(level.moves);
  for (const [field, value] of [plan.turnover, ...plan.levels].flatMap((l) => l.assumed)) {
    given.set(field, value);
    assumed.set(field, value);
  }
  leastPoints(tier, given, assumed, date);
  const after = complete(given);
  // A last look with the rules themselves: what does not pass is no route.
  if (!passes(tier.run(after, date).verdict)) return undefined;
  const changes = [...levers.values()].map(
    ({ lever, moves }): RouteChange => ({
      lever,
      moves,
      effort: effortOf(lever, moves, before, situation.levers),
    }),
  );
  const confirm = [...new Set([...assumed.keys()].flatMap((field) => missingParts(field, before)))];
  return { ahead: situation.ahead, changes, confirm, assumed, effort: plan.cost, before, after };
}

/**
 * The cheapest set of levers that reaches a tier for an application `ahead` years from now. Exact over the levels at
 * which some comparison of the tier turns: for every turnover worth looking at, branch and bound over the gates and
 * the cheapest way to every sum of points. Shared levers count once; R&D stays within the turnover of its year and
 * comes off the profit. undefined when no set of levers reaches it in that time.
 */
export function routeFor(
  given: Values,
  tier: CompiledTier,
  situation: Situation,
  date: string,
  find?: FindTier,
): RouteUp | undefined {
  const stage = stageOf(given, tier, situation, date, find);
  const plan = cheapest(stage, stage.formula.pass);
  return plan && finished(plan, stage, tier, date);
}

/** The items of a tier that no lever reaches in that time, each taken by itself. */
export function obstacles(
  given: Values,
  tier: CompiledTier,
  situation: Situation,
  date: string,
  find?: FindTier,
): string[] {
  const stage = stageOf(given, tier, situation, date, find);
  return stage.formula.items.filter((item) => !cheapest(stage, item.node)).map((item) => item.id);
}

/** Months between two ISO days, rounded down. */
export function monthsUntil(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split('-').map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split('-').map(Number);
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
}

export interface RouteQuestion {
  readonly tier: CompiledTier;
  readonly levers: LeverPack;
  /** Given facts as of the last closed fiscal year. */
  readonly given: Values;
  readonly fiscalYear: number;
  /** Today; what takes longer than the time to the application cannot be part of it. */
  readonly today: string;
  /** Month and day of applications, MM-DD. */
  readonly window: string;
  /** How many years to look ahead. */
  readonly horizon: number;
  /** Earliest application allowed, in years from now (a title that must come first). */
  readonly notBefore?: number;
  /** Other standards' tiers, for rules that refer to them. */
  readonly find?: FindTier;
}

/** How many application years after the first possible one are looked at for a cheaper route. */
const LATER = 2;

/**
 * The least-effort route for the first application year within the horizon that can be reached, and for the two years
 * after it; years that cannot be reached are left out.
 */
export function routesUp(question: RouteQuestion): RouteUp[] {
  const { tier, levers, given, fiscalYear, today, window, horizon } = question;
  const routes: RouteUp[] = [];
  for (let ahead = question.notBefore ?? 0; ahead <= horizon; ahead++) {
    const [first] = routes;
    if (first && ahead > first.ahead + LATER) break;
    const date = `${fiscalYear + 1 + ahead}-${window}`;
    const months = Math.max(0, monthsUntil(today, date));
    const route = routeFor(given, tier, { levers, ahead, months }, date, question.find);
    if (route) routes.push(route);
    if (route?.effort === 0) break;
  }
  return routes;
}
