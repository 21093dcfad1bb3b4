import {
  decimal,
  minus,
  order,
  over,
  plus,
  type Rational,
  rational,
  times,
  wholeBelow,
} from './naive-rational.ts';
import rubric from './rubric-rules.json' with { type: 'json' };

/** A second reading of the rules, straight from the research file and as slow and plain as can be. */
export type NaiveVerdict = 'met' | 'unmet' | 'unknown' | 'manual';
export type FlatRecord = Record<string, number | boolean | string | null | undefined>;
type Rule = Record<string, unknown>;
interface NaiveOption {
  readonly when: Rule;
  readonly points: number;
}
interface NaiveIndicator {
  readonly id: string;
  readonly max: number;
  readonly mode: string;
  readonly options?: readonly NaiveOption[];
  readonly variants?: readonly { readonly options: readonly NaiveOption[] }[];
  readonly cap?: number;
  readonly field?: string;
  readonly range?: readonly number[];
}
export interface NaiveTier {
  readonly id: string;
  readonly pass: Rule;
  readonly gates: readonly { readonly id: string; readonly when: Rule }[];
  readonly direct: readonly { readonly id: string; readonly when: Rule }[];
  readonly refs: Record<string, Rule>;
  readonly groups: readonly {
    readonly id: string;
    readonly max: number;
    readonly indicators: readonly NaiveIndicator[];
  }[];
}
interface NaiveRuleset {
  readonly id: string;
  readonly base: Rule | null;
  readonly tiers: readonly NaiveTier[];
}

export const rulesets = rubric.rulesets as unknown as readonly NaiveRuleset[];
export const researchFields = rubric.fields;
export const sizeBounds = rubric.sizes;
export const everyTier = rulesets.flatMap((r) => r.tiers.map((t) => ({ standard: r.id, tier: t.id })));

export function rulesOfTier(standard: string, tier: string): { base: Rule | null; tier: NaiveTier } {
  const ruleset = rulesets.find((r) => r.id === standard);
  const found = ruleset?.tiers.find((t) => t.id === tier);
  if (!ruleset || !found) throw new Error(`the research file has no ${standard}/${tier}`);
  return { base: ruleset.base, tier: found };
}

/** Known facts: numbers as rationals, `root` for √r − 1. */
type Known = Map<string, Rational | { root: Rational } | boolean | string>;

/** Facts as given, and what follows from them where all parts are there (the parts win). */
function known(record: FlatRecord): Known {
  const facts: Known = new Map();
  for (const [field, value] of Object.entries(record)) {
    if (value === null || value === undefined) continue;
    facts.set(field, typeof value === 'number' ? decimal(String(value)) : value);
  }
  const part = (field: string) => facts.get(field) as Rational | undefined;
  const put = (field: string, value: Rational | { root: Rational } | undefined) => {
    if (value) facts.set(field, value);
  };
  const ratio = (field: string, above: string, below: string) => {
    const [a, b] = [part(above), part(below)];
    if (a && b && b.n > 0n) put(field, over(a, b));
  };
  const rise = (field: string, now: string, before: string) => {
    const [a, b] = [part(now), part(before)];
    if (a && b && b.n > 0n) put(field, over(minus(a, b), b));
  };
  ratio('main_ratio_y1', 'main_rev_y1_wan', 'revenue_y1_wan');
  ratio('rd_ratio_y1', 'rd_expense_y1_wan', 'revenue_y1_wan');
  ratio('rd_ratio_y2', 'rd_expense_y2_wan', 'revenue_y2_wan');
  ratio('debt_ratio_y1', 'liabilities_y1_wan', 'assets_y1_wan');
  ratio('net_margin_y1', 'net_profit_y1_wan', 'revenue_y1_wan');
  ratio('rd_staff_ratio_y1', 'rd_staff_y1', 'staff_total_y1');
  ratio('tech_staff_ratio_y1', 'tech_staff_y1', 'staff_total_y1');
  ratio('rd_to_sales_y1', 'rd_expense_y1_wan', 'sales_y1_wan');
  ratio('rd_to_cost_y1', 'rd_expense_y1_wan', 'total_cost_y1_wan');
  rise('main_rev_growth_y1', 'main_rev_y1_wan', 'main_rev_y2_wan');
  rise('main_rev_growth_y2', 'main_rev_y2_wan', 'main_rev_y3_wan');
  const [g1, g2] = [part('main_rev_growth_y1'), part('main_rev_growth_y2')];
  if (g1 && g2) put('main_rev_growth_avg2', over(plus(g1, g2), rational(2n)));
  const [r1, r3] = [part('revenue_y1_wan'), part('revenue_y3_wan')];
  if (r1 && r3 && r3.n > 0n && r1.n >= 0n) put('revenue_cagr2', { root: over(r1, r3) });
  const [d1, d2] = [part('rd_expense_y1_wan'), part('rd_expense_y2_wan')];
  if (d1 && d2) {
    put('rd_expense_sum2_wan', plus(d1, d2));
    put('rd_expense_avg2_wan', over(plus(d1, d2), rational(2n)));
  }
  return facts;
}

