import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';

export type Condition = CallInput<'cohort.list'>['condition'];
export type Line = CallOutput<'cohort.list'>['rows'][number];

interface BehindState {
  /** What the list is of, in words; null while it is closed. */
  title: string | null;
  condition: Condition;
  /** The number that was clicked. */
  expected: number | null;
}

/** The list behind a number. */
export const useBehind = create<BehindState>(() => ({ title: null, condition: {}, expected: null }));

/** Opens the enterprises behind a number. */
export function showBehind(title: string, condition: Condition, expected: number): void {
  useBehind.setState({ title, condition, expected });
}

/** Closes the list of enterprises behind a number. */
export function closeBehind(): void {
  useBehind.setState({ title: null });
}

/** Both conditions together; the second one's parts count where both have one. */
export function both(a: Condition, b: Condition): Condition {
  return { ...a, ...b };
}
