import { create } from 'zustand';
import type { CallInput } from '../../electron/api.ts';

export type AsOfInput = NonNullable<CallInput<'diagnosis.evaluate'>['asOf']>;

/** As of when and for what each enterprise is looked at in this window; nothing chosen leaves it to the service. */
export const useAsOf = create<{ chosen: Record<string, AsOfInput> }>(() => ({ chosen: {} }));

/** The day and fiscal year an enterprise is judged by on the screen. */
export function asOfOf(enterpriseId: string): AsOfInput {
  return useAsOf.getState().chosen[enterpriseId] ?? {};
}

/** Changes one of the controls; undefined gives it back to the service. */
export function chooseAsOf(enterpriseId: string, changes: AsOfInput): void {
  useAsOf.setState((state) => ({
    chosen: { ...state.chosen, [enterpriseId]: { ...state.chosen[enterpriseId], ...changes } },
  }));
}
