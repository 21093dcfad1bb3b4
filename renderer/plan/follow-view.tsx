import { Progress, Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { ActualsTable } from './actuals-table.tsx';
import { DateField } from './date-field.tsx';
import './follow.css';
import { numbered, setItem, setStatus } from './plan-items.ts';
import { flushPlan, type Plan, usePlan } from './plan-store.ts';
import type { Language, PlanItem } from './plan-text.ts';
import { TextArea } from './text-area.tsx';

type Told = CallOutput<'plan.progress'>;
const statuses = ['todo', 'doing', 'done'] as const;

function DueList(props: { title: string; tone: string; items: Told['overdue']; language: Language }) {
  const { t } = useTranslation('plan');
  if (props.items.length === 0) return null;
  return (
    <section aria-label={props.title}>
      <h4 className={`due-title due-${props.tone}`}>
        {props.title} <span className="num">{props.items.length}</span>
      </h4>
      <ul className="due-list">
        {props.items.map((item) => (
          <li key={item.id}>
            <span>{item.title[props.language]}</span>
            <span className="muted">
              {[
                item.owner || (item.ownerRole && t(`role.${item.ownerRole}`)),
                item.days < 0 ? t('daysOver', { count: -item.days }) : t('daysLeft', { count: item.days }),
              ]
                .filter(Boolean)
                .join(' \u00b7 ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ item, number, overdue, language }: RowProps) {
  const { t } = useTranslation('plan');
  return (
    <tr data-follow={item.id}>
      <td className="num muted">{number}</td>
      <td>
        {item.title[language]}
        <div className="muted">
          {[
            item.owner || (item.ownerRole && t(`role.${item.ownerRole}`)),
            item.due && t('dueOn', { due: item.due }),
          ]
            .filter(Boolean)
            .join(' \u00b7 ')}
          {overdue && <span className="tag tag-small tag-unmet">{t('overdue')}</span>}
        </div>
      </td>
      <td>
        <Select
          size="small"
          className="follow-status"
          aria-label={`${t('field.status')} ${item.title[language]}`}
          value={item.status}
          options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(status) => setStatus(item.id, status)}
        />
      </td>
      <td>
        {item.status === 'done' ? (
          <DateField
            id={`done-${item.id}`}
            label={t('field.doneOn')}
            value={item.doneOn}
            onChange={(doneOn) => setItem(item.id, { doneOn })}
          />
        ) : (
          <span className="muted">{'\u2014'}</span>
        )}
      </td>
      <td>
        <TextArea
          value={item.proof}
          label={`${t('field.proof')} ${item.title[language]}`}
          placeholder={t('proofPlaceholder')}
          max={2000}
          onChange={(proof) => setItem(item.id, { proof })}
        />
      </td>
    </tr>
  );
}
interface RowProps {
  item: PlanItem;
  number: number;
  overdue: boolean;
  language: Language;
}

/** How far a plan is after the visit, what is due, what proves it, and what the figures say of its goals. */
export function FollowView({ plan, language }: { plan: Plan; language: Language }) {
  const { t } = useTranslation('plan');
  const stored = usePlan((state) => state.stored);
  const [told, setTold] = useState<Told | null>(null);
  const [error, setError] = useState<unknown>(null);
  // Counted by the service each time a change has been stored.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stored` is the sign that there is something new to count
  useEffect(() => {
    let current = true;
    flushPlan()
      .then(() => call('plan.progress', { id: plan.id }))
      .then(
        (progress) => current && (setTold(progress), setError(null)),
        (fault: unknown) => current && setError(fault),
      );
    return () => {
      current = false;
    };
  }, [plan.id, stored]);
  if (error) return <ErrorView error={error} />;
  if (!told) return <Skeleton active paragraph={{ rows: 8 }} />;
  const percent = told.total === 0 ? 0 : Math.round((100 * told.done) / told.total);
  const begun = told.total === 0 ? 0 : Math.round((100 * (told.done + told.doing)) / told.total);
  const over = new Set(told.overdue.map(({ id }) => id));
  return (
    <>
      <section className="panel plan-section" aria-label={t('progressTitle')}>
        <h3>{t('progressTitle')}</h3>
        <div className="progress-head">
          <Progress
            percent={begun}
            success={{ percent }}
            format={() => `${percent}%`}
            aria-label={t('progressTitle')}
          />
          <span className="progress-counts">
            {statuses.map((status) => (
              <span key={status}>
                <strong className="num">{told[status]}</strong> {t(`status.${status}`)}
              </span>
            ))}
            {told.unproved > 0 && <span className="muted">{t('unproved', { count: told.unproved })}</span>}
          </span>
        </div>
        <DueList title={t('overdueTitle')} tone="over" items={told.overdue} language={language} />
        <DueList title={t('soonTitle')} tone="soon" items={told.soon} language={language} />
        <DueList title={t('lateTitle')} tone="late" items={told.late} language={language} />
        {told.overdue.length + told.soon.length + told.late.length === 0 && (
          <p className="muted">{t('nothingDue')}</p>
        )}
      </section>
      <ActualsTable planId={plan.id} language={language} />
      <section className="panel plan-section" aria-label={t('trackTitle')}>
        <h3>{t('trackTitle')}</h3>
        <table className="plan-table follow-table">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">{t('field.title')}</th>
              <th scope="col">{t('field.status')}</th>
              <th scope="col">{t('field.doneOn')}</th>
              <th scope="col">{t('field.proof')}</th>
            </tr>
          </thead>
          <tbody>
            {numbered(plan.content.items).map(({ item, number }) => (
              <Row
                key={item.id}
                item={item}
                number={number}
                overdue={over.has(item.id)}
                language={language}
              />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
