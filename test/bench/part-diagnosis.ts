import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeRows, rowJudge, tiersInForce } from '../../electron/cohort/judge-rows.ts';
import { MET } from '../../electron/diagnosis/batch-compare.ts';
import { leverPackShape } from '../../electron/diagnosis/lever-schema.ts';
import { pathUp } from '../../electron/diagnosis/route-path.ts';
import { rulesetOf } from '../../electron/diagnosis/ruleset.ts';
import { flag, type Value } from '../../electron/diagnosis/values.ts';
import type { Db } from '../../electron/library/open.ts';
import { rulesOf } from '../../electron/service/rules.ts';
import { loadStandards } from '../../electron/standards/loader.ts';
import { comparableItems, engineOf, runEngine } from './json-rules.ts';
import { LAST_CLOSED, line, type Part, quantile, root, scan, TODAY } from './part.ts';

const rules = rulesOf(loadStandards(join(root, 'resources/standards')));
const levers = leverPackShape.parse(
  JSON.parse(readFileSync(join(root, 'resources/measures/levers/levers.json'), 'utf8')),
);
const ruleset = rulesetOf(rules);

/** Best of several runs, in seconds: what the work takes when nothing else disturbs it. */
function best(rounds: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    work();
    least = Math.min(least, (performance.now() - start) / 1000);
  }
  return least;
}

/** The facts of some enterprises as values, and as plain numbers for the other engine. */
function sample(db: Db, size: number, count: number) {
  const wanted = tiersInForce(rules, TODAY).flatMap((r) => r.tiers);
  const judge = rowJudge(rules, wanted, TODAY);
  const fields = new Set([
    ...judge.tiers.flatMap((t) => [...t.tier.fields]),
    'revenue_y1_wan',
    'revenue_y2_wan',
    'revenue_y3_wan',
    'main_rev_y1_wan',
    'main_rev_y2_wan',
    'rd_expense_y1_wan',
    'rd_expense_y2_wan',
    'net_profit_y1_wan',
    'assets_y1_wan',
    'liabilities_y1_wan',
    'staff_total_y1',
    'tech_staff_y1',
    'equity_new_y1_wan',
    'equity_new_y2_wan',
    'equity_new_y3_wan',
  ]);
  const computed = /_ratio_|_growth_|_cagr|_sum2|_avg2|_2y_|_3y_wan|^rd_to|_margin_|_best2/;
  const found: {
    given: Map<string, Value>;
    plain: Record<string, unknown>;
    held: number;
    slots: { kind: Uint8Array; n: Float64Array; d: Float64Array; big: (Value | undefined)[] };
  }[] = [];
  const every = Math.max(1, Math.floor(size / count));
  let index = 0;
  for (const row of judge.rows(db)) {
    if (index++ % every !== 0 || found.length >= count) continue;
    const given = new Map<string, Value>();
    const plain: Record<string, unknown> = { always: true };
    for (const field of fields) {
      const value = judge.slots.value(judge.slots.slot(field));
      if (!value) continue;
      if (!computed.test(field)) given.set(field, value);
      plain[field] =
        value.kind === 'flag'
          ? value.flag
          : value.kind === 'word'
            ? value.word
            : value.kind === 'number'
              ? Number(value.number.n) / Number(value.number.d)
              : Math.sqrt(Number(value.radicand.n) / Number(value.radicand.d)) - 1;
    }
    given.set('is_review', flag(false)).set('growth_waived_for_review', flag(false));
    const { kind, n, d, big } = judge.slots;
    found.push({
      given,
      plain,
      held: row.held,
      slots: { kind: kind.slice(), n: n.slice(), d: d.slice(), big: [...big] },
    });
  }
  return { judge, found };
}

type Sample = ReturnType<typeof sample>;

/** Puts the facts of a firm at hand, as the other engine gets its own. */
function atHand({ judge }: Sample, { slots }: Sample['found'][number]): void {
  judge.slots.kind.set(slots.kind);
  judge.slots.n.set(slots.n);
  judge.slots.d.set(slots.d);
  for (let i = 0; i < slots.big.length; i++) judge.slots.big[i] = slots.big[i];
}

/** Seconds a firm for json-rules-engine with the facts at hand. */
async function otherEngine({ judge, found }: Sample, points: boolean): Promise<number> {
  const engine = engineOf(
    judge.tiers.map((t) => t.tier),
    points,
  );
  for (const { plain } of found.slice(0, 100)) await runEngine(engine, plain);
  const start = performance.now();
  for (const { plain } of found) await runEngine(engine, plain);
  return (performance.now() - start) / 1000 / found.length;
}

/** Seconds a firm for our judging with the facts at hand: gates, points and verdicts of all tiers. */
function ownEngine(data: Sample): number {
  const least = best(5, () => {
    for (let round = 0; round < 20; round++)
      for (const firm of data.found) {
        atHand(data, firm);
        for (const tier of data.judge.tiers) tier.run();
      }
  });
  return least / 20 / data.found.length;
}

