import type { RouteChoice } from '../diagnosis/route-shape.ts';
import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { Dimension, Text } from '../standards/schema.ts';
import { factNamed } from './fact-names.ts';
import { type OwnerRole, ownerOf } from './fact-owners.ts';
import {
  blankItem,
  evidenceFor,
  joined,
  missingNames,
  type PlanContext,
  roleFor,
  texts,
  timed,
  unique,
} from './plan-items.ts';
import type { PlanItem } from './shapes.ts';
import { clipText, listed, tell } from './words.ts';

function findReason(count: number, counted: RouteChoice['confirm']): Text {
  const open = tell('findReason', { count });
  if (counted.length === 0) return open;
  const facts = counted.map(({ label, expected }) =>
    expected ? tell('findExpected', { label, expected }) : label,
  );
  return joined(open, tell('findCounted', { facts: listed(facts) }));
}

/** An item that lacks data, with those of its missing facts that one person knows. */
interface Asked {
  readonly judged: Judged;
  readonly facts: readonly string[];
}

/** What is unknown, by who in the firm knows it: nobody is asked for facts that another one keeps. */
function askedOf(unknown: readonly Judged[]): Map<OwnerRole, Asked[]> {
  const found = new Map<OwnerRole, Asked[]>();
  const composed: Judged[] = [];
  for (const judged of unknown) {
    const byRole = new Map<OwnerRole, string[]>();
    for (const fact of judged.missing) {
      const role = ownerOf(fact) ?? roleFor(judged);
      byRole.set(role, [...(byRole.get(role) ?? []), fact]);
    }
    if (byRole.size === 0) composed.push(judged);
    for (const [role, facts] of byRole) found.set(role, [...(found.get(role) ?? []), { judged, facts }]);
  }
  // A sum of points has no fact of its own: whoever brings the most of the others settles it too.
  const [most] = [...found].sort(([, a], [, b]) => b.length - a.length);
  for (const judged of composed) {
    const role = most?.[0] ?? roleFor(judged);
    found.set(role, [...(found.get(role) ?? []), { judged, facts: [] }]);
  }
  return found;
}

function askStep({ judged, facts }: Asked, diagnosis: Diagnosis): Text {
  const names = listed(missingNames({ ...judged, missing: [...facts] }, diagnosis));
  const proofs = unique(facts.flatMap((field) => factNamed(field)?.evidence ?? []));
  const parts = { clause: judged.clause, facts: names };
  return proofs.length > 0
    ? tell('findStepEvidence', { ...parts, evidence: listed(proofs) })
    : tell('findStep', parts);
}

/** Most of the items are about this; of several, what comes first. */
function dimensionOfMost(asked: readonly Asked[]): Dimension {
  const counts = new Map<Dimension, number>();
  for (const { judged } of asked) counts.set(judged.dimension, (counts.get(judged.dimension) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 'overall';
}

/** "Find out, and prove it": one list a person, with what to bring for which condition and what proves it. */
export function findOutItems(
  unknown: readonly Judged[],
  context: PlanContext,
  confirm: RouteChoice['confirm'] = [],
): PlanItem[] {
  return [...askedOf(unknown)].map(([role, asked]) => {
    const facts = new Set(asked.flatMap((each) => each.facts));
    const counted = confirm.filter(({ field }) => facts.has(field));
    const names = unique(
      facts.size > 0
        ? asked
            .filter((each) => each.facts.length > 0)
            .flatMap(({ judged, facts: own }) =>
              missingNames({ ...judged, missing: [...own] }, context.diagnosis),
            )
        : asked.map(({ judged }) => judged.title),
    );
    const shown =
      names.length > 4 ? [...names.slice(0, 3), tell('findMore', { count: names.length - 3 })] : names;
    return {
      ...blankItem(`find-${role}`, dimensionOfMost(asked)),
      ownerRole: role,
      serves: asked.map(({ judged }) => judged.id).slice(0, 40),
      title: clipText(tell('findTitle', { items: listed(shown) }), 300),
      reason: clipText(findReason(asked.length, counted), 1000),
      steps: texts(
        asked
          .filter((each) => each.facts.length > 0 || facts.size === 0)
          .map((each) => askStep(each, context.diagnosis)),
        1000,
      ),
      ...timed(context.today, 0, 1),
      why: 'find' as const,
      cost: 'low' as const,
      evidence: evidenceFor(asked.map(({ judged, facts: own }) => ({ ...judged, missing: [...own] }))),
    };
  });
}
