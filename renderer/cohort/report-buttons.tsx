import { FilePdfOutlined, PrinterOutlined } from '@ant-design/icons';
import { App, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { shortLocale } from '../i18n/i18n.ts';
import { printScreen } from '../state/print.ts';
import { useCohortCondition } from './place-store.ts';
import { useSaved } from './save-table.tsx';
import { useScreening } from './screening-store.ts';

/** Prints what is on the screen, lists whole. */
export function PrintButton() {
  const { t } = useTranslation('cohort');
  const { message } = App.useApp();
  const print = () => printScreen().catch((error: unknown) => message.error(errorText(error), 8));
  return (
    <Button icon={<PrinterOutlined aria-hidden />} onClick={() => void print()}>
      {t('report.print')}
    </Button>
  );
}

/** The two-page report of the enterprises chosen, and printing what is on the screen. */
export function ReportButtons() {
  const { t } = useTranslation('cohort');
  const { message } = App.useApp();
  const saved = useSaved();
  const { condition } = useCohortCondition();
  const screening = useScreening((state) => state.shown?.id);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const answer = await callShell('shell.saveCohort', {
        call: 'cohort.exportReport',
        of: { condition, ...(screening ? { screening } : {}) },
        ending: 'pdf',
        locale: shortLocale(),
        suggestedName: t('report.name', { day: new Date().toISOString().slice(0, 10) }),
      });
      if (!('cancelled' in answer)) saved(answer.path);
    } catch (error) {
      message.error(errorText(error), 8);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="cohort-head-tools">
      <PrintButton />
      <Tooltip title={t('report.help')}>
        <Button icon={<FilePdfOutlined aria-hidden />} loading={busy} onClick={() => void save()}>
          {t('report.save')}
        </Button>
      </Tooltip>
    </span>
  );
}
