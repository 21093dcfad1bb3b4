import { create } from 'zustand';
import type { CallInput } from '../../electron/api.ts';
import { shortLocale } from '../i18n/i18n.ts';
import type { Language } from './plan-text.ts';

export type Layout = NonNullable<CallInput<'plan.render'>['layout']>;
export const LAYOUTS: readonly Layout[] = ['full', 'summary', 'takeaway'];

interface PaperState {
  /** Null until someone chose: then the language of the window. */
  language: Language | null;
  layout: Layout;
  /** The file name the service proposes for what is shown. */
  name: { planId: string; language: Language; layout: Layout; name: string } | null;
}

/** How the plan is shown and exported: preview and export always agree. */
export const usePaper = create<PaperState>(() => ({ language: null, layout: 'full', name: null }));

/** The language of the paper. */
export function usePaperLanguage(): Language {
  return usePaper((state) => state.language) ?? shortLocale();
}

/** Changes how the paper looks. */
export function setPaper(change: Partial<PaperState>): void {
  usePaper.setState(change);
}
