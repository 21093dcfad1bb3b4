import type { Condition, Indicator, Standard, Tier } from '../standards/schema.ts';
import { floorParts } from './derive.ts';
import { decimalText, divide, type Exact, floor, fromNumber } from './exact.ts';
import type { Verdict } from './shapes.ts';
import { compareValue, type Value, type Values } from './values.ts';

/** Points that are settled where min = max; else what is still open. */
export interface Interval {
  readonly min: number;
  readonly max: number;
}

/** What a tier's rules say of one firm, without words. */
export interface TierVerdict {
  /** The pass rule AND the base gate. */
  readonly verdict: Verdict;
  readonly base: Record<string, Verdict>;
  readonly gates: Record<string, Verdict>;
  readonly direct: Record<string, Verdict>;
  readonly exclusions: Record<string, Verdict>;
  readonly indicators: Record<string, Interval>;
  /** total and each group; empty for tiers without a scored table. */
  readonly scores: Record<string, Interval>;
}

/** One run over one firm: its values and what has been worked out so far. */
interface Run {
  readonly values: Values;
  readonly scores: Record<string, Interval>;
  readonly gates: Record<string, Verdict>;
  readonly direct: Record<string, Verdict>;
}
type Judge = (run: Run) => Verdict;

/** A tier ready to run. `fields` are all facts its rules read. */
export interface CompiledTier {
  readonly standard: Standard;
  readonly tier: Tier;
  readonly fields: ReadonlySet<string>;
  /** `date` adds the exclusions of the round it falls in. */
  run(values: Values, date?: string): TierVerdict;
  /** One condition of this tier on its own, for explaining. */
  judge(condition: Condition, values: Values): Verdict;
}

/** AND: unmet if any is unmet, else unknown, else manual, else met. A waived part counts as met. */
export function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('unmet')) return 'unmet';
  if (verdicts.includes('unknown')) return 'unknown';
  return verdicts.includes('manual') ? 'manual' : 'met';
}

/** OR: met if any is met (not applicable if only a waiver is), else unknown, else manual, else unmet. */
export function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('met')) return 'met';
  if (verdicts.includes('not_applicable')) return 'not_applicable';
  if (verdicts.includes('unknown')) return 'unknown';
  return verdicts.includes('manual') ? 'manual' : 'unmet';
}

/** Whether a verdict stands in nobody's way: met, or not asked of this enterprise. */
export function passes(verdict: Verdict): boolean {
  return verdict === 'met' || verdict === 'not_applicable';
}

type Comparison = Extract<Condition, { field: string }>;

function compileComparison(condition: Comparison, fields: Set<string>): Judge {
  fields.add(condition.field);
  const { field, eq } = condition;
  const bounds: [Exact, (order: number) => boolean][] = [];
  const equal = typeof eq === 'number' ? fromNumber(eq) : undefined;
  if (equal) bounds.push([equal, (o) => o === 0]);
  if (condition.gte !== undefined) bounds.push([fromNumber(condition.gte), (o) => o >= 0]);
  if (condition.gt !== undefined) bounds.push([fromNumber(condition.gt), (o) => o > 0]);
  if (condition.lte !== undefined) bounds.push([fromNumber(condition.lte), (o) => o <= 0]);
  if (condition.lt !== undefined) bounds.push([fromNumber(condition.lt), (o) => o < 0]);
  const holds = (value: Value): boolean => {
    if (value.kind === 'flag') return value.flag === eq;
    if (value.kind === 'word') return value.word === eq;
    return bounds.length > 0 && bounds.every(([bound, test]) => test(compareValue(value, bound)));
  };
  // Of the best of several years, one year that is good enough proves it; only "at least" can be proved so.
  const floors = condition.lte ?? condition.lt ?? eq;
  const enough = floors === undefined ? floorParts(field) : [];
  return (run) => {
    const value = run.values.get(field);
    if (value !== undefined) return holds(value) ? 'met' : 'unmet';
    for (const part of enough) {
      const known = run.values.get(part);
      if (known && holds(known)) return 'met';
    }
    return 'unknown';
  };
}

function scoreVerdict(interval: Interval | undefined, test: (points: number) => boolean): Verdict {
  if (!interval) return 'unknown';
  return test(interval.min) ? 'met' : test(interval.max) ? 'unknown' : 'unmet';
}

/** Finds another standard's tier, for `external` conditions. */
export type FindTier = (standard: string, tier: string) => CompiledTier | undefined;

