import { type BatchTier, VERDICTS } from '../diagnosis/batch.ts';
import { UNMET, WAIVED } from '../diagnosis/batch-compare.ts';
import type { Rules } from '../diagnosis/context.ts';
import { tell } from '../diagnosis/route-words.ts';
import { type Ruleset, rulesetOf } from '../diagnosis/ruleset.ts';
import type { Db } from '../library/open.ts';
import type { Text } from '../standards/schema.ts';
import type { Impact, ImpactRow } from './impact-shape.ts';
import { rowJudge, type WantedTier } from './judge-rows.ts';

export interface ImpactQuestion {
  readonly from: WantedTier;
  readonly to: WantedTier;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Most enterprises to list; all are counted. */
  readonly most: number;
}

type Verdict = ImpactRow['from'];

function wordOf(code: number): Verdict {
  return (code === WAIVED ? 'met' : VERDICTS[code]) as Verdict;
}

/** The clauses by which the last run of a tier fails; without any, it is the score. */
function unmetOf(tier: BatchTier): string[] {
  const ids = tier.items.flatMap(({ id, kind }, i) =>
    kind !== 'direct' && tier.codes[i] === UNMET ? [id] : [],
  );
  return ids.length > 0 ? ids : ['score'];
}

function titlesOf({ tier }: BatchTier): Map<string, Text> {
  const items = [...tier.standard.base, ...tier.tier.gates, ...tier.tier.rounds.flatMap((r) => r.exclusions)];
  return new Map(items.map((item) => [item.id, item.title]));
}

function ranked(counts: ReadonlyMap<string, number>, tier: BatchTier): Impact['lostBy'] {
  const titles = titlesOf(tier);
  return [...counts]
    .map(([id, enterprises]) => ({ id, title: titles.get(id) ?? tell('score'), enterprises }))
    .sort((a, b) => b.enterprises - a.enterprises || (a.id < b.id ? -1 : 1));
}

function named({ tier }: BatchTier, ruleset: Ruleset): Impact['from'] {
  const { standard, tier: rule } = tier;
  return {
    standard: standard.id,
    tier: rule.id,
    rung: rule.rung,
    number: ruleset.numberOf(standard.id),
    title: rule.title,
    annex: rule.annex,
  };
}

/**
 * Who of a library gains or loses a title when one tier's rules take the place of another's, and by which clause: every
 * enterprise that is not archived is judged by both, as of its last closed fiscal year. undefined where a tier is not
 * known. `step` hears of every enterprise; when it says false the work ends and undefined is given.
 */
export function impactOf(
  db: Db,
  rules: Rules,
  question: ImpactQuestion,
  step: (done: number) => boolean = () => true,
): Impact | undefined {
  const { from, to, today, most } = question;
  const ruleset = rulesetOf(rules);
  const judge = rowJudge(rules, [from, to], today);
  const [old, next] = judge.tiers;
  if (!old || !next) return undefined;
  const none = () => ({ met: 0, unmet: 0, unknown: 0, manual: 0 });
  const under = { from: none(), to: none() };
  const [lostBy, gainedBy] = [new Map<string, number>(), new Map<string, number>()];
  const rows: ImpactRow[] = [];
  let [total, failed, gained, lost, undecided] = [0, 0, 0, 0, 0];
  const count = (counts: Map<string, number>, ids: readonly string[]) => {
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  for (const row of judge.rows(db)) {
    if (!step(++total)) return undefined;
    if (row.failed) {
      failed++;
      continue;
    }
    const [before, after] = [wordOf(old.run()), wordOf(next.run())];
    under.from[before]++;
    under.to[after]++;
    const gains = before === 'unmet' && after === 'met';
    const loses = before === 'met' && after === 'unmet';
    if (!gains && !loses) {
      const settled = (verdict: Verdict) => verdict === 'met' || verdict === 'unmet';
      if (settled(before) !== settled(after)) undecided++;
      continue;
    }
    const clauses = unmetOf(loses ? next : old);
    count(loses ? lostBy : gainedBy, clauses);
    if (loses) lost++;
    else gained++;
    if (rows.length < most) {
      rows.push({ id: row.id, name: row.name, fiscalYear: row.fiscalYear, from: before, to: after, clauses });
    }
  }
  return {
    from: named(old, ruleset),
    to: named(next, ruleset),
    total,
    failed,
    under,
    gained,
    lost,
    undecided,
    lostBy: ranked(lostBy, next),
    gainedBy: ranked(gainedBy, old),
    rows,
  };
}
