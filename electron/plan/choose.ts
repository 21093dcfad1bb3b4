import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { EnterpriseFile, Settings } from '../library/shapes.ts';
import { arranged } from './arrange.ts';
import { causeOf } from './cause.ts';
import { findOutItems } from './find-out.ts';
import { movesField, movesGap, rankedMeasures, type Situation, situationOf } from './fit.ts';
import { type Aim, aimOf, type Gaps, gapsOf, lensBoards } from './gaps.ts';
import { carried, inTime } from './in-time.ts';
import { aheadItems } from './look-ahead.ts';
import type { Measure } from './measure-schema.ts';
import {
  againReason,
  bareGapItem,
  closingItem,
  holdItem,
  judgementItem,
  measureItem,
  type PlanContext,
  reasonOf,
  titleItem,
  withCause,
} from './plan-items.ts';
import { planningOf } from './planning.ts';
import { type ChosenRoute, routeItems, routeTo, type WayUp } from './route-items.ts';
import { monthAfter, targetYearOf } from './schedule.ts';
import { type PlanContent, type PlanItem, USUAL_LIMIT } from './shapes.ts';
import { planTitle, summaryOf } from './summary.ts';
import { endsBefore, lastEndOfRung } from './title-end.ts';
import { clipText } from './words.ts';

export interface ChooseInput {
  readonly diagnosis: Diagnosis;
  readonly file: EnterpriseFile;
  readonly settings: Settings;
  readonly measures: readonly Measure[];
  /** YYYY-MM-DD */
  readonly today: string;
  /** The rung to aim at; without it the next one. */
  readonly targetRung?: number | undefined;
  /** What the diagnosis engine found as the way up; without it measures answer the gaps one by one. */
  readonly way?: WayUp | undefined;
  /** Most measures under way in one month; without it what a firm of this size usually carries. */
  readonly limit?: number | undefined;
}

/** What a firm usually carries at the same time; our own rule of thumb, to be changed by the consultant. */
const usualLimit = { micro: 3, small: 4, medium: 6, large: 8 } as const;

/** A plan longer than this is not carried out. */
const ABOUT = 12;
const PER_GAP = 2;
/** Short boards of the lens in a plan. */
const BOARDS = 2;

type Kind = 'unmet' | 'unknown' | 'manual' | 'lens';

/** Measures used so far: never one twice; one that serves a second gap is told so. */
class Chosen {
  readonly items: PlanItem[] = [];
  readonly #byMeasure = new Map<string, PlanItem>();

  add(item: PlanItem): void {
    this.items.push(item);
    if (item.measureId) this.#byMeasure.set(item.measureId, item);
  }

  /** The item already using this measure, now serving this gap too. */
  merge(measure: Measure, judged: Judged, kind: Kind): boolean {
    const item = this.#byMeasure.get(measure.id);
    if (!item) return false;
    if (!item.serves.includes(judged.id) && item.serves.length < 40) {
      item.serves.push(judged.id);
      const more = reasonOf(judged, kind);
      item.reason = clipText({ zh: `${item.reason.zh}${more.zh}`, en: `${item.reason.en} ${more.en}` }, 1000);
    }
    return true;
  }

  serves(judged: Judged): boolean {
    return this.items.some((item) => item.serves.includes(judged.id));
  }

  has(measure: Measure): boolean {
    return this.#byMeasure.has(measure.id);
  }
}

/** The measure that puts the review of a title before the next application. */
const REVIEW_FIRST = 'spec-title-gap-before-window';

/** Titles that the application asks for, held today, that end before it. */
function endingTitles(input: ChooseInput, found: ChosenRoute | null, context: PlanContext): PlanItem[] {
  const measure = input.measures.find(({ id }) => id === REVIEW_FIRST);
  const day = found?.choice.date;
  if (!measure || !day) return [];
  for (const judged of context.aim.route.items.filter(({ verdict }) => verdict === 'met')) {
    for (const field of judged.fields.filter((each) => each.startsWith('title_'))) {
      const ends = endsBefore(field, input.file.titles, { today: input.today, day });
      if (ends) return [titleItem(measure, judged, ends, context, day)];
    }
  }
  return [];
}

