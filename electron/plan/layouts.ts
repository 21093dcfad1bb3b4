import { z } from 'zod';
import type { DocumentWord } from './words.ts';

/** PDF in any layout; DOCX is always the full plan. */
export const formatShape = z.enum(['pdf', 'docx']);
export type Format = z.infer<typeof formatShape>;

/** The layouts of the plan on paper: all of it, two pages for who decides, one page to take along. */
export const layoutShape = z.enum(['full', 'summary', 'takeaway']);
export type Layout = z.infer<typeof layoutShape>;

/** The file of each layout in resources/templates. */
export const TEMPLATES: Readonly<Record<Layout, string>> = {
  full: 'plan.typ',
  summary: 'plan-summary.typ',
  takeaway: 'plan-takeaway.typ',
};

/** What a file of this layout is called. */
export const LAYOUT_WORDS: Readonly<Record<Layout, DocumentWord>> = {
  full: 'documentName',
  summary: 'documentNameSummary',
  takeaway: 'documentNameTakeaway',
};
