import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TierVerdict } from '../../electron/diagnosis/compile.ts';
import { fromNumber } from '../../electron/diagnosis/exact.ts';
import { judgeTier, reachOf } from '../../electron/diagnosis/judge-tier.ts';
import type { Verdict } from '../../electron/diagnosis/shapes.ts';
import { flag, number, type Value } from '../../electron/diagnosis/values.ts';
import { explaining } from './explaining.ts';
import { compiled, model, ruleset } from './firm.ts';
import { comparisonsIn, everyTier, rulesets } from './naive-rubric.ts';

/**
 * Rules about what happens when facts change. Facts are values of the tier's own fields (nothing computed), so that
 * one change is one change.
 */
const lines = comparisonsIn(rulesets);

function asValue(raw: number | boolean | string): Value {
  if (typeof raw === 'boolean') return flag(raw);
  return typeof raw === 'string' ? { kind: 'word', word: raw } : number(fromNumber(raw));
}

/** Values of a fact from worst to best by the catalogue's `better`. */
function ladder(field: string): (number | boolean | string)[] {
  const fact = ruleset.facts.get(field);
  if (fact?.type === 'bool') return fact.better === -1 ? [true, false] : [false, true];
  if (fact?.type === 'enum') return (fact.options ?? []).map((o) => o.value).reverse();
  const bounds = lines.filter((l) => l.field === field).map((l) => l.bound);
  const rising = [...new Set(bounds.flatMap((b) => [b, b - 0.001, b + 0.001]))].sort((a, b) => a - b);
  if (rising.length === 0) return [0, 4, 7.5, 15];
  // Of a rank, none (0) is worst and the first is best.
  if (fact?.type === 'rank') return [0, ...rising.filter((r) => r >= 1).reverse()];
  return fact?.better === -1 ? rising.reverse() : rising;
}

const ladders = new Map<string, (number | boolean | string)[]>();
function steps(field: string) {
  const known = ladders.get(field) ?? ladder(field);
  ladders.set(field, known);
  return known;
}

/** A draw of facts for a tier: the model firm's with some changed and some unknown. */
function facts(fields: readonly string[], dice: readonly number[]): Map<string, Value> {
  const values = new Map<string, Value>();
  fields.forEach((field, i) => {
    const roll = dice[i % dice.length]! + i * 7919;
    const list = steps(field);
    const own = model[field];
    if (roll % 5 === 0) return;
    const raw = roll % 5 < 3 && own !== undefined && own !== null ? own : list[(roll >> 4) % list.length];
    if (raw !== undefined) values.set(field, asValue(raw));
  });
  return values;
}
const dice = fc.array(fc.nat(1_000_000), { minLength: 23, maxLength: 23 });

const RANK: Record<Verdict, number> = { unmet: 0, unknown: 1, manual: 1, met: 2, not_applicable: 2 };
const verdictsOf = (r: TierVerdict) => ({
  ...r.gates,
  ...r.direct,
  ...r.base,
  ...r.exclusions,
  tier: r.verdict,
});
const DATE = '2026-06-01';

