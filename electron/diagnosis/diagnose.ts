import { resolveStandard } from '../standards/resolver.ts';
import type { Dimension } from '../standards/schema.ts';
import { askNext } from './ask-next.ts';
import { passes, some } from './compile.ts';
import type { Rules } from './context.ts';
import { derive } from './derive.ts';
import type { Explaining } from './explain-condition.ts';
import { judgedIndicators, judgeTier, reachOf, scoreOf } from './judge-tier.ts';
import { lifeCycle } from './life-cycle.ts';
import { valueText } from './number-text.ts';
import { openOf } from './open-items.ts';
import { partFact } from './part-facts.ts';
import { type Ruleset, rulesetOf } from './ruleset.ts';
import type { AsOf, Conflict, Diagnosis, FactSheet, Judged, Route, Rung, SheetEntry } from './shapes.ts';
import { classifySize } from './size-class.ts';
import { asNumber, decodeValue, encodeValue, flag, type Value } from './values.ts';
import { say } from './words.ts';

export const ENGINE = 'cultivar-engine/1';

export interface DiagnosisInput {
  /** Given facts only; what can be computed is computed here. Amounts in 万元, ratios as fractions. */
  readonly sheet: FactSheet;
  readonly asOf: AsOf;
  /** Rungs judged as a review. */
  readonly review: readonly number[];
  readonly rules: Rules;
}

/** A sheet completed: values ready for the rules, entries ready to be kept. */
interface Completed {
  readonly values: Map<string, Value>;
  readonly computed: Set<string>;
  readonly sheet: FactSheet;
  readonly conflicts: Conflict[];
  readonly years: Map<string, number | null>;
}

const FIELD_YEAR = /_y([0-3])(_wan)?$/;

/** Fiscal year of a field by its name: y1 is the last closed year, y0 the year of application. */
function yearOf(field: string, asOf: AsOf): number | null {
  const match = FIELD_YEAR.exec(field);
  return match ? asOf.fiscalYear + 1 - Number(match[1]) : null;
}

function complete(input: DiagnosisInput, ruleset: Ruleset): Completed {
  const given = new Map<string, Value>();
  const texts = new Map<string, string>();
  for (const [field, entry] of Object.entries(input.sheet)) {
    given.set(field, decodeValue(entry.value));
    if (typeof entry.value === 'string') texts.set(field, entry.value);
  }
  const { values, computed, contradictions } = derive(given, texts);
  const sheet: FactSheet = { ...input.sheet };
  for (const field of computed) {
    const value = values.get(field);
    if (value)
      sheet[field] = {
        value: encodeValue(value),
        year: yearOf(field, input.asOf),
        basis: 'derived',
        source: null,
      };
  }
  const conflicts = contradictions.map(({ field, given: stated, computed: result }): Conflict => {
    const fact = ruleset.facts.get(field) ?? partFact(field);
    const line = asNumber(result);
    const said = valueText(stated, fact, line);
    const found = valueText(result, fact, asNumber(stated));
    return {
      field,
      given: input.sheet[field] as SheetEntry,
      computed: sheet[field] as SheetEntry,
      says: say('conflict', { label: fact.label, given: said, computed: found }),
    };
  });
  const years = new Map<string, number | null>();
  for (const field of [...Object.keys(sheet), ...ruleset.facts.keys()]) {
    years.set(field, sheet[field]?.year ?? yearOf(field, input.asOf));
  }
  return { values, computed, sheet, conflicts, years };
}

/** Review switches of a rung: facts that exist only for this run. */
function withReview(values: Map<string, Value>, review: boolean): Map<string, Value> {
  const next = new Map(values);
  next.set('is_review', flag(review));
  next.set('growth_waived_for_review', flag(review));
  return next;
}

const TITLE_FIELDS = ['title_tech_innovative_valid', 'title_srdi_valid', 'title_little_giant_valid'] as const;

