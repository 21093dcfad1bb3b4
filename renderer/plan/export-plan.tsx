import {
  DownOutlined,
  FilePdfOutlined,
  FileTextOutlined,
  FileWordOutlined,
  SafetyCertificateOutlined,
} from '@ant-design/icons';
import { App, Button, Dropdown, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { usePaper, usePaperLanguage } from './paper-store.ts';
import { flushPlan } from './plan-store.ts';
import { verifyPlan } from './verify-store.ts';

/** Says that a file was written, with the way to it. */
export function useWritten() {
  const { t } = useTranslation(['plan', 'paper']);
  const { message, notification } = App.useApp();
  return (path: string) =>
    notification.success({
      title: t(path.endsWith('.pdf') ? 'exported' : 'paper:written'),
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
  const { t } = useTranslation(['plan', 'paper', 'verify']);
  const { message } = App.useApp();
  const written = useWritten();
  const { layout, name } = usePaper();
  const language = usePaperLanguage();
  const [busy, setBusy] = useState(false);

  const save = async (format: 'pdf' | 'docx', ownTemplate = false) => {
    if (!planId) return;
    setBusy(true);
    try {
      await flushPlan();
      const known = name?.planId === planId && name.language === language && name.layout === layout;
      const suggestedName = known
        ? name.name
        : (await call('plan.render', { id: planId, locale: language, layout })).suggestedName;
      const done = await callShell('shell.savePlan', {
        planId,
        locale: language,
        layout,
        format,
        ownTemplate,
        suggestedName,
      });
      if ('path' in done) written(done.path);
    } catch (fault) {
      void message.error(errorText(fault), 10);
    } finally {
      setBusy(false);
    }
  };

  const saveTemplate = async () => {
    try {
      const done = await callShell('shell.saveTemplate', { suggestedName: t('paper:templateName') });
      if ('path' in done) written(done.path);
    } catch (fault) {
      void message.error(errorText(fault));
    }
  };

  return (
    <Space.Compact>
      <Button
        type="primary"
        icon={<FilePdfOutlined />}
        disabled={!planId}
        loading={busy}
        onClick={() => void save('pdf')}
      >
        {t('exportPdf', { edition: t(`edition.${language}`) })}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'word',
              icon: <FileWordOutlined />,
              label: t('paper:exportWord'),
              disabled: !planId || busy,
              onClick: () => void save('docx'),
            },
            {
              key: 'own',
              icon: <FilePdfOutlined />,
              label: t('paper:exportOwn'),
              disabled: !planId || busy,
              onClick: () => void save('pdf', true),
            },
            {
              key: 'template',
              icon: <FileTextOutlined />,
              label: t('paper:saveTemplate'),
              onClick: () => void saveTemplate(),
            },
            { type: 'divider' },
            {
              key: 'verify',
              icon: <SafetyCertificateOutlined />,
              label: t('verify:command'),
              onClick: () => void verifyPlan(),
            },
          ],
        }}
      >
        <Button type="primary" icon={<DownOutlined />} aria-label={t('paper:moreExports')} />
      </Dropdown>
    </Space.Compact>
  );
}