describe.each(everyTier)('$standard $tier', ({ standard, tier }) => {
  const rule = compiled(standard, tier);
  const fields = [...rule.fields];
  const field = fc.constantFrom(...fields);

  test('improving one fact never lowers a verdict or a score', () => {
    // Facts that are neither better nor worse: size limits, the kind of application, other titles.
    const levers = fields.filter((f) => ruleset.facts.get(f)?.better !== 0);
    fc.assert(
      fc.property(dice, fc.constantFrom(...levers), fc.nat(100), fc.nat(100), (rolls, lever, a, b) => {
        // Above 50 million yuan of revenue Annex 3 asks for other things: there, growing can cost a title.
        if (tier === 'little_giant' && standard === 'cn-miit-2022-63' && lever === 'revenue_y1_wan') return;
        // A size limit: sales up to 200 million yuan.
        if (lever === 'sales_y1_wan') return;
        const list = steps(lever);
        const [low, high] = [a % list.length, b % list.length].sort((x, y) => x - y) as [number, number];
        const worse = rule.run(facts(fields, rolls).set(lever, asValue(list[low]!)), DATE);
        const better = rule.run(facts(fields, rolls).set(lever, asValue(list[high]!)), DATE);
        const after = verdictsOf(better) as Record<string, Verdict>;
        for (const [id, verdict] of Object.entries(verdictsOf(worse)))
          expect(RANK[after[id]!], `${id} by ${lever}`).toBeGreaterThanOrEqual(RANK[verdict]);
        for (const [id, { min, max }] of Object.entries(worse.scores)) {
          expect(better.scores[id]!.min).toBeGreaterThanOrEqual(min);
          expect(better.scores[id]!.max).toBeGreaterThanOrEqual(max);
        }
      }),
      { numRuns: 250 },
    );
  });

  test('knowing more never flips a proved verdict, and score intervals only shrink', () => {
    fc.assert(
      fc.property(dice, field, fc.nat(100), (rolls, learned, a) => {
        const values = facts(fields, rolls);
        values.delete(learned);
        const list = steps(learned);
        const raw = list.length > 0 ? list[a % list.length]! : a % 16;
        const before = rule.run(values, DATE);
        const after = rule.run(new Map(values).set(learned, asValue(raw)), DATE);
        const now = verdictsOf(after) as Record<string, Verdict>;
        for (const [id, verdict] of Object.entries(verdictsOf(before)))
          if (RANK[verdict] !== 1) expect(RANK[now[id]!], `${id} by ${learned}`).toBe(RANK[verdict]);
        for (const [id, { min, max }] of Object.entries(before.scores)) {
          expect(after.scores[id]!.min).toBeGreaterThanOrEqual(min);
          expect(after.scores[id]!.max).toBeLessThanOrEqual(max);
        }
      }),
      { numRuns: 250 },
    );
  });

  test('what is sure is possible: with all unknowns at their best, no sure tier fails and no impossible one passes', () => {
    fc.assert(
      fc.property(dice, fc.nat(1_000_000), (rolls, fill) => {
        const values = facts(fields, rolls);
        const reach = reachOf(rule.run(values, DATE).verdict);
        const full = new Map(values);
        fields.forEach((f, i) => {
          const list = steps(f);
          const raw = list.length > 0 ? list[(fill + i * 31) % list.length]! : 10;
          if (!full.has(f)) full.set(f, asValue(raw));
        });
        const settled = reachOf(rule.run(full, DATE).verdict);
        if (reach !== 'possible') expect(settled).toBe(reach);
        expect(['sure', 'impossible', 'possible']).toContain(settled);
      }),
      { numRuns: 200 },
    );
  });

  test('every explained item says what the engine decided, in two clean languages', () => {
    fc.assert(
      fc.property(dice, (rolls) => {
        const e = explaining(rule, facts(fields, rolls), DATE);
        const route = judgeTier(e, '');
        const decided = verdictsOf(e.result) as Record<string, Verdict>;
        for (const item of route.items) {
          if (item.kind !== 'indicator') expect(item.verdict, item.id).toBe(decided[item.id]);
          else expect(item.points).toMatchObject(e.result.indicators[item.id]!);
          expect(item.gap === null || item.verdict === 'unmet').toBe(true);
          for (const text of [item.formula, item.gap, ...item.shortfalls.flatMap((s) => [s.says, s.label])]) {
            if (!text) continue;
            expect(text.zh.trim()).not.toBe('');
            expect(text.en.trim()).not.toBe('');
            expect(text.en, item.id).not.toMatch(/[㐀-鿿＀-￯　-〿]/u);
            expect(`${text.zh} ${text.en}`, item.id).not.toMatch(/[a-z0-9]+_[a-z0-9_]+|undefined|NaN|\{\{/);
          }
        }
        expect(route.verdict).toBe(e.result.verdict);
        expect(route.reach).toBe(reachOf(e.result.verdict));
      }),
      { numRuns: 60 },
    );
  });
});
