import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { pick } from '../i18n/i18n.ts';
import './follow.css';
import { Checklist } from './checklist.tsx';
import type { Plan } from './plan-store.ts';
import { Policies } from './policies.tsx';
import { useAsked } from './use-asked.ts';

type Entry = CallOutput<'plan.calendar'>[number];

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
