import { App } from 'antd';
import { type ClipboardEvent, type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { useCanWrite } from '../state/can-write.ts';
import { type Added, addFiles, chooseFiles, type EvidencePlace } from './evidence-store.ts';

/** Adding files to a place: by a dialog, by drag and by paste, with what came of it said; not in a library that is only looked at. */
export function useAdding(place: EvidencePlace) {
  const { t } = useTranslation('evidence');
  const { message, notification } = App.useApp();
  const [over, setOver] = useState(false);
  const canWrite = useCanWrite();
  const [busy, setBusy] = useState(false);

  const run = async (work: () => Promise<Added | null>) => {
    setBusy(true);
    try {
      const done = await work();
      if (!done) return;
      if (done.added > 0) void message.success(t('added', { count: done.added }));
      for (const { name, key, details } of done.refused)
        notification.error({
          title: name,
          description: errorText(new CallError({ code: 'file', key, details })),
          duration: 10,
        });
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    canWrite,
    busy,
    over,
    choose: () => void run(() => chooseFiles(place)),
    drop: {
      onDragOver(event: DragEvent) {
        if (!canWrite || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop(event: DragEvent) {
        setOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length === 0 || !canWrite) return;
        event.preventDefault();
        event.stopPropagation();
        void run(() => addFiles(place, files));
      },
    },
    onPaste(event: ClipboardEvent) {
      const files = [...event.clipboardData.files];
      if (files.length === 0 || !canWrite) return;
      event.preventDefault();
      void run(() => addFiles(place, files));
    },
  };
}
