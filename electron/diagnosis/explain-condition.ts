import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Condition, Text } from '../standards/schema.ts';
import type { CompiledTier, TierVerdict } from './compile.ts';
import { passes } from './compile.ts';
import { derivationOf, floorParts } from './derive.ts';
import { compare, type Exact, fromNumber, sign, subtract } from './exact.ts';
import { quantityText, valueText } from './number-text.ts';
import { partFact, shortLabel } from './part-facts.ts';
import { asNumber, type Value, type Values } from './values.ts';
import { join, plain, say } from './words.ts';

/** What is needed to put a condition into words. */
export interface Explaining {
  readonly tier: CompiledTier;
  readonly values: Values;
  readonly computed: ReadonlySet<string>;
  readonly years: ReadonlyMap<string, number | null>;
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly result: TierVerdict;
  /** Title of another standard's tier. */
  readonly externalTitle: (standard: string, tier: string) => Text;
}

type Comparison = Extract<Condition, { field: string }>;

/** The definition of a field; parts that the catalogue does not ask for have a short one here. */
export function factOf(explaining: Explaining, field: string): FactDefinition {
  return explaining.facts.get(field) ?? partFact(field);
}

/** "研发费用（2025年）": the label with its fiscal year where it has one. */
export function labelOf(explaining: Explaining, field: string): Text {
  const short = shortLabel(field);
  const year = explaining.years.get(field);
  return short && year ? say('labelYear', { label: short, year }) : factOf(explaining, field).label;
}

/** The bounds of a comparison, strictest reading first. */
export function boundsOf(condition: Comparison): { kind: 'gte' | 'gt' | 'lte' | 'lt'; bound: Exact }[] {
  const kinds = ['gte', 'gt', 'lte', 'lt'] as const;
  return kinds.flatMap((kind) => {
    const bound = condition[kind];
    return bound === undefined ? [] : [{ kind, bound: fromNumber(bound) }];
  });
}

const RELATION = { gte: 'atLeast', gt: 'moreThan', lte: 'atMost', lt: 'lessThan' } as const;

/** "≥ 3%", "1–3" (a range): what the comparison asks, in the unit of the fact. */
export function relationText(condition: Comparison, fact: FactDefinition): Text {
  if (typeof condition.eq === 'boolean') return say(condition.eq ? 'yes' : 'no');
  if (typeof condition.eq === 'string') {
    return say('equals', {
      value: fact.options?.find((o) => o.value === condition.eq)?.label ?? condition.eq,
    });
  }
  if (typeof condition.eq === 'number')
    return say('equals', { value: quantityText(fromNumber(condition.eq), fact) });
  const bounds = boundsOf(condition);
  const [low, high] = bounds;
  if (low && high) {
    if (fact.type === 'rank') return say('atMost', { value: quantityText(high.bound, fact) });
    return say('within', { low: quantityText(low.bound, fact), high: quantityText(high.bound, fact) });
  }
  return low ? say(RELATION[low.kind], { value: quantityText(low.bound, fact) }) : plain('');
}

function partText(explaining: Explaining, field: string): Text {
  const value = explaining.values.get(field);
  return value ? valueText(value, factOf(explaining, field)) : say('unknown');
}

/** Whether a part that the field is never below already reaches the line. */
function tierProves(condition: Comparison, part: string, explaining: Explaining): boolean {
  const known = explaining.values.has(part);
  return known && passes(explaining.tier.judge({ ...condition, field: part }, explaining.values));
}

/** Of a comparison's bounds the one nearest to the value: on its sides the shown digits must tell. */
function nearestBound(condition: Comparison, value: Value): Exact | undefined {
  const now = asNumber(value);
  if (!now) return undefined;
  const away = (bound: Exact) => {
    const difference = subtract(bound, now);
    return sign(difference) < 0 ? subtract(now, bound) : difference;
  };
  const bounds = boundsOf(condition).map(({ bound }) => bound);
  return bounds.sort((a, b) => compare(away(a), away(b)))[0];
}

/** A comparison in words; a full-width bracket needs no space before it. */
function compareText(condition: Comparison, explaining: Explaining): Text {
  const { zh, en } = comparisonWords(condition, explaining);
  return { zh: zh.replaceAll(' \uff08', '\uff08'), en };
}

