import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { Dimension, Text } from '../standards/schema.ts';
import { causeOf } from './cause.ts';
import { factNamed } from './fact-names.ts';
import { type OwnerRole, ownerOfMost } from './fact-owners.ts';
import { type Aim, lostPoints, numberOf } from './gaps.ts';
import type { Measure } from './measure-schema.ts';
import { gapGoals, metricOf } from './metric.ts';
import { lastDay } from './progress.ts';
import { dateText, guideFor, monthAfter, monthsBetween, windowOf, windowText } from './schedule.ts';
import type { PlanItem } from './shapes.ts';
import { type endsBefore, type TitleEnd, titleName } from './title-end.ts';
import { clip, clipText, tell } from './words.ts';

/** What every item of a plan needs to know. `today` is YYYY-MM-DD. */
export interface PlanContext {
  readonly diagnosis: Diagnosis;
  readonly aim: Aim;
  readonly today: string;
}

/** Who usually carries what no list of facts gives to anybody. */
const roleOf: Record<Dimension, OwnerRole> = {
  specialized: 'finance',
  refined: 'quality',
  distinctive: 'sales',
  innovative: 'rd',
  chain: 'sales',
  product: 'rd',
  compliance: 'legal',
  overall: 'ceo',
};

/** Who carries an item without a measure: the one who knows most of its facts. */
export function roleFor(judged: Judged): OwnerRole {
  return ownerOfMost(judged.fields) ?? roleOf[judged.dimension];
}

/** The first `count` of a list, each clipped to what a plan holds. */
export const texts = (list: readonly Text[], max: number, count = 20): Text[] =>
  list.slice(0, count).map((t) => clipText(t, max));

/** When something begins and ends that starts in `startIn` months. */
export function timed(today: string, startIn: number, months: number) {
  const from = monthAfter(today, startIn);
  return { start: from, due: monthAfter(today, startIn + months), months, window: { from, by: null } };
}

/** A measure with nothing in it but its place. */
export function blankItem(id: string, dimension: Dimension): PlanItem {
  return {
    id: clip(id, 60),
    measureId: null,
    dimension,
    serves: [],
    title: { zh: '', en: '' },
    reason: { zh: '', en: '' },
    steps: [],
    metric: null,
    ownerRole: roleOf[dimension],
    owner: '',
    start: null,
    due: null,
    months: 0,
    cost: null,
    evidence: [],
    materials: [],
    pitfalls: [],
    status: 'todo',
    note: '',
    edited: [],
    why: null,
    window: null,
    goals: [],
    own: [],
    doneOn: null,
    proof: '',
  };
}

/** Two sentences, one after the other. */
export function joined(first: Text, then: Text): Text {
  return { zh: `${first.zh}${then.zh}`, en: `${first.en} ${then.en}` };
}

/** Why a gap needs work, with the firm's own numbers. */
export function reasonOf(judged: Judged, kind: 'unmet' | 'unknown' | 'manual' | 'lens'): Text {
  const parts = { title: judged.title, clause: judged.clause, formula: judged.formula, says: judged.says };
  if (kind === 'unknown') return tell('reasonUnknown', parts);
  if (kind === 'manual') return tell('reasonManual', parts);
  if (kind === 'lens') return tell('reasonLens', { ...parts, points: lostPoints(judged) });
  if (judged.kind === 'indicator') return tell('reasonPoints', { ...parts, points: lostPoints(judged) });
  return judged.gap ? tell('reasonUnmet', { ...parts, gap: judged.gap }) : tell('reasonUnmetNoGap', parts);
}

/** The reason of a gap's second measure, where the numbers already stand with the first. */
export function againReason(judged: Judged): Text {
  return clipText(
    judged.gap ? tell('reasonAgain', { title: judged.title, gap: judged.gap }) : reasonOf(judged, 'unmet'),
    1000,
  );
}

const causeWords = { shown: 'causeShown', usual: 'causeUsual', open: 'causeOpen' } as const;

/** What the measure takes for granted about the firm: seen in its numbers, usual in its trade, or to be confirmed. */
function causeText(measure: Measure, sheet: Diagnosis['sheet']): Text | null {
  const state = causeOf(measure, sheet);
  if (!measure.cause || state === 'none' || state === 'absent') return null;
  return tell(causeWords[state], { cause: measure.cause });
}

/** The reason with the cause behind it. */
export function withCause(reason: Text, measure: Measure, context: PlanContext): Text {
  const cause = causeText(measure, context.diagnosis.sheet);
  return clipText(cause ? joined(reason, cause) : reason, 1000);
}

