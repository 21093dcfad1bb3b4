import { ReloadOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Segmented, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { ReadOnlyNote } from '../components/writing.tsx';
import { useCanWrite } from '../state/can-write.ts';
import { saveTargets } from './targets-store.ts';
import { WhatIfEffect } from './what-if-effect.tsx';
import { LeverTrial } from './what-if-lever.tsx';
import { chooseWhatIfRung, closeWhatIf, type Lever, resetWhatIf, useWhatIf } from './what-if-store.ts';
import './what-if.css';

/** Facts of one dimension under one heading, in the order in which they matter. */
function byDimension(levers: readonly Lever[]): [string, Lever[]][] {
  const groups = new Map<string, Lever[]>();
  for (const lever of levers) groups.set(lever.dimension, [...(groups.get(lever.dimension) ?? []), lever]);
  return [...groups];
}

/** Keeps what is tried out as targets of a fiscal year. */
function SaveBar({ fiscalYear }: { fiscalYear: number }) {
  const { t } = useTranslation(['whatif', 'common']);
  const { message, notification } = App.useApp();
  const { enterpriseId, tried, levers } = useWhatIf();
  const [year, setYear] = useState(fiscalYear + 1);
  const [saving, setSaving] = useState(false);
  const canWrite = useCanWrite();
  const fields = Object.entries(tried).filter(([, value]) => value !== null);
  const save = async () => {
    if (!enterpriseId) return;
    setSaving(true);
    try {
      const targets = fields.map(([field, value]) => ({
        field: levers.find((lever) => lever.field === field)?.target ?? field,
        year,
        value: value as string | boolean,
      }));
      const undo = await saveTargets(enterpriseId, targets);
      const key = `targets-${year}`;
      notification.success({
        key,
        title: t('saved', { count: targets.length, year }),
        description: t('savedWhere'),
        actions: (
          <Button
            size="small"
            onClick={() => {
              notification.destroy(key);
              undo().catch((fault: unknown) => void message.error(errorText(fault)));
            }}
          >
            {t('undo')}
          </Button>
        ),
      });
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className="trial-save">
      <ReadOnlyNote />
      <span className="trial-year">
        {t('targetYear')}
        <Select
          value={year}
          aria-label={t('targetYear')}
          options={[1, 2, 3, 4].map((n) => ({ value: fiscalYear + n, label: String(fiscalYear + n) }))}
          onChange={setYear}
        />
      </span>
      <Button
        type="primary"
        loading={saving}
        disabled={fields.length === 0 || !canWrite}
        onClick={() => void save()}
      >
        {t('saveTargets', { count: fields.length })}
      </Button>
    </div>
  );
}

/** What if: any fact changed, verdicts, score and route at once, kept as targets where the firm agrees. */
export function WhatIf() {
  const { t } = useTranslation(['whatif', 'common', 'diagnosis']);
  const { enterpriseId, before, rung, levers, tried, error } = useWhatIf();
  const rungs = before?.rungs.filter((r) => r.routes.length > 0) ?? [];
  return (
    <Drawer
      open={enterpriseId !== null}
      size={1180}
      title={t('title')}
      onClose={closeWhatIf}
      destroyOnHidden
      extra={
        <Button
          icon={<ReloadOutlined />}
          disabled={Object.keys(tried).length === 0}
          onClick={() => resetWhatIf()}
        >
          {t('resetAll')}
        </Button>
      }
      footer={before && <SaveBar fiscalYear={before.asOf.fiscalYear} />}
    >
      {error ? <ErrorView error={error} /> : null}
      <div className="what-if">
        <section className="what-if-levers" aria-label={t('levers')}>
          <p className="muted">{t('hint')}</p>
          <Segmented
            aria-label={t('diagnosis:rungs')}
            value={rung}
            options={rungs.map((r) => ({ value: r.rung, label: t(`common:tier.${r.rung}`) }))}
            onChange={(next) => void chooseWhatIfRung(next)}
          />
          {levers.length === 0 && !error && <Skeleton active paragraph={{ rows: 8 }} />}
          {byDimension(levers).map(([dimension, list]) => (
            <div key={dimension}>
              <h4>{t(`dimension.${dimension}`)}</h4>
              <ul className="trials">
                {list.map((lever) => (
                  <LeverTrial key={lever.field} lever={lever} />
                ))}
              </ul>
            </div>
          ))}
        </section>
        <section className="what-if-effect" aria-label={t('effect')}>
          <WhatIfEffect />
        </section>
      </div>
    </Drawer>
  );
}
