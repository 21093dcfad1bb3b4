import { tier } from './folder.ts';
import { writeRule, writeTable } from './write-rule.ts';

/** Items as `id: rule`. */
export const rules = (items: readonly { id: string; when: Parameters<typeof writeRule>[0] }[]) =>
  Object.fromEntries(items.map((item) => [item.id, writeRule(item.when)]));
/** The scored table of a tier, indicator by indicator. */
export const tables = (standardId: string, tierId: string) =>
  Object.fromEntries(
    tier(standardId, tierId).groups.flatMap((g) =>
      g.indicators.map((i) => [`${i.id} of ${i.max}`, writeTable(i)]),
    ),
  );
/** The groups of a scored table with their maxima. */
export const groups = (standardId: string, tierId: string) =>
  tier(standardId, tierId).groups.map((g) => `${g.id} ${g.max}`);
/** A table of bands from the top down: at or above each line, below the one before; under the last line `floor`. */
export const falling = (field: string, lines: [number, number][], floor: number): string[] => [
  ...lines.map(
    ([line, points], i) => `${points}: ${field} >= ${line}${i === 0 ? '' : ` < ${lines[i - 1]![0]}`}`,
  ),
  `${floor}: ${field} < ${lines.at(-1)![0]}`,
];