const whyOf = { unmet: 'gap', unknown: 'find', manual: 'judge', lens: 'board' } as const;

/** A measure put to work for an item. Long ones start now, short ones a month later. */
export function measureItem(
  measure: Measure,
  judged: Judged,
  kind: 'unmet' | 'unknown' | 'manual' | 'lens',
  context: PlanContext,
): PlanItem {
  const startIn = kind === 'lens' ? 3 : kind === 'unmet' && measure.months >= 6 ? 0 : 1;
  return {
    ...blankItem(`m-${measure.id}`, measure.dimension),
    measureId: measure.id,
    serves: [judged.id],
    title: clipText(measure.title, 300),
    reason: withCause(reasonOf(judged, kind), measure, context),
    steps: texts(measure.steps, 1000),
    metric: kind === 'unmet' ? metricOf(judged, context.diagnosis, measure) : null,
    ownerRole: measure.owner,
    ...timed(context.today, startIn, measure.months),
    why: kind === 'lens' || (kind === 'unmet' && judged.kind === 'indicator') ? 'board' : whyOf[kind],
    goals: kind === 'unmet' ? gapGoals(judged, context.diagnosis) : [],
    cost: measure.cost,
    evidence: texts(measure.evidence, 500),
    materials: texts(measure.materials, 500),
    pitfalls: texts(measure.pitfalls, 500),
  };
}

/** An unmet item for which there is no measure: what is missing, and how to go about it. */
export function bareGapItem(judged: Judged, context: PlanContext): PlanItem {
  return {
    ...blankItem(`gap-${judged.id}`, judged.dimension),
    ownerRole: roleFor(judged),
    serves: [judged.id],
    title: clipText(tell('gapItemTitle', { title: judged.title }), 300),
    reason: clipText(reasonOf(judged, 'unmet'), 1000),
    steps: [
      clipText(tell('gapStepRead', { clause: judged.clause, says: judged.says }), 1000),
      tell('gapStepOwner'),
      tell('gapStepCheck'),
    ],
    metric: metricOf(judged, context.diagnosis),
    ...timed(context.today, 0, 6),
    why: 'gap',
    goals: gapGoals(judged, context.diagnosis),
    evidence: evidenceFor([judged]),
  };
}

/** Names of the facts an item still needs; the item's own title where it names none. */
export function missingNames(judged: Judged, diagnosis: Diagnosis): Text[] {
  const asked = new Map(diagnosis.askNext.map((a) => [a.field, a.label]));
  const names = judged.missing.flatMap((field) => asked.get(field) ?? factNamed(field)?.label ?? []);
  return names.length > 0 ? names : [judged.title];
}

/** What proves the facts these items lack; of items that lack none, their own. */
export function evidenceFor(items: readonly Judged[]): Text[] {
  const found = new Map<string, Text>();
  for (const field of items.flatMap((i) => (i.missing.length > 0 ? i.missing : i.fields))) {
    const evidence = factNamed(field)?.evidence;
    if (evidence) found.set(evidence.zh, evidence);
  }
  return texts(found.size > 0 ? [...found.values()] : [tell('findEvidenceAny')], 500);
}

/** Each text once. */
export function unique(list: readonly Text[]): Text[] {
  return [...new Map(list.map((t) => [t.zh, t])).values()];
}

/** "Prepare the judgement": an item no number decides. */
export function judgementItem(judged: Judged, context: PlanContext): PlanItem {
  return {
    ...blankItem(`judge-${judged.id}`, judged.dimension),
    ownerRole: roleFor(judged),
    serves: [judged.id],
    title: clipText(tell('judgeTitle', { title: judged.title }), 300),
    reason: clipText(reasonOf(judged, 'manual'), 1000),
    steps: [
      clipText(tell('judgeStepRead', { clause: judged.clause, says: judged.says }), 1000),
      tell('judgeStepCollect'),
      tell('judgeStepReview'),
      tell('judgeStepRecord'),
    ],
    ...timed(context.today, 1, 2),
    why: 'judge',
    cost: 'low',
    evidence: evidenceFor([judged]),
    pitfalls: [tell('judgePitfall')],
  };
}

