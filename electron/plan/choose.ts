import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { EnterpriseFile, Settings } from '../library/shapes.ts';
import { movesGap, rankedMeasures, type Situation, situationOf } from './fit.ts';
import { type Aim, aimOf, type Gaps, gapsOf, lensBoards } from './gaps.ts';
import type { Measure } from './measure-schema.ts';
import {
  againReason,
  bareGapItem,
  closingItem,
  findOutItem,
  judgementItem,
  measureItem,
  type PlanContext,
  reasonOf,
} from './plan-items.ts';
import { dateText, targetYearOf } from './schedule.ts';
import type { PlanContent, PlanItem } from './shapes.ts';
import { planTitle, summaryOf } from './summary.ts';
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
}

/** A plan longer than this is not carried out. */
const ABOUT = 12;
const PER_GAP = 2;

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

  has(measure: Measure): boolean {
    return this.#byMeasure.has(measure.id);
  }
}

function titleExpiry(file: EnterpriseFile, rung: number): string | null {
  const kinds =
    rung === 3 ? ['little_giant', 'key_little_giant'] : rung === 2 ? ['srdi'] : ['innovative', 'tech_sme'];
  const dates = file.titles.flatMap((t) => (kinds.includes(t.kind) && t.expiresOn ? [t.expiresOn] : []));
  return dates.sort().at(-1) ?? null;
}

function groupByDimension(items: readonly Judged[]): Judged[][] {
  const groups = new Map<string, Judged[]>();
  for (const item of items) groups.set(item.dimension, [...(groups.get(item.dimension) ?? []), item]);
  return [...groups.values()];
}

/** First measure of every gap: each unmet item is answered, whatever the length of the plan. */
function answerUnmet(
  gaps: Gaps,
  input: ChooseInput,
  situation: Situation,
  context: PlanContext,
  chosen: Chosen,
): void {
  for (const judged of gaps.unmet) {
    const best = rankedMeasures(input.measures, judged, situation)[0];
    if (!best) chosen.add(bareGapItem(judged, context));
    else if (!chosen.merge(best, judged, 'unmet')) chosen.add(measureItem(best, judged, 'unmet', context));
  }
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
    const second = rankedMeasures(input.measures, judged, situation)
      .slice(1)
      .find((m) => movesGap(m, judged) && !chosen.has(m));
    const serving = chosen.items.filter((i) => i.measureId && i.serves.includes(judged.id)).length;
    if (!second || serving >= PER_GAP) continue;
    const item = { ...measureItem(second, judged, 'unmet', context), reason: againReason(judged) };
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
    const best = rankedMeasures(input.measures, judged, situation).find((m) => !chosen.has(m));
    if (!best) continue;
    chosen.add(measureItem(best, judged, kind, context));
    left--;
  }
}

function itemsFor(input: ChooseInput, aim: Aim, gaps: Gaps, targetYear: number): PlanItem[] {
  const situation = situationOf(input.diagnosis, input.file);
  const context: PlanContext = { diagnosis: input.diagnosis, aim, today: input.today };
  const chosen = new Chosen();
  answerUnmet(gaps, input, situation, context, chosen);
  const first = chosen.items.length;
  for (const group of groupByDimension(gaps.unknown)) {
    const head = group[0];
    if (head) chosen.add(findOutItem(head.dimension, group, context));
  }
  judgementItems(gaps, input, situation, context, chosen);
  const expires = titleExpiry(input.file, aim.rung.rung);
  const closing = closingItem(context, targetYear, expires ? dateText(expires) : null);
  const room = () => ABOUT - 1 - chosen.items.length;
  const seconds = secondMeasures(gaps, input, situation, context, chosen, room());
  boardItems(gaps.points, 'unmet', input, situation, context, chosen, room());
  // Only where something is being worked on anyway: a firm that meets everything gets no invented work.
  if (gaps.unmet.length > 0) {
    boardItems(lensBoards(input.diagnosis), 'lens', input, situation, context, chosen, Math.min(2, room()));
  }
  // A gap's second measure stands with the other measures, before what is still to be found out.
  const rest = chosen.items.slice(first).filter((i) => !seconds.includes(i));
  return [...chosen.items.slice(0, first), ...seconds, ...rest, closing];
}

/**
 * The plan as the product proposes it: measures for every unmet item of the aimed-at rung's best route (at most two
 * each, made for this kind of firm where there is one), what to find out, what to prepare for a person's judgement,
 * and the last step. A firm that holds the top gets a plan for the review. Deterministic: no clock, no chance.
 */
export function createPlanContent(input: ChooseInput): PlanContent {
  const { diagnosis, file, settings } = input;
  const aim = aimOf(diagnosis, input.targetRung);
  const consultant = settings.consultant || file.enterprise.consultant || '';
  const base = { consultant, organisation: settings.organisation, notes: { zh: '', en: '' } };
  if (!aim) {
    const title = planTitle(file.enterprise.name, null);
    return { ...base, title, summary: diagnosis.ladder.says, targetRung: null, targetYear: null, items: [] };
  }
  const gaps = gapsOf(aim.route);
  const targetYear = targetYearOf(diagnosis, aim, gaps, input.today);
  return {
    ...base,
    title: planTitle(file.enterprise.name, aim),
    summary: summaryOf(diagnosis, file, aim, gaps, targetYear),
    targetRung: aim.rung.rung,
    targetYear,
    items: itemsFor(input, aim, gaps, targetYear),
  };
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
