import { monthAfter } from './schedule.ts';
import type { PlanContent, PlanItem } from './shapes.ts';

/** Due within so many days counts as soon. */
const SOON_DAYS = 30;

/** The last day a loose date stands for. */
export function lastDay(loose: string): string {
  const [year = '', month, day] = loose.split('-');
  if (day) return loose;
  if (!month) return `${year}-12-31`;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return `${year}-${month}-${String(days).padStart(2, '0')}`;
}

/** Whole days from one day to another, both YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export interface DueItem {
  readonly id: string;
  readonly title: PlanItem['title'];
  readonly owner: string;
  readonly ownerRole: PlanItem['ownerRole'];
  readonly due: string;
  /** Days from today; below zero it is overdue. */
  readonly days: number;
}

export interface Progress {
  readonly total: number;
  readonly todo: number;
  readonly doing: number;
  readonly done: number;
  /** Not done though their day is over, the longest first. */
  readonly overdue: DueItem[];
  /** To be done within a month. */
  readonly soon: DueItem[];
  /** Should have begun and has not. */
  readonly late: DueItem[];
  /** Marked as done without anything that shows it. */
  readonly unproved: number;
  /** What is due next, of what is not overdue. */
  readonly next: DueItem | null;
}

/** How far a plan is on a day, YYYY-MM-DD. */
export function progressOf(content: PlanContent, today: string): Progress {
  const count = (status: PlanItem['status']) => content.items.filter((i) => i.status === status).length;
  const open = content.items.filter((item) => item.status !== 'done');
  const due = open.flatMap((item): DueItem[] => {
    if (!item.due) return [];
    const { id, title, owner, ownerRole } = item;
    return [{ id, title, owner, ownerRole, due: item.due, days: daysBetween(today, lastDay(item.due)) }];
  });
  due.sort((a, b) => a.days - b.days || (a.id < b.id ? -1 : 1));
  const overdue = due.filter(({ days }) => days < 0);
  const waiting = due.filter(({ days }) => days >= 0);
  const late = waiting.filter(({ id }) => {
    const item = open.find((other) => other.id === id);
    return (
      item?.status === 'todo' && item.start !== null && monthAfter(lastDay(item.start), 0) < today.slice(0, 7)
    );
  });
  return {
    total: content.items.length,
    todo: count('todo'),
    doing: count('doing'),
    done: count('done'),
    overdue,
    soon: waiting.filter(({ days }) => days <= SOON_DAYS),
    late,
    unproved: content.items.filter((item) => item.status === 'done' && !item.proof?.trim()).length,
    next: waiting[0] ?? null,
  };
}