/** An unmet condition that the route reaches without any change: later years take the place of the one that fails. */
export function holdItem(judged: Judged, context: PlanContext, year: number): PlanItem {
  return {
    ...blankItem(`hold-${judged.id}`, judged.dimension),
    ownerRole: roleFor(judged),
    serves: [judged.id],
    title: clipText(tell('holdTitle', { title: judged.title }), 300),
    reason: clipText(joined(reasonOf(judged, 'unmet'), tell('holdReason', { year })), 1000),
    steps: [tell('holdStepKeep'), tell('holdStepCheck')],
    metric: metricOf(judged, context.diagnosis),
    ...timed(context.today, 0, 12),
    why: 'hold',
    cost: 'low',
    evidence: evidenceFor([judged]),
  };
}

/** Why a title has to be kept, by what is known of its end. */
function keepReason(end: TitleEnd | null, parts: { title: Text }, today: string): Text {
  if (!end?.date) return tell('keepReason', parts);
  const date = dateText(end.date);
  if (lastDay(end.date) < today)
    return tell(end.computed ? 'keepReasonOverComputed' : 'keepReasonOver', { ...parts, date });
  return tell(end.computed ? 'keepReasonComputed' : 'keepReasonDate', { ...parts, date });
}

/** Months before a window opens in which the papers are put together. */
const PREPARATION = 3;

/** From the first paper to the last day of the window: the announced one, or the last one as a guide. */
function filingTime({ aim, today }: PlanContext, year: number) {
  const window = windowOf(aim, year) ?? guideFor(aim, year)?.window;
  if (!window) return year > Number(today.slice(0, 4)) ? timed(`${year}-01-01`, 0, 4) : timed(today, 1, 3);
  const now = today.slice(0, 7);
  const start = [monthAfter(`${year}-${window.from}`, -PREPARATION), now].sort()[1]!;
  const due = [`${year}-${window.to.slice(0, 2)}`, start].sort()[1]!;
  return { start, due, months: monthsBetween(start, due), window: { from: start, by: null } };
}

/** A measure for the rung after the one aimed at that takes so long that it begins now. */
export function aheadItem(measure: Measure, judged: Judged, rung: Text, context: PlanContext): PlanItem {
  const first = tell('reasonAhead', { rung, months: measure.months });
  return {
    ...measureItem(measure, judged, 'unmet', context),
    reason: withCause(joined(first, reasonOf(judged, 'unmet')), measure, context),
    // Its year is that of a later application, which nobody has fixed.
    goals: [],
    why: 'ahead',
  };
}

/** A title that the application asks for and that ends before it: its review comes first. */
export function titleItem(
  measure: Measure,
  judged: Judged,
  ends: NonNullable<ReturnType<typeof endsBefore>>,
  context: PlanContext,
  day: string,
): PlanItem {
  const { title, end } = ends;
  const now = context.today.slice(0, 7);
  const last = lastDay(end.date).slice(0, 7);
  const parts = { title: titleName(title), date: dateText(end.date), day: dateText(day) };
  return {
    ...measureItem(measure, judged, 'unmet', context),
    reason: clipText(tell(end.computed ? 'titleEndsComputed' : 'titleEnds', parts), 1000),
    metric: null,
    goals: [],
    start: now,
    due: last < now ? now : last,
    window: null,
    why: 'hold',
  };
}

/** The last step: hand in the application, or keep the title and prepare its review. */
export function closingItem(context: PlanContext, targetYear: number, end: TitleEnd | null): PlanItem {
  const { aim, today } = context;
  const parts = { title: aim.route.title, number: numberOf(aim.route), annex: aim.route.annex };
  if (aim.review) {
    return {
      ...blankItem(`keep-${aim.rung.rung}`, 'overall'),
      title: clipText(tell('keepTitle', parts), 300),
      reason: clipText(keepReason(end, parts, today), 1000),
      steps: [
        tell('keepStepUpdate'),
        tell('keepStepReport'),
        tell('keepStepFigures'),
        tell('keepStepReview'),
      ],
      ...timed(today, 0, 12),
      why: 'close',
      cost: 'low',
      evidence: [tell('keepEvidence')],
      pitfalls: [tell('keepPitfall')],
    };
  }
  return {
    ...blankItem(`file-${aim.rung.rung}`, 'overall'),
    title: clipText(tell('fileTitle', parts), 300),
    reason: clipText(tell('fileReason', { ...parts, window: windowText(aim, targetYear) }), 1000),
    steps: [tell('fileStepFigures'), tell('fileStepMaterials'), tell('fileStepSame'), tell('fileStepSubmit')],
    ...filingTime(context, targetYear),
    why: 'close',
    cost: 'low',
    evidence: [tell('fileEvidence')],
    pitfalls: [tell('filePitfall')],
  };
}
