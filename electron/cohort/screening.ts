import { extremes } from '../diagnosis/ask-next.ts';
import type { BatchTier } from '../diagnosis/batch.ts';
import { comparison, type Judge, MET, OPEN, UNMET } from '../diagnosis/batch-compare.ts';
import type { Slots } from '../diagnosis/batch-slots.ts';
import type { Rules } from '../diagnosis/context.ts';
import { derivationOf, primitives } from '../diagnosis/derive.ts';
import { distanceOf } from '../diagnosis/distance.ts';
import type { Explaining } from '../diagnosis/explain-condition.ts';
import { fieldsOf } from '../diagnosis/judge-tier.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import type { Value } from '../diagnosis/values.ts';
import { resolveStandard } from '../standards/resolver.ts';
import type { Item } from '../standards/schema.ts';
import type { Criterion, Screened, ScreeningQuestion } from './cohort-shapes.ts';
import { rowJudge, type WantedTier } from './judge-rows.ts';
import { METRICS } from './metrics.ts';

/** The tiers a screening judges by: the one asked for, or those in force on its day. */
export function screeningTiers(rules: Rules, question: ScreeningQuestion): WantedTier[] {
  if (question.by) return [question.by];
  const rung = question.rung as 1 | 2 | 3;
  return [...(resolveStandard(rules.selection, { rung, kind: 'new', date: question.date })?.use ?? [])];
}

/** A field that a rule reads, what a person would be asked for it, and the best and worst answer. */
interface Asked {
  readonly slot: number;
  readonly parts: readonly { readonly field: string; readonly slot: number }[];
  readonly good: Value;
  readonly bad: Value;
}

interface Prepared {
  readonly batch: BatchTier;
  readonly asked: readonly Asked[];
  /** Items by their place in the batch's codes, with the slots of what they read. */
  readonly items: readonly (Item & { readonly fields: readonly string[] })[];
  readonly explaining: Omit<Explaining, 'values' | 'result'>;
}

const NO_YEARS = new Map<string, number | null>();

function prepare(batch: BatchTier, slots: Slots, rules: Rules): Prepared {
  const ruleset = rulesetOf(rules);
  const { tier, standard } = batch.tier;
  const all = [...standard.base, ...tier.gates, ...tier.direct, ...tier.rounds.flatMap((r) => r.exclusions)];
  const asked = [...extremes(batch.tier, ruleset.facts)].flatMap(([field, [good, bad]]): Asked[] => {
    const slot = slots.slot(field);
    if (slot < 0 || ruleset.facts.get(field)?.origin === 'option') return [];
    const parts = derivationOf(field) ? primitives(field) : [field];
    return [{ slot, parts: parts.map((part) => ({ field: part, slot: slots.slot(part) })), good, bad }];
  });
  const items = batch.items.map(({ id }) => {
    const item = all.find((i) => i.id === id) as Item;
    return { ...item, fields: fieldsOf(item.when, tier.refs) };
  });
  return {
    batch,
    asked,
    items,
    explaining: {
      tier: batch.tier,
      computed: new Set<string>(),
      years: NO_YEARS,
      facts: ruleset.facts,
      externalTitle: ruleset.titleOf,
    },
  };
}

/** A rule over points that stands for no single item. */
export const SCORE = 'score';

/** What the last run of a tier left unmet and open; direct conditions are only ways to fulfil a gate. */
function boards({ batch, items, explaining }: Prepared, slots: Slots, verdict: number) {
  const unmet: Screened['unmet'] = [];
  const open: string[] = [];
  let known: Explaining | undefined;
  const closenessOf = (when: Item['when']) => {
    known ??= { ...explaining, values: valuesOf(batch, slots), result: batch.verdict() };
    return distanceOf(when, known).closeness;
  };
  batch.items.forEach(({ id, kind }, i) => {
    if (kind === 'direct') return;
    const code = batch.codes[i];
    if (code === UNMET) unmet.push({ item: id, closeness: closenessOf((items[i] as Item).when) });
    else if (code !== undefined && code < MET) open.push(id);
  });
  // Where the pass rule asks for points and no item says so.
  if (verdict === UNMET && unmet.length === 0)
    unmet.push({ item: SCORE, closeness: closenessOf(batch.tier.tier.pass) });
  else if (verdict > UNMET && verdict < MET && open.length === 0) open.push(SCORE);
  return { unmet, open };
}

function valuesOf(batch: BatchTier, slots: Slots): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const field of batch.tier.fields) {
    const value = slots.value(slots.slot(field));
    if (value) values.set(field, value);
  }
  return values;
}

