import data from '../../resources/reference/application-calendar.json' with { type: 'json' };
import { TITLE_FIELDS } from '../library/fact-sheet.ts';
import type { EnterpriseFile, Title } from '../library/shapes.ts';
import type { Text } from '../standards/schema.ts';
import { lastDay } from './progress.ts';
import { tell } from './words.ts';

export interface TitleEnd {
  /** As far as it is known, a day, month or year; null where nothing is. */
  readonly date: string | null;
  /** By the rule from the day it was given, not registered. */
  readonly computed: boolean;
}

/** A loose date some years on: 2025-03-01 → 2028-03-01. */
function yearsOn(loose: string, years: number): string {
  return `${String(Number(loose.slice(0, 4)) + years).padStart(4, '0')}${loose.slice(4)}`;
}

/** When a title ends: as registered, or three years after it was given where only that is known. */
export function titleEnd(title: Pick<Title, 'kind' | 'issuedOn' | 'expiresOn'>): TitleEnd {
  if (title.expiresOn) return { date: title.expiresOn, computed: false };
  if (title.issuedOn && data.validity.titles.includes(title.kind))
    return { date: yearsOn(title.issuedOn, data.validity.years), computed: true };
  return { date: null, computed: false };
}

const FIELD_OF_RUNG: Record<number, string> = {
  1: 'title_tech_innovative_valid',
  2: 'title_srdi_valid',
  3: 'title_little_giant_valid',
};

/** The titles that prove a field of the fact sheet, such as `title_srdi_valid`. */
function titlesFor(field: string, titles: EnterpriseFile['titles']): Title[] {
  const kinds = TITLE_FIELDS.find((each) => each.field === field)?.kinds ?? [];
  return titles.filter(({ kind }) => kinds.includes(kind));
}

/** The title of a rung that ends last; null where none has an end that is known. */
export function lastEndOfRung(rung: number, titles: EnterpriseFile['titles']): TitleEnd | null {
  const ends = titlesFor(FIELD_OF_RUNG[rung] ?? '', titles)
    .map(titleEnd)
    .filter(({ date }) => date !== null)
    .sort((a, b) => (lastDay(a.date!) < lastDay(b.date!) ? -1 : 1));
  return ends.at(-1) ?? null;
}

/**
 * The title behind a field that is there today and ends before a day; null where one lasts longer, or where nobody knows
 * when one ends.
 */
export function endsBefore(
  field: string,
  titles: EnterpriseFile['titles'],
  { today, day }: { today: string; day: string },
): { title: Title; end: TitleEnd & { date: string } } | null {
  const held = titlesFor(field, titles)
    .map((title) => ({ title, end: titleEnd(title) }))
    .filter(({ end }) => end.date === null || lastDay(end.date) >= today);
  if (held.length === 0 || held.some(({ end }) => end.date === null || lastDay(end.date) >= day)) return null;
  held.sort((a, b) => (lastDay(a.end.date!) < lastDay(b.end.date!) ? -1 : 1));
  const { title, end } = held.at(-1)!;
  return { title, end: { ...end, date: end.date! } };
}

/** A title by its name as registered; in English the known kinds by their English name. */
export function titleName({ kind, name }: Pick<Title, 'kind' | 'name'>): Text {
  const known = ['tech_sme', 'innovative', 'srdi', 'little_giant', 'hightech'] as const;
  const found = known.find((each) => each === kind);
  return { zh: name, en: found ? tell(`title_${found}`).en : name };
}