function and(list: readonly NaiveVerdict[]): NaiveVerdict {
  return (['unmet', 'unknown', 'manual'] as const).find((v) => list.includes(v)) ?? 'met';
}
function or(list: readonly NaiveVerdict[]): NaiveVerdict {
  return (['met', 'unknown', 'manual'] as const).find((v) => list.includes(v)) ?? 'unmet';
}

interface Interval {
  min: number;
  max: number;
}

/** What the research file says of one record and one tier. */
export interface NaiveResult {
  tier: NaiveVerdict;
  gates: Record<string, NaiveVerdict>;
  direct: Record<string, NaiveVerdict>;
  indicators: Record<string, number | null>;
  score: Interval | null;
}

class Reading {
  readonly facts: Known;
  readonly rules: NaiveTier;
  readonly scores = new Map<string, Interval>();
  readonly direct: Record<string, NaiveVerdict> = {};
  readonly gates: Record<string, NaiveVerdict> = {};

  constructor(facts: Known, rules: NaiveTier) {
    this.facts = facts;
    this.rules = rules;
    let total: Interval = { min: 0, max: 0 };
    for (const group of rules.groups) {
      let sum: Interval = { min: 0, max: 0 };
      for (const indicator of group.indicators) {
        const points = this.points(indicator);
        this.scores.set(indicator.id, points);
        sum = { min: sum.min + points.min, max: sum.max + points.max };
      }
      this.scores.set(group.id, sum);
      total = { min: total.min + sum.min, max: total.max + sum.max };
    }
    if (rules.groups.length > 0) this.scores.set('total', total);
    for (const item of rules.direct) this.direct[item.id] = this.verdict(item.when);
    for (const item of rules.gates) this.gates[item.id] = this.verdict(item.when);
  }

  comparison(rule: Rule): NaiveVerdict {
    const value = this.facts.get(String(rule.field));
    if (value === undefined) return 'unknown';
    for (const [operator, bound] of Object.entries(rule)) {
      if (operator === 'field') continue;
      if (operator === 'eq') {
        const same =
          typeof bound === 'number'
            ? order(value as Rational, decimal(String(bound))) === 0
            : value === bound;
        if (!same) return 'unmet';
        continue;
      }
      const line = decimal(String(bound));
      let o: number;
      if (typeof value === 'object' && 'root' in value) {
        const base = plus(rational(1n), line);
        o = base.n < 0n ? 1 : order(value.root, times(base, base));
      } else o = order(value as Rational, line);
      const holds = { gte: o >= 0, gt: o > 0, lte: o <= 0, lt: o < 0 }[operator as 'gte'];
      if (!holds) return 'unmet';
    }
    return 'met';
  }

