import { Alert, Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { errorText } from './error-text.ts';

/**
 * Shows a failed call by its message. `full` fills a screen whose content could not be had; otherwise it is a line above
 * the content that is still there.
 */
export function ErrorView(props: { error: unknown; onRetry?: () => void; full?: boolean }) {
  const { t } = useTranslation();
  const retry = props.onRetry && (
    <Button size={props.full ? 'middle' : 'small'} onClick={props.onRetry}>
      {t('retry')}
    </Button>
  );
  if (props.full) {
    return (
      <Result status="warning" title={t('failedTitle')} subTitle={errorText(props.error)} extra={retry} />
    );
  }
  return <Alert type="error" showIcon title={errorText(props.error)} action={retry} />;
}
