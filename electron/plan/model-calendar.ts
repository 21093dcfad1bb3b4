import { calendarOf, certaintyText } from './calendar.ts';
import { checklistOf } from './materials.ts';
import { chinaDay, type Pen } from './model-words.ts';

/** What to keep in mind on the way, as of the day the plan was last changed. */
export function calendarSectionOf(pen: Pen) {
  const { plan, file, aim, w, t, date } = pen;
  const entries = calendarOf({
    aim,
    targetYear: plan.content.targetYear,
    titles: file.titles,
    today: chinaDay(plan.updatedAt),
  });
  return {
    heading: w('headCalendar'),
    none: w('calendarNone'),
    columns: [w('colDate'), w('colMatter'), w('colCertainty')],
    rows: entries.map((entry) => ({
      date: entry.until
        ? w('measureSpan', { start: date(entry.date), due: date(entry.until) })
        : date(entry.date),
      title: t(entry.title),
      says: t(entry.says),
      certainty: t(certaintyText(entry.certainty)),
      source: entry.source ? t(entry.source) : '',
      settled: entry.certainty === 'set',
    })),
  };
}

/** The papers of the application, as the check-up of the plan knew them. */
export function checklistSectionOf(pen: Pen) {
  const { plan, diagnosis, aim, w, t } = pen;
  const list = aim && checklistOf({ aim, diagnosis, marks: plan.content.materials });
  return {
    heading: w('headChecklist'),
    note: list ? t(list.note) : '',
    document: list?.document ? t(list.document) : '',
    columns: [w('colMaterial'), w('colState'), w('colSays')],
    rows: (list?.materials ?? []).map((material) => ({
      text: t(material.text),
      for: material.for.map(t).join(w('listSeparator')),
      state: material.state ?? 'open',
      word: w(`material_${material.state ?? 'open'}`),
      says: material.byHand ? '' : t(material.says),
    })),
  };
}
