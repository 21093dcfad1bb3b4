import { FilePdfOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../components/money.ts';
import { type BatchIds, isRunning, openBatch, useBatch } from './batch-store.ts';

/**
 * Opens the export of many plans, one PDF each into a folder. `ids` is asked when the dialog opens. While an export runs
 * the button shows how far it is.
 */
export function BatchExport(props: {
  ids: BatchIds;
  disabled?: boolean;
  size?: 'small' | 'middle';
  type?: 'default' | 'primary';
}) {
  const { t } = useTranslation('batch');
  const status = useBatch((state) => state.status);
  const running = isRunning(status);
  return (
    <Button
      icon={<FilePdfOutlined aria-hidden />}
      disabled={(props.disabled ?? false) && !running}
      size={props.size ?? 'middle'}
      type={props.type ?? 'default'}
      onClick={() => openBatch(running ? null : props.ids)}
    >
      {running && status
        ? t('buttonRunning', { done: formatNumber(status.done), total: formatNumber(status.total) })
        : t('button')}
    </Button>
  );
}
