import { Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { ReachTag } from '../components/reach-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { asOfOf } from './as-of.ts';
import './way-up.css';
import type { Diagnosis } from './evaluation.ts';

type Step = CallOutput<'route.get'>[number];
type Choice = NonNullable<Step['earliest']>;
type Comparison = CallOutput<'standards.compare'> & { rung: number };

const MOST_CONFIRMED = 6;
/** The tier before 2026-04-01 and the one in force since, by rung. */
const PAIRS = [
  { rung: 2, tier: 'srdi' },
  { rung: 3, tier: 'little_giant' },
] as const;

function Changes({ choice }: { choice: Choice }) {
  const { t } = useTranslation('way');
  const more = choice.confirm.length - MOST_CONFIRMED;
  return (
    <>
      {choice.changes.length === 0 && <p>{t('nothing')}</p>}
      <ol className="way-changes">
        {choice.changes.map((change) => (
          <li key={change.lever}>
            <span className="way-year">{t('byYear', { year: change.year })}</span>
            <strong>
              {t('change', {
                label: pick(change.label),
                months: change.months,
                cost: pick(change.costLabel),
              })}
            </strong>
            {change.moves.map((move) => (
              <span key={move.field} className="way-move">
                {t('move', { label: pick(move.label), from: pick(move.from), to: pick(move.to) })}
              </span>
            ))}
          </li>
        ))}
      </ol>
      {choice.confirm.length > 0 && (
        <p className="muted">
          {`${t('confirm')}: `}
          {choice.confirm
            .slice(0, MOST_CONFIRMED)
            .map((fact) =>
              fact.expected
                ? t('expected', { label: pick(fact.label), expected: pick(fact.expected) })
                : pick(fact.label),
            )
            .join(t('separator'))}
          {more > 0 && `${t('separator')}${t('more', { count: more })}`}
        </p>
      )}
    </>
  );
}

function StepCard({ step }: { step: Step }) {
  const { t } = useTranslation('way');
  const { earliest, cheaperLater } = step;
  return (
    <article className="way-step">
      <h4>{step.kind === 'review' ? t('review', { title: pick(step.title) }) : pick(step.title)}</h4>
      {earliest ? (
        <>
          <p className="way-when">
            {t(step.kind === 'review' ? 'earliestReview' : 'earliest', {
              year: earliest.year,
              date: earliest.date,
            })}
          </p>
          <Changes choice={earliest} />
          {cheaperLater && (
            <p className="muted">
              {t('cheaper', {
                year: cheaperLater.year,
                changes:
                  cheaperLater.changes.map((change) => pick(change.label)).join(t('separator')) ||
                  t('nothing'),
              })}
            </p>
          )}
        </>
      ) : (
        <>
          <p className="way-when">{t('impossible')}</p>
          {step.impossibleReason && <p className="muted">{pick(step.impossibleReason)}</p>}
        </>
      )}
    </article>
  );
}

/** The least-effort route to each rung above, and the old and the new standard side by side. */
export function WayUp({ enterpriseId, diagnosis }: { enterpriseId: string; diagnosis: Diagnosis }) {
  const { t } = useTranslation(['way', 'common']);
  const [steps, setSteps] = useState<Step[] | null>(null);
  const [comparisons, setComparisons] = useState<Comparison[]>([]);
  const [error, setError] = useState<unknown>(null);
  // The diagnosis is the sign that facts or dates have changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched anew whenever the diagnosis is
  useEffect(() => {
    let current = true;
    const asOf = asOfOf(enterpriseId);
    const load = async () => {
      const route = await call('route.get', { enterpriseId, asOf });
      const pairs = await Promise.all(
        PAIRS.map(async ({ rung, tier }) => ({
          rung,
          ...(await call('standards.compare', {
            enterpriseId,
            asOf,
            a: { standard: 'cn-miit-2022-63', tier },
            b: { standard: 'cn-miit-2026-2', tier },
          })),
        })),
      );
      if (!current) return;
      setSteps(route);
      setComparisons(pairs);
      setError(null);
    };
    load().catch((fault: unknown) => current && setError(fault));
    return () => {
      current = false;
    };
  }, [enterpriseId, diagnosis]);

  return (
    <>
      <section className="panel result-card way" aria-label={t('title')}>
        <h3>{t('title')}</h3>
        <p className="muted">{t('hint')}</p>
        {error ? <ErrorView error={error} /> : null}
        {!steps && !error && <Skeleton active paragraph={{ rows: 3 }} />}
        {steps?.length === 0 && <p>{t('none')}</p>}
        <div className="way-steps">
          {steps?.map((step) => (
            <StepCard key={`${step.kind}${step.rung}`} step={step} />
          ))}
        </div>
      </section>
      {comparisons.length > 0 && (
        <section className="panel result-card way" aria-label={t('compareTitle')}>
          <h3>{t('compareTitle')}</h3>
          <p className="muted">{t('compareHint')}</p>
          <div className="way-steps">
            {comparisons.map(({ rung, a, b, says }) => (
              <article key={rung} className="way-step">
                <h4>{t(`common:tier.${rung}`)}</h4>
                {[a, b].map((route) => (
                  <p key={route.standard} className="way-standard">
                    <ReachTag reach={route.reach} />
                    {pick(route.documentTitle)} {route.effectiveFrom}
                  </p>
                ))}
                {says.map((sentence) => (
                  <p key={sentence.zh}>{pick(sentence)}</p>
                ))}
              </article>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
