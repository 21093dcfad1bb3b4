import { CheckOutlined, LoadingOutlined, WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** idle: nothing to say; dirty: typed, about to be saved. */
export type SaveStatus = 'idle' | 'dirty' | 'saving' | 'saved' | 'failed';

/** Says whether what is on the screen is stored. A failure stays, with a way to try again. */
export function SaveState(props: { status: SaveStatus; onRetry?: () => void; compact?: boolean }) {
  const { t } = useTranslation();
  const { status, onRetry, compact } = props;
  const word = status === 'idle' ? '' : t(`save.${status === 'dirty' ? 'saving' : status}`);
  return (
    <span className={`save-state save-${status}`} role="status" aria-live="polite">
      {(status === 'saving' || status === 'dirty') && <LoadingOutlined aria-hidden />}
      {status === 'saved' && <CheckOutlined aria-hidden />}
      {status === 'failed' && <WarningFilled aria-hidden />}
      {word && <span className={compact && status !== 'failed' ? 'visually-hidden' : undefined}>{word}</span>}
      {status === 'failed' && onRetry && (
        <Button type="link" size="small" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </span>
  );
}
