import { FileExcelOutlined } from '@ant-design/icons';
import { App, Button, Input, Popconfirm } from 'antd';
import { type DragEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { formatDay } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { tellFailure } from '../components/tell-failure.ts';
import { canWrite } from '../state/can-write.ts';
import { isCaseFile, LARGEST_CASE_DROP, openDroppedCase } from './case-store.ts';
import { chooseFile, endImport, LARGEST_DROP, openDropped, openPasted, useImport } from './import-store.ts';

/** Handlers of a place on which a table, a package or a plan's PDF can be dropped. */
export function useDrop() {
  const { t } = useTranslation(['exchange', 'case', 'safety']);
  const { message } = App.useApp();
  const [over, setOver] = useState(false);
  const carries = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave(event: DragEvent) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop(event: DragEvent) {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (!file) return;
        if (!canWrite() && !/\.pdf$/i.test(file.name)) {
          void message.info(t('safety:access.canLook'));
          return;
        }
        if (isCaseFile(file)) {
          if (file.size > LARGEST_CASE_DROP) void message.warning(t('case:dropTooLarge'));
          else {
            endImport();
            void openDroppedCase(file).catch((error: unknown) => message.error(errorText(error), 8));
          }
        } else if (file.size > LARGEST_DROP) void message.warning(t('dropTooLarge'));
        else void openDropped(file);
      },
    },
  };
}

type Batch = CallOutput<'import.list'>[number];

function Past() {
  const { t } = useTranslation('exchange');
  const { message } = App.useApp();
  const [batches, setBatches] = useState<Batch[]>([]);
  const [busy, setBusy] = useState<string | null>(null);
  useEffect(() => {
    call('import.list', {}).then(setBatches, () => setBatches([]));
  }, []);
  const undo = (batchId: string) => {
    setBusy(batchId);
    call('import.undo', { batchId })
      .then(setBatches, (error: unknown) => tellFailure(message, error))
      .finally(() => setBusy(null));
  };
  if (batches.length === 0) return null;
  return (
    <section>
      <h3>{t('past')}</h3>
      <ul className="import-past">
        {batches.slice(0, 6).map((batch) => (
          <li key={batch.id}>
            <span className="ellipsis">
              {formatDay(batch.at)} · {batch.source || t('pasted')} ·{' '}
              {t('pastLine', { added: batch.added, changed: batch.changed, failed: batch.failed })}
            </span>
            {batch.undoneAt ? (
              <span className="muted">{t('undone')}</span>
            ) : (
              <Popconfirm
                title={t('undoSure')}
                okText={t('undo')}
                cancelText={t('cancel')}
                onConfirm={() => undo(batch.id)}
              >
                <Button size="small" loading={busy === batch.id}>
                  {t('undo')}
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first step: a file, a drop or pasted cells; and earlier imports, to be taken back. */
export function ImportFile() {
  const { t } = useTranslation('exchange');
  const busy = useImport((state) => state.busy);
  const [text, setText] = useState('');
  const { over, handlers } = useDrop();
  return (
    <>
      <section
        className={over ? 'import-drop import-drop-over' : 'import-drop'}
        {...handlers}
        aria-label={t('step.file')}
      >
        <FileExcelOutlined className="import-drop-icon" aria-hidden />
        <p>{t('fileHint')}</p>
        <Button type="primary" size="large" loading={busy} onClick={() => void chooseFile()}>
          {t('choose')}
        </Button>
      </section>
      <section>
        <label htmlFor="import-paste">{t('paste')}</label>
        <Input.TextArea
          id="import-paste"
          rows={3}
          value={text}
          placeholder={t('pasteHere')}
          onChange={({ target }) => setText(target.value)}
        />
        {text.trim() !== '' && (
          <Button loading={busy} onClick={() => void openPasted(text)}>
            {t('readPasted')}
          </Button>
        )}
      </section>
      <Past />
    </>
  );
}
