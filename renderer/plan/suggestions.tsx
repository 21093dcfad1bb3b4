import { Button, Drawer, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { ErrorView } from '../components/error-view.tsx';
import { shortLocale } from '../i18n/i18n.ts';
import { insertItem } from './plan-items.ts';
import { flushPlan } from './plan-store.ts';
import type { PlanItem } from './plan-text.ts';

/** More measures for the same gaps, to be added one by one. */
export function Suggestions(props: { planId: string; open: boolean; onClose(): void }) {
  const { planId, open, onClose } = props;
  const { t } = useTranslation('plan');
  const language = shortLocale();
  const [items, setItems] = useState<PlanItem[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (!open) return;
    let current = true;
    setError(null);
    // The service leaves out what the plan already has, so it has to know the plan as it is now.
    flushPlan()
      .then(() => call('plan.suggest', { id: planId }))
      .then(
        (found) => current && setItems(found),
        (fault: unknown) => current && setError(fault),
      );
    return () => {
      current = false;
    };
  }, [open, planId]);
  return (
    <Drawer open={open} size={520} title={t('suggestTitle')} onClose={onClose} destroyOnHidden>
      {error ? <ErrorView error={error} /> : null}
      {!items && !error && <Skeleton active />}
      {items?.length === 0 && <p className="muted">{t('noSuggestions')}</p>}
      <ul className="suggestions">
        {items?.map((item) => (
          <li key={item.id}>
            <span className="muted">{t(`dimension.${item.dimension}`)}</span>
            <strong>{item.title[language]}</strong>
            <p>{item.reason[language]}</p>
            <Button
              size="small"
              onClick={() => {
                insertItem(item);
                setItems(items.filter((other) => other.id !== item.id));
              }}
            >
              {t('addSuggestion')}
            </Button>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
