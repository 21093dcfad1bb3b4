import { dimensionShape } from '../standards/schema.ts';
import { isWork, mostAtOnce, type Phase, phaseOf } from './arrange.ts';
import { chinaDay, type Pen } from './model-words.ts';
import { monthsBetween } from './schedule.ts';
import type { PlanItem } from './shapes.ts';

/** A card longer than this may break across pages. */
const KEEP_TOGETHER = 1400;

function timeText(item: PlanItem, pen: Pen): string {
  const { w, date } = pen;
  if (item.start && item.due) return w('measureSpan', { start: date(item.start), due: date(item.due) });
  if (item.due) return w('measureDue', { due: date(item.due) });
  if (item.start) return w('measureFrom', { start: date(item.start) });
  return item.months > 0 ? w('measureMonths', { months: item.months }) : '';
}

/** The clauses a measure helps with, by name, as the snapshot names them. */
function servesText(item: PlanItem, pen: Pen): string {
  const { diagnosis, aim, w, t } = pen;
  const all = [
    ...(aim?.route.items ?? []),
    ...diagnosis.rungs.flatMap((r) => r.routes.flatMap((x) => x.items)),
    ...(diagnosis.lens?.items ?? []),
  ];
  const names = item.serves.map((id) => {
    const judged = all.find((i) => i.id === id);
    return judged ? t(judged.title) : id;
  });
  return `${w('measureServes')} ${[...new Set(names)].join(w('listSeparator'))}`;
}

/** When it was done and what shows it. */
function doneText(item: PlanItem, { date }: Pen): string {
  return [item.status === 'done' && item.doneOn ? date(item.doneOn) : '', item.proof]
    .filter(Boolean)
    .join(' · ');
}

/** Policies of this firm that help with a measure, each with whether it is confirmed. */
function policyTexts({ measureId }: PlanItem, { policies, links = {}, w, t }: Pen): string[] {
  const named = (measureId && links[measureId]) || [];
  return policies
    .filter(({ id }) => named.includes(id))
    .map(({ title, confirmed }) =>
      confirmed ? t(title) : w('policyInCard', { title, state: w('policyToConfirm') }),
    );
}

function cardOf(item: PlanItem, number: number, pen: Pen) {
  const { w, t, locale } = pen;
  const owner = [item.ownerRole ? w(`role_${item.ownerRole}`) : '', item.owner].filter(Boolean).join(' · ');
  const list = (texts: PlanItem['steps']) => texts.map(t).filter(Boolean);
  const facts: [string, string][] = [
    [w('measureOwner'), owner],
    [w('measureTime'), timeText(item, pen)],
    [w('measureCost'), item.cost ? w(`cost_${item.cost}`) : ''],
    [w('measureDone'), doneText(item, pen)],
    [w('measureWhy'), item.why ? w(`why_${item.why}`) : ''],
  ];
  const card = {
    number,
    title: t(item.title),
    status: item.status,
    statusWord: w(`status_${item.status}`),
    reason: t(item.reason),
    metric: item.metric
      ? {
          label: w('measureMetric'),
          name: t(item.metric.label),
          from: t(item.metric.from),
          to: t(item.metric.to),
        }
      : null,
    facts: facts.filter(([, value]) => value).map(([label, value]) => ({ label, value })),
    steps: list(item.steps),
    lists: [
      { label: w('measureEvidence'), texts: list(item.evidence) },
      { label: w('measurePitfalls'), texts: list(item.pitfalls) },
      { label: w('measurePolicies'), texts: policyTexts(item, pen) },
    ].filter((l) => l.texts.length > 0),
    note: item.note ? { label: w('measureNote'), text: item.note } : null,
    serves: item.measureId && item.serves.length > 0 ? servesText(item, pen) : '',
    stepsLabel: w('measureSteps'),
    long: false,
  };
  const length = JSON.stringify(card).length;
  return { ...card, long: length > KEEP_TOGETHER * (locale === 'en' ? 2 : 1) };
}

/** The numbered items in the order they are printed: by dimension, as the plan has them within one. */
export function numberedItems(pen: Pen): { item: PlanItem; number: number }[] {
  let number = 0;
  return dimensionShape.options.flatMap((dimension) =>
    pen.plan.content.items
      .filter((i) => i.dimension === dimension)
      .map((item) => ({ item, number: ++number })),
  );
}

