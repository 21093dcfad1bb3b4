import type { Rules } from '../diagnosis/context.ts';
import type { Diagnosis } from '../diagnosis/shapes.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import type { Standing } from '../library/standing.ts';
import { diagnoseEnterprise } from './diagnose-enterprise.ts';

/** The day after; for a month or a year, the first day after it. */
export function dayAfter(date: string): string {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return `${year + 1}-01-01`;
  const next =
    day === undefined ? new Date(Date.UTC(year, month, 1)) : new Date(Date.UTC(year, month - 1, day + 1));
  return next.toISOString().slice(0, 10);
}

/** Days on which other rules come into force. */
function ruleDays(rules: Rules): string[] {
  const days = rules.selection.rows.flatMap((row) => [row.from, row.to && dayAfter(row.to)]);
  for (const { standard } of rules.standards.values()) {
    for (const tier of standard.tiers) {
      for (const round of tier.rounds) days.push(round.from, round.to && dayAfter(round.to));
    }
  }
  return days.flatMap((day) => day ?? []);
}

/** First day after today on which the same data may stand differently: a new year, another rule, a title that ends. */
function goodUntil(file: EnterpriseFile, rules: Rules, today: string): string {
  const titles = file.titles.flatMap((t) => [t.issuedOn, t.expiresOn && dayAfter(t.expiresOn)]);
  const days = [...ruleDays(rules), ...titles.flatMap((day) => day ?? []), dayAfter(today.slice(0, 4))];
  return days.filter((day) => day > today).sort()[0] ?? '9999-12-31';
}

/** What fails, each item 1 less how near it is; direct conditions are only ways to fulfil a gate. To thousandths. */
function proved(items: Diagnosis['rungs'][number]['routes'][number]['items']): number {
  const failed = items.filter(
    (item) => item.verdict === 'unmet' && item.kind !== 'direct' && item.kind !== 'indicator',
  );
  return Math.round(failed.reduce((sum, item) => sum + 1 - (item.closeness ?? 0), 0) * 1000) / 1000;
}

function standingFrom(diagnosis: Diagnosis): Omit<Standing, 'rulesHash' | 'goodUntil'> {
  const { current, next } = diagnosis.ladder;
  // Who holds the top is measured by what the top asks.
  const aim = diagnosis.rungs.find((rung) => rung.rung === (next ?? current));
  const best = aim?.routes[aim.best];
  const counts = best?.counts;
  return {
    sizeClass: diagnosis.size.class,
    stage: diagnosis.stage.stage,
    currentRung: current,
    nextRung: next,
    rungs: diagnosis.rungs.map(({ rung, verdict, reach }) => ({ rung, verdict, reach })),
    counts: {
      met: counts?.met ?? 0,
      unmet: counts?.unmet ?? 0,
      unknown: counts?.unknown ?? 0,
      manual: counts?.manual ?? 0,
    },
    // Where only the points fail, no item does.
    distance: next === null || !best ? null : proved(best.items) || (best.verdict === 'unmet' ? 1 : 0),
  };
}

const UNJUDGED: Omit<Standing, 'rulesHash' | 'goodUntil'> = {
  sizeClass: null,
  stage: null,
  currentRung: 0,
  nextRung: null,
  rungs: [],
  counts: { met: 0, unmet: 0, unknown: 0, manual: 0 },
};

/**
 * Where an enterprise stands today. A failure of the judgement never stops an edit from being kept: the enterprise is
 * then listed as not judged, and judged again at the next start.
 */
export function standingOf(
  file: EnterpriseFile,
  rules: Rules,
  options: { today: string; rulesHash: string },
): Standing {
  try {
    const diagnosis = diagnoseEnterprise(file, rules, { today: options.today });
    return {
      ...standingFrom(diagnosis),
      rulesHash: options.rulesHash,
      goodUntil: goodUntil(file, rules, options.today),
    };
  } catch (error) {
    console.error(`${file.enterprise.id} could not be judged:`, error);
    return { ...UNJUDGED, rulesHash: '', goodUntil: '9999-12-31' };
  }
}
