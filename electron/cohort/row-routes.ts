import { industryCodeOf } from '../diagnosis/diagnose.ts';
import type { LeverPack } from '../diagnosis/lever-schema.ts';
import { type PathStep, pathUp } from '../diagnosis/route-path.ts';
import { HORIZON, WINDOW } from '../diagnosis/route-view.ts';
import type { Ruleset } from '../diagnosis/ruleset.ts';
import type { AsOf } from '../diagnosis/shapes.ts';
import { classifySize } from '../diagnosis/size-class.ts';
import { decodeValue, flag } from '../diagnosis/values.ts';
import { buildFactSheet } from '../library/fact-sheet.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import type { RouteOption } from './cohort-shapes.ts';

/** The ways of one enterprise to a rung, by year, the earliest first; empty where there is none in the years looked at. */
export interface RungRoutes {
  readonly rung: 1 | 2 | 3;
  readonly options: readonly RouteOption[];
  readonly blocked: PathStep['blocked'];
  /** Items that stand in the way, with the tier they belong to. */
  readonly items: readonly string[];
  readonly standard: string | null;
  readonly tier: string | null;
}

/** As of when an enterprise's facts count: a sample as of its snapshot year, everything else as of today. */
export function factsAsOf(file: EnterpriseFile, today: string, applicationDate: string): AsOf {
  const lastClosed = Number(today.slice(0, 4)) - 1;
  const fiscalYear = file.enterprise.snapshotYear ?? lastClosed;
  return {
    fiscalYear,
    factsDate: fiscalYear >= lastClosed ? today : `${fiscalYear}-12-31`,
    applicationDate,
  };
}

/**
 * The ways up of one enterprise from the rung it holds to `last`, as the check-up works them out. The effort of a rung
 * counts what the rungs before it take at their earliest. Efforts only compare.
 */
export function routesOf(
  file: EnterpriseFile,
  by: {
    readonly ruleset: Ruleset;
    readonly levers: LeverPack;
    readonly today: string;
    readonly applicationDate: string;
    readonly held: number;
    readonly last: number;
  },
): RungRoutes[] {
  const { ruleset, levers, today, applicationDate, held, last } = by;
  const asOf = factsAsOf(file, today, applicationDate);
  const sheet = buildFactSheet(file, ruleset.rules.facts, asOf);
  const given = new Map(Object.entries(sheet).map(([field, { value }]) => [field, decodeValue(value)]));
  const size = classifySize(ruleset.rules.size, industryCodeOf(sheet), given);
  if (!given.has('is_sme') && size.isSme !== null) given.set('is_sme', flag(size.isSme));
  given.set('is_review', flag(false)).set('growth_waived_for_review', flag(false));
  const steps = pathUp({
    ruleset,
    levers,
    given,
    // Old figures are rehearsed as if their last year had just closed.
    fiscalYear: Math.max(asOf.fiscalYear, Number(applicationDate.slice(0, 4)) - 1),
    today,
    applicationDate,
    window: WINDOW,
    horizon: HORIZON,
    current: held,
    last,
  });
  let before = 0;
  return steps.map((step): RungRoutes => {
    const options = step.routes.map(
      ({ route, date }): RouteOption => ({
        year: Number(date.slice(0, 4)),
        date,
        effort: Math.round((before + route.effort) * 10) / 10,
        levers: route.changes.map((change) => change.lever.id),
        confirm: [...route.confirm],
      }),
    );
    before += step.routes[0]?.route.effort ?? 0;
    return {
      rung: step.rung,
      options,
      blocked: step.blocked,
      items: step.items,
      standard: step.tier?.standard.id ?? null,
      tier: step.tier?.tier.id ?? null,
    };
  });
}

/** Of several years the one that takes the least; of equals the earliest. */
export function cheapestOf(options: readonly RouteOption[]): RouteOption | undefined {
  let best: RouteOption | undefined;
  for (const option of options) if (!best || option.effort < best.effort) best = option;
  return best;
}
