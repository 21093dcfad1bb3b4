import type { Condition, Indicator } from '../standards/schema.ts';
import { comparison, type Judge, MANUAL, MET, OPEN, UNMET, WAIVED } from './batch-compare.ts';
import { FLAG, type Slots } from './batch-slots.ts';
import type { CompiledTier, FindTier, Interval, TierVerdict } from './compile.ts';
import { decimalText, divide, floor, fraction, fromNumber } from './exact.ts';
import type { Verdict } from './shapes.ts';

/** Verdicts by their code. */
export const VERDICTS: readonly Verdict[] = ['unmet', 'unknown', 'manual', 'met', 'not_applicable'];

/** A tier that judges the firm in the slots. After run(), `codes` and points can be read until the next run. */
export interface BatchTier {
  readonly tier: CompiledTier;
  /** Base, gates, direct conditions and exclusions of the round, in this order. */
  readonly items: readonly {
    readonly id: string;
    readonly kind: 'base' | 'gates' | 'direct' | 'exclusions';
  }[];
  readonly codes: Uint8Array;
  run(): number;
  /** The last run as the interactive path gives it. */
  verdict(): TierVerdict;
}

function everyOf(judges: readonly Judge[]): Judge {
  const [a, b] = judges;
  if (judges.length === 1 && a)
    return () => {
      const code = a();
      return code > MET ? MET : code;
    };
  if (judges.length === 2 && a && b)
    return () => {
      const [one, other] = [a(), b()];
      const least = one < other ? one : other;
      return least > MET ? MET : least;
    };
  return () => {
    let least = MET;
    for (let i = 0; i < judges.length; i++) {
      const code = (judges[i] as Judge)();
      if (code < least) least = code;
      if (least === UNMET) return UNMET;
    }
    return least;
  };
}

function someOf(judges: readonly Judge[]): Judge {
  return () => {
    // What was seen, a bit a code.
    let seen = 0;
    for (let i = 0; i < judges.length; i++) {
      const code = (judges[i] as Judge)();
      if (code === MET) return MET;
      seen |= 1 << code;
    }
    return seen & (1 << WAIVED) ? WAIVED : seen & (1 << OPEN) ? OPEN : seen & (1 << MANUAL) ? MANUAL : UNMET;
  };
}

/** Points of one indicator into `at`. */
type Scorer = (at: { min: number; max: number }) => void;

function firstMatch(options: readonly { judge: Judge; points: number }[]): Scorer {
  return (at) => {
    let min = Number.POSITIVE_INFINITY;
    let max = 0;
    let open = true;
    for (let i = 0; i < options.length; i++) {
      const { judge, points } = options[i] as { judge: Judge; points: number };
      const code = judge();
      if (code !== OPEN) open = false;
      if (code === UNMET) continue;
      if (points < min) min = points;
      if (points > max) max = points;
      if (code >= MET) {
        at.min = min;
        at.max = max;
        return;
      }
    }
    // Bands of one unknown number leave no gap: the lowest is the floor. Otherwise nothing is sure.
    at.min = open && min !== Number.POSITIVE_INFINITY ? min : 0;
    at.max = max;
  };
}

/** A sum of points of at most nine decimals, without the dust that doubles add. */
function plus(a: number, b: number): number {
  const sum = a + b;
  return Number.isInteger(sum) ? sum : Number(sum.toFixed(9));
}

const ONE = fraction(1);

class Compiler {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly codes: Uint8Array;
  readonly items: BatchTier['items'];
  private readonly scores = new Map<string, number>();
  private readonly compiled: CompiledTier;
  private readonly slots: Slots;
  private readonly find: FindTier;

