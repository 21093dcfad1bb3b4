import { create } from 'zustand';

/** A field of a record, as the log names it, and how it is called on the screen. */
export interface AskedField {
  enterpriseId: string;
  entity: 'enterprise' | 'figure' | 'fact';
  entityId: string;
  field: string;
  label: string;
}

/** The field whose history is shown; null = none. */
export const useFieldHistory = create<{ asked: AskedField | null }>(() => ({ asked: null }));

/** Opens the history of one field. */
export function showFieldHistory(asked: AskedField): void {
  useFieldHistory.setState({ asked });
}

/** Closes it. */
export function hideFieldHistory(): void {
  useFieldHistory.setState({ asked: null });
}