/** Both engines say the same of every item that is made of facts alone; how many were compared. */
async function agreement(data: Sample): Promise<number> {
  const { judge, found } = data;
  const engine = engineOf(
    judge.tiers.map((t) => t.tier),
    false,
  );
  const sets = judge.tiers.map((t) => comparableItems(t.tier));
  let compared = 0;
  for (const firm of found) {
    const { met } = await runEngine(engine, firm.plain);
    atHand(data, firm);
    judge.tiers.forEach((tier, t) => {
      tier.run();
      tier.items.forEach(({ id, kind }, i) => {
        const name = `${tier.tier.tier.id}/${id}`;
        if (kind === 'exclusions' || !sets[t]?.has(name)) return;
        compared++;
        if (met.has(name) !== (tier.codes[i] as number) >= MET)
          throw new Error(`the engines differ about ${name}`);
      });
    });
  }
  return compared;
}

/** The check-up of a whole library against a bare scan and another engine, and the way up. */
export const diagnosisPart: Part = {
  name: 'diagnosis',
  async run({ size, rounds, withLibrary }) {
    await withLibrary(async (library, made) => {
      const rows = made.enterprises + made.figures + made.facts + made.titles;
      console.log(
        `${made.enterprises} enterprises, ${made.figures} years, ${made.facts} answers, ${made.titles} titles; best of ${rounds}`,
      );
      const scanned = best(rounds, () => {
        if (scan(library) !== rows) throw new Error('the scan misses rows');
      });
      const counts = [0, 0, 0, 0, 0];
      const judged = best(rounds, () => {
        counts.fill(0);
        let n = 0;
        for (const { rungs } of judgeRows(library, rules, TODAY)) {
          n++;
          for (const code of rungs) counts[code] = (counts[code] as number) + 1;
        }
        if (n !== size) throw new Error('the check-up misses enterprises');
      });
      const wanted = tiersInForce(rules, TODAY).flatMap((r) => r.tiers);
      const judge = rowJudge(rules, wanted, TODAY);
      const read = best(rounds, () => {
        let n = 0;
        for (const row of judge.rows(library)) if (row) n++;
        if (n !== size) throw new Error('reading misses enterprises');
      });

      const data = sample(library, size, Math.min(size, 1_000));
      const few = data.found;
      const compared = await agreement(data);
      const gates = await otherEngine(data, false);
      const other = await otherEngine(data, true);
      const own = ownEngine(data);

      const steps: number[] = [];
      for (const pass of [0, 1]) {
        for (const { given, held } of few) {
          const begin = performance.now();
          const question = {
            ruleset,
            levers,
            given,
            fiscalYear: LAST_CLOSED,
            today: TODAY,
            applicationDate: TODAY,
            window: '05-25',
            horizon: 4,
          };
          pathUp({ ...question, current: Math.min(2, held), last: Math.min(2, held) + 1 });
          if (pass === 1) steps.push(performance.now() - begin);
        }
      }
      steps.sort((a, b) => a - b);
      const mean = steps.reduce((a, b) => a + b, 0) / steps.length;

      line('bare SELECT * of the same rows', `${scanned.toFixed(2)} s`, `${rows} rows`);
      line('check-up of all tiers in force', `${judged.toFixed(2)} s`, `reading alone ${read.toFixed(2)} s`);
      line('check-up : bare scan', `${(judged / scanned).toFixed(2)} ×`, 'asked: at most 3');
      const micro = (seconds: number) => `${(seconds * 1e6).toFixed(1)} µs`;
      line(
        'json-rules-engine, an enterprise, facts at hand',
        micro(other),
        `gates and points; gates alone ${micro(gates)}; ${few.length} firms, ${compared} answers the same in both`,
      );
      line(
        'our judging, an enterprise, facts at hand',
        micro(own),
        'gates, points and verdicts of all tiers',
      );
      line(
        'json-rules-engine : ours, facts at hand',
        `${(other / own).toFixed(0)} ×`,
        `asked: at least 50; their gates alone : our all ${(gates / own).toFixed(0)} ×`,
      );
      line(
        'the same, each with our reading from the file',
        `${((other * size + read) / judged).toFixed(0)} ×`,
        `their gates alone ${((gates * size + read) / judged).toFixed(0)} ×`,
      );
      line('route to the next rung, mean of an enterprise', `${mean.toFixed(2)} ms`, 'asked: below 5');
      line(
        'route, median / 95 % / 99 % / most',
        `${quantile(steps, 0.5).toFixed(2)} ms`,
        `${[0.95, 0.99, 1].map((q) => quantile(steps, q).toFixed(2)).join(' / ')} ms`,
      );
    });
  },
};