  constructor(compiled: CompiledTier, slots: Slots, date: string | undefined, find: FindTier) {
    this.compiled = compiled;
    this.slots = slots;
    this.find = find;
    const { tier, standard } = compiled;
    for (const group of tier.groups) {
      for (const indicator of group.indicators) this.scores.set(indicator.id, this.scores.size);
    }
    for (const group of tier.groups) this.scores.set(group.id, this.scores.size);
    if (tier.groups.length > 0) this.scores.set('total', this.scores.size);
    this.min = new Float64Array(this.scores.size);
    this.max = new Float64Array(this.scores.size);
    const rounds = tier.rounds.filter(
      (r) => date !== undefined && date >= r.from && (r.to === null || date <= r.to),
    );
    const lists = {
      base: tier.ownBase ? [] : standard.base,
      gates: tier.gates,
      direct: tier.direct,
      exclusions: rounds.flatMap((round) => round.exclusions),
    };
    this.items = (['base', 'gates', 'direct', 'exclusions'] as const).flatMap((kind) =>
      lists[kind].map(({ id }) => ({ id, kind })),
    );
    this.codes = new Uint8Array(this.items.length);
  }

  private codesOf(kind: string): Judge[] {
    return this.items.flatMap((item, i) => (item.kind === kind ? [() => this.codes[i] as number] : []));
  }

  condition(condition: Condition): Judge {
    const { compiled, slots } = this;
    const waived = (judge: Judge): Judge =>
      'waiver' in condition && condition.waiver
        ? () => {
            const code = judge();
            return code === MET ? WAIVED : code;
          }
        : judge;
    if ('all' in condition) return waived(everyOf(condition.all.map((c) => this.condition(c))));
    if ('any' in condition) return waived(someOf(condition.any.map((c) => this.condition(c))));
    if ('field' in condition) return waived(comparison(condition, slots));
    if ('manual' in condition) {
      if (!condition.judgement) return () => MANUAL;
      const slot = slots.slot(condition.judgement);
      return () => (slots.kind[slot] === FLAG ? (slots.n[slot] === 1 ? MET : UNMET) : MANUAL);
    }
    if ('ref' in condition) return waived(this.condition(compiled.tier.refs[condition.ref] as Condition));
    if ('score' in condition) {
      const at = this.scores.get(condition.score);
      if (at === undefined) return () => OPEN;
      const { gte, gt } = condition;
      const test = (p: number) => (gte === undefined || p >= gte) && (gt === undefined || p > gt);
      return () => (test(this.min[at] as number) ? MET : test(this.max[at] as number) ? OPEN : UNMET);
    }
    if ('direct' in condition) return someOf(this.codesOf('direct'));
    if ('gate' in condition) return everyOf(this.codesOf('gates'));
    if ('external' in condition) {
      const other = this.find(condition.external.standard, condition.external.tier);
      const batch = other && batchTier(other, slots, undefined, this.find);
      return () => batch?.run() ?? OPEN;
    }
    return () => MET;
  }

  scorer(indicator: Indicator): Scorer {
    const options = (list: readonly { when: Condition; points: number }[]) =>
      list.map((o) => ({ judge: this.condition(o.when), points: o.points }));
    switch (indicator.mode) {
      case 'first_match':
        return firstMatch(options(indicator.options));
      case 'best_of': {
        const variants = indicator.variants.map((v) => firstMatch(options(v.options)));
        const one = { min: 0, max: 0 };
        return (at) => {
          at.min = Number.NEGATIVE_INFINITY;
          at.max = Number.NEGATIVE_INFINITY;
          for (const variant of variants) {
            variant(one);
            at.min = Math.max(at.min, one.min);
            at.max = Math.max(at.max, one.max);
          }
        };
      }
      case 'sum_capped': {
        const list = options(indicator.options);
        return (at) => {
          let [min, max] = [0, 0];
          for (const { judge, points } of list) {
            const code = judge();
            if (code >= MET) min += points;
            if (code !== UNMET) max += points;
          }
          at.min = Math.min(min, indicator.cap);
          at.max = Math.min(max, indicator.cap);
        };
      }
      default:
        return this.pointsOf(indicator);
    }
  }

  private pointsOf(indicator: Extract<Indicator, { mode: 'steps' | 'manual_points' }>): Scorer {
    const slot = this.slots.slot(indicator.field);
    const steps = indicator.mode === 'steps';
    const [low, high] = steps ? [0, indicator.max] : indicator.range;
    const per = steps ? fromNumber(indicator.per) : ONE;
    return (at) => {
      const exact = this.slots.exact(slot);
      at.min = low;
      at.max = high;
      if (!exact) return;
      const points = steps
        ? Math.max(0, Number(floor(divide(exact, per)))) * indicator.points
        : Number(decimalText(exact, 9, 'down'));
      at.min = Math.min(high, Math.max(low, points));
      at.max = at.min;
    };
  }

