import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  QuestionCircleFilled,
} from '@ant-design/icons';
import { Skeleton } from 'antd';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { usePlan } from './plan-store.ts';
import type { Language } from './plan-text.ts';

type Actual = CallOutput<'plan.actuals'>[number];

const looks: Record<Actual['state'], { icon: ComponentType; tone: string }> = {
  reached: { icon: CheckCircleFilled, tone: 'met' },
  short: { icon: CloseCircleFilled, tone: 'unmet' },
  open: { icon: ClockCircleOutlined, tone: 'not_applicable' },
  unknown: { icon: QuestionCircleFilled, tone: 'unknown' },
};

/** What was aimed at, year by year, against the figures that have come in. */
export function ActualsTable({ planId, language }: { planId: string; language: Language }) {
  const { t } = useTranslation('plan');
  const stored = usePlan((state) => state.stored);
  const [rows, setRows] = useState<Actual[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [stale, setStale] = useState(0);
  useEffect(
    () =>
      on('changed', ({ topic }) => {
        if (topic === 'enterprise') setStale((count) => count + 1);
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a stored plan or new figures are the signs to look again
  useEffect(() => {
    let current = true;
    call('plan.actuals', { id: planId }).then(
      (found) => current && setRows(found),
      (fault: unknown) => current && setError(fault),
    );
    return () => {
      current = false;
    };
  }, [planId, stored, stale]);
  return (
    <section className="panel plan-section" aria-label={t('actualsTitle')}>
      <h3>{t('actualsTitle')}</h3>
      {error ? <ErrorView error={error} /> : null}
      {!rows && !error && <Skeleton active />}
      {rows?.length === 0 && <p className="muted">{t('noActuals')}</p>}
      {rows && rows.length > 0 && (
        <table className="plan-table">
          <thead>
            <tr>
              <th scope="col">{t('actualYear')}</th>
              <th scope="col">{t('targetFact')}</th>
              <th scope="col" className="num">
                {t('actualBefore')}
              </th>
              <th scope="col" className="num">
                {t('actualTarget')}
              </th>
              <th scope="col" className="num">
                {t('actualNow')}
              </th>
              <th scope="col">{t('actualState')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { icon: Icon, tone } = looks[row.state];
              return (
                <tr key={`${row.field}@${row.year}@${row.target.zh}`}>
                  <td>{row.year}</td>
                  <td title={row.item?.title[language] ?? t('actualOwnTarget')}>{row.label[language]}</td>
                  <td className="num muted">{row.before?.[language] ?? '\u2014'}</td>
                  <td className="num">
                    {`${row.direction === 'raise' ? '\u2265 ' : row.direction === 'lower' ? '\u2264 ' : ''}${row.target[language]}`}
                  </td>
                  <td className="num">{row.actual?.[language] ?? '\u2014'}</td>
                  <td>
                    <span className={`tag tag-${tone} tag-small`}>
                      <Icon aria-hidden />
                      <span>{t(`actual.${row.state}`)}</span>
                    </span>{' '}
                    {row.gap && <span className="muted">{t('actualGap', { gap: row.gap[language] })}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
