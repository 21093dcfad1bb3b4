import type { PlanContent, PlanItem } from './shapes.ts';

/** Texts that have two editions, of which a person may have changed one. */
const texts = ['title', 'reason', 'steps', 'metric', 'evidence', 'materials', 'pitfalls'] as const;
/** What only a person fills in. */
const theirs = ['owner', 'note', 'status', 'doneOn', 'proof', 'edited', 'own'] as const;
const choices = ['start', 'due', 'ownerRole', 'cost', 'dimension'] as const;

/** Plans of versions before fields were noted: a text counts as a person's where its language does. */
function isTheirs(item: PlanItem, name: string): boolean {
  return item.own.includes(name) || (item.edited.length > 0 && item.own.length === 0);
}

/** A measure proposed anew with what a person made of it before. One under way or done keeps its time too. */
function kept(fresh: PlanItem, old: PlanItem): PlanItem {
  const begun = old.status !== 'todo';
  const names: readonly (keyof PlanItem)[] = [
    ...theirs,
    ...texts.filter((name) => isTheirs(old, name)),
    ...choices.filter((name) => old.own.includes(name) || (begun && (name === 'start' || name === 'due'))),
  ];
  const own = Object.fromEntries(names.map((name) => [name, old[name]])) as Partial<PlanItem>;
  return { ...fresh, ...own };
}

/** Whether a measure that is no longer proposed stays: a person's own, worked on, or with something of theirs in it. */
function stays(old: PlanItem): boolean {
  const touched = old.own.length > 0 || old.edited.length > 0 || old.owner !== '' || old.note !== '';
  return old.why === null || old.status !== 'todo' || old.proof !== '' || touched;
}

/**
 * A new version of a plan: proposed anew from a fresh check-up, with the person's own edits, people, notes and progress
 * kept; what they took out stays out, what they added or worked on stays in, in their order. Measures that are no
 * longer needed and that nobody touched are gone.
 */
export function renewed(old: PlanContent, oldId: string, fresh: PlanContent): PlanContent {
  const before = new Map(old.items.map((item) => [item.id, item]));
  const proposed = new Map(
    fresh.items.filter((item) => !old.removed.includes(item.id)).map((item) => [item.id, item]),
  );
  const items: PlanItem[] = old.items.flatMap((item) => {
    const again = proposed.get(item.id);
    if (again) return [kept(again, item)];
    return stays(item) ? [item] : [];
  });
  // What is new stands behind what it followed in the proposal.
  let last = -1;
  for (const item of proposed.values()) {
    const at = items.findIndex((other) => other.id === item.id);
    if (at >= 0) last = at;
    else if (!before.has(item.id)) items.splice(++last, 0, item);
  }
  const own = Object.fromEntries(
    (['title', 'summary', 'targetRung', 'targetYear'] as const)
      .filter((name) => old.own.includes(name))
      .map((name) => [name, old[name]]),
  );
  return {
    ...fresh,
    ...own,
    consultant: old.consultant || fresh.consultant,
    organisation: old.organisation || fresh.organisation,
    notes: old.notes,
    items: items.slice(0, 200),
    limit: old.limit,
    previous: oldId,
    removed: old.removed,
    materials: old.materials,
    own: old.own,
  };
}
