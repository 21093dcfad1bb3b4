import { useTranslation } from 'react-i18next';
import type { Language, PlanItem } from './plan-text.ts';

/** Months since year 0 of a loose date; a year alone counts from its first month, or to its last one. */
function month(date: string, end: boolean): number {
  const [year = 0, part] = date.split('-').map(Number);
  return year * 12 + (part === undefined ? (end ? 11 : 0) : part - 1);
}

/** The measures over time, one thin bar each; a click leads to the measure. */
export function Gantt(props: {
  items: readonly PlanItem[];
  numbers: ReadonlyMap<string, number>;
  language: Language;
  onOpen(id: string): void;
}) {
  const { items, numbers, language, onOpen } = props;
  const { t } = useTranslation('plan');
  const dated = items
    .filter((item) => item.due !== null || item.start !== null)
    .sort((a, b) => (numbers.get(a.id) ?? 0) - (numbers.get(b.id) ?? 0));
  if (dated.length === 0) return null;
  const spans = dated.map((item) => {
    const to = month((item.due ?? item.start)!, true);
    const from = month((item.start ?? item.due)!, false);
    return { item, from: Math.min(from, to), to };
  });
  const first = Math.min(...spans.map((span) => span.from));
  const last = Math.max(...spans.map((span) => span.to)) + 1;
  const total = last - first;
  const share = (months: number) => `${(100 * months) / total}%`;
  const step = total > 48 ? 12 : total > 24 ? 6 : total > 10 ? 3 : 1;
  const ticks = Array.from({ length: Math.ceil(total / step) }, (_, i) => first + i * step);
  return (
    <section className="gantt panel" aria-label={t('ganttTitle')}>
      <div className="gantt-ticks" aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: share(tick - first) }}>
            {`${Math.floor(tick / 12)}-${String((tick % 12) + 1).padStart(2, '0')}`}
          </span>
        ))}
      </div>
      {spans.map(({ item, from, to }) => (
        <button
          key={item.id}
          type="button"
          className="gantt-row"
          title={`${item.title[language]} \u00b7 ${item.start ?? ''} \u2192 ${item.due ?? ''}`}
          aria-label={item.title[language]}
          onClick={() => onOpen(item.id)}
        >
          <span className="gantt-label ellipsis">
            {`${numbers.get(item.id) ?? ''} ${item.title[language]}`}
          </span>
          <span className="gantt-track">
            <i
              className={`gantt-${item.status}`}
              style={{ left: share(from - first), width: share(to - from + 1) }}
            />
          </span>
        </button>
      ))}
    </section>
  );
}
