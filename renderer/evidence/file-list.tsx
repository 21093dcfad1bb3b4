import { DeleteOutlined, DownloadOutlined, EyeOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { call, callShell } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { useCanWrite } from '../state/can-write.ts';
import type { EvidenceFile } from './evidence-store.ts';
import { Thumbnail } from './thumbnail.tsx';
import './evidence.css';

function size(bytes: number): string {
  if (bytes < 1024 * 1024) return `${formatNumber(Math.max(1, Math.round(bytes / 1024)))} KB`;
  return `${formatNumber(Math.round(bytes / 104857.6) / 10)} MB`;
}

/** Attached files with a small view of each; open, save a copy, take off (which can be undone). */
export function FileList(props: {
  files: readonly EvidenceFile[];
  placeOf?: (file: EvidenceFile) => string;
}) {
  const { t } = useTranslation('evidence');
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const attempt = (work: Promise<unknown>) =>
    work.catch((error: unknown) => void message.error(errorText(error)));
  const remove = (file: EvidenceFile) =>
    attempt(
      call('evidence.remove', { id: file.id }).then(() => {
        void message.info(t('removed', { name: file.name }), 5);
      }),
    );
  return (
    <ul className="evidence-files">
      {props.files.map((file) => (
        <li key={file.id}>
          <Thumbnail file={file} />
          <span className="evidence-name">
            <span className="ellipsis" title={file.name}>
              {file.name}
            </span>
            <span className="muted ellipsis">
              {props.placeOf && `${props.placeOf(file)} \u00b7 `}
              {size(file.bytes)} · {formatMoment(file.addedAt)}
            </span>
            {file.state !== 'there' && <span className="field-problem">{t(`state.${file.state}`)}</span>}
          </span>
          <span className="evidence-acts">
            <Tooltip title={file.opens ? t('open') : t('openNot')}>
              <Button
                type="text"
                size="small"
                icon={<EyeOutlined />}
                disabled={!file.opens || file.state !== 'there'}
                aria-label={t('openNamed', { name: file.name })}
                onClick={() => void attempt(callShell('shell.openEvidence', { id: file.id }))}
              />
            </Tooltip>
            <Tooltip title={t('save')}>
              <Button
                type="text"
                size="small"
                icon={<DownloadOutlined />}
                disabled={file.state !== 'there'}
                aria-label={t('saveNamed', { name: file.name })}
                onClick={() =>
                  void attempt(callShell('shell.saveEvidence', { id: file.id, suggestedName: file.name }))
                }
              />
            </Tooltip>
            <Tooltip title={t('remove')}>
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                disabled={!canWrite}
                aria-label={t('removeNamed', { name: file.name })}
                onClick={() => void remove(file)}
              />
            </Tooltip>
          </span>
        </li>
      ))}
    </ul>
  );
}
