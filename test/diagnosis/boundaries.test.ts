import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../electron/diagnosis/check-facts.ts';
import { decodeValue, type Value } from '../../electron/diagnosis/values.ts';
import type { Condition } from '../../electron/standards/schema.ts';
import { comparisons } from '../standards/write-rule.ts';
import { check, compiled, model, rules, ruleset } from './firm.ts';
import { everyTier, type FlatRecord, judgeNaively, type NaiveResult } from './naive-rubric.ts';

/** The smallest step of a fact as firms report it: a yuan, a millionth, a month, a hundredth of a point, one. */
function unitOf(field: string): number {
  const type = ruleset.facts.get(field)?.type;
  if (type === 'money') return 0.0001;
  if (type === 'ratio' || type === 'growth') return 1e-6;
  return type === 'score' ? 0.01 : 1;
}

/** Every comparison in a pack: in gates, direct conditions, base gate, exclusions, named conditions and options. */
function everyComparison(): { where: string; comparison: Extract<Condition, { field: string }> }[] {
  return [...rules.standards.values()].flatMap(({ standard }) => [
    ...standard.base.flatMap((item) => named(`${standard.id} ${item.id}`, item.when)),
    ...standard.tiers.flatMap((tier) => [
      ...[...tier.gates, ...tier.direct, ...tier.rounds.flatMap((r) => r.exclusions)].flatMap((item) =>
        named(`${standard.id} ${tier.id} ${item.id}`, item.when),
      ),
      ...Object.entries(tier.refs).flatMap(([id, when]) => named(`${standard.id} ${tier.id} ${id}`, when)),
      ...tier.groups
        .flatMap((g) => g.indicators)
        .flatMap((indicator) => {
          const at = `${standard.id} ${tier.id} ${indicator.id}`;
          if ('options' in indicator)
            return indicator.options.flatMap((o) => named(`${at} ${o.key}`, o.when));
          if (indicator.mode !== 'best_of') return [];
          return indicator.variants.flatMap((v, i) =>
            v.options.flatMap((o) => named(`${at} way ${i + 1} ${o.key}`, o.when)),
          );
        }),
    ]),
  ]);
}
function named(where: string, condition: Condition) {
  return comparisons(condition).map((comparison) => ({ where, comparison }));
}

const every = everyComparison();
const decimal6 = (x: number) => Number(x.toFixed(6));
const any = compiled('cn-miit-2022-63', 'srdi');

/** The verdict of one comparison of the pack on one value. */
function verdictOf(comparison: Condition & { field: string }, value: Value | undefined): string {
  return any.judge(comparison, new Map(value ? [[comparison.field, value]] : []));
}
const asText = (x: number) => decodeValue(x.toFixed(6));

test('there are as many comparisons as the documents have lines', () => {
  expect(every.length).toBeGreaterThan(180);
  const kinds = new Set(every.flatMap(({ comparison }) => Object.keys(comparison)));
  expect([...kinds].sort()).toEqual(['eq', 'field', 'gt', 'gte', 'lt', 'lte', 'waiver']);
});

const numeric = every.flatMap(({ where, comparison }) =>
  (['gte', 'gt', 'lte', 'lt'] as const).flatMap((operator) => {
    const bound = comparison[operator];
    return bound === undefined ? [] : [{ where, comparison, operator, bound, field: comparison.field }];
  }),
);

describe('every numeric line of every pack: on it, a unit below, a unit above, unknown', () => {
  test.each(numeric)('$where: $field $operator $bound', ({ comparison, operator, bound, field }) => {
    const unit = unitOf(field);
    const only = { field, [operator]: bound } as typeof comparison;
    const below = operator === 'lte' || operator === 'lt';
    const on = operator === 'gte' || operator === 'lte';
    expect(verdictOf(only, asText(bound))).toBe(on ? 'met' : 'unmet');
    expect(verdictOf(only, asText(bound - unit))).toBe(below ? 'met' : 'unmet');
    expect(verdictOf(only, asText(bound + unit))).toBe(below ? 'unmet' : 'met');
    expect(verdictOf(only, undefined)).toBe('unknown');
    // With its other bound, the comparison is met on this line exactly where this operator includes it.
    expect(['met', 'not_applicable'].includes(verdictOf(comparison, asText(bound)))).toBe(on);
  });
});

const flags = every.filter(({ comparison }) => typeof comparison.eq === 'boolean');
describe('every yes-or-no of every pack', () => {
  test.each(flags)('$where: $comparison.field', ({ comparison }) => {
    const pass = comparison.waiver ? 'not_applicable' : 'met';
    expect(verdictOf(comparison, decodeValue(comparison.eq === true))).toBe(pass);
    expect(verdictOf(comparison, decodeValue(comparison.eq !== true))).toBe('unmet');
    expect(verdictOf(comparison, undefined)).toBe('unknown');
  });
});

const words = every.filter(({ comparison }) => typeof comparison.eq === 'string');
test.each(words)('$where: $comparison.field is $comparison.eq', ({ comparison }) => {
  const options = ruleset.facts.get(comparison.field)?.options ?? [];
  expect(options.map((o) => o.value)).toContain(comparison.eq);
  for (const { value } of options)
    expect(verdictOf(comparison, decodeValue(value))).toBe(value === comparison.eq ? 'met' : 'unmet');
  expect(verdictOf(comparison, undefined)).toBe('unknown');
});

function comparable({ tier, gates, direct, indicators, score }: CheckResult | NaiveResult) {
  return { tier, gates, direct, indicators, score };
}

describe('the same lines in a whole firm, against the second reading of the research file', () => {
  test.each(everyTier)('$standard $tier', ({ standard, tier }) => {
    const fields = compiled(standard, tier).fields;
    let tried = 0;
    const hold = (record: FlatRecord) => {
      tried++;
      const ours = comparable(check(record, standard, tier));
      expect(ours, JSON.stringify(record)).toEqual(comparable(judgeNaively(record, standard, tier)));
    };
    for (const field of fields) {
      hold({ ...withoutParts(field), [field]: null });
      const lines = new Set(
        every.filter((e) => e.comparison.field === field).flatMap((e) => boundsIn(e.comparison)),
      );
      for (const bound of lines) {
        for (const value of [bound, bound - unitOf(field), bound + unitOf(field)])
          hold({ ...withoutParts(field), [field]: decimal6(value) });
      }
      if (typeof model[field] === 'boolean') hold({ ...model, [field]: !model[field] });
      for (const { value } of ruleset.facts.get(field)?.options ?? []) hold({ ...model, [field]: value });
    }
    expect(tried).toBeGreaterThan(fields.size);
  });
});
function boundsIn(comparison: Extract<Condition, { field: string }>): number[] {
  return [comparison.gte, comparison.gt, comparison.lte, comparison.lt].filter((b) => b !== undefined);
}
/** The model firm without the amounts that would decide a computed field before its stated value can. */
function withoutParts(field: string): FlatRecord {
  const record = { ...model };
  if (/ratio|rd_to|margin/.test(field)) delete record.revenue_y1_wan;
  if (field.startsWith('rd_expense_avg') || field.startsWith('rd_expense_sum'))
    delete record.rd_expense_y2_wan;
  if (field === 'rd_to_sales_y1') delete record.sales_y1_wan;
  return record;
}
