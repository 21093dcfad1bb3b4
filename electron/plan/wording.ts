import { z } from 'zod';
import { plainText } from '../library/shapes.ts';
import type { Text } from '../standards/schema.ts';
import { cleanText } from './clean-text.ts';
import { type DocumentWord, type PlanLocale, tell } from './words.ts';

/**
 * Titles of sections that a consultancy may word itself. The statement is not among them: what it says (a rehearsal, no
 * recognition, by which standard, version and grade) is printed under its own name on every document.
 */
export const SECTIONS = [
  'headEssentials',
  'headLadder',
  'headDecides',
  'headPortrait',
  'headFigures',
  'headTitles',
  'headRemarks',
  'headCharts',
  'headVerdicts',
  'headMeasures',
  'headTimeline',
  'headGoals',
  'headCalendar',
  'headUnknown',
  'headPolicies',
  'headChecklist',
  'headMaterials',
  'headNotes',
  'headClosing',
  'briefMeasures',
  'briefFirst',
  'briefAsks',
] as const satisfies readonly DocumentWord[];
export type Section = (typeof SECTIONS)[number];

/** Longest texts, in UTF-16 units: what still fits on its page. */
export const LONGEST = { firm: 60, tagline: 60, coverNote: 400, closing: 600, section: 40 } as const;

/** One line or a few, in each language; "" = nothing of one's own. */
const own = (max: number) => z.object({ zh: plainText(max), en: plainText(max) });
const line = (max: number) => {
  const single = plainText(max).regex(/^[^\n\r\t]*$/);
  return z.object({ zh: single, en: single });
};

/** The words of a consultancy on its documents. Everything may be left empty. */
export const wordingShape = z.object({
  firm: line(LONGEST.firm),
  tagline: line(LONGEST.tagline),
  coverNote: own(LONGEST.coverNote),
  closing: own(LONGEST.closing),
  sections: z.partialRecord(z.enum(SECTIONS), line(LONGEST.section)),
});
export type Wording = z.infer<typeof wordingShape>;

/** What the documents say where nothing else is wanted, to be shown beside the fields. */
export function usualTitles(): Record<Section, Text> {
  return Object.fromEntries(SECTIONS.map((key) => [key, tell(key)])) as Record<Section, Text>;
}

/** Without what is invisible on paper nothing may be left; then it is as if nothing had been typed. */
function seen(text: string | undefined): string {
  return text === undefined || cleanText(text).replaceAll('\u200b', '').trim() === '' ? '' : text.trim();
}

/** The words that stand on a document of one language. */
export interface House {
  readonly firm: string;
  readonly tagline: string;
  readonly coverNote: string;
  readonly closing: string;
  /** Titles in place of the usual ones. */
  readonly titles: ReadonlyMap<string, string>;
}

/** A name without an edition in this language is printed as it is; other words are left out instead of mixed in. */
export function houseOf(wording: Wording | null | undefined, locale: PlanLocale): House {
  const at = (text: Text | undefined) => seen(text?.[locale]);
  const titles = SECTIONS.flatMap((key): [string, string][] => {
    const title = at(wording?.sections[key]);
    return title ? [[key, title]] : [];
  });
  return {
    firm: at(wording?.firm) || seen(wording?.firm[locale === 'zh' ? 'en' : 'zh']),
    tagline: at(wording?.tagline),
    coverNote: at(wording?.coverNote),
    closing: at(wording?.closing),
    titles: new Map(titles),
  };
}
