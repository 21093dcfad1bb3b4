import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../electron/api.ts';
import { callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { shortLocale } from '../i18n/i18n.ts';

type Of = CallInput<'cohort.exportTable'>['of'];

/** Says that a file was saved, with the way to it. */
export function useSaved() {
  const { t } = useTranslation('cohort');
  const { message } = App.useApp();
  return (path: string) =>
    message.success({
      duration: 8,
      content: (
        <span>
          {t('file.saved')}{' '}
          <Button
            type="link"
            size="small"
            onClick={() =>
              void callShell('shell.showInFolder', { path }).catch((error: unknown) =>
                message.error(errorText(error)),
              )
            }
          >
            {t('file.show')}
          </Button>
        </span>
      ),
    });
}

/** Saves what is shown as a workbook. */
export function SaveTable(props: { of: Of; name: string; label?: string; disabled?: boolean }) {
  const { t } = useTranslation('cohort');
  const { message } = App.useApp();
  const saved = useSaved();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const answer = await callShell('shell.saveCohort', {
        call: 'cohort.exportTable',
        of: props.of,
        ending: 'xlsx',
        locale: shortLocale(),
        suggestedName: props.name || t('title'),
      });
      if (!('cancelled' in answer)) saved(answer.path);
    } catch (error) {
      message.error(errorText(error), 8);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      loading={busy}
      disabled={props.disabled ?? false}
      onClick={() => void save()}
    >
      {props.label ?? t('file.xlsx')}
    </Button>
  );
}
