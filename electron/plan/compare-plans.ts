import { isDeepStrictEqual } from 'node:util';
import type { Diagnosis, Judged } from '../diagnosis/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { ChangedField, Comparison } from './compare-shapes.ts';
import { aimOf } from './gaps.ts';
import { dateText } from './schedule.ts';
import type { Plan, PlanContent, PlanItem } from './shapes.ts';
import { tell } from './words.ts';

const plain = (text: string): Text | null => (text === '' ? null : { zh: text, en: text });
const said = (text: Text): Text | null => (text.zh === '' && text.en === '' ? null : text);
const day = (date: string | null): Text | null => (date ? dateText(date) : null);
const lines = (texts: readonly Text[]): Text | null =>
  texts.length === 0
    ? null
    : { zh: texts.map((t) => t.zh).join('\n'), en: texts.map((t) => t.en).join('\n') };

/** Every line of a measure that can be edited, as it reads. */
const itemFields: Record<string, (item: PlanItem) => Text | null> = {
  title: (item) => said(item.title),
  reason: (item) => said(item.reason),
  dimension: (item) => tell(`dimLong_${item.dimension}`),
  metric_label: (item) => item.metric && said(item.metric.label),
  metric_from: (item) => item.metric && said(item.metric.from),
  metric_to: (item) => item.metric && said(item.metric.to),
  owner: (item) => plain(item.owner),
  ownerRole: (item) => item.ownerRole && tell(`role_${item.ownerRole}`),
  start: (item) => day(item.start),
  due: (item) => day(item.due),
  cost: (item) => item.cost && tell(`cost_${item.cost}`),
  status: (item) => tell(`status_${item.status}`),
  doneOn: (item) => day(item.doneOn),
  proof: (item) => plain(item.proof),
  steps: (item) => lines(item.steps),
  evidence: (item) => lines(item.evidence),
  materials: (item) => lines(item.materials),
  pitfalls: (item) => lines(item.pitfalls),
  note: (item) => plain(item.note),
};

const headFields: Record<string, (content: PlanContent) => Text | null> = {
  planTitle: (content) => said(content.title),
  targetRung: (content) => (content.targetRung ? tell(`rung_${content.targetRung as 1 | 2 | 3}`) : null),
  targetYear: (content) => (content.targetYear ? plain(String(content.targetYear)) : null),
  limit: (content) => plain(String(content.limit)),
  consultant: (content) => plain(content.consultant),
  organisation: (content) => plain(content.organisation),
  summary: (content) => said(content.summary),
  notes: (content) => said(content.notes),
};

function differing<T>(fields: Record<string, (of: T) => Text | null>, a: T, b: T): ChangedField[] {
  return Object.entries(fields).flatMap(([field, read]) => {
    const [old, fresh] = [read(a), read(b)];
    return isDeepStrictEqual(old, fresh) ? [] : [{ field, old, new: fresh }];
  });
}

/** How many measures changed places among those that both versions have. */
function movedCount(a: readonly PlanItem[], b: readonly PlanItem[]): number {
  const ids = new Set(b.map((item) => item.id));
  const before = a.filter((item) => ids.has(item.id)).map((item) => item.id);
  const known = new Set(before);
  const after = b.filter((item) => known.has(item.id)).map((item) => item.id);
  // The longest run of measures still in order has not moved.
  const places = after.map((id) => before.indexOf(id));
  const best: number[] = [];
  for (const place of places) {
    const at = best.findIndex((other) => other >= place);
    best[at < 0 ? best.length : at] = place;
  }
  return places.length - best.length;
}

function judgedItems(plan: Plan, diagnosis: Diagnosis): Map<string, Judged> {
  const aim = aimOf(diagnosis, plan.content.targetRung ?? undefined, plan.content.planning?.route);
  return new Map((aim?.route.items ?? []).map((item) => [item.id, item]));
}

function verdictChanges(
  a: { plan: Plan; diagnosis: Diagnosis },
  b: { plan: Plan; diagnosis: Diagnosis },
): Comparison['verdicts'] {
  const rungs = b.diagnosis.rungs.flatMap(({ rung, title, verdict }) => {
    const old = a.diagnosis.rungs.find((other) => other.rung === rung)?.verdict;
    return old && old !== verdict ? [{ rung, title, old, new: verdict }] : [];
  });
  const [before, after] = [judgedItems(a.plan, a.diagnosis), judgedItems(b.plan, b.diagnosis)];
  const items = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, fresh] = [before.get(id), after.get(id)];
    const title = (fresh ?? old)?.title;
    if (!title || (old?.verdict === fresh?.verdict && isDeepStrictEqual(old?.formula, fresh?.formula)))
      return [];
    return [
      {
        id,
        title,
        old: old?.verdict ?? null,
        new: fresh?.verdict ?? null,
        oldFormula: old?.formula ?? null,
        newFormula: fresh?.formula ?? null,
      },
    ];
  });
  return { rungs, items };
}

/** What differs between two versions of a plan: measures added, removed and changed line by line, and the verdicts. */
export function comparePlans(
  a: { plan: Plan; diagnosis: Diagnosis },
  b: { plan: Plan; diagnosis: Diagnosis },
): Comparison {
  const [before, after] = [a.plan.content, b.plan.content];
  const old = new Map(before.items.map((item) => [item.id, item]));
  const fresh = new Map(after.items.map((item) => [item.id, item]));
  const named = ({ id, title, reason }: PlanItem) => ({ id, title, reason });
  return {
    head: differing(headFields, before, after),
    added: after.items.filter((item) => !old.has(item.id)).map(named),
    removed: before.items.filter((item) => !fresh.has(item.id)).map(named),
    changed: after.items.flatMap((item) => {
      const was = old.get(item.id);
      const fields = was ? differing(itemFields, was, item) : [];
      return fields.length > 0 ? [{ id: item.id, title: item.title, fields }] : [];
    }),
    moved: movedCount(before.items, after.items),
    verdicts: verdictChanges(a, b),
  };
}
