import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import type { Condition } from './list-store.ts';

export type Pipeline = CallOutput<'cohort.pipeline'>;

/** Which enterprises the pipeline and the profile look at; kept while the window is open. */
export const useCohortCondition = create<{
  condition: Condition;
  setCondition(condition: Condition): void;
}>((set) => ({
  // The samples are nobody's enterprises: they count only where somebody wants it.
  condition: { samples: false },
  setCondition: (condition) => set({ condition }),
}));
