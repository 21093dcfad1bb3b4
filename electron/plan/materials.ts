import data from '../../resources/reference/application-materials.json' with { type: 'json' };
import { primitives } from '../diagnosis/derive.ts';
import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { Checklist, Material } from './calendar-shapes.ts';
import { factNamed } from './fact-names.ts';
import type { Aim } from './gaps.ts';
import type { PlanContent } from './shapes.ts';
import { listed, tell } from './words.ts';

export interface ChecklistInput {
  readonly aim: Aim;
  /** Today's judgement: its sheet says how each fact is backed. */
  readonly diagnosis: Diagnosis;
  readonly marks: PlanContent['materials'];
}

type Sheet = Diagnosis['sheet'];

/** The facts behind an item that some paper must prove; those an item that is met does without are left out. */
function factsOf(item: Judged, sheet: Sheet): string[] {
  return [...new Set(item.fields.flatMap(primitives))].filter(
    (field) => factNamed(field)?.evidence && (item.verdict !== 'met' || field in sheet),
  );
}

function backed(field: string, sheet: Sheet): boolean {
  const basis = sheet[field]?.basis;
  return basis === 'documented' || basis === 'checked';
}

function nameOf(field: string): Text {
  return factNamed(field)?.label ?? { zh: field, en: field };
}

/** Ready where every fact is shown in a document, partly where some are, else missing; null without any fact. */
function stateOf(facts: readonly string[], sheet: Sheet): Pick<Material, 'state' | 'says'> {
  if (facts.length === 0) return { state: null, says: tell('materialByHand') };
  const open = facts.filter((field) => !backed(field, sheet));
  if (open.length === 0) return { state: 'ready', says: tell('materialReady') };
  const names = listed(open.slice(0, 4).map(nameOf));
  const facts4 = open.length > 4 ? tell('andMore', { list: names, count: open.length }) : names;
  return {
    state: open.length < facts.length ? 'partly' : 'missing',
    says: tell('materialOpen', { facts: facts4 }),
  };
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

/**
 * The papers of an application: first those of the published list of the tier, where one is known, then what the
 * conditions themselves need proof of. Ready or missing comes from how the facts are backed in the library; the
 * consultant's own mark wins.
 */
export function checklistOf(input: ChecklistInput): Checklist {
  const { aim, diagnosis, marks } = input;
  const { sheet } = diagnosis;
  const list = aim.review ? undefined : data.lists.find(({ rung }) => rung === aim.rung.rung);
  const items = [...asking(input), ...exclusions(input)];
  const uses = (fields: readonly string[]) =>
    items.filter((item) => item.fields.flatMap(primitives).some((field) => fields.includes(field)));
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
      ...stateOf(facts, sheet),
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
    found.push({ id: `fact-${facts[0]}`, text, for: titles, byHand: false, ...stateOf(facts, sheet) });
  return {
    document: list?.document ?? null,
    note: tell(list ? 'materialsByList' : 'materialsByConditions'),
    materials: found.map((material) => {
      const mark = marks.find(({ id }) => id === material.id);
      return mark ? { ...material, state: mark.state, byHand: true } : material;
    }),
  };
}
