import i18next from 'i18next';
import { editPlan, type PlanContent, usePlan } from './plan-store.ts';
import { changeText, type Language, markEdited, type PlanItem, type Text } from './plan-text.ts';

/** The dimensions in the order of the programme's motto; then what concerns all of them. */
export const planDimensions: readonly PlanItem['dimension'][] = [
  'specialized',
  'refined',
  'distinctive',
  'innovative',
  'chain',
  'product',
  'compliance',
  'overall',
];

/** The measures as they are numbered on screen and paper: by dimension, as the plan has them within one. */
export function numbered(items: readonly PlanItem[]): { item: PlanItem; number: number }[] {
  return planDimensions
    .flatMap((dimension) => items.filter((item) => item.dimension === dimension))
    .map((item, at) => ({ item, number: at + 1 }));
}

/** The texts of an item that are one text, and those that are lists of lines. */
export type TextName = 'title' | 'reason';
export type LinesName = 'steps' | 'evidence' | 'materials' | 'pitfalls';

function changeItem(tag: string, id: string, change: (item: PlanItem) => PlanItem): void {
  editPlan(tag, (content) => ({
    ...content,
    items: content.items.map((item) => (item.id === id ? change(item) : item)),
  }));
}

/** Fields a new version would propose anew: what a person sets there is theirs and stays. */
const proposed: readonly string[] = ['start', 'due', 'ownerRole', 'cost', 'dimension'];

function owned(item: PlanItem, names: readonly string[]): PlanItem['own'] {
  return [...new Set([...item.own, ...names])].slice(0, 40);
}

/** Changes fields of an item that have no language: owner, dates, status, note. */
export function setItem(id: string, changes: Partial<PlanItem>): void {
  const names = Object.keys(changes);
  changeItem(`${id} ${names.join()}`, id, (item) => ({
    ...item,
    ...changes,
    own: owned(
      item,
      names.filter((name) => proposed.includes(name)),
    ),
  }));
}

/** Today on this computer, YYYY-MM-DD. */
export function localToday(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Sets how far a measure is; what is done gets today's date, what is taken back loses it. */
export function setStatus(id: string, status: PlanItem['status']): void {
  changeItem('', id, (item) => ({
    ...item,
    status,
    doneOn: status === 'done' ? (item.doneOn ?? localToday()) : null,
  }));
}

/** Changes a text of an item in one language. */
export function setItemText(id: string, name: TextName, language: Language, value: string): void {
  changeItem(`${id} ${name}`, id, (item) => ({
    ...item,
    [name]: changeText(`${id} ${name}`, item[name], language, value),
    edited: markEdited(item, language),
    own: owned(item, [name]),
  }));
}

/** Changes what the item is measured by. */
export function setMetric(
  id: string,
  part: 'label' | 'from' | 'to',
  language: Language,
  value: string,
): void {
  changeItem(`${id} metric ${part}`, id, (item) => {
    const none: Text = { zh: '', en: '' };
    const metric = item.metric ?? { label: none, from: none, to: none };
    const next: NonNullable<PlanItem['metric']> = {
      ...metric,
      [part]: changeText(`${id} metric ${part}`, metric[part], language, value),
    };
    const empty = Object.values(next).every((text) => text.zh === '' && text.en === '');
    return {
      ...item,
      metric: empty ? null : next,
      edited: markEdited(item, language),
      own: owned(item, ['metric']),
    };
  });
}

/** Changes a list of lines; the tag tells whether keystrokes join into one step. */
export function setLines(id: string, name: LinesName, language: Language, tag: string, lines: Text[]): void {
  changeItem(tag === '' ? '' : `${id} ${name} ${tag}`, id, (item) => ({
    ...item,
    [name]: lines,
    edited: markEdited(item, language),
    own: owned(item, [name]),
  }));
}

/** A new measure with a first title in both languages, at the end of its dimension. */
export function addBlank(dimension: PlanItem['dimension']): string {
  const id = crypto.randomUUID();
  const title = (locale: string) => i18next.t('plan:newItem', { lng: locale });
  const item: PlanItem = {
    id,
    measureId: null,
    dimension,
    serves: [],
    title: { zh: title('zh-CN'), en: title('en') },
    reason: { zh: '', en: '' },
    steps: [],
    metric: null,
    ownerRole: null,
    owner: '',
    start: null,
    due: null,
    months: 0,
    cost: null,
    evidence: [],
    materials: [],
    pitfalls: [],
    status: 'todo',
    note: '',
    edited: [],
    why: null,
    window: null,
    goals: [],
    own: [],
    doneOn: null,
    proof: '',
  };
  insertItem(item);
  return id;
}

/** Puts an item behind the last one of its dimension. */
export function insertItem(item: PlanItem): void {
  editPlan('', (content) => {
    const at = content.items.findLastIndex((other) => other.dimension === item.dimension);
    return {
      ...content,
      items: content.items.toSpliced(at < 0 ? content.items.length : at + 1, 0, item),
      removed: content.removed.filter((other) => other !== item.id),
    };
  });
}

/** Removes an item; the returned function puts it back where it was. */
export function removeItem(id: string): () => void {
  const items = usePlan.getState().plan?.content.items ?? [];
  const at = items.findIndex((item) => item.id === id);
  const item = items[at];
  // A proposal taken out is not proposed again in a new version.
  const wasProposed = item?.why !== null || item?.measureId !== null;
  editPlan('', (content) => ({
    ...content,
    items: content.items.filter((other) => other.id !== id),
    removed: wasProposed ? [...new Set([...content.removed, id])].slice(-400) : content.removed,
  }));
  return () => {
    if (!item) return;
    editPlan('', (content) =>
      content.items.some((other) => other.id === id)
        ? content
        : {
            ...content,
            items: content.items.toSpliced(at, 0, item),
            removed: content.removed.filter((other) => other !== id),
          },
    );
  };
}

/** Moves an item one place up or down among those of its dimension. */
export function stepItem(id: string, step: 1 | -1): void {
  editPlan('', (content) => {
    const item = content.items.find((other) => other.id === id);
    const group = content.items.filter((other) => other.dimension === item?.dimension);
    const neighbour = group[group.findIndex((other) => other.id === id) + step];
    return item && neighbour ? moved(content, id, neighbour.id, step === 1) : content;
  });
}

/** Moves an item before or behind another one and into its dimension. */
export function dropItem(id: string, onto: string, behind: boolean): void {
  if (id !== onto) editPlan('', (content) => moved(content, id, onto, behind));
}

function moved(content: PlanContent, id: string, onto: string, behind: boolean): PlanContent {
  const item = content.items.find((other) => other.id === id);
  const target = content.items.find((other) => other.id === onto);
  if (!item || !target) return content;
  const items = content.items.filter((other) => other.id !== id);
  items.splice(items.indexOf(target) + (behind ? 1 : 0), 0, { ...item, dimension: target.dimension });
  return { ...content, items };
}
