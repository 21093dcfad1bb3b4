import industries from '../../resources/reference/industries.json' with { type: 'json' };
import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { IndustryGroup } from '../library/reference-schema.ts';
import type { EnterpriseFile } from '../library/shapes.ts';
import { type CauseState, causeOf } from './cause.ts';
import type { Measure, SizeClass, Stage } from './measure-schema.ts';

const groups = new Map(industries.divisions.map((d) => [d.code, d.group as IndustryGroup]));

/** What of a firm decides which measure is the right one; null = not known. */
export interface Situation {
  readonly group: IndustryGroup | null;
  readonly stage: Stage | null;
  readonly size: SizeClass | null;
  /** What is known of the firm, to see which causes are there. */
  readonly sheet: Diagnosis['sheet'];
}

/** What of a firm decides which measures fit it. */
export function situationOf(diagnosis: Diagnosis, file: EnterpriseFile): Situation {
  const division = file.enterprise.industryDivision;
  return {
    group: (division && groups.get(division)) || null,
    stage: diagnosis.stage.stage,
    size: diagnosis.size.class,
    sheet: diagnosis.sheet,
  };
}

/** The trade says most of what is right for a firm, its stage less; "small" covers firms of very different size. */
const weights = { industry: 100, stage: 60, size: 20 } as const;

/** A cause seen in the numbers counts for more than the trade; one that nobody confirmed comes after what needs none. */
const causeWeights: Record<Exclude<CauseState, 'absent'>, number> = {
  shown: 150,
  usual: 20,
  none: 0,
  open: -170,
};

/** How well a measure is made for a firm; null where it is made for another situation. */
export function fitRate(measure: Measure, situation: Situation): number | null {
  const cause = causeOf(measure, situation.sheet);
  if (cause === 'absent') return null;
  const { industries, stages, sizes } = measure.context ?? {};
  let rate = causeWeights[cause];
  for (const [wanted, actual, weight] of [
    [industries, situation.group, weights.industry],
    [stages, situation.stage, weights.stage],
    [sizes, situation.size, weights.size],
  ] as const) {
    if (!wanted) continue;
    // A measure for one kind of firm is not given to a firm whose kind nobody knows.
    if (actual === null || !(wanted as readonly string[]).includes(actual)) return null;
    rate += weight;
  }
  return rate;
}

/** rd_ratio_y1, rd_ratio_y2 → rd_ratio: the same thing in different years or sums. */
function stem(field: string): string {
  return field.replace(/(_(y\d|wan|avg2|sum2|best2|cagr2|[23]y))+$/g, '');
}

/** Whether a measure moves one of the numbers that the item is short of. */
export function movesGap(measure: Measure, judged: Judged): boolean {
  const short = judged.shortfalls.length > 0 ? judged.shortfalls.map((s) => s.field) : judged.missing;
  const wanted = new Set(short.map(stem));
  return measure.moves.some((m) => wanted.has(stem(m.field)));
}

/** Whether a measure moves what an item looks at, short of anything or not. */
export function movesField(measure: Measure, judged: Judged): boolean {
  const looked = new Set(judged.fields.map(stem));
  return measure.moves.some((m) => looked.has(stem(m.field)));
}

/**
 * Measures that serve an item and fit the firm, the best first: those that move the number the item is short of,
 * then those made for this kind of firm, then the ones of the item's own dimension, then the quicker ones.
 */
export function rankedMeasures(
  measures: readonly Measure[],
  judged: Judged,
  situation: Situation,
): Measure[] {
  const rated = measures.flatMap((measure) => {
    if (!measure.serves.includes(judged.id)) return [];
    const fit = fitRate(measure, situation);
    if (fit === null) return [];
    const rate =
      (movesGap(measure, judged) ? 1000 : 0) + fit + (measure.dimension === judged.dimension ? 10 : 0);
    return [{ measure, rate }];
  });
  rated.sort(
    (a, b) =>
      b.rate - a.rate || a.measure.months - b.measure.months || (a.measure.id < b.measure.id ? -1 : 1),
  );
  return rated.map((r) => r.measure);
}
