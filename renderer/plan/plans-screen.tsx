import { FileDoneOutlined } from '@ant-design/icons';
import { Button, Progress, Skeleton } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorView } from '../components/error-view.tsx';
import { pick } from '../i18n/i18n.ts';
import { go } from '../state/place.ts';
import './plan.css';
import './follow.css';

/** The plans of the whole library that are not done, what presses most first. */
export function PlansScreen() {
  const { t } = useTranslation(['plan', 'common']);
  const [found, setFound] = useState<CallOutput<'plan.followUp'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(
    () =>
      call('plan.followUp', {}).then(
        (list) => {
          setFound(list);
          setError(null);
        },
        (fault: unknown) => setError(fault),
      ),
    [],
  );
  useEffect(() => {
    void load();
    return on('changed', ({ topic }) => {
      if (topic === 'plan') void load();
    });
  }, [load]);
  if (error) return <ErrorView full error={error} onRetry={() => void load()} />;
  if (found?.total === 0) {
    return (
      <div className="scroll">
        <EmptyState
          icon={<FileDoneOutlined />}
          title={t('followEmptyTitle')}
          text={t('followEmptyText')}
          actions={
            <Button type="primary" size="large" onClick={() => go({ screen: 'library' })}>
              {t('toLibrary')}
            </Button>
          }
        />
      </div>
    );
  }
  return (
    <div className="scroll follow-screen">
      <h2>{t('followTitle')}</h2>
      {!found && <Skeleton active paragraph={{ rows: 8 }} />}
      {found && (
        <section className="panel plan-section">
          {found.total > found.rows.length && (
            <p className="muted">{t('followShown', { shown: found.rows.length, total: found.total })}</p>
          )}
          <table className="plan-table">
            <thead>
              <tr>
                <th scope="col">{t('followEnterprise')}</th>
                <th scope="col">{t('field.targetRung')}</th>
                <th scope="col">{t('progressTitle')}</th>
                <th scope="col" className="num">
                  {t('overdueTitle')}
                </th>
                <th scope="col">{t('followNext')}</th>
              </tr>
            </thead>
            <tbody>
              {found.rows.map((row) => (
                <tr key={row.planId}>
                  <td>
                    <button
                      type="button"
                      className="link-button"
                      onClick={() =>
                        go({
                          screen: 'enterprise',
                          id: row.enterpriseId,
                          tab: 'plan',
                          planId: row.planId,
                        })
                      }
                    >
                      {row.name}
                    </button>
                  </td>
                  <td>
                    {[row.targetRung && t(`common:tier.${row.targetRung}`), row.targetYear]
                      .filter(Boolean)
                      .join(' \u00b7 ')}
                  </td>
                  <td className="follow-progress">
                    <Progress
                      aria-label={`${t('progressTitle')} ${row.name}`}
                      size="small"
                      percent={Math.round((100 * row.done) / Math.max(1, row.total))}
                      format={() => `${row.done}/${row.total}`}
                    />
                  </td>
                  <td className="num">
                    {row.overdue > 0 ? (
                      <span className="tag tag-small tag-unmet">{row.overdue}</span>
                    ) : (
                      <span className="muted">0</span>
                    )}
                  </td>
                  <td>
                    {row.nextDue && <span className="num">{row.nextDue}</span>}{' '}
                    {row.first && <span className="muted">{pick(row.first)}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
