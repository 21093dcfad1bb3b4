import { type BatchTier, batchTier } from '../diagnosis/batch.ts';
import { MET, OPEN, UNMET, WAIVED } from '../diagnosis/batch-compare.ts';
import { Slots } from '../diagnosis/batch-slots.ts';
import type { Rules } from '../diagnosis/context.ts';
import { compare, fromNumber } from '../diagnosis/exact.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import { sizeIndustry } from '../diagnosis/size-class.ts';
import type { Db } from '../library/open.ts';
import { resolveStandard } from '../standards/resolver.ts';
import { type BatchRow, READ_FIELDS, readRows } from './batch-rows.ts';

/** A tier to judge by, and the rung it counts for. */
export interface WantedTier {
  readonly standard: string;
  readonly tier: string;
}

const SIZE = [
  ['staff', 'staff_total_y1'],
  ['revenueWan', 'revenue_y1_wan'],
  ['assetsWan', 'assets_y1_wan'],
] as const;

/** Whether a firm is small or medium by its industry, as classifySize says it; undefined = undecided. */
function sizeJudge(rules: Rules, slots: Slots): (code: string | undefined) => boolean | undefined {
  const cache = new Map<string, ReturnType<typeof sizeIndustry>>();
  const places = SIZE.map(([key, field]) => ({ key, slot: slots.slot(field) }));
  return (code) => {
    if (code === undefined) return undefined;
    if (!cache.has(code)) cache.set(code, sizeIndustry(rules.size, code));
    const industry = cache.get(code);
    if (!industry) return undefined;
    let [all, below] = [true, false];
    for (const { key, slot } of places) {
      const large = industry.metrics[key]?.[0];
      if (large === undefined) continue;
      const value = slots.exact(slot);
      if (!value) all = false;
      else if (compare(value, fromNumber(large)) < 0) {
        all = false;
        below = true;
      }
    }
    // Large needs every metric; one that is short proves the firm is not.
    return below ? true : all ? false : undefined;
  };
}

/** Judges every enterprise of a library by the same tiers, compiled once. */
export interface RowJudge {
  readonly tiers: readonly BatchTier[];
  readonly slots: Slots;
  /** Puts the next enterprise into the slots; its tiers are run with `tiers[i].run()`. */
  rows(db: Db): Generator<BatchRow>;
}

/**
 * `today` (YYYY-MM-DD) says as of when facts count; the rounds in force are those of `more.applicationDate`, by default
 * also today. `more.fields` are facts to read beside those the rules need. Unknown tiers are left out.
 */
export function rowJudge(
  rules: Rules,
  wanted: readonly WantedTier[],
  today: string,
  more: { readonly applicationDate?: string; readonly fields?: Iterable<string> } = {},
): RowJudge {
  const ruleset = rulesetOf(rules);
  const compiled = wanted.flatMap(({ standard, tier }) => ruleset.find(standard, tier) ?? []);
  const fields = new Set<string>(READ_FIELDS);
  for (const field of more.fields ?? []) fields.add(field);
  for (const tier of compiled) for (const field of tier.fields) fields.add(field);
  const slots = new Slots(fields);
  const date = more.applicationDate ?? today;
  const tiers = compiled.map((tier) => batchTier(tier, slots, date, ruleset.find));
  const isSmall = sizeJudge(rules, slots);
  const sme = slots.slot('is_sme');
  const review = [slots.slot('is_review'), slots.slot('growth_waived_for_review')];
  return {
    tiers,
    slots,
    *rows(db) {
      for (const row of readRows(db, slots, rules.facts, today)) {
        for (const slot of review) slots.setFlag(slot, false);
        if (sme >= 0 && slots.kind[sme] === 0) {
          const small = isSmall(row.industryCode);
          if (small !== undefined) slots.setFlag(sme, small);
        }
        yield row;
      }
    },
  };
}

/** The tiers in force for new applications on a day, by rung. */
export function tiersInForce(rules: Rules, today: string): { rung: 1 | 2 | 3; tiers: WantedTier[] }[] {
  return ([1, 2, 3] as const).map((rung) => {
    const chosen = resolveStandard(rules.selection, { rung, kind: 'new', date: today });
    return { rung, tiers: [...(chosen?.use ?? [])] };
  });
}

/** OR over the tiers of a rung, by code. */
export function either(codes: readonly number[]): number {
  if (codes.includes(MET)) return MET;
  if (codes.includes(WAIVED)) return WAIVED;
  if (codes.length === 0 || codes.includes(OPEN)) return OPEN;
  return codes.reduce((most, code) => Math.max(most, code), UNMET);
}

/** How an enterprise stands: a verdict code for each rung. */
export interface Judgement {
  readonly row: BatchRow;
  readonly rungs: readonly number[];
}

/** Judges all rungs of every enterprise of a library, one after the other. */
export function* judgeRows(db: Db, rules: Rules, today: string): Generator<Judgement> {
  const inForce = tiersInForce(rules, today);
  const wanted = inForce.flatMap((rung) => rung.tiers);
  const judge = rowJudge(rules, wanted, today);
  const byName = new Map(judge.tiers.map((t) => [`${t.tier.standard.id}/${t.tier.tier.id}`, t]));
  const rungs = inForce.map(({ tiers }) => tiers.flatMap((t) => byName.get(`${t.standard}/${t.tier}`) ?? []));
  const codes = rungs.map((tiers) => tiers.map(() => OPEN));
  for (const row of judge.rows(db)) {
    const result = rungs.map((tiers, r) => {
      const own = codes[r] as number[];
      tiers.forEach((tier, t) => {
        own[t] = row.failed ? OPEN : tier.run();
      });
      return either(own);
    });
    yield { row, rungs: result };
  }
}
