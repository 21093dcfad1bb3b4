import type { PlanItem } from './plan-text.ts';

export const phases = ['quarter', 'year', 'next', 'later', 'open'] as const;
export type Phase = (typeof phases)[number];

/** The phase in which a measure begins, seen from the day of planning; as the paper has it (electron/plan/arrange.ts). */
export function phaseOf(item: Pick<PlanItem, 'start' | 'due'>, on: string): Phase {
  const begins = item.start ?? item.due;
  if (!begins) return 'open';
  const [year, month] = [Number(begins.slice(0, 4)), Number(begins.slice(5, 7) || '1')];
  const [thisYear, thisMonth] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  if (year > thisYear) return year === thisYear + 1 ? 'next' : 'later';
  return year < thisYear || Math.ceil(month / 3) <= Math.ceil(thisMonth / 3) ? 'quarter' : 'year';
}

/** The time a phase stands for: "2026 Q4", "2026", "2027", "2028+". */
export function phaseTime(phase: Phase, on: string): string {
  const year = Number(on.slice(0, 4));
  if (phase === 'quarter') return `${year} Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`;
  return { year: String(year), next: String(year + 1), later: `${year + 2}+`, open: '' }[phase];
}