/** The measures by the gap or short board they close. */
export function measuresOf(pen: Pen) {
  const { w } = pen;
  const numbered = numberedItems(pen);
  return {
    heading: w('headMeasures'),
    none: w('measuresNone'),
    groups: dimensionShape.options.flatMap((dimension) => {
      const items = numbered.filter((n) => n.item.dimension === dimension);
      if (items.length === 0) return [];
      return [
        {
          // In Chinese each dimension has its sign, 专 精 特 新 链 品; in English sign and title would be one word twice.
          sign: pen.locale === 'zh' ? w(`dim_${dimension}`) : '',
          title: w(`dimLong_${dimension}`),
          cards: items.map((n) => cardOf(n.item, n.number, pen)),
        },
      ];
    }),
  };
}

/** "This quarter (2026 Q4)": the phase with the time it stands for. */
function phaseTitle(phase: Phase, on: string, { w }: Pen): string {
  const year = Number(on.slice(0, 4));
  const from = {
    quarter: `${year} Q${Math.ceil(Number(on.slice(5, 7)) / 3)}`,
    year: String(year),
    next: String(year + 1),
    later: `${year + 2}+`,
    open: '',
  }[phase];
  return w(`phase_${phase}`, { from });
}

/** Bars on a line of months. `from` and `span` are shares of the whole, 0–1. */
export function timelineOf(pen: Pen) {
  const { w, t, date } = pen;
  const dated = numberedItems(pen).flatMap(({ item, number }) => {
    const start = item.start ?? item.due;
    const due = item.due ?? item.start;
    return start && due ? [{ item, number, start, due: monthsBetween(start, due) < 0 ? start : due }] : [];
  });
  dated.sort((a, b) => monthsBetween(b.start, a.start) || a.number - b.number);
  const { content } = pen.plan;
  const on = content.planning?.on ?? chinaDay(pen.plan.createdAt);
  const phaseAt = (index: number) => {
    const row = dated[index];
    return row && phaseOf(row.item, on);
  };
  const first = dated[0]?.start.slice(0, 7) ?? '2000-01';
  const total = Math.max(3, ...dated.map((d) => monthsBetween(first, d.due) + 1));
  const every = total <= 8 ? 1 : total <= 18 ? 2 : total <= 36 ? 3 : total <= 72 ? 6 : 12;
  const [year = 0, month = 1] = first.split('-').map(Number);
  const ticks = Array.from({ length: Math.ceil(total / every) }, (_, i) => {
    const count = year * 12 + month - 1 + i * every;
    return {
      at: (i * every) / total,
      label: `${Math.floor(count / 12)}.${String((count % 12) + 1).padStart(2, '0')}`,
    };
  });
  return {
    heading: w('headTimeline'),
    none: w('timelineNone'),
    says: content.planning ? t(content.planning.says) : '',
    carries: content.items.some(isWork)
      ? w('phasesSays', { limit: content.limit, most: mostAtOnce(content.items) })
      : '',
    ticks,
    rows: dated.map(({ item, number, start, due }, at) => ({
      number,
      /** Heads the first measure of each phase. */
      phase: phaseAt(at) === phaseAt(at - 1) ? '' : phaseTitle(phaseOf(item, on), on, pen),
      title: t(item.title),
      status: item.status,
      from: monthsBetween(first, start) / total,
      span: (monthsBetween(start, due) + 1) / total,
      when: w('measureSpan', { start: date(start), due: date(due) }),
    })),
  };
}

/** Every document the measures ask for, once, with the measures it is for; not those that are `listed` already. */
export function materialsOf(pen: Pen, listed: ReadonlySet<string> = new Set()) {
  const { w, t } = pen;
  const found = new Map<string, number[]>();
  for (const { item, number } of numberedItems(pen)) {
    for (const text of [...item.materials, ...item.evidence].map(t)) {
      if (!text || listed.has(text)) continue;
      const numbers = found.get(text) ?? [];
      if (!numbers.includes(number)) numbers.push(number);
      found.set(text, numbers);
    }
  }
  return {
    heading: w('headMaterials'),
    none: w('materialsNone'),
    columns: [w('colMaterial'), w('colFor')],
    rows: [...found].map(([text, numbers]) => ({ text, uses: numbers.join(w('listSeparator')) })),
  };
}
