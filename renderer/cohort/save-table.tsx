import { DownloadOutlined, DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../electron/api.ts';
import { callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { shortLocale } from '../i18n/i18n.ts';

type Wanted =
  | { call?: 'cohort.exportTable'; of: CallInput<'cohort.exportTable'>['of'] }
  | { call: 'plan.exportFollowUp'; of: CallInput<'plan.exportFollowUp'>['of'] };

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

/** Saves what is shown as a workbook or as CSV. */
export function SaveTable(props: Wanted & { name: string }) {
  const { t } = useTranslation('cohort');
  const { message } = App.useApp();
  const saved = useSaved();
  const [busy, setBusy] = useState(false);
  const save = async (ending: 'xlsx' | 'csv') => {
    setBusy(true);
    try {
      const answer = await callShell('shell.saveCohort', {
        call: props.call ?? 'cohort.exportTable',
        of: props.of,
        ending,
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
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['xlsx', 'csv'] as const).map((key) => ({ key, label: t(`file.${key}`) })),
        onClick: ({ key }) => void save(key as 'xlsx'),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
        {t('file.export')} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