function holds(values: ReadonlyMap<string, Value>, rung: number): boolean | undefined {
  const value = values.get(TITLE_FIELDS[rung - 1] ?? '');
  return value?.kind === 'flag' ? value.flag : undefined;
}

function explainingOf(
  route: { standard: string; tier: string },
  values: Map<string, Value>,
  done: Completed,
  ruleset: Ruleset,
  date: string,
): Explaining | undefined {
  const tier = ruleset.find(route.standard, route.tier);
  if (!tier) return undefined;
  return {
    tier,
    values,
    computed: done.computed,
    years: done.years,
    facts: ruleset.facts,
    result: tier.run(values, date),
    externalTitle: ruleset.titleOf,
  };
}

const REACH_ORDER = { sure: 0, possible: 1, impossible: 2 } as const;

/** The route that stands best: proved first, then with the fewest unmet items; of equals, the one listed first. */
function bestRoute(routes: readonly Route[]): number {
  let best = 0;
  const rank = (route: Route) => REACH_ORDER[route.reach] * 1000 + route.counts.unmet;
  routes.forEach((route, index) => {
    if (rank(route) < rank(routes[best] as Route)) best = index;
  });
  return best;
}

function judgeRung(rung: 1 | 2 | 3, input: DiagnosisInput, done: Completed, ruleset: Ruleset): Rung {
  const review = input.review.includes(rung);
  const kind = review ? 'review' : 'new';
  const date = input.asOf.applicationDate;
  const chosen = resolveStandard(input.rules.selection, { rung, kind, date });
  const values = withReview(done.values, review);
  const routes = (chosen?.use ?? []).flatMap((use) => {
    const explaining = explainingOf(use, values, done, ruleset, review ? '' : date);
    return explaining ? [judgeTier(explaining, ruleset.hashOf(use.standard))] : [];
  });
  const verdict = routes.length === 0 ? 'unknown' : some(routes.map((route) => route.verdict));
  const best = bestRoute(routes);
  return {
    rung,
    title: rungTitle(rung, routes, ruleset),
    kind,
    verdict,
    reach: reachOf(verdict),
    held: holds(done.values, rung) === true,
    reason: chosen?.reason ?? say('noRule'),
    best,
    routes,
  };
}

function rungTitle(rung: number, routes: readonly Route[], ruleset: Ruleset) {
  if (rung === 1) return ruleset.titleOf('cn-miit-2026-2', 'tech_innovative');
  return routes[0]?.title ?? say('noRule');
}

function ladderOf(rungs: readonly Rung[], values: ReadonlyMap<string, Value>): Diagnosis['ladder'] {
  const current = rungs.reduce((top, r) => (r.held ? Math.max(top, r.rung) : top), 0);
  const currentKnown = current > 0 || TITLE_FIELDS.every((_, i) => holds(values, i + 1) === false);
  const next = current < 3 ? current + 1 : null;
  const target = rungs.find((r) => r.rung === next);
  const held = rungs.find((r) => r.rung === current);
  if (!target || next === null) return { current, currentKnown, next: null, says: say('ladderHeldTop') };
  const route = target.routes[target.best];
  const items = route ? openOf(route) : [];
  const unmet = items.filter(({ verdict }) => verdict === 'unmet').length;
  const open = items.length - unmet;
  const state = passes(target.verdict)
    ? say('stateMet')
    : unmet > 0
      ? say(open > 0 ? 'stateUnmetOpen' : 'stateUnmet', { unmet, open })
      : say('stateOpen', { open });
  const key = held ? 'ladderHeld' : currentKnown ? 'ladderNone' : 'ladderUnknown';
  return {
    current,
    currentKnown,
    next,
    says: say(key, { next: target.title, state, ...(held ? { current: held.title } : {}) }),
  };
}

const AXES: readonly Dimension[] = [
  'specialized',
  'refined',
  'distinctive',
  'innovative',
  'chain',
  'product',
  'compliance',
  'overall',
];

