import type { FactDefinition } from '../standards/fact-schema.ts';
import type { Condition, Text } from '../standards/schema.ts';
import type { CompiledTier, TierVerdict } from './compile.ts';
import { derivationOf, primitives } from './derive.ts';
import { add, fraction, fromNumber, subtract } from './exact.ts';
import { partFact } from './part-facts.ts';
import type { Verdict } from './shapes.ts';
import { flag, number, type Value, type Values } from './values.ts';

/** The best and the worst value a rule of this tier can see in each field. Of a rank these are the first and none. */
export function extremes(
  tier: CompiledTier,
  facts: ReadonlyMap<string, FactDefinition>,
): Map<string, [Value, Value]> {
  const found = new Map<string, { low: number; high: number; flags: boolean; words: Set<string> }>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) walk(child);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    if ('field' in node && typeof node.field === 'string') {
      const condition = node as Extract<Condition, { field: string }>;
      const seen = found.get(condition.field) ?? {
        low: Infinity,
        high: -Infinity,
        flags: false,
        words: new Set<string>(),
      };
      for (const bound of [condition.gte, condition.gt, condition.lte, condition.lt, condition.eq]) {
        if (typeof bound === 'number') {
          seen.low = Math.min(seen.low, bound);
          seen.high = Math.max(seen.high, bound);
        } else if (typeof bound === 'boolean') seen.flags = true;
        else if (typeof bound === 'string') seen.words.add(bound);
      }
      found.set(condition.field, seen);
    }
    if ('judgement' in node && typeof node.judgement === 'string') {
      found.set(node.judgement, { low: 0, high: 0, flags: true, words: new Set() });
    }
    for (const child of Object.values(node)) walk(child);
  };
  walk(tier.tier);
  if (!tier.tier.ownBase) walk(tier.standard.base);
  const one = fraction(1);
  const result = new Map<string, [Value, Value]>();
  for (const [field, { low, high, flags, words }] of found) {
    if (facts.get(field)?.type === 'rank') result.set(field, [number(one), number(fraction(0))]);
    else if (flags) result.set(field, [flag(true), flag(false)]);
    else if (words.size > 0)
      result.set(field, [
        { kind: 'word', word: [...words][0] ?? '' },
        { kind: 'word', word: 'none' },
      ]);
    else if (Number.isFinite(low)) {
      result.set(field, [number(add(fromNumber(high), one)), number(subtract(fromNumber(low), one))]);
    } else result.set(field, [number(fraction(0)), number(fraction(1_000_000))]);
  }
  return result;
}

function openItems(result: TierVerdict): number {
  let open = 0;
  for (const verdicts of [result.gates, result.base, result.direct, result.exclusions]) {
    for (const verdict of Object.values(verdicts)) if (verdict === 'unknown' || verdict === 'manual') open++;
  }
  for (const { min, max } of Object.values(result.indicators)) if (min !== max) open++;
  return open;
}

export interface Question {
  readonly field: string;
  readonly label: Text;
  /** Items settled on average between a good and a bad answer. */
  readonly settles: number;
}

const isOpen = (verdict: Verdict) => verdict === 'unknown' || verdict === 'manual';

/**
 * Orders the unknown facts of a tier by what knowing them settles, tried on the tier's own logic: each fact is set to
 * its best and to its worst value and the items that are no longer open are counted. A fact whose good or bad answer
 * settles the whole tier comes before one that cannot. Computed fields are asked for by their missing part.
 */
export function askNext(
  tier: CompiledTier,
  values: Values,
  facts: ReadonlyMap<string, FactDefinition>,
  date: string,
): Question[] {
  const groups = new Map<string, { field: string; missing: number }[]>();
  for (const field of tier.fields) {
    if (values.has(field)) continue;
    const parts = derivationOf(field) ? primitives(field).filter((part) => !values.has(part)) : [field];
    const missing = new Set(parts);
    const key = parts[0] ?? field;
    if (facts.get(key)?.origin === 'option') continue;
    const group = groups.get(key) ?? [];
    group.push({ field, missing: Math.max(1, missing.size) });
    groups.set(key, group);
  }
  const before = tier.run(values, date);
  const range = extremes(tier, facts);
  const gain = (fields: readonly string[], side: 0 | 1) => {
    const tried = new Map(values);
    for (const field of fields) {
      const value = range.get(field)?.[side];
      if (value) tried.set(field, value);
    }
    const after = tier.run(tried, date);
    const decides = isOpen(before.verdict) && !isOpen(after.verdict);
    return { settles: openItems(before) - openItems(after), decides: decides ? 1 : 0 };
  };
  const questions: (Question & { decides: number })[] = [];
  for (const [key, fields] of groups) {
    let [settles, decides] = [0, 0];
    const most = Math.max(...fields.map((f) => f.missing));
    for (const side of [0, 1] as const) {
      const now = gain(
        fields.filter((f) => f.missing === 1).map((f) => f.field),
        side,
      );
      settles += now.settles / 2;
      decides += now.decides;
      if (most === 1) continue;
      // A field that still lacks other parts is settled only with them: this answer is one part of that.
      const later = gain(
        fields.map((f) => f.field),
        side,
      );
      settles += (later.settles - now.settles) / most / 2;
      decides += (later.decides - now.decides) / most;
    }
    questions.push({ field: key, label: (facts.get(key) ?? partFact(key)).label, settles, decides });
  }
  const useful = questions.filter((q) => q.settles > 0 || q.decides > 0);
  // Where no fact settles anything on its own, all of them are still to be asked.
  return (useful.length > 0 || !isOpen(before.verdict) ? useful : questions)
    .sort((a, b) => b.decides - a.decides || b.settles - a.settles || (a.field < b.field ? -1 : 1))
    .map(({ field, label, settles }) => ({ field, label, settles }));
}
