import { BranchesOutlined } from '@ant-design/icons';
import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { asOfOf } from '../diagnosis/as-of.ts';
import { pick } from '../i18n/i18n.ts';
import { flushOwner } from '../state/save-queue.ts';
import './follow.css';
import { flushPlan, type Plan } from './plan-store.ts';
import { VersionCompare } from './version-compare.tsx';

type Listed = CallOutput<'plan.list'>[number];

/** The plans of an enterprise as versions: a new one from a fresh check-up, and what differs between two. */
export function Versions(props: {
  enterpriseId: string;
  list: readonly Listed[];
  current: string;
  open: boolean;
  onClose(): void;
  onChoose(planId: string): void;
  onMade(plan: Plan): void;
}) {
  const { enterpriseId, list, current, open } = props;
  const { t } = useTranslation(['plan', 'common']);
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [picked, setPicked] = useState<{ old: string; new: string } | null>(null);
  const shown = list.find(({ id }) => id === current);
  const before = shown?.previous ?? list[list.findIndex(({ id }) => id === current) + 1]?.id;
  const pair =
    picked ?? (before && list.some(({ id }) => id === before) ? { old: before, new: current } : null);

  const renew = async () => {
    setBusy(true);
    try {
      await flushPlan();
      await flushOwner(enterpriseId);
      const made = await call('plan.renew', { id: current, asOf: asOfOf(enterpriseId) });
      props.onMade(made);
      setPicked({ old: current, new: made.id });
      void message.success(t('renewed'));
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setBusy(false);
    }
  };
  const choice = (side: 'old' | 'new', id: string) => (
    <input
      type="radio"
      name={`version-${side}`}
      aria-label={t(side === 'old' ? 'compareOld' : 'compareNew')}
      checked={pair?.[side] === id}
      onChange={() => setPicked({ old: pair?.old ?? id, new: pair?.new ?? id, [side]: id })}
    />
  );

  return (
    <Drawer open={open} size={860} title={t('versionsTitle')} onClose={props.onClose} destroyOnHidden>
      <Button type="primary" icon={<BranchesOutlined />} loading={busy} onClick={() => void renew()}>
        {t('renew')}
      </Button>
      <p className="muted">{t('renewHint')}</p>
      <table className="plan-table versions">
        <thead>
          <tr>
            <th scope="col">{t('compareOld')}</th>
            <th scope="col">{t('compareNew')}</th>
            <th scope="col">{t('versionsTitle')}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {list.map((listed) => {
            const from = list.find(({ id }) => id === listed.previous);
            return (
              <tr key={listed.id}>
                <td>{choice('old', listed.id)}</td>
                <td>{choice('new', listed.id)}</td>
                <td>
                  <strong>{formatMoment(listed.createdAt)}</strong>{' '}
                  {[
                    listed.targetRung && t(`common:tier.${listed.targetRung}`),
                    listed.targetYear,
                    t('versionItems', { items: listed.items, done: listed.done }),
                  ]
                    .filter(Boolean)
                    .join(' \u00b7 ')}
                  <div className="muted">
                    {from ? t('madeFrom', { date: formatMoment(from.createdAt) }) : pick(listed.title)}
                  </div>
                </td>
                <td>
                  {listed.id === current ? (
                    <span className="muted">{t('openNow')}</span>
                  ) : (
                    <Button size="small" onClick={() => props.onChoose(listed.id)}>
                      {t('openVersion')}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <h3 className="compare-title">{t('compareTitle')}</h3>
      {pair && pair.old !== pair.new ? (
        <VersionCompare a={pair.old} b={pair.new} />
      ) : (
        <p className="muted">{t('comparePick')}</p>
      )}
    </Drawer>
  );
}
