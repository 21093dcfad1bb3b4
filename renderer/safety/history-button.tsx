import { ClockCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type AskedField, showFieldHistory } from './field-history-store.ts';

/** A small clock beside a field: who changed it, when, from what to what. */
export function HistoryButton({ of }: { of: AskedField }) {
  const { t } = useTranslation('safety');
  const title = t('fieldHistory.of', { field: of.label });
  return (
    <Button
      type="text"
      size="small"
      className="history-button"
      tabIndex={-1}
      disabled={false}
      icon={<ClockCircleOutlined aria-hidden />}
      aria-label={title}
      title={title}
      onClick={() => showFieldHistory(of)}
    />
  );
}
