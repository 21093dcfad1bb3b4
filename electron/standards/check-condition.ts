import { type Fault, type FaultCode, jsonPath, type Place } from './fault.ts';
import type { Condition, Tier } from './schema.ts';

/** What a condition may refer to and where it stands. */
export interface ConditionScope {
  readonly knownFields: ReadonlySet<string>;
  /** Of the tier it stands in; undefined in the base gate and in a round's exclusions, which are outside every tier's scores. */
  readonly tier: Tier | undefined;
  /** Score ids of that tier. */
  readonly scores: ReadonlySet<string>;
  /** May stand here: all gates and other packs' tiers (pass rule only), scores and direct conditions (pass rule and gates). */
  readonly allows: { readonly gate: boolean; readonly score: boolean; readonly external: boolean };
}

/**
 * Faults of one condition that its shape cannot show: unknown fields, references and scores, an empty range,
 * `otherwise` or `waiver` in a wrong place, a rule that would ask for its own result.
 * `isLastOption` allows `otherwise`.
 */
export function checkCondition(
  condition: Condition,
  at: Place,
  scope: ConditionScope,
  isLastOption = false,
): Fault[] {
  return check(condition, at, scope, { isLastOption, inAny: false });
}

interface Where {
  readonly isLastOption: boolean;
  readonly inAny: boolean;
}

function check(condition: Condition, at: Place, scope: ConditionScope, where: Where): Fault[] {
  const faults: Fault[] = [];
  const add = (code: FaultCode, place: Place, message: string) =>
    faults.push({ code, path: jsonPath(place), message });
  if ('waiver' in condition && condition.waiver && !where.inAny) {
    add('placement', [...at, 'waiver'], 'a waiver only makes sense as a branch of "any"');
  }
  if ('all' in condition || 'any' in condition) {
    const isAny = 'any' in condition;
    const parts = isAny ? condition.any : condition.all;
    if (isAny && parts.every((p) => 'waiver' in p && p.waiver))
      add('placement', at, 'every branch is a waiver');
    parts.forEach((part, i) => {
      faults.push(
        ...check(part, [...at, isAny ? 'any' : 'all', i], scope, { isLastOption: false, inAny: isAny }),
      );
    });
  } else if ('field' in condition) {
    if (!scope.knownFields.has(condition.field))
      add('field', [...at, 'field'], `unknown field ${condition.field}`);
    const range = rangeFault(condition);
    if (range) add('range', at, range);
  } else if ('manual' in condition) {
    const { judgement } = condition;
    if (judgement !== undefined && !scope.knownFields.has(judgement)) {
      add('field', [...at, 'judgement'], `unknown field ${judgement}`);
    }
  } else if ('ref' in condition) {
    if (!Object.hasOwn(scope.tier?.refs ?? {}, condition.ref)) {
      add('ref', [...at, 'ref'], `this tier names no condition ${condition.ref}`);
    }
  } else if ('score' in condition) {
    if (!scope.allows.score) add('placement', at, 'a score cannot be asked for here');
    else if (!scope.scores.has(condition.score))
      add('score', [...at, 'score'], `unknown score ${condition.score}`);
    if (condition.gte === undefined && condition.gt === undefined)
      add('range', at, 'a score needs gte or gt');
  } else if ('direct' in condition) {
    if (!scope.allows.score) add('placement', at, 'direct conditions cannot be asked for here');
    else if (!scope.tier?.direct.length) add('ref', at, 'this tier has no direct conditions');
  } else if ('gate' in condition) {
    if (!scope.allows.gate) add('placement', at, 'only the pass rule can ask for all gates');
    else if (!scope.tier?.gates.length) add('ref', at, 'this tier has no gates');
  } else if ('external' in condition) {
    if (!scope.allows.external) add('placement', at, 'only the pass rule can count on another tier');
  } else if (!where.isLastOption) {
    add('placement', [...at, 'otherwise'], '"otherwise" can only be the last option of a table');
  }
  return faults;
}

/** Why a comparison can never hold or mixes words with bounds; undefined if it is sound. */
function rangeFault(c: Extract<Condition, { field: string }>): string | undefined {
  const lower = c.gte ?? c.gt;
  const upper = c.lte ?? c.lt;
  if (c.gte !== undefined && c.gt !== undefined) return 'gte and gt together';
  if (c.lte !== undefined && c.lt !== undefined) return 'lte and lt together';
  if (c.eq !== undefined && (lower !== undefined || upper !== undefined)) return 'eq together with a bound';
  if (lower === undefined || upper === undefined) return undefined;
  const closed = c.gte !== undefined && c.lte !== undefined;
  return lower > upper || (lower === upper && !closed) ? 'the range is empty' : undefined;
}

/** Named conditions of a tier that lead back to themselves, as paths of their first step. */
export function checkRefCycles(tier: Tier, at: Place): Fault[] {
  const uses = (condition: Condition): string[] => {
    if ('all' in condition) return condition.all.flatMap(uses);
    if ('any' in condition) return condition.any.flatMap(uses);
    return 'ref' in condition ? [condition.ref] : [];
  };
  const reaches = (from: string, target: string, seen: Set<string>): boolean => {
    const condition = Object.hasOwn(tier.refs, from) ? tier.refs[from] : undefined;
    if (!condition || seen.has(from)) return false;
    seen.add(from);
    return uses(condition).some((next) => next === target || reaches(next, target, seen));
  };
  return Object.keys(tier.refs)
    .filter((name) => reaches(name, name, new Set()))
    .map((name) => ({
      code: 'ref',
      path: jsonPath([...at, 'refs', name]),
      message: `${name} refers to itself`,
    }));
}
