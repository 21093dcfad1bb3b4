import type { CompiledTier } from '../../electron/diagnosis/compile.ts';
import { derive } from '../../electron/diagnosis/derive.ts';
import { diagnose } from '../../electron/diagnosis/diagnose.ts';
import { exactText, fromNumber } from '../../electron/diagnosis/exact.ts';
import type { Explaining } from '../../electron/diagnosis/explain-condition.ts';
import type { AsOf, Diagnosis, FactSheet } from '../../electron/diagnosis/shapes.ts';
import type { Value } from '../../electron/diagnosis/values.ts';
import { rules, ruleset } from './firm.ts';
import type { FlatRecord } from './naive-rubric.ts';

/** Everything needed to put a tier's verdict on these facts into words; last closed year 2025. */
export function explaining(tier: CompiledTier, given: Map<string, Value>, date = '2026-06-01'): Explaining {
  const { values, computed } = derive(given);
  const years = new Map(
    [...ruleset.facts.keys()].map((field) => {
      const back = /_y([0-3])(_wan)?$/.exec(field)?.[1];
      return [field, back === undefined ? null : 2026 - Number(back)] as const;
    }),
  );
  const result = tier.run(values, date);
  return { tier, values, computed, years, facts: ruleset.facts, result, externalTitle: ruleset.titleOf };
}

export const asOf: AsOf = { fiscalYear: 2025, factsDate: '2026-06-01', applicationDate: '2026-06-01' };

/** A flat record as a fact sheet, all of it declared. */
export function sheetOf(record: FlatRecord): FactSheet {
  return Object.fromEntries(
    Object.entries(record).flatMap(([field, raw]) => {
      if (raw === null || raw === undefined) return [];
      const value = typeof raw === 'number' ? exactText(fromNumber(raw)) : raw;
      return [[field, { value, year: null, basis: 'declared' as const, source: null }]];
    }),
  );
}

/** A whole diagnosis of a flat record. */
export function diagnosisOf(
  record: FlatRecord,
  review: readonly number[] = [],
  when: AsOf = asOf,
): Diagnosis {
  return diagnose({ sheet: sheetOf(record), asOf: when, review, rules });
}