function comparisonWords(condition: Comparison, explaining: Explaining): Text {
  const { field } = condition;
  const fact = factOf(explaining, field);
  const label = labelOf(explaining, field);
  const line = relationText(condition, fact);
  const value = explaining.values.get(field);
  // "43 ≥ 50" would state what is not so; a line that is missed is told as a requirement.
  const holds = passes(explaining.tier.judge(condition, explaining.values));
  const relation =
    value && !holds && typeof condition.eq !== 'boolean' ? say('required', { relation: line }) : line;
  if (typeof condition.eq === 'boolean') {
    if (!value) return say('flagWanted', { label, value: say('unknown'), wanted: relation });
    const fits = value.kind === 'flag' && value.flag === condition.eq;
    const shown = valueText(value, fact);
    return fits
      ? say('flagIs', { label, value: shown })
      : say('flagWanted', { label, value: shown, wanted: relation });
  }
  if (!value) {
    const proof = floorParts(field).find((part) => tierProves(condition, part, explaining));
    return proof
      ? compareText({ ...condition, field: proof }, explaining)
      : say('compareUnknown', { label, relation });
  }
  const shown = valueText(value, fact, nearestBound(condition, value));
  const derivation = explaining.computed.has(field) ? derivationOf(field) : undefined;
  if (!derivation) return say('compare', { label, value: shown, relation });
  const [first = '', second = ''] = derivation.parts;
  if (field === 'revenue_cagr2' || field.startsWith('main_rev_growth')) {
    if (field === 'main_rev_growth_avg2') {
      const parts = join(
        derivation.parts.map((p) => partText(explaining, p)),
        plain(', '),
      );
      return say('compareSum', { label, parts, value: shown, relation });
    }
    const [to, from] = [partText(explaining, first), partText(explaining, second)];
    return say('compareGrowth', { label, value: shown, from, to, relation });
  }
  if (fact.type === 'ratio') {
    return say('compareParts', {
      first: labelOf(explaining, first),
      a: partText(explaining, first),
      second: labelOf(explaining, second),
      b: partText(explaining, second),
      value: shown,
      relation,
    });
  }
  const plus = derivation.parts.map((p) => partText(explaining, p));
  return say('compareSum', { label, parts: join(plus, plain(' + ')), value: shown, relation });
}

function scoreText(condition: Extract<Condition, { score: string }>, explaining: Explaining): Text {
  const interval = explaining.result.scores[condition.score];
  const bound = condition.gte ?? condition.gt ?? 0;
  const relation = say(condition.gte === undefined ? 'moreThan' : 'atLeast', { value: String(bound) });
  const group = explaining.tier.tier.groups.find((g) => g.id === condition.score);
  const indicator = explaining.tier.tier.groups
    .flatMap((g) => g.indicators)
    .find((i) => i.id === condition.score);
  const title = group?.title ?? indicator?.title ?? plain('');
  const prefix = (text: Text): Text => ({
    zh: [title.zh, text.zh].filter(Boolean).join(' '),
    en: [title.en, text.en].filter(Boolean).join(' '),
  });
  if (!interval) return prefix(say('unknown'));
  return prefix(
    interval.min === interval.max
      ? say('score', { value: interval.min, relation })
      : say('scoreOpen', { min: interval.min, max: interval.max, relation }),
  );
}

function bracketed(text: Text, condition: Condition): Text {
  return 'all' in condition || 'any' in condition ? say('bracket', { inner: text }) : text;
}

/** A branch that is out because of the kind of application (a review's relief in a new application). */
function isSwitchedOff(condition: Condition, explaining: Explaining): boolean {
  const { tier, values, facts } = explaining;
  const parts = 'all' in condition ? condition.all : [condition];
  return parts.some(
    (c) => 'field' in c && facts.get(c.field)?.origin === 'option' && tier.judge(c, values) === 'unmet',
  );
}

/** A condition with the numbers used, in both languages. Of a met OR, only what carries it is told. */
export function conditionText(condition: Condition, explaining: Explaining): Text {
  const { tier, values, result } = explaining;
  if ('field' in condition) {
    const text = compareText(condition, explaining);
    return condition.waiver && passes(tier.judge(condition, values)) ? say('waived', { inner: text }) : text;
  }
  if ('all' in condition) {
    const single = condition.all.length === 1;
    return join(
      condition.all.map((c) =>
        single ? conditionText(c, explaining) : bracketed(conditionText(c, explaining), c),
      ),
      say('and'),
    );
  }
  if ('any' in condition) {
    const met = condition.any.filter((c) => passes(tier.judge(c, values)));
    const told =
      met.length > 0 ? met.slice(0, 1) : condition.any.filter((c) => !isSwitchedOff(c, explaining));
    return join(
      told.map((c) =>
        told.length === 1 ? conditionText(c, explaining) : bracketed(conditionText(c, explaining), c),
      ),
      say('or'),
    );
  }
  if ('manual' in condition) {
    const value = condition.judgement ? values.get(condition.judgement) : undefined;
    return value?.kind === 'flag' ? say(value.flag ? 'manualYes' : 'manualNo') : say('manual');
  }
  if ('ref' in condition) {
    const target = tier.tier.refs[condition.ref];
    return target ? conditionText(target, explaining) : plain('');
  }
  if ('score' in condition) return scoreText(condition, explaining);
  if ('direct' in condition) {
    const met = tier.tier.direct.filter((d) => passes(result.direct[d.id] ?? 'unknown'));
    return met.length > 0
      ? say('directMet', {
          titles: join(
            met.map((d) => d.title),
            say('and'),
          ),
        })
      : say('direct');
  }
  if ('gate' in condition) return say('gatesAll');
  if ('external' in condition) {
    const { standard, tier: tierId } = condition.external;
    return say('external', { title: explaining.externalTitle(standard, tierId) });
  }
  return say('otherwise');
}

/** The exact value of a numeric field, if known. */
export function numberOf(values: Values, field: string): Exact | undefined {
  const value = values.get(field);
  return value && asNumber(value);
}
