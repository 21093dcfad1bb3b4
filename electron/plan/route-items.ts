import { derivationOf } from '../diagnosis/derive.ts';
import { parseExact, sign, subtract } from '../diagnosis/exact.ts';
import type { LeverPack } from '../diagnosis/lever-schema.ts';
import { stemOf, yearsBack } from '../diagnosis/route-effort.ts';
import type { RouteChoice, RouteStep } from '../diagnosis/route-shape.ts';
import type { Diagnosis, Judged, Route } from '../diagnosis/shapes.ts';
import type { Dimension, Text } from '../standards/schema.ts';
import { fitRate, type Situation } from './fit.ts';
import { lostPoints } from './gaps.ts';
import type { Measure } from './measure-schema.ts';
import { againReason, blankItem, measureItem, type PlanContext, reasonOf, withCause } from './plan-items.ts';
import { monthAfter, monthsBetween } from './schedule.ts';
import type { Goal, PlanItem } from './shapes.ts';
import { clip, clipText, listed, tell } from './words.ts';

type Change = RouteChoice['changes'][number];

/** What the diagnosis engine found for a rung: the applications on the way, the last one for the rung itself. */
export interface WayUp {
  readonly steps: readonly RouteStep[];
  readonly levers: LeverPack;
}

export interface ChosenRoute {
  /** For the rung aimed at. */
  readonly choice: RouteChoice;
  /** Applications for the rungs below that must come first. */
  readonly below: readonly { readonly rung: number; readonly choice: RouteChoice }[];
  /** Every change on the way, those of rungs below first. */
  readonly changes: readonly {
    readonly change: Change;
    readonly choice: RouteChoice;
    readonly title: Text;
  }[];
}

/**
 * The route to a rung: the earliest application and what it takes, with what the rungs below take first. Null where
 * the engine finds none; `why` then says so in its words, where it said any.
 */
export function routeTo(way: WayUp | undefined, rung: number, review: boolean): ChosenRoute | null {
  const kind = review ? 'review' : 'new';
  const steps = way?.steps.filter((step) => step.kind === kind && step.rung <= rung) ?? [];
  const wanted = review ? steps.filter((step) => step.rung === rung) : steps;
  const choice = wanted.find((step) => step.rung === rung)?.earliest;
  if (!choice || wanted.some((step) => !step.earliest)) return null;
  return {
    choice,
    below: wanted.flatMap((step) =>
      step.rung < rung && step.earliest ? [{ rung: step.rung, choice: step.earliest }] : [],
    ),
    changes: onceEach(
      wanted.flatMap(({ earliest, title }) =>
        (earliest?.changes ?? []).map((change) => ({ change, choice: earliest!, title })),
      ),
    ),
  };
}

