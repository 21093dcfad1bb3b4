import { extremes } from '../diagnosis/ask-next.ts';
import type { BatchTier } from '../diagnosis/batch.ts';
import { MET, UNMET } from '../diagnosis/batch-compare.ts';
import type { Slots } from '../diagnosis/batch-slots.ts';
import type { Rules } from '../diagnosis/context.ts';
import { derivationOf, primitives } from '../diagnosis/derive.ts';
import { partFact } from '../diagnosis/part-facts.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import type { Value } from '../diagnosis/values.ts';
import type { Db } from '../library/open.ts';
import type { BatchQuestion } from './impact-shape.ts';
import { rowJudge, tiersInForce } from './judge-rows.ts';

interface Asked {
  readonly slot: number;
  /** What a person is asked for: the field itself, or the part that may be missing. */
  readonly parts: readonly { readonly field: string; readonly slot: number }[];
  readonly good: Value;
  readonly bad: Value;
}

function askedOf(tier: BatchTier, slots: Slots, rules: Rules): Asked[] {
  const { facts } = rulesetOf(rules);
  return [...extremes(tier.tier, facts)].flatMap(([field, [good, bad]]): Asked[] => {
    const slot = slots.slot(field);
    if (slot < 0 || facts.get(field)?.origin === 'option') return [];
    const parts = derivationOf(field) ? primitives(field) : [field];
    return [{ slot, parts: parts.map((part) => ({ field: part, slot: slots.slot(part) })), good, bad }];
  });
}

/**
 * Which one fact decides the most enterprises: for every enterprise whose next rung is still open, each unknown fact
 * that only lacks itself (or one part) is set to its best and to its worst, and the rung is judged again.
 */
export function batchAskNext(
  db: Db,
  rules: Rules,
  today: string,
  step: (done: number) => boolean = () => true,
): BatchQuestion[] | undefined {
  const inForce = tiersInForce(rules, today);
  const judge = rowJudge(
    rules,
    inForce.flatMap((r) => r.tiers),
    today,
  );
  const { slots } = judge;
  const byRung = inForce.map(({ tiers }) =>
    judge.tiers
      .filter((t) => tiers.some((w) => w.standard === t.tier.standard.id && w.tier === t.tier.tier.id))
      .map((tier) => ({ tier, asked: askedOf(tier, slots, rules) })),
  );
  const found = new Map<string, { disproves: number; proves: number; open: number }>();
  let done = 0;
  for (const row of judge.rows(db)) {
    if (!step(++done)) return undefined;
    const routes = byRung[row.held] ?? [];
    if (row.failed || routes.length === 0) continue;
    // A rung with two routes is disproved only with both, proved with either.
    const codes = routes.map(({ tier }) => tier.run());
    if (codes.some((code) => code >= MET) || codes.every((code) => code === UNMET)) continue;
    const seen = new Map<string, [disproved: boolean, proved: boolean]>();
    routes.forEach(({ tier, asked }, r) => {
      if (codes[r] === UNMET) return;
      const alone = codes.every((code, other) => other === r || code === UNMET);
      for (const { slot, parts, good, bad } of asked) {
        if (slots.kind[slot] !== 0) continue;
        const missing = parts.filter((part) => part.slot < 0 || slots.kind[part.slot] === 0);
        const [only] = missing;
        if (!only || missing.length > 1) continue;
        const at = seen.get(only.field) ?? [false, false];
        slots.setValue(slot, bad);
        at[0] ||= alone && tier.run() === UNMET;
        slots.setValue(slot, good);
        at[1] ||= tier.run() >= MET;
        slots.kind[slot] = 0;
        seen.set(only.field, at);
      }
    });
    for (const [field, [disproved, proved]] of seen) {
      const counts = found.get(field) ?? { disproves: 0, proves: 0, open: 0 };
      counts.open++;
      if (disproved) counts.disproves++;
      if (proved) counts.proves++;
      found.set(field, counts);
    }
  }
  const { facts } = rulesetOf(rules);
  return [...found]
    .map(([field, counts]) => ({ field, label: (facts.get(field) ?? partFact(field)).label, ...counts }))
    .sort(
      (a, b) =>
        b.disproves + b.proves - (a.disproves + a.proves) || b.open - a.open || (a.field < b.field ? -1 : 1),
    );
}
