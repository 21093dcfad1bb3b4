import { type Fault, fault, type Place } from './fault.ts';
import type { Condition, Selection, Standard } from './schema.ts';

/** The rung of a tier, 'any' if it cannot be told, undefined if no pack has the tier. */
export type RungOf = (standard: string, tier: string) => 1 | 2 | 3 | 'any' | undefined;

/** Pass rules that count on a tier which no pack has. */
export function checkExternals(
  standard: Standard,
  hasTier: (standard: string, tier: string) => boolean,
): Fault[] {
  return standard.tiers.flatMap((tier, i) =>
    externals(tier.pass, ['tiers', i, 'pass']).flatMap(({ place, target }) =>
      hasTier(target.standard, target.tier)
        ? []
        : [fault('external', place, `no standard has the tier ${target.standard}/${target.tier}`)],
    ),
  );
}

function externals(
  condition: Condition,
  at: Place,
): { place: Place; target: { standard: string; tier: string } }[] {
  if ('all' in condition) return condition.all.flatMap((part, i) => externals(part, [...at, 'all', i]));
  if ('any' in condition) return condition.any.flatMap((part, i) => externals(part, [...at, 'any', i]));
  return 'external' in condition ? [{ place: [...at, 'external'], target: condition.external }] : [];
}

/** Rows that point to a tier nobody has or to one of another rung, and rows that end before they begin. */
export function checkSelection(selection: Selection, rungOf: RungOf): Fault[] {
  return selection.rows.flatMap((row, i) => {
    const faults: Fault[] = [];
    if (row.from !== null && row.to !== null && row.to < row.from) {
      faults.push(fault('range', ['rows', i, 'to'], 'ends before it begins'));
    }
    row.use.forEach((use, j) => {
      const rung = rungOf(use.standard, use.tier);
      const place = ['rows', i, 'use', j];
      if (rung === undefined)
        faults.push(fault('external', place, `no standard has the tier ${use.standard}/${use.tier}`));
      else if (rung !== 'any' && rung !== row.rung) {
        faults.push(fault('range', place, `${use.standard}/${use.tier} is of rung ${rung}`));
      }
    });
    return faults;
  });
}
