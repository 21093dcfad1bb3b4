import type { Measure } from './measure-schema.ts';
import type { PlanContent, PlanItem } from './shapes.ts';

/** Which policies a measure can use, by the measure's id. */
export type PolicyLinks = Readonly<Record<string, readonly string[]>>;

/** The policies every measure names; measures without any are left out. */
export function policyLinks(measures: readonly Measure[]): PolicyLinks {
  return Object.fromEntries(measures.flatMap(({ id, policies }) => (policies ? [[id, policies]] : [])));
}

/** The measures of a plan that a policy supports, by the policy's id. */
export function policyUses(content: Pick<PlanContent, 'items'>, links: PolicyLinks): Map<string, PlanItem[]> {
  const uses = new Map<string, PlanItem[]>();
  for (const item of content.items)
    for (const policy of (item.measureId && links[item.measureId]) || [])
      uses.set(policy, [...(uses.get(policy) ?? []), item]);
  return uses;
}
