import { Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { pick } from '../i18n/i18n.ts';
import './follow.css';
import { editPlan, type Plan, usePlan } from './plan-store.ts';
import { Policies } from './policies.tsx';

type Material = NonNullable<CallOutput<'plan.checklist'>>['materials'][number];
type Entry = CallOutput<'plan.calendar'>[number];

/** Asks again whenever the plan has been stored or the enterprise has changed. */
function useAsked<T>(ask: () => Promise<T>, planId: string): { found: T | undefined; error: unknown } {
  const stored = usePlan((state) => state.stored);
  const [stale, setStale] = useState(0);
  const [state, setState] = useState<{ found: T | undefined; error: unknown }>({
    found: undefined,
    error: null,
  });
  useEffect(
    () =>
      on('changed', ({ topic }) => {
        if (topic === 'enterprise' || topic === 'settings') setStale((count) => count + 1);
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plan and the two counters say when to ask
  useEffect(() => {
    let current = true;
    ask().then(
      (found) => current && setState({ found, error: null }),
      (error: unknown) => current && setState((old) => ({ ...old, error })),
    );
    return () => {
      current = false;
    };
  }, [planId, stored, stale]);
  return state;
}

function Calendar({ planId }: { planId: string }) {
  const { t } = useTranslation('plan');
  const { found, error } = useAsked<Entry[]>(() => call('plan.calendar', { id: planId }), planId);
  return (
    <section className="panel plan-section" aria-label={t('calendarTitle')}>
      <h3>{t('calendarTitle')}</h3>
      {error ? <ErrorView error={error} /> : null}
      {!found && !error && <Skeleton active />}
      {found?.length === 0 && <p className="muted">{t('calendarEmpty')}</p>}
      <ul className="calendar-list">
        {found?.map((entry) => (
          <li key={`${entry.kind} ${entry.date} ${entry.title.zh}`}>
            <span className="calendar-date">
              {entry.date ?? '\u2014'}
              {entry.until && ` \u2192 ${entry.until}`}
            </span>
            <span>
              <strong>{pick(entry.title)}</strong>
              <p className="muted">
                {pick(entry.says)} {entry.source && pick(entry.source)}
              </p>
            </span>
            <span className={`tag tag-small tag-${entry.certainty === 'set' ? 'met' : 'not_applicable'}`}>
              {t(`certainty.${entry.certainty}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const tones = { ready: 'met', partly: 'manual', missing: 'unmet', open: 'unknown' } as const;

/** Marks a paper by hand; null goes back to what the library says. */
function mark(id: string, state: 'ready' | 'missing' | null): void {
  editPlan('', (content) => {
    const others = content.materials.filter((material) => material.id !== id);
    return { ...content, materials: state ? [...others, { id, state }] : others };
  });
}

function Checklist({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plan');
  const ask = () => call('plan.checklist', { id: plan.id });
  const { found, error } = useAsked<CallOutput<'plan.checklist'>>(ask, plan.id);
  // A mark shows at once, before the service has counted it.
  const marks = new Map(plan.content.materials.map(({ id, state }) => [id, state]));
  const stateOf = ({ id, state, byHand }: Material) => marks.get(id) ?? (byHand ? null : state);
  const list = found?.materials ?? [];
  const ready = list.filter((material) => stateOf(material) === 'ready').length;
  return (
    <section className="panel plan-section" aria-label={t('checklistTitle')}>
      <header className="section-head">
        <h3>{t('checklistTitle')}</h3>
        {list.length > 0 && (
          <span className="muted num">{t('checklistDone', { ready, total: list.length })}</span>
        )}
      </header>
      {error ? <ErrorView error={error} /> : null}
      {found === undefined && !error && <Skeleton active />}
      {found && (
        <p className="muted">
          {pick(found.note)} {found.document && pick(found.document)}
        </p>
      )}
      <table className="plan-table">
        <tbody>
          {list.map((material) => {
            const state = stateOf(material) ?? 'open';
            return (
              <tr key={material.id} data-material={material.id}>
                <td>
                  {pick(material.text)}
                  {material.for.length > 0 && (
                    <div className="muted material-for">{material.for.map(pick).join(' \u00b7 ')}</div>
                  )}
                </td>
                <td className="material-state">
                  <span className={`tag tag-small tag-${tones[state]}`}>{t(`materialState.${state}`)}</span>
                </td>
                <td className="muted material-says">
                  {marks.has(material.id) ? t('byHand') : pick(material.says)}
                </td>
                <td className="material-mark">
                  <Select<'library' | 'ready' | 'missing'>
                    size="small"
                    aria-label={t('materialMark', { text: pick(material.text) })}
                    value={marks.get(material.id) ?? 'library'}
                    options={[
                      { value: 'library', label: t('byLibrary') },
                      { value: 'ready', label: t('materialState.ready') },
                      { value: 'missing', label: t('materialState.missing') },
                    ]}
                    onChange={(value) => mark(material.id, value === 'library' ? null : value)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** What goes with the application: when, with which papers, and which policies may help. */
export function PapersView({ plan }: { plan: Plan }) {
  return (
    <>
      <Calendar planId={plan.id} />
      <Checklist plan={plan} />
      <Policies planId={plan.id} />
    </>
  );
}
