import { cleanText, mapStrings, narrowQuotes } from './clean-text.ts';
import { policiesOf, statementOf, unknownOf } from './model-back.ts';
import { briefOf } from './model-brief.ts';
import { calendarSectionOf, checklistSectionOf, goalsSectionOf } from './model-calendar.ts';
import { coverOf, essentialsOf, portraitOf } from './model-front.ts';
import { materialsOf, measuresOf, timelineOf } from './model-measures.ts';
import { chartsOf, verdictsOf } from './model-verdicts.ts';
import { chinaDay, type DocumentInput, penFor } from './model-words.ts';
import { clip } from './words.ts';

export type { DocumentInput } from './model-words.ts';

/** 2026-11-24 as the numbers of a date. */
function dayNumbers(day: string) {
  const [year = 2000, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, day: date };
}

/**
 * The plan as the JSON that the template prints: every string final, in one language, safe to print; numbers
 * formatted; charts as ECharts options to be drawn. Pure and deterministic: the same input gives the same document.
 */
export function documentModel(input: DocumentInput) {
  const pen = penFor(input);
  const { plan, file, settings, locale, house, w, t } = pen;
  const notice = file.enterprise.sampleNotice;
  const author =
    plan.content.consultant || settings.consultant || settings.organisation || w('authorDefault');
  const checklist = checklistSectionOf(pen);
  const model = {
    meta: {
      title: t(plan.content.title) || file.enterprise.name,
      author: [author],
      subject: w('subject'),
      lang: locale,
      region: locale === 'zh' ? 'cn' : 'gb',
      date: dayNumbers(chinaDay(plan.updatedAt)),
    },
    accent: settings.accent,
    running: {
      firm: file.enterprise.name,
      name: `${clip(house.firm, 30) || w('kicker')} · ${w(pen.aim?.review ? 'documentNameReview' : 'documentName')}`,
      notice: notice ? t(notice) : null,
      rehearsal: w('footerRehearsal'),
      page: w('pageOf', { page: '\u0001', pages: '\u0002' }).split(/[\u0001\u0002]/),
    },
    /** Who stands on the documents, in its own words; empty where it has none. */
    house: { firm: house.firm, tagline: house.tagline },
    cover: coverOf(pen),
    essentials: essentialsOf(pen),
    portrait: portraitOf(pen),
    verdicts: verdictsOf(pen),
    charts: chartsOf(pen),
    measures: measuresOf(pen),
    timeline: timelineOf(pen),
    goals: goalsSectionOf(pen),
    calendar: calendarSectionOf(pen),
    unknown: unknownOf(pen),
    policies: policiesOf(pen),
    checklist,
    materials: materialsOf(pen, new Set(checklist.rows.map((row) => row.text))),
    notes: t(plan.content.notes) ? { heading: w('headNotes'), text: t(plan.content.notes) } : null,
    closing: house.closing ? { heading: w('headClosing'), text: house.closing } : null,
    statement: statementOf(pen),
    /** The short layouts. */
    brief: briefOf(pen),
    noteOnGlyphs: null as string | null,
    noteOnLogo: null as string | null,
    logo: null as string | null,
  };
  return mapStrings(model, locale === 'en' ? (text) => narrowQuotes(cleanText(text)) : cleanText);
}

export type DocumentModel = ReturnType<typeof documentModel>;
