import { approximate, decimalText, fraction } from '../diagnosis/exact.ts';
import type { Diagnosis, Verdict } from '../diagnosis/shapes.ts';
import type { EnterpriseFile, Settings } from '../library/shapes.ts';
import type { Text } from '../standards/schema.ts';
import type { CarriedFirm } from './carried.ts';
import { type Aim, aimOf } from './gaps.ts';
import type { Format, Layout } from './layouts.ts';
import type { Policy } from './measure-schema.ts';
import type { PolicyLinks } from './policy-links.ts';
import type { AttachedFile } from './proof-places.ts';
import { dateText } from './schedule.ts';
import type { Plan } from './shapes.ts';
import { type House, houseOf, type Wording } from './wording.ts';
import { type DocumentWord, type Part, type PlanLocale, word } from './words.ts';

/** What the document is made from. */
export interface DocumentInput {
  readonly plan: Plan;
  readonly diagnosis: Diagnosis;
  readonly file: EnterpriseFile;
  readonly settings: Settings;
  /** Already matched to the firm (`matchPolicies`). */
  readonly policies: readonly Policy[];
  /** Which policies the measures name. */
  readonly links?: PolicyLinks | undefined;
  readonly locale: PlanLocale;
  /** Default: the full plan. */
  readonly layout?: Layout | undefined;
  /** A Typst template of one's own, in place of the layout's. */
  readonly template?: string | undefined;
  /** Default: PDF. */
  readonly format?: Format | undefined;
  /** The files of rules the diagnosis was made with, for the manifest. */
  readonly packs?: readonly { readonly id: string; readonly hash: string }[] | undefined;
  /** The files attached to the enterprise. */
  readonly evidence?: readonly AttachedFile[] | undefined;
  /** The consultancy's own words; none = the usual ones. */
  readonly wording?: Wording | null | undefined;
  /** What the PDF carries of the enterprise, for another library to take in. */
  readonly carried?: CarriedFirm | undefined;
}

/** The input with what every section of the document asks for again and again. */
export interface Pen extends DocumentInput {
  readonly aim: Aim | null;
  readonly house: House;
  readonly w: (key: DocumentWord, parts?: Record<string, Part>) => string;
  readonly t: (text: Text) => string;
  readonly date: (loose: string | null) => string;
}

/** What writes the parts of one document: its input, language and formats. */
export function penFor(input: DocumentInput): Pen {
  const { locale } = input;
  const house = houseOf(input.wording, locale);
  return {
    ...input,
    house,
    aim: aimOf(
      input.diagnosis,
      input.plan.content.targetRung ?? undefined,
      input.plan.content.planning?.route,
    ),
    w: (key, parts) => house.titles.get(key) ?? word(locale, key, parts),
    t: (text) => text[locale],
    date: (loose) => (loose ? dateText(loose)[locale] : '—'),
  };
}

/** A verdict as the template draws it: its key for icon and colour, and its word. */
export interface VerdictMark {
  key: Verdict;
  word: string;
}

const verdictWords: Record<Verdict, DocumentWord> = {
  met: 'verdictMet',
  unmet: 'verdictUnmet',
  unknown: 'verdictUnknown',
  manual: 'verdictManual',
  not_applicable: 'verdictNotApplicable',
};

/** A verdict as word and sign. */
export function verdictMark(verdict: Verdict, pen: Pen): VerdictMark {
  return { key: verdict, word: pen.w(verdictWords[verdict]) };
}

const counted = {
  met: 'countMet',
  unmet: 'countUnmet',
  unknown: 'countUnknown',
  manual: 'countManual',
} as const;

/** The conditions of a route by verdict, as "6 met · 13 unknown"; what there is none of is left out. */
export function countsText(counts: Aim['route']['counts'], { w }: Pen): string {
  return (Object.keys(counted) as (keyof typeof counted)[])
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => w('countOf', { number: counts[verdict], word: w(counted[verdict]) }))
    .join(' \u00b7 ');
}

function grouped(text: string): string {
  const [whole = '', part] = text.split('.');
  const digits = whole.replace('-', '').replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${whole.startsWith('-') ? '−' : ''}${digits}${part ? `.${part}` : ''}`;
}

/** Yuan as 万元 (Chinese) or millions (English), two decimals, thousands separated; "—" where unknown. */
export function moneyCell(yuan: number | null | undefined, locale: PlanLocale): string {
  if (yuan === null || yuan === undefined) return '—';
  return grouped(decimalText(fraction(yuan, locale === 'zh' ? 10_000 : 1_000_000), 2));
}

/** A number of things in a table with thousands apart; a dash where it is unknown. */
export function countCell(count: number | null | undefined): string {
  return count === null || count === undefined ? '—' : grouped(String(count));
}

/** A fraction as whole percent. */
export function percentOf(share: number): string {
  return `${Math.round(approximate(fraction(Math.round(share * 1000), 10)))}%`;
}

/** The day of a stored UTC time in China, where the product is used, so that the same plan has one date everywhere. */
export function chinaDay(timestamp: string): string {
  const time = Date.parse(timestamp);
  if (Number.isNaN(time)) return timestamp.slice(0, 10);
  return new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);
}
