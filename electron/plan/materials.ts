import data from '../../resources/reference/application-materials.json' with { type: 'json' };
import { primitives } from '../diagnosis/derive.ts';
import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { Checklist, ChecklistRoute, Material } from './calendar-shapes.ts';
import { factNamed } from './fact-names.ts';
import { type Aim, aimOf } from './gaps.ts';
import { namedProof, type ProofInput, proofOf, stateOf } from './material-proofs.ts';
import type { PlanContent } from './shapes.ts';
import { tell } from './words.ts';

export interface ChecklistInput extends ProofInput {
  readonly aim: Aim;
  readonly marks: PlanContent['materials'];
}

type Sheet = Diagnosis['sheet'];

/** The facts behind an item that some paper must prove; those an item that is met does without are left out. */
function factsOf(item: Judged, sheet: Sheet): string[] {
  return [...new Set(item.fields.flatMap(primitives))].filter(
    (field) => factNamed(field)?.evidence && (item.verdict !== 'met' || field in sheet),
  );
}

/** Items of the route that ask for proof. */
function asking({ aim }: ChecklistInput): Judged[] {
  return aim.route.items.filter(
    (item) =>
      item.verdict !== 'not_applicable' &&
      (item.kind !== 'direct' || item.verdict === 'met') &&
      item.kind !== 'exclusion',
  );
}

function exclusions({ aim }: ChecklistInput): Judged[] {
  return aim.route.items.filter((item) => item.kind === 'exclusion' && item.verdict !== 'not_applicable');
}

/** Every tier and route of a check-up, the better route of a tier first. */
export function routesOf(diagnosis: Diagnosis): (ChecklistRoute & { title: Text; review: boolean })[] {
  return diagnosis.rungs.flatMap((rung) =>
    [...rung.routes]
      .sort((a, b) => Number(b === rung.routes[rung.best]) - Number(a === rung.routes[rung.best]))
      .map(({ standard, tier, title }) => ({
        rung: rung.rung,
        standard,
        tier,
        title,
        review: aimOf(diagnosis, rung.rung, { standard, tier })?.review ?? false,
      })),
  );
}

/**
 * The papers of one route to a tier: first those of the published list of the tier, where one is known, then what the
 * conditions of the route need proof of. Ready or missing comes from the files attached to the facts in the library, each
 * named; the consultant's own mark wins.
 */
export function checklistOf(input: ChecklistInput): Checklist {
  const { aim, diagnosis, marks } = input;
  const { sheet } = diagnosis;
  const list = aim.review ? undefined : data.lists.find(({ rung }) => rung === aim.rung.rung);
  const items = [...asking(input), ...exclusions(input)];
  const uses = (fields: readonly string[]) =>
    items.filter((item) => item.fields.flatMap(primitives).some((field) => fields.includes(field)));
  const judged = (facts: readonly string[], paper?: { text: Text; names?: readonly string[] }) => {
    const proofs =
      facts.length > 0 || !paper
        ? facts.map((field) => proofOf(field, input))
        : [namedProof(paper.text, paper.names ?? [paper.text.zh, paper.text.en], input)];
    return { proofs, ...stateOf(proofs) };
  };
  const found: Material[] = [];
  const covered = new Set<string>();
  for (const material of list?.materials ?? []) {
    const known = material.facts.filter((field) => field in sheet);
    // Of alternatives (share at home, abroad, rank) those that are known count; all of them where none is.
    const facts = known.length > 0 ? known : material.facts;
    if ('optional' in material && material.optional && known.length === 0) continue;
    for (const field of material.facts) covered.add(field);
    found.push({
      id: `list-${material.id}`,
      text: material.text,
      for: uses(material.facts).map((item) => item.title),
      byHand: false,
      ...judged(facts, material),
    });
  }
  const groups = new Map<string, { text: Text; facts: string[]; for: Text[] }>();
  for (const item of items) {
    for (const field of factsOf(item, sheet)) {
      const text = factNamed(field)?.evidence;
      if (!text || covered.has(field)) continue;
      const group = groups.get(text.zh) ?? { text, facts: [], for: [] };
      if (!group.facts.includes(field)) group.facts.push(field);
      if (!group.for.some((title) => title.zh === item.title.zh)) group.for.push(item.title);
      groups.set(text.zh, group);
    }
  }
  for (const { text, facts, for: titles } of groups.values())
    found.push({ id: `fact-${facts[0]}`, text, for: titles, byHand: false, ...judged(facts) });
  const { rung, route } = aim;
  return {
    route: { rung: rung.rung, standard: route.standard, tier: route.tier },
    title: route.title,
    review: aim.review,
    document: list?.document ?? null,
    note: tell(list ? 'materialsByList' : 'materialsByConditions'),
    materials: found.map((material) => {
      const mark = marks.find(({ id }) => id === material.id);
      return mark ? { ...material, state: mark.state, byHand: true } : material;
    }),
  };
}