/** How near each dimension is; a scored item counts by its points, a gate by its distance. */
function radarOf(route: Route | undefined): Diagnosis['radar'] {
  return AXES.flatMap((dimension) => {
    const items = (route?.items ?? []).filter((i) => i.dimension === dimension && i.kind !== 'direct');
    if (items.length === 0) return [];
    const share = (pick: (item: Judged) => number) =>
      items.reduce((sum, item) => sum + pick(item), 0) / items.length;
    const proved = (i: Judged) => (i.points ? i.points.min / i.points.cap : (i.closeness ?? 0));
    const possible = (i: Judged) =>
      i.points
        ? i.points.max / i.points.cap
        : i.closeness === null && i.verdict !== 'unmet'
          ? 1
          : (i.closeness ?? 0);
    return [{ dimension, proved: share(proved), possible: share(possible), items: items.length }];
  });
}

/** Unmet items first, nearest to their line first, then what must still be found out. */
function shortBoardsOf(route: Route | undefined): Diagnosis['shortBoards'] {
  if (!route) return [];
  const weight = (item: Judged) => (item.verdict === 'unmet' ? 1 - (item.closeness ?? 0) : 10);
  return route.items
    .filter(
      (i) =>
        i.kind !== 'direct' &&
        (i.verdict === 'unmet' || (i.verdict === 'unknown' && i.kind !== 'base') || i.verdict === 'manual'),
    )
    .sort((a, b) => weight(a) - weight(b))
    .map((item) => ({ standard: route.standard, tier: route.tier, item: item.id }));
}

function lensOf(done: Completed, ruleset: Ruleset, date: string): Diagnosis['lens'] {
  const values = withReview(done.values, false);
  const explaining = explainingOf({ standard: 'cn-miit-2022-63', tier: 'srdi' }, values, done, ruleset, date);
  const score = explaining && scoreOf(explaining);
  if (!explaining || !score) return null;
  return { title: say('lensTitle'), says: say('lensSays'), score, items: judgedIndicators(explaining) };
}

/** The industry code rides in the sheet as "code_39", so that a snapshot needs nothing else. */
export function industryCodeOf(sheet: FactSheet): string | undefined {
  const value = sheet.industry_code?.value;
  return typeof value === 'string' ? /^code_([0-9]+)$/.exec(value)?.[1] : undefined;
}

/**
 * Judges one firm against all rungs at once. Pure: the same sheet, dates and rules give the same result.
 * Throws RangeError when a sheet entry is not readable.
 */
export function diagnose(input: DiagnosisInput): Diagnosis {
  const ruleset = rulesetOf(input.rules);
  const done = complete(input, ruleset);
  const size = classifySize(input.rules.size, industryCodeOf(input.sheet), done.values);
  if (!done.values.has('is_sme') && size.isSme !== null) {
    done.values.set('is_sme', flag(size.isSme));
    done.sheet.is_sme = { value: size.isSme, year: input.asOf.fiscalYear, basis: 'derived', source: null };
  }
  const rungs = ([1, 2, 3] as const).map((rung) => judgeRung(rung, input, done, ruleset));
  const ladder = ladderOf(rungs, done.values);
  const target = rungs.find((r) => r.rung === (ladder.next ?? 3));
  const route = target?.routes[target.best];
  const tier = route && ruleset.find(route.standard, route.tier);
  const questions = tier
    ? askNext(
        tier,
        withReview(done.values, target.kind === 'review'),
        ruleset.facts,
        input.asOf.applicationDate,
      )
    : [];
  return {
    schema: 'cultivar-diagnosis/1',
    engine: ENGINE,
    asOf: input.asOf,
    review: [...input.review],
    given: input.sheet,
    sheet: done.sheet,
    conflicts: done.conflicts,
    size,
    stage: lifeCycle(done.values, input.asOf.fiscalYear),
    rungs,
    ladder,
    radar: radarOf(route),
    shortBoards: shortBoardsOf(route),
    askNext: questions.map((q) => ({ ...q })),
    lens: lensOf(done, ruleset, input.asOf.applicationDate),
  };
}
