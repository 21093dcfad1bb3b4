import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, model, ruleset } from './firm.ts';
import {
  comparisonsIn,
  everyTier,
  type FlatRecord,
  judgeNaively,
  rulesets,
  rulesOfTier,
} from './naive-rubric.ts';

/** Numbers at, just beside and far from every line any rule draws for a field. */
function nearLines(field: string): number[] {
  const type = ruleset.facts.get(field)?.type ?? 'money';
  const unit = { money: 0.0001, ratio: 1e-6, growth: 1e-6, years: 1 / 16, score: 0.01 }[type as 'money'] ?? 1;
  const lines = comparisonsIn(rulesets).filter((c) => c.field === field);
  const values = lines.flatMap(({ bound }) => [bound, bound - unit, bound + unit, bound * 2, bound / 2]);
  return [...new Set([0, ...values].map((v) => Number(v.toFixed(6))))];
}

/** What a random record may hold of a field: values near every line, a few far ones, and nothing at all. */
function choices(field: string): (number | boolean | string | null)[] {
  const fact = ruleset.facts.get(field);
  if (fact?.type === 'bool') return [true, false, null];
  if (fact?.type === 'enum') return [...(fact.options ?? []).map((o) => o.value), null];
  return [...nearLines(field), 0.0375, 7, 1234.5678, 40_000, null];
}

/** Yearly amounts the ratios, sums and growth rates are computed from. */
const parts = {
  liabilities_y1_wan: 'assets_y1_wan',
  net_profit_y1_wan: 'revenue_y1_wan',
  main_rev_y1_wan: 'revenue_y1_wan',
  main_rev_y2_wan: 'main_rev_y1_wan',
  main_rev_y3_wan: 'main_rev_y1_wan',
  revenue_y2_wan: 'revenue_y1_wan',
  revenue_y3_wan: 'revenue_y1_wan',
  total_cost_y1_wan: 'revenue_y1_wan',
} as const;
const shares = [0.01, 0.03, 0.0299999, 0.06, 0.3, 0.5, 0.7, 0.6999999, 0.8, 0.9, 0.95, 1, 1 / 1.05];

/** Fields a tier reads, those of the tiers it counts on included. */
function fieldsOf(standard: string, tier: string): string[] {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null) {
      const { field, external_ruleset: other, tier: otherTier } = node as Record<string, unknown>;
      if (typeof field === 'string') found.add(field);
      if (typeof other === 'string') for (const f of fieldsOf(other, String(otherTier))) found.add(f);
      for (const child of Object.values(node)) walk(child);
    }
  };
  walk(rulesOfTier(standard, tier));
  if (tier === 'srdi') found.add('years_in_niche');
  return [...found];
}

/** A small generator of numbers in 0–1: many fields a record are too many for one arbitrary each. */
function numbersFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The model firm with some facts changed: few changes reach the far end of a tier, many the rest. */
function recordOf(fields: readonly string[], seed: number, unchanged: number): FlatRecord {
  const next = numbersFrom(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const record: FlatRecord = {};
  for (const field of fields) {
    const value = next() < unchanged ? model[field] : pick(possible(field));
    if (value !== null && value !== undefined) record[field] = value;
  }
  for (let i = Math.floor(next() * 4); i > 0; i--) {
    const [part, whole] = pick(Object.entries(parts));
    const amount = record[whole];
    if (typeof amount === 'number') record[part] = Number((amount * pick(shares)).toFixed(4));
  }
  return record;
}

const choiceCache = new Map<string, ReturnType<typeof choices>>();
function possible(field: string): ReturnType<typeof choices> {
  const list = choiceCache.get(field) ?? choices(field);
  choiceCache.set(field, list);
  return list;
}

/** Both readings of one record; `same` where they agree. */
function readings(record: FlatRecord, standard: string, tier: string) {
  const { gates, direct, indicators, score, ...rest } = check(record, standard, tier);
  const ours = { tier: rest.tier, gates, direct, indicators, score };
  const theirs = judgeNaively(record, standard, tier);
  return { ours, theirs, same: isDeepStrictEqual(ours, theirs) };
}

/** The record without every fact the disagreement does not need. */
function smallest(record: FlatRecord, standard: string, tier: string): FlatRecord {
  let small = record;
  for (const field of Object.keys(record)) {
    const { [field]: _, ...without } = small;
    if (!readings(without, standard, tier).same) small = without;
  }
  return small;
}

describe('the packs and the engine say what a plain second reading of the research file says', () => {
  test.each(everyTier)('$standard $tier', ({ standard, tier }) => {
    const fields = fieldsOf(standard, tier);
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0, 0.6, 0.9, 0.97), (seed, unchanged) => {
        const record = recordOf(fields, seed, unchanged);
        const { ours, same } = readings(record, standard, tier);
        if (!same) {
          const small = smallest(record, standard, tier);
          const found = readings(small, standard, tier);
          expect(found.ours, JSON.stringify(small)).toEqual(found.theirs);
        }
        seen.set(ours.tier, (seen.get(ours.tier) ?? 0) + 1);
      }),
      { numRuns: 2500, endOnFailure: true },
    );
    // The records reach both ends, or the comparison would prove little. Where the standard wants a person's
    // judgement, that is as far as facts alone go.
    const judged = /"manual"/.test(JSON.stringify(rulesOfTier(standard, tier)));
    expect(seen.get(judged ? 'manual' : 'met') ?? 0).toBeGreaterThan(25);
    expect(seen.get('unmet') ?? 0).toBeGreaterThan(25);
    expect(seen.get('unknown') ?? 0).toBeGreaterThan(25);
  });
});
