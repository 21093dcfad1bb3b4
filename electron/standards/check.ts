import { type ConditionScope, checkCondition, checkRefCycles } from './check-condition.ts';
import { type Fault, fault, type Place } from './fault.ts';
import type { Indicator, Item, Option, Standard, Tier } from './schema.ts';

/**
 * What the shape of a pack cannot show: unique ids, known fields, references that resolve, points within their
 * maximum, `otherwise` only last, dates in order. Pure; an empty list means the pack is sound.
 * References to other packs are left to `checkExternals`.
 * @param knownFields ids of the fact catalogue
 */
export function checkStandard(standard: Standard, knownFields: ReadonlySet<string>): Fault[] {
  const faults: Fault[] = [];
  const { from, to } = standard.effective;
  if (to !== null && to < from) faults.push(fault('range', ['effective', 'to'], 'ends before it begins'));
  faults.push(
    ...uniqueIds(standard),
    ...duplicates(standard.tiers.map((tier, i) => [tier.id, ['tiers', i, 'id']])),
  );
  const scope: ConditionScope = {
    knownFields,
    tier: undefined,
    scores: new Set(),
    allows: { gate: false, score: false, external: false },
  };
  faults.push(...checkItems(standard.base, ['base'], scope));
  standard.tiers.forEach((tier, i) => {
    faults.push(...checkTier(tier, ['tiers', i], scope));
  });
  return faults;
}

function checkTier(tier: Tier, at: Place, base: ConditionScope): Fault[] {
  const faults: Fault[] = [];
  const indicators = tier.groups.flatMap((group) => group.indicators);
  const scores = new Set([
    ...tier.groups.map((g) => g.id),
    ...indicators.map((i) => i.id),
    ...(tier.groups.length ? ['total'] : []),
  ]);
  const inTier = (gate: boolean, score: boolean): ConditionScope => ({
    ...base,
    tier,
    scores,
    allows: { gate, score, external: gate },
  });

  faults.push(...checkCondition(tier.pass, [...at, 'pass'], inTier(true, true)));
  faults.push(...checkItems(tier.gates, [...at, 'gates'], inTier(false, true)));
  faults.push(...checkItems(tier.direct, [...at, 'direct'], inTier(false, false)));
  for (const [name, condition] of Object.entries(tier.refs)) {
    faults.push(...checkCondition(condition, [...at, 'refs', name], inTier(false, false)));
  }
  faults.push(...checkRefCycles(tier, at));
  faults.push(
    ...duplicates(
      tier.groups.map((group, i) => [group.id, [...at, 'groups', i, 'id']]),
      ['total', ...indicators.map((i) => i.id)],
    ),
  );
  tier.groups.forEach((group, i) => {
    const place = [...at, 'groups', i];
    const sum = group.indicators.reduce((total, indicator) => total + indicator.max, 0);
    if (sum > group.max)
      faults.push(fault('points', [...place, 'max'], `the indicators add up to ${sum}, over ${group.max}`));
    group.indicators.forEach((indicator, j) => {
      faults.push(...checkIndicator(indicator, [...place, 'indicators', j], inTier(false, false)));
    });
  });
  faults.push(...duplicates(tier.rounds.map((round, i) => [round.id, [...at, 'rounds', i, 'id']])));
  tier.rounds.forEach((round, i) => {
    const place = [...at, 'rounds', i];
    if (round.to !== null && round.to < round.from)
      faults.push(fault('range', [...place, 'to'], 'ends before it begins'));
    faults.push(...checkItems(round.exclusions, [...place, 'exclusions'], base));
  });
  return faults;
}

function checkItems(items: readonly Item[], at: Place, scope: ConditionScope): Fault[] {
  return items.flatMap((item, i) => checkCondition(item.when, [...at, i, 'when'], scope));
}

function checkIndicator(indicator: Indicator, at: Place, scope: ConditionScope): Fault[] {
  const { max } = indicator;
  switch (indicator.mode) {
    case 'first_match':
      return checkOptions(indicator.options, [...at, 'options'], max, scope, true);
    case 'best_of':
      return indicator.variants.flatMap((v, i) =>
        checkOptions(v.options, [...at, 'variants', i, 'options'], max, scope, true),
      );
    case 'sum_capped':
      return [
        ...checkOptions(indicator.options, [...at, 'options'], max, scope, false),
        ...(indicator.cap > max ? [fault('points', [...at, 'cap'], `the cap is over ${max}`)] : []),
      ];
    case 'steps':
      return [
        ...unknownField(indicator.field, at, scope),
        ...(indicator.points > max ? [fault('points', [...at, 'points'], `one step is over ${max}`)] : []),
      ];
    case 'manual_points': {
      const [low, high] = indicator.range;
      return [
        ...unknownField(indicator.field, at, scope),
        ...(low < 0 || low > high ? [fault('range', [...at, 'range'], 'not a range')] : []),
        ...(high > max ? [fault('points', [...at, 'range', 1], `over ${max}`)] : []),
      ];
    }
  }
}

function checkOptions(
  options: readonly Option[],
  at: Place,
  max: number,
  scope: ConditionScope,
  ordered: boolean,
): Fault[] {
  const faults = duplicates(options.map((option, i) => [option.key, [...at, i, 'key']]));
  options.forEach((option, i) => {
    const last = ordered && i === options.length - 1;
    faults.push(...checkCondition(option.when, [...at, i, 'when'], scope, last));
    if (option.points > max)
      faults.push(fault('points', [...at, i, 'points'], `${option.points} points are over ${max}`));
  });
  return faults;
}

function unknownField(field: string, at: Place, scope: ConditionScope): Fault[] {
  return scope.knownFields.has(field) ? [] : [fault('field', [...at, 'field'], `unknown field ${field}`)];
}

/** Items and indicators are named across the whole pack, so that an id says which clause is meant. */
function uniqueIds(standard: Standard): Fault[] {
  const named: [string, Place][] = standard.base.map((item, i) => [item.id, ['base', i, 'id']]);
  standard.tiers.forEach((tier, t) => {
    const at = ['tiers', t];
    tier.gates.forEach((item, i) => {
      named.push([item.id, [...at, 'gates', i, 'id']]);
    });
    tier.direct.forEach((item, i) => {
      named.push([item.id, [...at, 'direct', i, 'id']]);
    });
    tier.groups.forEach((group, g) => {
      group.indicators.forEach((indicator, i) => {
        named.push([indicator.id, [...at, 'groups', g, 'indicators', i, 'id']]);
      });
    });
    tier.rounds.forEach((round, r) => {
      round.exclusions.forEach((item, i) => {
        named.push([item.id, [...at, 'rounds', r, 'exclusions', i, 'id']]);
      });
    });
  });
  return duplicates(named, ['total']);
}

function duplicates(named: readonly (readonly [string, Place])[], taken: readonly string[] = []): Fault[] {
  const seen = new Set(taken);
  return named.flatMap(([id, place]) => {
    if (seen.has(id)) return [fault('duplicate', place, `${id} is used twice`)];
    seen.add(id);
    return [];
  });
}
