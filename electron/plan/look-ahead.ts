import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import { causeOf } from './cause.ts';
import { rankedMeasures, type Situation } from './fit.ts';
import { type Aim, gapsOf } from './gaps.ts';
import type { Measure } from './measure-schema.ts';
import { aheadItem, type PlanContext } from './plan-items.ts';
import type { PlanItem } from './shapes.ts';

/** What takes at least this many months is begun before the rung it is for is the aim. */
const LONG = 12;
const AT_MOST = 2;
/** A number farther from its line than this is a matter of years, not of a measure. */
const IN_SIGHT = 0.4;

/** Rights are counted from nothing; everything else has to be in sight. */
function inSight({ closeness, fields }: Judged): boolean {
  return fields.some((field) => field.startsWith('ip1_')) || (closeness ?? 0) >= IN_SIGHT;
}

interface Found {
  readonly measure: Measure;
  readonly judged: Judged;
}

/**
 * What the rung after the one aimed at will ask for and what takes longest to get: patents, a larger sum of R&D, a
 * purer business. A firm that applies now and begins that only then loses the years between. At most two, the longest
 * first; none for a review or at the top. `taken` says what the plan uses already.
 */
export function aheadItems(
  diagnosis: Diagnosis,
  aim: Aim,
  measures: readonly Measure[],
  situation: Situation,
  context: PlanContext,
  taken: (measure: Measure) => boolean,
): PlanItem[] {
  const next = aim.review ? undefined : diagnosis.rungs.find(({ rung }) => rung === aim.rung.rung + 1);
  const route = next?.routes[next.best];
  if (!next || !route) return [];
  const gates = gapsOf(route).unmet.filter(
    (judged) =>
      judged.kind === 'gate' && inSight(judged) && !judged.fields.some((field) => field.startsWith('title_')),
  );
  const found: Found[] = gates.flatMap((judged) => {
    const measure = rankedMeasures(measures, judged, situation).find(
      (each) => !taken(each) && causeOf(each, situation.sheet) !== 'open',
    );
    return measure && measure.months >= LONG ? [{ measure, judged }] : [];
  });
  const each = found.filter(
    ({ measure }, at) => found.findIndex((other) => other.measure === measure) === at,
  );
  return each
    .sort((a, b) => b.measure.months - a.measure.months)
    .slice(0, AT_MOST)
    .map(({ measure, judged }) => aheadItem(measure, judged, next.title, context));
}
