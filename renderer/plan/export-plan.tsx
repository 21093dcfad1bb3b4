import { FilePdfOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { usePaper, usePaperLanguage } from './paper-store.ts';
import { flushPlan } from './plan-store.ts';

/** Says that a file was written, with the way to it. */
export function useWritten() {
  const { t } = useTranslation('plan');
  const { message, notification } = App.useApp();
  return (path: string) =>
    notification.success({
      title: t('exported'),
      description: <span className="export-path">{path}</span>,
      duration: 10,
      actions: (
        <Button
          size="small"
          onClick={() =>
            callShell('shell.showInFolder', { path }).catch((fault: unknown) =>
              message.error(errorText(fault)),
            )
          }
        >
          {t('showInFolder')}
        </Button>
      ),
    });
}

/** Writes the plan as it is shown: in the language and layout of the preview. */
export function ExportPlan({ planId }: { planId: string | null }) {
  const { t } = useTranslation('plan');
  const { message } = App.useApp();
  const written = useWritten();
  const { layout, name } = usePaper();
  const language = usePaperLanguage();
  const [busy, setBusy] = useState(false);

  const exportPdf = async () => {
    if (!planId) return;
    setBusy(true);
    try {
      await flushPlan();
      const known = name?.planId === planId && name.language === language && name.layout === layout;
      const suggestedName = known
        ? name.name
        : (await call('plan.render', { id: planId, locale: language, layout })).suggestedName;
      const done = await callShell('shell.savePlan', { planId, locale: language, layout, suggestedName });
      if ('path' in done) written(done.path);
    } catch (fault) {
      void message.error(errorText(fault));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Button
      type="primary"
      icon={<FilePdfOutlined />}
      disabled={!planId}
      loading={busy}
      onClick={() => void exportPdf()}
    >
      {t('exportPdf', { edition: t(`edition.${language}`) })}
    </Button>
  );
}
