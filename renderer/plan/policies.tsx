import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { GradeTag } from '../components/grade-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { go } from '../state/place.ts';
import { usePlan } from './plan-store.ts';

/** Support policies that fit the plan; those not confirmed say so. */
export function Policies({ planId }: { planId: string }) {
  const { t } = useTranslation('plan');
  const stored = usePlan((state) => state.stored);
  const items = usePlan((state) => state.plan?.content.items);
  const titles = new Map(items?.map(({ id, title }) => [id, pick(title)]));
  const [policies, setPolicies] = useState<CallOutput<'plan.policies'> | null>(null);
  const [error, setError] = useState<unknown>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is stored says which measures there are
  useEffect(() => {
    let current = true;
    call('plan.policies', { id: planId }).then(
      (found) => current && setPolicies(found),
      (fault: unknown) => current && setError(fault),
    );
    return () => {
      current = false;
    };
  }, [planId, stored]);
  return (
    <section className="policies panel" aria-label={t('policiesTitle')}>
      <header className="section-head">
        <h3>{t('policiesTitle')}</h3>
        <Button type="link" size="small" icon={<EditOutlined />} onClick={() => go({ screen: 'settings' })}>
          {t('editPolicies')}
        </Button>
      </header>
      {error ? <ErrorView error={error} /> : null}
      {policies?.length === 0 && <p className="muted">{t('noPolicies')}</p>}
      <ul>
        {policies?.map((policy) => (
          <li key={policy.id}>
            <span className="policy-title">
              {pick(policy.title)}
              {policy.confirmed ? (
                <span className="tag tag-small tag-met">{t('confirmed')}</span>
              ) : (
                <span className="tag tag-small tag-unknown">{t('toConfirm')}</span>
              )}
            </span>
            <p>{pick(policy.content)}</p>
            {policy.items.length > 0 ? (
              <p className="policy-uses">
                {t('policyUses')} {policy.items.flatMap((id) => titles.get(id) ?? []).join(' \u00b7 ')}
              </p>
            ) : (
              policy.general && <p className="muted">{pick(policy.general)}</p>
            )}
            <span className="muted">
              {[t(`policy.${policy.category}`), pick(policy.region), policy.document]
                .filter(Boolean)
                .join(' \u00b7 ')}
            </span>{' '}
            <GradeTag grade={policy.source.grade} />
          </li>
        ))}
      </ul>
    </section>
  );
}
