import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Condition, Text } from '../standards/schema.ts';
import { passes } from './compile.ts';
import { partNeeded } from './derive.ts';
import {
  approximate,
  ceil,
  compare,
  decimalText,
  divide,
  type Exact,
  exactText,
  fraction,
  multiply,
  sign,
  subtract,
} from './exact.ts';
import { boundsOf, type Explaining, factOf, labelOf, numberOf, relationText } from './explain-condition.ts';
import { moneyText, quantityText } from './number-text.ts';
import type { Shortfall } from './shapes.ts';
import { compareValue } from './values.ts';
import { join, say } from './words.ts';

/** How far a condition is from being met. `closeness` is 0–1, null where it cannot be measured. */
export interface Distance {
  readonly shortfalls: Shortfall[];
  readonly closeness: number | null;
}
const NOTHING: Distance = { shortfalls: [], closeness: null };
const ZERO = fraction(0);
const HUNDRED = fraction(100);

const UNIT: Record<FactDefinition['type'], Shortfall['unit']> = {
  money: 'wan',
  ratio: 'percent_point',
  growth: 'percent_point',
  count: 'count',
  years: 'years',
  rank: 'rank',
  score: 'score',
  level: 'level',
  bool: 'flag',
  enum: 'flag',
};

type Comparison = Extract<Condition, { field: string }>;

/** A shortfall rounded up, so that it is never told smaller than it is. */
function amountText(amount: Exact, fact: FactDefinition): Text {
  if (fact.type === 'ratio' || fact.type === 'growth') {
    return say('unitPercentPoint', {
      value: decimalText(multiply(amount, HUNDRED), 2, 'up').replace(/\.?0+$/, ''),
    });
  }
  if (fact.type === 'money') return roundedUpWan(amount);
  return quantityText(fraction(ceil(multiply(amount, HUNDRED)), 100), fact);
}

/** Money rounded up to a hundred yuan. */
function roundedUpWan(wan: Exact): Text {
  return moneyText(fraction(ceil(multiply(wan, HUNDRED)), 100));
}

/** What the numerator must gain (or the debt must lose) for the ratio to reach its line, all else equal. */
function leverText(
  field: string,
  bound: Exact,
  direction: 'raise' | 'lower',
  label: Text,
  amount: Text,
  e: Explaining,
): Text | null {
  const needed = e.computed.has(field) ? partNeeded(field, bound, e.values) : undefined;
  const now = needed && numberOf(e.values, needed.field);
  if (!needed || !now) return null;
  const change = direction === 'raise' ? subtract(needed.needed, now) : subtract(now, needed.needed);
  if (sign(change) <= 0) return null;
  const leverFact = factOf(e, needed.field);
  const leverAmount =
    leverFact.type === 'money' ? roundedUpWan(change) : quantityText(fraction(ceil(change)), leverFact);
  return say(direction === 'raise' ? 'gapLeverRaise' : 'gapLeverLower', {
    label,
    amount,
    lever: labelOf(e, needed.field),
    leverAmount,
  });
}

function ratioOf(part: Exact, whole: Exact): number {
  if (sign(whole) <= 0 || sign(part) < 0) return 0;
  return Math.min(1, Math.max(0, approximate(divide(part, whole))));
}

function comparisonDistance(condition: Comparison, e: Explaining): Distance {
  const fact = factOf(e, condition.field);
  const label = labelOf(e, condition.field);
  const unit = UNIT[fact.type];
  const value = e.values.get(condition.field);
  if (!value) return NOTHING;
  if (passes(e.tier.judge(condition, e.values))) return { shortfalls: [], closeness: 1 };
  const one = (
    amount: string,
    direction: Shortfall['direction'],
    says: Text,
    closeness: number | null,
  ): Distance => ({
    shortfalls: [{ field: condition.field, label, unit, amount, direction, says }],
    closeness,
  });
  if (value.kind === 'flag') {
    return one('1', 'set', say(condition.eq === false ? 'gapFlagNot' : 'gapFlag', { label: fact.label }), 0);
  }
  const now = numberOf(e.values, condition.field);
  if (!now || value.kind === 'word')
    return one('1', 'set', say('gapFlag', { label: relationText(condition, fact) }), 0);
  for (const { kind, bound } of boundsOf(condition)) {
    const order = compareValue(value, bound);
    if (
      kind === 'gte' || kind === 'gt'
        ? order > 0 || (order === 0 && kind === 'gte')
        : order < 0 || (order === 0 && kind === 'lte')
    ) {
      continue;
    }
    if (fact.type === 'rank' && compare(now, ZERO) === 0) {
      return one(
        '1',
        'set',
        say('gapRankNone', { label: fact.label, relation: relationText(condition, fact) }),
        0,
      );
    }
    const direction = kind === 'gte' || kind === 'gt' ? 'raise' : 'lower';
    const amount = direction === 'raise' ? subtract(bound, now) : subtract(now, bound);
    const text = amountText(amount, fact);
    const says =
      leverText(condition.field, bound, direction, label, text, e) ??
      say(direction === 'raise' ? 'gapRaise' : 'gapLower', { label, amount: text });
    const closeness = direction === 'raise' ? ratioOf(now, bound) : ratioOf(bound, now);
    return one(
      exactText(unit === 'percent_point' ? multiply(amount, HUNDRED) : amount),
      direction,
      says,
      closeness,
    );
  }
  return NOTHING;
}

/**
 * The distance of a condition. An AND needs all its unmet parts and is as near as its farthest; an OR takes its
 * nearest measurable branch.
 */
export function distanceOf(condition: Condition, e: Explaining): Distance {
  if ('field' in condition) return comparisonDistance(condition, e);
  if ('ref' in condition) {
    const target = e.tier.tier.refs[condition.ref];
    return target ? distanceOf(target, e) : NOTHING;
  }
  if ('all' in condition) {
    const parts = condition.all.map((c) => distanceOf(c, e));
    const known = parts.flatMap((p) => (p.closeness === null ? [] : [p.closeness]));
    return {
      shortfalls: parts.flatMap((p) => p.shortfalls),
      closeness: known.length === 0 ? null : Math.min(...known),
    };
  }
  if ('any' in condition) {
    if (passes(e.tier.judge(condition, e.values))) return { shortfalls: [], closeness: 1 };
    const branches = condition.any.map((c) => distanceOf(c, e)).filter((d) => d.closeness !== null);
    branches.sort((a, b) => (b.closeness ?? 0) - (a.closeness ?? 0));
    return branches[0] ?? NOTHING;
  }
  if ('score' in condition) {
    const interval = e.result.scores[condition.score];
    const bound = condition.gte ?? condition.gt;
    if (!interval || !bound) return NOTHING;
    return { shortfalls: [], closeness: Math.min(1, interval.min / bound) };
  }
  return NOTHING;
}

/** The shortfalls as one sentence, null where there is none. */
export function gapText(distance: Distance): Text | null {
  if (distance.shortfalls.length === 0) return null;
  return join(
    distance.shortfalls.map((s) => s.says),
    say('and'),
  );
}