/** Whether an unmet condition will be met at the application without a change, by the years that have passed by then. */
function passesByTime(judged: Judged, found: ChosenRoute | null, aim: Aim): boolean {
  if (!found || judged.kind === 'indicator') return false;
  const { standard, tier } = found.choice;
  return standard === aim.route.standard && tier === aim.route.tier;
}

/** First measure of every gap the route does not answer: each unmet condition is, whatever the length of the plan. */
function answerUnmet(
  gaps: Gaps,
  input: ChooseInput,
  situation: Situation,
  context: PlanContext,
  chosen: Chosen,
  found: ChosenRoute | null,
): void {
  for (const judged of gaps.unmet) {
    if (chosen.serves(judged)) continue;
    // Points that the route does not need are a short board, no gap.
    if (found && judged.kind === 'indicator') continue;
    if (found && passesByTime(judged, found, context.aim)) {
      chosen.add(holdItem(judged, context, found.choice.year));
      continue;
    }
    const best = rankedMeasures(input.measures, judged, situation)[0];
    if (!best) chosen.add(bareGapItem(judged, context));
    else if (!chosen.merge(best, judged, 'unmet')) chosen.add(measureItem(best, judged, 'unmet', context));
  }
}

/** A measure for more trades than this is made for none of them. */
const FEW_TRADES = 3;

/**
 * The second measure for a gap looks at it from another side: made for the trade where the first is general, else the
 * next best; a general one whose cause nobody confirmed is no second.
 */
function secondFor(
  judged: Judged,
  input: ChooseInput,
  situation: Situation,
  chosen: Chosen,
): Measure | undefined {
  const ranked = rankedMeasures(input.measures, judged, situation);
  const forTrade = ({ context }: Measure) => (context?.industries?.length ?? FEW_TRADES + 1) <= FEW_TRADES;
  const first = ranked.find((measure) => chosen.has(measure));
  const others = ranked.filter(
    (measure) =>
      movesGap(measure, judged) &&
      !chosen.has(measure) &&
      (forTrade(measure) || causeOf(measure, situation.sheet) !== 'open'),
  );
  return (first && !forTrade(first) && others.find(forTrade)) || others[0];
}

/** A second measure where there is room, if it moves the number that is short. */
function secondMeasures(
  gaps: Gaps,
  input: ChooseInput,
  situation: Situation,
  context: PlanContext,
  chosen: Chosen,
  room: number,
): PlanItem[] {
  const added: PlanItem[] = [];
  for (const judged of gaps.unmet) {
    if (added.length >= room) break;
    const second = secondFor(judged, input, situation, chosen);
    const serving = chosen.items.filter((i) => i.measureId && i.serves.includes(judged.id)).length;
    if (!second || serving >= PER_GAP) continue;
    const item = {
      ...measureItem(second, judged, 'unmet', context),
      reason: withCause(againReason(judged), second, context),
    };
    chosen.add(item);
    added.push(item);
  }
  return added;
}

function judgementItems(
  gaps: Gaps,
  input: ChooseInput,
  situation: Situation,
  context: PlanContext,
  chosen: Chosen,
): void {
  for (const judged of gaps.manual) {
    const best = rankedMeasures(input.measures, judged, situation)[0];
    if (best && chosen.merge(best, judged, 'manual')) continue;
    chosen.add(best ? measureItem(best, judged, 'manual', context) : judgementItem(judged, context));
  }
}

/** Points that come with the years and with nothing else. */
const YEARS = 'years_in_niche';

