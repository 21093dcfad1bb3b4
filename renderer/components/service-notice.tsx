import { Alert, Button, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dismissRestart, restartService, useService } from '../state/service.ts';
import { errorText } from './error-text.ts';

/** After a restart of the background service: what happened, and that nothing saved was lost. */
export function ServiceNotice() {
  const { t } = useTranslation();
  const restarted = useService((state) => state.state === 'restarted');
  if (!restarted) return null;
  return (
    <div className="notice-bar" role="status">
      <Alert
        type="warning"
        showIcon
        title={t('service.restarted')}
        closable={{ 'aria-label': t('close'), onClose: dismissRestart }}
      />
    </div>
  );
}

/** The service cannot be started: nothing can be shown, so the whole window says so. */
export function ServiceFailed() {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const again = () => {
    setBusy(true);
    setProblem(null);
    restartService()
      .catch(setProblem)
      .finally(() => setBusy(false));
  };
  return (
    <Result
      status="error"
      title={t('service.failedTitle')}
      subTitle={problem ? errorText(problem) : t('service.failedText')}
      extra={
        <Button type="primary" loading={busy} onClick={again}>
          {t('retry')}
        </Button>
      }
    />
  );
}