  scoreAt(id: string): number {
    return this.scores.get(id) as number;
  }

  interval(id: string): Interval {
    const at = this.scoreAt(id);
    return { min: this.min[at] as number, max: this.max[at] as number };
  }

  names(): string[] {
    return [...this.scores.keys()];
  }
}

/**
 * A tier made ready to judge many firms from slots, with the exclusions of the round of `date`. Exact, and the same
 * verdicts and points as the interactive path gives for the same facts.
 */
export function batchTier(
  tier: CompiledTier,
  slots: Slots,
  date: string | undefined,
  find: FindTier,
): BatchTier {
  const compiler = new Compiler(tier, slots, date, find);
  const { items, codes, min, max } = compiler;
  const named = [
    ...(tier.tier.ownBase ? [] : tier.standard.base),
    ...tier.tier.gates,
    ...tier.tier.direct,
    ...tier.tier.rounds.flatMap((r) => r.exclusions),
  ];
  const judges = items.map(({ id }) =>
    compiler.condition((named.find((item) => item.id === id) as { when: Condition }).when),
  );
  const groups = tier.tier.groups.map((group) => ({
    at: compiler.scoreAt(group.id),
    cap: group.max,
    scorers: group.indicators.map((i) => ({ at: compiler.scoreAt(i.id), score: compiler.scorer(i) })),
  }));
  const total = groups.length > 0 ? compiler.scoreAt('total') : -1;
  const pass = compiler.condition(tier.tier.pass);
  // Direct conditions first: a gate may ask for score or any direct condition.
  const sequence = [...items.keys()].sort((a, b) => rank(items[a]?.kind) - rank(items[b]?.kind));
  const deciding = items.map(({ kind }) => kind === 'base' || kind === 'exclusions');
  const point = { min: 0, max: 0 };
  let last = UNMET;

  function run(): number {
    let totalMin = 0;
    let totalMax = 0;
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g] as (typeof groups)[number];
      let low = 0;
      let high = 0;
      for (let s = 0; s < group.scorers.length; s++) {
        const { at, score } = group.scorers[s] as (typeof group.scorers)[number];
        score(point);
        min[at] = point.min;
        max[at] = point.max;
        low = plus(low, point.min);
        high = plus(high, point.max);
      }
      min[group.at] = Math.min(low, group.cap);
      max[group.at] = Math.min(high, group.cap);
      totalMin = plus(totalMin, min[group.at] as number);
      totalMax = plus(totalMax, max[group.at] as number);
    }
    if (total >= 0) {
      min[total] = totalMin;
      max[total] = totalMax;
    }
    let least = MET;
    for (let s = 0; s < sequence.length; s++) {
      const i = sequence[s] as number;
      const code = (judges[i] as Judge)();
      codes[i] = code;
      if (code < least && deciding[i]) least = code;
    }
    last = Math.min(least, pass());
    return last;
  }

  return {
    tier,
    items,
    codes,
    run,
    verdict() {
      const result = { base: {}, gates: {}, direct: {}, exclusions: {} } as Record<
        string,
        Record<string, Verdict>
      >;
      items.forEach(({ id, kind }, i) => {
        (result[kind] as Record<string, Verdict>)[id] = VERDICTS[codes[i] as number] as Verdict;
      });
      const indicators = tier.tier.groups.flatMap((g) => g.indicators.map((i) => i.id));
      return {
        verdict: VERDICTS[last] as Verdict,
        base: result.base ?? {},
        gates: result.gates ?? {},
        direct: result.direct ?? {},
        exclusions: result.exclusions ?? {},
        indicators: Object.fromEntries(indicators.map((id) => [id, compiler.interval(id)])),
        scores: Object.fromEntries(compiler.names().map((id) => [id, compiler.interval(id)])),
      };
    },
  };
}

function rank(kind: string | undefined): number {
  return kind === 'direct' ? 0 : kind === 'gates' ? 1 : 2;
}
