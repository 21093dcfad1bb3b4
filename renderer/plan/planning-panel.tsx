import { CalendarOutlined } from '@ant-design/icons';
import { App, Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { editPlan, flushPlan, type Plan } from './plan-store.ts';
import type { Language } from './plan-text.ts';

/** How the measures were chosen, and how many the firm carries at a time; setting the plan in time anew is one step back. */
export function PlanningPanel({ plan, language }: { plan: Plan; language: Language }) {
  const { t } = useTranslation('plan');
  const { message } = App.useApp();
  const { planning, limit } = plan.content;
  const [busy, setBusy] = useState(false);

  const arrange = async () => {
    setBusy(true);
    try {
      // The service plans with what is stored, so what was typed has to be there first.
      await flushPlan();
      const { items, planning: told, limit: kept } = await call('plan.arrange', { id: plan.id, limit });
      const times = new Map(items.map((item) => [item.id, item]));
      editPlan('', (content) => ({
        ...content,
        limit: kept,
        planning: told,
        items: content.items.map((item) => {
          const { start, due } = times.get(item.id) ?? item;
          return { ...item, start, due };
        }),
      }));
      void message.success(t('arranged'));
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="planning panel" aria-label={t('planningTitle')}>
      <h3>{t('planningTitle')}</h3>
      {planning && <p>{planning.says[language]}</p>}
      <span className="planning-limit">
        <label htmlFor="plan-limit">{t('field.limit')}</label>
        <InputNumber
          id="plan-limit"
          min={1}
          max={20}
          precision={0}
          value={limit}
          onChange={(value) => {
            if (value !== null) editPlan('limit', (content) => ({ ...content, limit: value }));
          }}
          onPressEnter={() => void arrange()}
        />
        <Button icon={<CalendarOutlined />} loading={busy} onClick={() => void arrange()}>
          {t('arrange')}
        </Button>
        <span className="muted">{t('arrangeHint')}</span>
      </span>
    </section>
  );
}
