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

/** The gates and base items of tiers as an engine: one rule an item. Scores are not part of it. */
export function engineOf(tiers: readonly CompiledTier[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const compiled of tiers) {
    const items = [
      ...(compiled.tier.ownBase ? [] : compiled.standard.base),
      ...compiled.tier.gates,
      ...compiled.tier.direct,
    ];
    for (const item of items) {
      const inner = translated(item.when, compiled);
      const conditions = ('all' in inner || 'any' in inner ? inner : { all: [inner] }) as TopLevelCondition;
      engine.addRule({ conditions, event: { type: `${compiled.tier.id}/${item.id}` } });
    }
  }
  return engine;
}