/** What is set right for the rung below need not be set right again: the same fact to the same value stands once. */
function onceEach<T extends { readonly change: Change }>(changes: readonly T[]): T[] {
  const seen = new Set<string>();
  return changes.filter(({ change }) => {
    if (change.moves.some(({ field }) => yearsBack(field) > 0)) return true;
    const key = JSON.stringify([change.lever, change.moves.map(({ field, target }) => [field, target])]);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

/** Why there is no route to a rung, as the engine says it. */
export function whyNoRoute(way: WayUp | undefined, rung: number): Text | null {
  return way?.steps.find((step) => step.rung === rung)?.impossibleReason ?? null;
}

/** The stems a measure moves: a share counts for the part it is a share of, not for the whole. */
function movedStems(field: string): string[] {
  const first = derivationOf(field)?.parts[0];
  return first && first !== field ? [stemOf(field), ...movedStems(first)] : [stemOf(field)];
}

/** The fields a change is about, without those that only follow along. */
function ownStems(change: Change, levers: LeverPack): Set<string> {
  const lever = levers.levers.find(({ id }) => id === change.lever);
  return new Set((lever?.fields ?? change.moves.map((move) => move.field)).map(stemOf));
}

/**
 * Items of the route that a change helps: unmet, unknown or short of points, and about what it moves. More revenue helps
 * no share of revenue, so of a share only the part counts that it is a share of.
 */
export function servedBy(change: Change, route: Route, levers: LeverPack): Judged[] {
  const own = ownStems(change, levers);
  const along = change.moves.map((move) => stemOf(move.field)).filter((stem) => stem !== 'net_profit');
  const stems = new Set([...own, ...along]);
  return route.items.filter(
    (item) =>
      item.verdict !== 'met' &&
      item.verdict !== 'not_applicable' &&
      (item.kind !== 'indicator' || lostPoints(item) > 0 || item.verdict === 'unknown') &&
      item.fields.some((field) => movedStems(field).some((stem) => stems.has(stem))),
  );
}

/** A measure that usually takes longer than this many times the months there are would show too late. */
const LONGEST_SQUEEZE = 1.5;
const TOO_SLOW = 250;

/** Measures that move what a change is about and fit the firm, the best first. */
function measuresFor(
  change: Change,
  served: readonly Judged[],
  measures: readonly Measure[],
  situation: Situation,
  levers: LeverPack,
  months: number,
): Measure[] {
  const stems = ownStems(change, levers);
  const ids = new Set(served.map((item) => item.id));
  const rated = measures.flatMap((measure) => {
    if (!measure.moves.some(({ field }) => movedStems(field).some((stem) => stems.has(stem)))) return [];
    const fit = fitRate(measure, situation);
    if (fit === null) return [];
    const rate =
      (measure.serves.some((id) => ids.has(id)) ? 1000 : 0) +
      (measure.dimension === served[0]?.dimension ? 150 : 0) +
      fit -
      (measure.months > months * LONGEST_SQUEEZE ? TOO_SLOW : 0);
    return [{ measure, rate }];
  });
  rated.sort(
    (a, b) =>
      b.rate - a.rate || a.measure.months - b.measure.months || (a.measure.id < b.measure.id ? -1 : 1),
  );
  return rated.map(({ measure }) => measure);
}

function directionOf(move: Change['moves'][number], from: string | boolean | undefined): Goal['direction'] {
  if (typeof move.target === 'boolean' || typeof from !== 'string') {
    return typeof move.target === 'string' && /^-?[\d./]+$/.test(move.target) ? 'raise' : 'set';
  }
  try {
    return sign(subtract(parseExact(move.target), parseExact(from))) < 0 ? 'lower' : 'raise';
  } catch {
    return 'set';
  }
}

/** What the change must bring, as goals that later figures can be held against. */
export function goalsOf(change: Change, choice: RouteChoice, context: PlanContext, own: Set<string>): Goal[] {
  // A profit that only suffers from what is spent is told in the reason and is no goal.
  const moves = change.moves.filter(({ field }) => own.has(stemOf(field)) || stemOf(field) !== 'net_profit');
  return moves.slice(0, 20).map((move) => {
    const back = yearsBack(move.field);
    return {
      field: clip(move.field.replace(/_y[123](?=_wan$|$)/, ''), 80),
      year: choice.year - Math.max(1, back),
      value: move.target,
      direction: directionOf(move, context.diagnosis.sheet[move.field]?.value),
    };
  });
}

/** When a change can begin and when it must be done: figures by the end of their year, facts before the application. */
function windowOf(
  change: Change,
  choice: RouteChoice,
  today: string,
  months = 0,
): { from: string; by: string } {
  const now = today.slice(0, 7);
  const years = change.moves.flatMap(({ field }) => {
    const back = yearsBack(field);
    return back > 0 ? [choice.year - back] : [];
  });
  if (years.length === 0) {
    const by = monthAfter(choice.date, -1);
    return { from: now, by: by < now ? now : by };
  }
  const by = `${Math.max(...years)}-12`;
  // What takes longer than the year has to begin before it.
  const first = [`${Math.min(...years)}-01`, monthAfter(`${by}-01`, 1 - months)].sort()[0]!;
  return { from: first > now ? first : now, by };
}

/** Whether a change shows only in the figures of a year. */
function hasFigures(change: Change): boolean {
  return change.moves.some(({ field }) => yearsBack(field) > 0);
}

/** With so few months of the year left, whether its figures can still be moved has to be asked. */
const LITTLE_TIME = 3;

/** "研发费用 2027：86.4 万元 → 100 万元" */
function movesText(change: Change): Text {
  return listed(
    change.moves.slice(0, 4).map(({ label, from, to }) => tell('routeMove', { label, from, to })),
  );
}

function kindOf({ verdict }: Judged): 'unmet' | 'unknown' | 'manual' {
  return verdict === 'unknown' || verdict === 'manual' ? verdict : 'unmet';
}

function routeReason(
  change: Change,
  choice: RouteChoice,
  title: Text,
  served: readonly Judged[],
  last: boolean,
  today: string,
): Text {
  const parts = { lever: change.label, moves: movesText(change), title, year: choice.year };
  const first = tell(last ? 'reasonRoute' : 'reasonRouteBelow', parts);
  const rank = { unmet: 0, manual: 1, unknown: 2, met: 3, not_applicable: 4 };
  // The first with all its numbers; for the others how far it is, so that the text stays one that is read.
  const gaps = served
    .filter((item) => item.kind !== 'direct')
    .sort((a, b) => rank[a.verdict] - rank[b.verdict])
    .slice(0, 3)
    .map((item, at) => (at > 0 && item.gap ? againReason(item) : reasonOf(item, kindOf(item))));
  const { by } = windowOf(change, choice, today);
  const left = monthsBetween(today, by) + 1;
  const hurry =
    hasFigures(change) && left <= LITTLE_TIME
      ? [tell('routeLittleTime', { left, year: by.slice(0, 4) })]
      : [];
  return clipText(
    {
      zh: [first, ...hurry, ...gaps].map((text) => text.zh).join(''),
      en: [first, ...hurry, ...gaps].map((text) => text.en).join(' '),
    },
    1000,
  );
}

function metricFor(change: Change): PlanItem['metric'] {
  const move = change.moves[0];
  if (!move) return null;
  return {
    label: clipText(move.label, 200),
    from: clipText(move.from, 200),
    to: clipText(move.to, 200),
  };
}

const dimensionOf = (served: readonly Judged[]): Dimension => served[0]?.dimension ?? 'overall';

/** A change no measure of the library is made for: what to reach, until when. */
function bareChange(change: Change, choice: RouteChoice, served: readonly Judged[], context: PlanContext) {
  return {
    ...blankItem(`route-${change.lever}`, dimensionOf(served)),
    title: clipText(change.label, 300),
    steps: [
      clipText(tell('routeStepReach', { moves: movesText(change), year: choice.year }), 1000),
      tell('gapStepOwner'),
      tell('gapStepCheck'),
    ],
    months: Math.max(1, change.months),
    cost: change.cost,
    start: context.today.slice(0, 7),
    due: null,
  };
}

function routeFor({ standard, tier }: RouteChoice, diagnosis: Diagnosis): Route | undefined {
  return diagnosis.rungs
    .flatMap(({ routes }) => routes)
    .find((r) => r.standard === standard && r.tier === tier);
}

/**
 * The measures that serve the changes of a route, each once, with the reason, the numbers to reach and the months they
 * have. `take` says whether a measure is already used and notes it.
 */
export function routeItems(
  found: ChosenRoute,
  route: Route,
  way: WayUp,
  input: { measures: readonly Measure[]; situation: Situation; context: PlanContext },
): PlanItem[] {
  const { measures, situation, context } = input;
  const used = new Set<string>();
  return found.changes.map(({ change, choice, title }) => {
    const aimed = servedBy(change, route, way.levers);
    // What the rung below takes is measured by the conditions of that rung.
    const below = choice === found.choice ? undefined : routeFor(choice, context.diagnosis);
    const mine = below ? servedBy(change, below, way.levers) : [];
    const served = mine.length > 0 ? mine : aimed;
    const { by } = windowOf(change, choice, context.today);
    const months = monthsBetween(context.today, by) + 1;
    const measure = measuresFor(change, served, measures, situation, way.levers, months).find(
      ({ id }) => !used.has(id),
    );
    if (measure) used.add(measure.id);
    const reason = routeReason(change, choice, title, served, choice === found.choice, context.today);
    const item = measure
      ? measureItem(measure, served[0] ?? route.items[0]!, 'unmet', context)
      : bareChange(change, choice, served, context);
    return {
      ...item,
      // A lever on two rungs of the way stands twice, each with its own numbers.
      id: measure ? item.id : clip(`${item.id}-${choice.tier}`, 60),
      serves: [...new Set([...aimed, ...served].map(({ id }) => id))].slice(0, 40),
      reason: measure ? withCause(reason, measure, context) : reason,
      metric: metricFor(change),
      why: 'route' as const,
      goals: goalsOf(change, choice, context, ownStems(change, way.levers)),
      window: windowOf(change, choice, context.today, item.months),
    };
  });
}
