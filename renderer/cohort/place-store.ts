import { create } from 'zustand';
import type { Condition } from './list-store.ts';

/** Which enterprises the pipeline and the profile look at; kept while the window is open. */
export const useCohortCondition = create<{ condition: Condition; setCondition(condition: Condition): void }>(
  (set) => ({ condition: {}, setCondition: (condition) => set({ condition }) }),
);