/** Of the unknown facts the one that decides most: by either answer, by one, or the first that an open item lacks. */
function questionOf({ batch, asked, items }: Prepared, slots: Slots): Screened['ask'] {
  let best: { field: string; decides: number } | undefined;
  for (const { slot, parts, good, bad } of asked) {
    if (slots.kind[slot] !== 0) continue;
    const missing = parts.filter((part) => part.slot < 0 || slots.kind[part.slot] === 0);
    const [only] = missing;
    if (!only || missing.length > 1) continue;
    slots.setValue(slot, bad);
    let decides = batch.run() === UNMET ? 1 : 0;
    slots.setValue(slot, good);
    if (batch.run() >= MET) decides++;
    slots.kind[slot] = 0;
    if (decides > (best?.decides ?? 0)) best = { field: only.field, decides };
    if (decides === 2) break;
  }
  batch.run();
  if (best) return { field: best.field, decides: true };
  for (const [i, { kind }] of batch.items.entries()) {
    if (kind === 'direct' || batch.codes[i] !== OPEN) continue;
    for (const field of items[i]?.fields ?? []) {
      if (slots.kind[slots.slot(field)] !== 0) continue;
      const parts = derivationOf(field) ? primitives(field) : [field];
      const missing = parts.find((part) => slots.slot(part) < 0 || slots.kind[slots.slot(part)] === 0);
      return { field: missing ?? field, decides: false };
    }
  }
  return null;
}

function criterionJudges(criteria: readonly Criterion[], slots: Slots): Judge[] {
  return criteria.map(({ metric, is, value }) => {
    const field = METRICS.find((m) => m.id === metric)?.field ?? '';
    return comparison({ field, ...(is === 'atLeast' ? { gte: value } : { lte: value }) }, slots);
  });
}

const REACH = ['impossible', 'possible', 'possible', 'sure', 'sure'] as const;
const RANK = { sure: 0, possible: 1, impossible: 2 } as const;

/** Judges the enterprise in the slots for a screening; routes are added by whoever has them. */
export type Screener = (row: {
  readonly id: string;
  readonly name: string;
  readonly held: number;
  readonly district: string | null;
  readonly division: string | null;
}) => Screened;

/** A judge for a screening's question, and a screener of whatever enterprise its walk has put into the slots. */
export function screenerFor(rules: Rules, question: ScreeningQuestion, today: string) {
  const criteria = question.criteria ?? [];
  const fields = criteria.flatMap(({ metric }) => METRICS.find((m) => m.id === metric)?.field ?? []);
  const judge = rowJudge(rules, screeningTiers(rules, question), today, {
    applicationDate: question.date,
    fields,
  });
  const { slots } = judge;
  const tiers = judge.tiers.map((batch) => prepare(batch, slots, rules));
  const lines = criterionJudges(criteria, slots);
  const screen: Screener = ({ id, name, held, district, division }) => {
    const tried = tiers.map((tier) => {
      const code = tier.batch.run();
      const unmet = tier.batch.items.filter(
        (item, i) => item.kind !== 'direct' && tier.batch.codes[i] === UNMET,
      );
      return { tier, reach: REACH[code] ?? 'possible', unmet: unmet.length };
    });
    // The way that stands best: proved first, then with the fewest unmet items; of equals, the one listed first.
    const best = tried.reduce((a, b) =>
      RANK[b.reach] * 1000 + b.unmet < RANK[a.reach] * 1000 + a.unmet ? b : a,
    );
    const { unmet, open } = boards(best.tier, slots, best.tier.batch.run());
    const judged = lines.map((line) => line());
    const at = (code: number) => judged.flatMap((c, i) => (c === code ? [i] : []));
    const [criteriaUnmet, criteriaOpen] = [at(UNMET), at(OPEN)];
    const reach =
      best.reach === 'impossible' || criteriaUnmet.length > 0
        ? 'impossible'
        : best.reach === 'possible' || criteriaOpen.length > 0
          ? 'possible'
          : 'sure';
    const [firstOpen] = criteriaOpen;
    const lacking = firstOpen === undefined ? undefined : fields[firstOpen];
    const { standard, tier } = best.tier.batch.tier;
    return {
      id,
      name,
      district,
      division,
      held,
      reach,
      standard: standard.id,
      tier: tier.id,
      unmet,
      open,
      criteriaUnmet,
      criteriaOpen,
      distance:
        Math.round(
          unmet.reduce((sum, { closeness }) => sum + 1 - (closeness ?? 0), criteriaUnmet.length) * 1000,
        ) / 1000,
      ask:
        reach !== 'possible'
          ? null
          : best.reach === 'possible'
            ? questionOf(best.tier, slots)
            : lacking
              ? { field: lacking, decides: true }
              : null,
    };
  };
  return { judge, screen };
}

const effortOf = (row: Screened) => row.route?.cheapest.effort ?? Number.POSITIVE_INFINITY;

/** The order of a screening: sure, possible, impossible; then the proved distance, what is open, the effort, the name. */
export function inOrder(a: Screened, b: Screened): number {
  const [e, f] = [effortOf(a), effortOf(b)];
  return (
    RANK[a.reach] - RANK[b.reach] ||
    a.distance - b.distance ||
    a.open.length - b.open.length ||
    (e === f ? 0 : e - f) ||
    (a.id < b.id ? -1 : 1)
  );
}