/** Points that can be gained fill up what room is left: of the route's own table first, then of the 2022 lens. */
function boardItems(
  boards: readonly Judged[],
  kind: Kind,
  input: ChooseInput,
  situation: Situation,
  context: PlanContext,
  chosen: Chosen,
  room: number,
): void {
  let left = room;
  for (const judged of boards) {
    if (left <= 0) return;
    if (judged.fields.every((field) => field === YEARS)) continue;
    // What is being done already about the same number lifts these points too.
    const same = input.measures.find((m) => chosen.has(m) && movesField(m, judged));
    if (same && chosen.merge(same, judged, kind)) continue;
    const best = rankedMeasures(input.measures, judged, situation).find((m) => !chosen.has(m));
    if (!best) continue;
    chosen.add(measureItem(best, judged, kind, context));
    left--;
  }
}

/** Applications for the rungs below, each the year before the next: the title they bring is asked for above. */
function filingBelow(found: ChosenRoute, input: ChooseInput, context: PlanContext): PlanItem[] {
  const below = new Map(found.below.map(({ rung, choice }) => [rung, choice]));
  return [...below].flatMap(([rung, choice]) => {
    const aim = aimOf(input.diagnosis, rung, choice);
    if (!aim || aim.review) return [];
    const asks = context.aim.route.items.filter((item) =>
      item.fields.some((field) => field.startsWith('title_')),
    );
    const item = closingItem({ ...context, aim }, choice.year, null);
    return [{ ...item, serves: asks.filter((i) => i.verdict !== 'met').map((i) => i.id) }];
  });
}

function itemsFor(
  input: ChooseInput,
  aim: Aim,
  gaps: Gaps,
  targetYear: number,
  found: ChosenRoute | null,
): PlanItem[] {
  const situation = situationOf(input.diagnosis, input.file);
  const context: PlanContext = { diagnosis: input.diagnosis, aim, today: input.today };
  const chosen = new Chosen();
  const below = found ? filingBelow(found, input, context) : [];
  if (found && input.way) {
    const items = routeItems(found, aim.route, input.way, {
      measures: input.measures,
      situation,
      context,
    });
    for (const item of [...items, ...below]) chosen.add(item);
  }
  for (const item of endingTitles(input, found, context)) if (!below.length) chosen.add(item);
  answerUnmet(gaps, input, situation, context, chosen, found);
  const first = chosen.items.length;
  for (const item of findOutItems(gaps.unknown, context, found?.choice.confirm)) chosen.add(item);
  judgementItems(gaps, input, situation, context, chosen);
  const closing = closingItem(context, targetYear, lastEndOfRung(aim.rung.rung, input.file.titles));
  // Asking and keeping up are no work of that kind.
  const counted = () => chosen.items.filter(({ why }) => why !== 'find' && why !== 'hold').length;
  const room = () => ABOUT - 1 - counted();
  // Room is kept for the short boards, which no route would ever bring up.
  const seconds = secondMeasures(gaps, input, situation, context, chosen, room() - BOARDS);
  const short = found ? gaps.unmet.filter((i) => i.kind === 'indicator' && !chosen.serves(i)) : [];
  boardItems([...short, ...gaps.points], 'unmet', input, situation, context, chosen, room());
  // Only where something is being worked on anyway: a firm that meets everything gets no invented work.
  if (gaps.unmet.length > 0) {
    boardItems(
      lensBoards(input.diagnosis),
      'lens',
      input,
      situation,
      context,
      chosen,
      Math.min(BOARDS, room()),
    );
  }
  const ahead = aheadItems(input.diagnosis, aim, input.measures, situation, context, (m) => chosen.has(m));
  for (const item of ahead.slice(0, Math.max(0, room()))) chosen.add(item);
  // A gap's second measure stands with the other measures, before what is still to be found out.
  const rest = chosen.items.slice(first).filter((i) => !seconds.includes(i));
  return [...chosen.items.slice(0, first), ...seconds, ...rest, closing];
}