  verdict(rule: Rule): NaiveVerdict {
    if ('all' in rule) return and((rule.all as Rule[]).map((r) => this.verdict(r)));
    if ('any' in rule) return or((rule.any as Rule[]).map((r) => this.verdict(r)));
    if ('field' in rule) return this.comparison(rule);
    if ('manual' in rule) return 'manual';
    if ('otherwise' in rule) return 'met';
    if ('ref' in rule) return this.verdict(this.rules.refs[String(rule.ref)] as Rule);
    if ('direct' in rule) return or(Object.values(this.direct));
    if ('gate' in rule) return and(Object.values(this.gates));
    if ('score' in rule) {
      const { min, max } = this.scores.get(String(rule.score)) as Interval;
      const ok = (points: number) => ('gte' in rule ? points >= Number(rule.gte) : points > Number(rule.gt));
      return ok(min) ? 'met' : ok(max) ? 'unknown' : 'unmet';
    }
    if ('external_ruleset' in rule)
      return judgeKnown(this.facts, String(rule.external_ruleset), String(rule.tier)).tier;
    throw new Error(`a rule nobody knows: ${JSON.stringify(rule)}`);
  }

  table(options: readonly NaiveOption[]): Interval {
    const possible: number[] = [];
    for (const option of options) {
      const verdict = this.verdict(option.when);
      if (verdict !== 'unmet') possible.push(option.points);
      if (verdict === 'met') break;
    }
    return { min: Math.min(...possible), max: Math.max(...possible) };
  }

  points(indicator: NaiveIndicator): Interval {
    const { mode, max, options = [], variants = [] } = indicator;
    if (mode === 'first_match') return this.table(options);
    if (mode === 'best_of') {
      const tables = variants.map((v) => this.table(v.options));
      return { min: Math.max(...tables.map((t) => t.min)), max: Math.max(...tables.map((t) => t.max)) };
    }
    if (mode === 'sum_capped') {
      const sum = (wanted: readonly string[]) =>
        options.filter((o) => wanted.includes(this.verdict(o.when))).reduce((s, o) => s + o.points, 0);
      const cap = indicator.cap ?? max;
      return { min: Math.min(cap, sum(['met'])), max: Math.min(cap, sum(['met', 'unknown', 'manual'])) };
    }
    if (mode === 'formula') {
      const years = this.facts.get('years_in_niche') as Rational | undefined;
      if (!years) return { min: 0, max };
      const points = Math.min(5, Math.max(0, Number(wholeBelow(over(years, rational(2n))))));
      return { min: points, max: points };
    }
    const [low = 0, high = 0] = indicator.range ?? [];
    const given = this.facts.get(String(indicator.field)) as Rational | undefined;
    if (!given) return { min: low, max: high };
    const points = Math.min(high, Math.max(low, Number(given.n) / Number(given.d)));
    return { min: points, max: points };
  }
}

function judgeKnown(facts: Known, standard: string, tierId: string): NaiveResult {
  const { base, tier } = rulesOfTier(standard, tierId);
  const reading = new Reading(facts, tier);
  const indicators = Object.fromEntries(
    tier.groups
      .flatMap((g) => g.indicators)
      .map(({ id }) => {
        const { min, max } = reading.scores.get(id) as Interval;
        return [id, min === max ? min : null];
      }),
  );
  return {
    tier: and([reading.verdict(tier.pass), base ? reading.verdict(base) : 'met']),
    gates: reading.gates,
    direct: reading.direct,
    indicators,
    score: reading.scores.get('total') ?? null,
  };
}

/** Judges one flat record by one tier, naively. */
export function judgeNaively(record: FlatRecord, standard: string, tier: string): NaiveResult {
  return judgeKnown(known(record), standard, tier);
}

/** Every comparison of a numeric field anywhere in a rule. */
export function comparisonsIn(rule: unknown): { field: string; operator: string; bound: number }[] {
  if (Array.isArray(rule)) return rule.flatMap(comparisonsIn);
  if (typeof rule !== 'object' || rule === null) return [];
  const node = rule as Rule;
  const own =
    typeof node.field === 'string'
      ? Object.entries(node).flatMap(([operator, bound]) =>
          typeof bound === 'number' && ['eq', 'gte', 'gt', 'lte', 'lt'].includes(operator)
            ? [{ field: node.field as string, operator, bound }]
            : [],
        )
      : [];
  return [...own, ...Object.values(node).flatMap(comparisonsIn)];
}