function compileCondition(condition: Condition, tier: Tier, fields: Set<string>, find: FindTier): Judge {
  const compileAll = (list: readonly Condition[]) => list.map((c) => compileCondition(c, tier, fields, find));
  const waived = (judge: Judge): Judge =>
    'waiver' in condition && condition.waiver
      ? (run) => {
          const verdict = judge(run);
          return verdict === 'met' ? 'not_applicable' : verdict;
        }
      : judge;
  if ('all' in condition) {
    const parts = compileAll(condition.all);
    return waived((run) => every(parts.map((part) => part(run))));
  }
  if ('any' in condition) {
    const parts = compileAll(condition.any);
    return waived((run) => some(parts.map((part) => part(run))));
  }
  if ('field' in condition) return waived(compileComparison(condition, fields));
  if ('manual' in condition) {
    const { judgement } = condition;
    if (!judgement) return () => 'manual';
    fields.add(judgement);
    return (run) => {
      const value = run.values.get(judgement);
      return value?.kind === 'flag' ? (value.flag ? 'met' : 'unmet') : 'manual';
    };
  }
  if ('ref' in condition) {
    const target = tier.refs[condition.ref];
    if (!target) throw new Error(`unknown reference ${condition.ref} in tier ${tier.id}`);
    return waived(compileCondition(target, tier, fields, find));
  }
  if ('score' in condition) {
    const { score, gte, gt } = condition;
    return (run) =>
      scoreVerdict(run.scores[score], (p) => (gte === undefined || p >= gte) && (gt === undefined || p > gt));
  }
  if ('direct' in condition) return (run) => some(Object.values(run.direct));
  if ('gate' in condition) return (run) => every(Object.values(run.gates));
  if ('external' in condition) {
    const { standard, tier: tierId } = condition.external;
    for (const field of find(standard, tierId)?.fields ?? []) fields.add(field);
    return (run) => find(standard, tierId)?.run(run.values).verdict ?? 'unknown';
  }
  return () => 'met';
}

type Scorer = (run: Run) => Interval;
interface CompiledOption {
  readonly judge: Judge;
  readonly points: number;
}

/** Every option that can still turn out to be the first true one; if all may fail, 0 points. */
function firstMatch(options: readonly CompiledOption[]): Scorer {
  return (run) => {
    let [min, max] = [Number.POSITIVE_INFINITY, 0];
    for (const option of options) {
      const verdict = option.judge(run);
      if (verdict === 'unmet') continue;
      min = Math.min(min, option.points);
      max = Math.max(max, option.points);
      if (passes(verdict)) return { min, max };
    }
    return { min: min === Number.POSITIVE_INFINITY || min > 0 ? lowest(options, run, min) : min, max };
  };
}

/** Bands of one unknown number cover the line without a gap, so the lowest band is the floor; otherwise it is 0. */
function lowest(options: readonly CompiledOption[], run: Run, min: number): number {
  const allUnknown = options.every((option) => option.judge(run) === 'unknown');
  return allUnknown && Number.isFinite(min) ? min : 0;
}

function compileIndicator(indicator: Indicator, tier: Tier, fields: Set<string>, find: FindTier): Scorer {
  const compileOptions = (options: readonly { when: Condition; points: number }[]): CompiledOption[] =>
    options.map((o) => ({ judge: compileCondition(o.when, tier, fields, find), points: o.points }));
  switch (indicator.mode) {
    case 'first_match':
      return firstMatch(compileOptions(indicator.options));
    case 'best_of': {
      const variants = indicator.variants.map((variant) => firstMatch(compileOptions(variant.options)));
      return (run) => {
        const intervals = variants.map((variant) => variant(run));
        return {
          min: Math.max(...intervals.map((i) => i.min)),
          max: Math.max(...intervals.map((i) => i.max)),
        };
      };
    }
    case 'sum_capped': {
      const options = compileOptions(indicator.options);
      return (run) => {
        let [min, max] = [0, 0];
        for (const option of options) {
          const verdict = option.judge(run);
          if (passes(verdict)) min += option.points;
          if (verdict !== 'unmet') max += option.points;
        }
        return { min: Math.min(min, indicator.cap), max: Math.min(max, indicator.cap) };
      };
    }
    case 'steps': {
      fields.add(indicator.field);
      const per = fromNumber(indicator.per);
      return (run) => {
        const value = run.values.get(indicator.field);
        if (value?.kind !== 'number') return { min: 0, max: indicator.max };
        const steps = Math.max(0, Number(floor(divide(value.number, per))));
        const points = Math.min(indicator.max, steps * indicator.points);
        return { min: points, max: points };
      };
    }
    case 'manual_points': {
      fields.add(indicator.field);
      const [low, high] = indicator.range;
      return (run) => {
        const value = run.values.get(indicator.field);
        if (value?.kind !== 'number') return { min: low, max: high };
        // Cut to nine decimals, so that no sum of points is rounded up over a line it does not reach.
        const given = Number(decimalText(value.number, 9, 'down'));
        const points = Math.min(high, Math.max(low, given));
        return { min: points, max: points };
      };
    }
  }
}

