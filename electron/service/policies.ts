import type { Policy } from '../plan/measure-schema.ts';
import { listOwnPolicies } from '../plan/own-policies.ts';
import type { ListedPolicy } from '../plan/pack-call-shapes.ts';
import type { Context } from './context.ts';

/** Every policy as it counts: the library's own over those of the data folder over ours; hidden ones are told so. */
export function listedPolicies({ db, resources }: Pick<Context, 'db' | 'resources'>): ListedPolicy[] {
  const own = listOwnPolicies(db);
  const shipped = new Map(resources.shippedPolicies().map((policy) => [policy.id, policy]));
  const all = new Map<string, ListedPolicy>();
  for (const policy of resources.policies()) {
    const origin = shipped.get(policy.id) === policy ? 'product' : 'pack';
    all.set(policy.id, {
      policy,
      origin,
      overrides: origin === 'pack' && shipped.has(policy.id),
      hidden: false,
    });
  }
  for (const { id, policy, hidden } of own.values()) {
    const before = all.get(id);
    if (policy) all.set(id, { policy, origin: 'own', overrides: before !== undefined, hidden });
    else if (before) all.set(id, { ...before, hidden });
  }
  return [...all.values()].sort((a, b) => (a.policy.id < b.policy.id ? -1 : 1));
}

/** The policies plans may name. */
export function policiesInUse(context: Pick<Context, 'db' | 'resources'>): Policy[] {
  return listedPolicies(context).flatMap(({ policy, hidden }) => (hidden ? [] : [policy]));
}
