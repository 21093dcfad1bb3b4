import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Text } from '../standards/schema.ts';
import { type CompiledTier, compileTier } from './compile.ts';
import type { Rules } from './context.ts';
import { documentNumber } from './document-number.ts';
import { plain } from './words.ts';

/** The rules made ready to run: every tier compiled once. */
export interface Ruleset {
  readonly rules: Rules;
  readonly facts: ReadonlyMap<string, FactDefinition>;
  find(standard: string, tier: string): CompiledTier | undefined;
  hashOf(standard: string): string;
  titleOf(standard: string, tier: string): Text;
  /** The number of a standard's document in both languages. */
  numberOf(standard: string): Text;
}

const cache = new WeakMap<Rules, Ruleset>();

/** Compiles all packs of the rules, once per rules object. */
export function rulesetOf(rules: Rules): Ruleset {
  const known = cache.get(rules);
  if (known) return known;
  const tiers = new Map<string, CompiledTier>();
  const find = (standard: string, tierId: string): CompiledTier | undefined => {
    const key = `${standard}/${tierId}`;
    const compiled = tiers.get(key);
    if (compiled) return compiled;
    const pack = rules.standards.get(standard)?.standard;
    const tier = pack?.tiers.find((t) => t.id === tierId);
    if (!pack || !tier) return undefined;
    const fresh = compileTier(pack, tier, find);
    tiers.set(key, fresh);
    return fresh;
  };
  const ruleset: Ruleset = {
    rules,
    facts: new Map(rules.facts.facts.map((fact) => [fact.id, fact])),
    find,
    hashOf: (standard) => rules.standards.get(standard)?.hash ?? '',
    numberOf: (id) => {
      const standard = rules.standards.get(id)?.standard;
      const groups = standard?.tiers.flatMap((tier) => [
        ...tier.gates,
        ...tier.groups.flatMap((g) => g.indicators),
      ]);
      return standard
        ? documentNumber(standard.document.number, [...standard.base, ...(groups ?? [])])
        : plain(id);
    },
    titleOf: (standard, tier) => find(standard, tier)?.tier.title ?? plain(tier),
  };
  cache.set(rules, ruleset);
  return ruleset;
}