/** A sum of points of at most nine decimals, without the dust that doubles add. */
function plus(a: number, b: number): number {
  const sum = a + b;
  return Number.isInteger(sum) ? sum : Number(sum.toFixed(9));
}

/** Makes a tier of a standard ready to run; everything that can be worked out once is worked out here. */
export function compileTier(standard: Standard, tier: Tier, find: FindTier): CompiledTier {
  const fields = new Set<string>();
  const compile = (condition: Condition) => compileCondition(condition, tier, fields, find);
  const list = (items: readonly { id: string; when: Condition }[]) =>
    items.map((item) => [item.id, compile(item.when)] as const);
  const base = list(tier.ownBase ? [] : standard.base);
  const gates = list(tier.gates);
  const direct = list(tier.direct);
  const rounds = tier.rounds.map((round) => ({ ...round, judges: list(round.exclusions) }));
  const groups = tier.groups.map((group) => ({
    id: group.id,
    max: group.max,
    scorers: group.indicators.map((i) => [i.id, compileIndicator(i, tier, fields, find)] as const),
  }));
  const pass = compile(tier.pass);
  const judges = new WeakMap<Condition, Judge>();

  function start(values: Values): Run & { indicators: Record<string, Interval> } {
    const run = {
      values,
      scores: {} as Record<string, Interval>,
      gates: {} as Record<string, Verdict>,
      direct: {} as Record<string, Verdict>,
      indicators: {} as Record<string, Interval>,
    };
    let [totalMin, totalMax] = [0, 0];
    for (const group of groups) {
      let [min, max] = [0, 0];
      for (const [id, score] of group.scorers) {
        const interval = score(run);
        run.indicators[id] = interval;
        run.scores[id] = interval;
        min = plus(min, interval.min);
        max = plus(max, interval.max);
      }
      run.scores[group.id] = { min: Math.min(min, group.max), max: Math.min(max, group.max) };
      totalMin = plus(totalMin, Math.min(min, group.max));
      totalMax = plus(totalMax, Math.min(max, group.max));
    }
    if (groups.length > 0) run.scores.total = { min: totalMin, max: totalMax };
    // Direct conditions first: a gate may ask for score or any direct condition.
    for (const [id, judge] of direct) run.direct[id] = judge(run);
    for (const [id, judge] of gates) run.gates[id] = judge(run);
    return run;
  }

  return {
    standard,
    tier,
    fields,
    run(values, date) {
      const run = start(values);
      const baseVerdicts: Record<string, Verdict> = {};
      for (const [id, judge] of base) baseVerdicts[id] = judge(run);
      const exclusions: Record<string, Verdict> = {};
      for (const round of rounds) {
        if (date === undefined || date < round.from || (round.to !== null && date > round.to)) continue;
        for (const [id, judge] of round.judges) exclusions[id] = judge(run);
      }
      const verdict = every([pass(run), ...Object.values(baseVerdicts), ...Object.values(exclusions)]);
      return {
        verdict,
        base: baseVerdicts,
        gates: run.gates,
        direct: run.direct,
        exclusions,
        indicators: run.indicators,
        scores: run.scores,
      };
    },
    judge(condition, values) {
      let judge = judges.get(condition);
      if (!judge) {
        const compiled = compileCondition(condition, tier, new Set(), find);
        // Only rules over scores, gates or direct conditions need the whole tier worked out first.
        judge = /"(score|direct|gate|ref)":/.test(JSON.stringify(condition))
          ? (run) => compiled(start(run.values))
          : compiled;
        judges.set(condition, judge);
      }
      return judge({ values, scores: {}, gates: {}, direct: {} });
    },
  };
}
