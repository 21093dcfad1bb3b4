import { useTranslation } from 'react-i18next';
import { phaseOf, phases, phaseTime } from './phases.ts';
import type { Language, PlanItem } from './plan-text.ts';

/** Months since year 0 of a loose date; a year alone counts from its first month, or to its last one. */
function month(date: string, end: boolean): number {
  const [year = 0, part] = date.split('-').map(Number);
  return year * 12 + (part === undefined ? (end ? 11 : 0) : part - 1);
}

/** The measures over time by phase, one thin bar each, and the application aimed at; a click leads to the measure. */
export function Gantt(props: {
  items: readonly PlanItem[];
  numbers: ReadonlyMap<string, number>;
  language: Language;
  /** The day of planning, YYYY-MM-DD. */
  on: string;
  /** The day of the application aimed at. */
  application: string | null;
  onOpen(id: string): void;
}) {
  const { items, numbers, language, on, application, onOpen } = props;
  const { t } = useTranslation(['plan', 'planning']);
  const spans = items
    .filter((item) => item.due !== null || item.start !== null)
    .map((item) => {
      const to = month((item.due ?? item.start)!, true);
      const from = month((item.start ?? item.due)!, false);
      return { item, from: Math.min(from, to), to };
    })
    .sort((a, b) => a.from - b.from || (numbers.get(a.item.id) ?? 0) - (numbers.get(b.item.id) ?? 0));
  if (spans.length === 0) return null;
  const aimed = application ? month(application, false) : null;
  const first = Math.min(...spans.map((span) => span.from));
  const last = Math.max(...spans.map((span) => span.to), aimed ?? 0) + 1;
  const total = last - first;
  const share = (months: number) => `${(100 * months) / total}%`;
  const step = total > 48 ? 12 : total > 24 ? 6 : total > 10 ? 3 : 1;
  const ticks = Array.from({ length: Math.ceil(total / step) }, (_, i) => first + i * step).filter(
    // A label at the right edge would run out of the panel.
    (tick) => (tick - first) / total < 0.88,
  );
  return (
    <section className="gantt panel" aria-label={t('ganttTitle')}>
      <div className="gantt-ticks" aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: share(tick - first) }}>
            {`${Math.floor(tick / 12)}-${String((tick % 12) + 1).padStart(2, '0')}`}
          </span>
        ))}
      </div>
      {phases.map((phase) => {
        const here = spans.filter(({ item }) => phaseOf(item, on) === phase);
        return here.length === 0 ? null : (
          <section key={phase} aria-label={t(`planning:phase_${phase}`, { from: phaseTime(phase, on) })}>
            <h4 className="gantt-phase">
              {t(`planning:phase_${phase}`, { from: phaseTime(phase, on) })}{' '}
              <span className="muted">{here.length}</span>
            </h4>
            {here.map(({ item, from, to }) => (
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
                  {aimed !== null && <b style={{ left: share(aimed - first + 1) }} />}
                  <i
                    className={`gantt-${item.status}`}
                    style={{ left: share(from - first), width: share(to - from + 1) }}
                  />
                </span>
              </button>
            ))}
          </section>
        );
      })}
      {application && (
        <p className="gantt-key muted">
          <b aria-hidden /> {t('ganttApplication', { year: application.slice(0, 4) })}
        </p>
      )}
    </section>
  );
}
