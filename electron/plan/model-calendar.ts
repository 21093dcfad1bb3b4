import catalogue from '../../resources/standards/facts.json' with { type: 'json' };
import { valueText } from '../diagnosis/number-text.ts';
import { partFact, shortLabel } from '../diagnosis/part-facts.ts';
import { sheetFieldOf } from '../diagnosis/targets.ts';
import { decodeValue } from '../diagnosis/values.ts';
import type { FactCatalogue } from '../standards/fact-schema.ts';
import { calendarOf, certaintyText, filingsBelow } from './calendar.ts';
import { factNamed } from './fact-names.ts';
import { checklistOf } from './materials.ts';
import { numberedItems } from './model-measures.ts';
import { chinaDay, type Pen } from './model-words.ts';

/** What to keep in mind on the way, as of the day the plan was last changed. */
export function calendarSectionOf(pen: Pen) {
  const { plan, file, aim, w, t, date } = pen;
  const entries = calendarOf({
    aim,
    targetYear: plan.content.targetYear,
    titles: file.titles,
    today: chinaDay(plan.updatedAt),
    below: filingsBelow(plan.content, pen.diagnosis),
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

/** The papers of the route the plan goes: the facts as its check-up knew them, the files as they are attached now. */
export function checklistSectionOf(pen: Pen) {
  const { plan, diagnosis, file, evidence = [], aim, w, t } = pen;
  const list = aim && checklistOf({ aim, diagnosis, file, evidence, marks: plan.content.materials });
  return {
    heading: w('headChecklist'),
    note: list && aim ? w('checklistFor', { title: aim.route.title, note: list.note }) : '',
    document: list?.document ? t(list.document) : '',
    columns: [w('colMaterial'), w('colState'), w('colSays')],
    rows: (list?.materials ?? []).map((material) => ({
      text: t(material.text),
      for: material.for.map(t).join(w('listSeparator')),
      state: material.state ?? 'open',
      word: w(`material_${material.state ?? 'open'}`),
      says: material.byHand ? w('materialSetByHand', { says: material.says }) : t(material.says),
    })),
  };
}

const signs = { raise: '\u2265 ', lower: '\u2264 ', set: '' } as const;

/** What the measures must bring the figures to, year by year, from where they stood when the plan was made. */
export function goalsSectionOf(pen: Pen) {
  const { diagnosis, w, t } = pen;
  const seen = new Set<string>();
  const rows = numberedItems(pen).flatMap(({ item, number }) =>
    item.goals.flatMap((goal) => {
      const key = `${goal.field}@${goal.year}@${goal.value}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const field = sheetFieldOf(goal.field, catalogue as FactCatalogue);
      const fact = factNamed(field) ?? partFact(field);
      const now = diagnosis.sheet[field];
      return [
        {
          year: goal.year,
          label: t(shortLabel(field) ?? fact.label),
          now: now ? t(valueText(decodeValue(now.value), fact)) : '—',
          goal: `${signs[goal.direction]}${t(valueText(decodeValue(goal.value), fact))}`,
          number: String(number),
        },
      ];
    }),
  );
  rows.sort((a, b) => a.year - b.year || Number(a.number) - Number(b.number));
  return {
    heading: w('headGoals'),
    intro: w('goalsIntro'),
    columns: [w('colYear'), w('colFact'), w('colNow'), w('colGoal'), w('colBy')],
    rows: rows.map((row) => ({ ...row, year: String(row.year) })),
  };
}
