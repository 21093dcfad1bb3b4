import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import type { CompiledTier } from '../../electron/diagnosis/compile.ts';
import type { Condition } from '../../electron/standards/schema.ts';

const OPERATORS = {
  gte: 'greaterThanInclusive',
  gt: 'greaterThan',
  lte: 'lessThanInclusive',
  lt: 'lessThan',
} as const;

/** A condition of a pack in the words of json-rules-engine; scores have no counterpart there and hold. */
function translated(condition: Condition, tier: CompiledTier): NestedCondition {
  if ('all' in condition) return { all: condition.all.map((c) => translated(c, tier)) };
  if ('any' in condition) return { any: condition.any.map((c) => translated(c, tier)) };
  if ('field' in condition) {
    const tests: NestedCondition[] = [];
    if (condition.eq !== undefined)
      tests.push({ fact: condition.field, operator: 'equal', value: condition.eq });
    for (const [key, operator] of Object.entries(OPERATORS)) {
      const value = condition[key as keyof typeof OPERATORS];
      if (value !== undefined) tests.push({ fact: condition.field, operator, value });
    }
    return tests.length === 1 ? (tests[0] as NestedCondition) : { all: tests };
  }
  if ('manual' in condition && condition.judgement)
    return { fact: condition.judgement, operator: 'equal', value: true };
  if ('ref' in condition) return translated(tier.tier.refs[condition.ref] as Condition, tier);
  return { fact: 'always', operator: 'equal', value: true };
}

function topLevel(condition: Condition, tier: CompiledTier): TopLevelCondition {
  const inner = translated(condition, tier);
  return ('all' in inner || 'any' in inner ? inner : { all: [inner] }) as TopLevelCondition;
}

function itemsOf({ tier, standard }: CompiledTier) {
  return [...(tier.ownBase ? [] : standard.base), ...tier.gates, ...tier.direct];
}

/**
 * The gates, base items and direct conditions of tiers as an engine: one rule an item; with `points` also one rule for each
 * line of each scored indicator. What the platform or a sum decides has no counterpart there and holds.
 */
export function engineOf(tiers: readonly CompiledTier[], points: boolean): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const compiled of tiers) {
    const { tier } = compiled;
    for (const item of itemsOf(compiled))
      engine.addRule({
        conditions: topLevel(item.when, compiled),
        event: { type: `${tier.id}/${item.id}` },
      });
    if (!points) continue;
    for (const indicator of tier.groups.flatMap((g) => g.indicators)) {
      if (indicator.mode === 'steps' || indicator.mode === 'manual_points') continue;
      const variants = indicator.mode === 'best_of' ? indicator.variants : [indicator];
      variants.forEach((variant, v) => {
        variant.options.forEach((option, place) => {
          engine.addRule({
            conditions: topLevel(option.when, compiled),
            event: {
              type: 'points',
              params: { indicator: `${tier.id}/${indicator.id}/${v}`, place, points: option.points },
            },
          });
        });
      });
    }
  }
  return engine;
}

/** Runs the engine on one firm as its users do: awaits it, and adds up the points of the first line that holds. */
export async function runEngine(
  engine: Engine,
  facts: Record<string, unknown>,
): Promise<{ met: Set<string>; points: number }> {
  const { events } = await engine.run(facts);
  const met = new Set<string>();
  const first = new Map<string, { place: number; points: number }>();
  for (const { type, params } of events) {
    if (type !== 'points' || !params) {
      met.add(type);
      continue;
    }
    const known = first.get(params.indicator);
    if (!known || known.place > params.place)
      first.set(params.indicator, { place: params.place, points: params.points });
  }
  let points = 0;
  for (const line of first.values()) points += line.points;
  return { met, points };
}

function comparable(condition: Condition, tier: CompiledTier): boolean {
  if ('all' in condition) return condition.all.every((c) => comparable(c, tier));
  if ('any' in condition) return condition.any.every((c) => comparable(c, tier));
  if ('ref' in condition) return comparable(tier.tier.refs[condition.ref] as Condition, tier);
  return 'field' in condition || ('manual' in condition && condition.judgement !== undefined);
}

/** Items that mean the same in both engines: made of facts alone. */
export function comparableItems(tier: CompiledTier): Set<string> {
  return new Set(
    itemsOf(tier).flatMap((item) => (comparable(item.when, tier) ? [`${tier.tier.id}/${item.id}`] : [])),
  );
}
