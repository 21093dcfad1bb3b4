import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancelProtection, useProtection } from './protection-store.ts';

/** How far turning on or off is; it can be ended until the new file takes the place of the old one. */
export function Working() {
  const { t } = useTranslation('protection');
  const progress = useProtection((state) => state.progress);
  const percent = progress && progress.total > 1 ? Math.round((100 * progress.done) / progress.total) : 0;
  return (
    <div className="protection-form" aria-live="polite">
      <p>{t(`step.${progress?.step ?? 'backup'}`)}</p>
      <Progress percent={percent} status="active" />
      <div className="protection-actions">
        <Button onClick={cancelProtection}>{t('cancel')}</Button>
      </div>
    </div>
  );
}
