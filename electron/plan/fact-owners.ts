import data from '../../resources/reference/fact-owners.json' with { type: 'json' };
import type { PlanItem } from './shapes.ts';

export type OwnerRole = NonNullable<PlanItem['ownerRole']>;

const owners = new Map(
  Object.entries(data.owners).flatMap(([role, facts]) =>
    facts.map((fact) => [fact, role as OwnerRole] as const),
  ),
);

/** Who in a firm usually knows a fact and has its proof; undefined for a fact the list does not name. */
export function ownerOf(fact: string): OwnerRole | undefined {
  return owners.get(fact);
}

/** Who knows most of these facts; of several, who comes first. Undefined where nobody is known for any. */
export function ownerOfMost(facts: readonly string[]): OwnerRole | undefined {
  const counts = new Map<OwnerRole, number>();
  for (const fact of facts) {
    const role = ownerOf(fact);
    if (role) counts.set(role, (counts.get(role) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