/**
 * The plan as the product proposes it: the measures of the least-effort route to the aimed-at rung in the earliest
 * year, then what else is unmet, what to find out, what to prepare for a person's judgement, short boards where there
 * is room, and the last step; set in time so that the firm never has more under way than it can carry. Where there is
 * no route, measures for every unmet item of the rung's best route (at most two each). A firm that holds the top gets
 * a plan for the review. Deterministic: no clock, no chance.
 */
export function createPlanContent(input: ChooseInput): PlanContent {
  const { diagnosis, file, settings } = input;
  const consultant = settings.consultant || file.enterprise.consultant || '';
  const limit = input.limit ?? (diagnosis.size.class ? usualLimit[diagnosis.size.class] : USUAL_LIMIT);
  const base = {
    consultant,
    organisation: settings.organisation,
    notes: { zh: '', en: '' },
    planning: null,
    limit,
    previous: null,
    removed: [],
    materials: [],
    own: [],
  };
  const standing = aimOf(diagnosis, input.targetRung);
  if (!standing) {
    const title = planTitle(file.enterprise.name, null);
    return { ...base, title, summary: diagnosis.ladder.says, targetRung: null, targetYear: null, items: [] };
  }
  const found = routeTo(input.way, standing.rung.rung, standing.review);
  const aim = (found && aimOf(diagnosis, standing.rung.rung, found.choice)) || standing;
  const gaps = gapsOf(aim.route);
  const targetYear = found ? found.choice.year : targetYearOf(diagnosis, aim, gaps, input.today);
  const all = itemsFor(input, aim, gaps, targetYear, found);
  const until = found ? monthAfter(found.choice.date, -1) : null;
  const items = carried(
    arranged(inTime(all, found, aim.route, input.today), limit, input.today.slice(0, 7)),
    until,
    gaps.unmet,
    input.today,
  );
  return {
    ...base,
    title: planTitle(file.enterprise.name, aim),
    summary: summaryOf(diagnosis, file, aim, gaps, targetYear),
    targetRung: aim.rung.rung,
    targetYear,
    items,
    planning: planningOf({ items, limit, aim, found, way: input.way, today: input.today }),
  };
}

/** The same plan set in time anew for a limit; what has begun, is done or was dated by hand stays where it is. */
export function rearranged(content: PlanContent, input: ChooseInput & { limit: number }): PlanContent {
  const aim = aimOf(input.diagnosis, content.targetRung ?? undefined, content.planning?.route);
  const items = arranged(content.items, input.limit, input.today.slice(0, 7));
  if (!aim) return { ...content, items, limit: input.limit };
  const found = content.planning?.basis === 'gaps' ? null : routeTo(input.way, aim.rung.rung, aim.review);
  const planning = planningOf({ items, limit: input.limit, aim, found, way: input.way, today: input.today });
  return { ...content, items, limit: input.limit, planning };
}

/** More measures for the same gaps that the plan does not use yet, best first, to add by hand; at most 20. */
export function suggestItems(input: ChooseInput & { readonly content: PlanContent }): PlanItem[] {
  const aim = aimOf(input.diagnosis, input.content.targetRung ?? input.targetRung);
  if (!aim) return [];
  const situation = situationOf(input.diagnosis, input.file);
  const context: PlanContext = { diagnosis: input.diagnosis, aim, today: input.today };
  const gaps = gapsOf(aim.route);
  const used = new Set(input.content.items.map((i) => i.measureId));
  const chosen = new Chosen();
  const offer = (list: readonly Judged[], kind: Kind) => {
    for (const judged of list) {
      for (const measure of rankedMeasures(input.measures, judged, situation)) {
        if (used.has(measure.id) || chosen.merge(measure, judged, kind)) continue;
        if (chosen.items.length < 20) chosen.add(measureItem(measure, judged, kind, context));
      }
    }
  };
  offer(gaps.unmet, 'unmet');
  offer(gaps.points, 'unmet');
  offer(gaps.unknown, 'unknown');
  offer(gaps.manual, 'manual');
  offer(lensBoards(input.diagnosis), 'lens');
  return chosen.items;
}
