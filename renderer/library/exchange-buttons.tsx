import { DownloadOutlined, DownOutlined, UploadOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { tellFailure } from '../components/tell-failure.ts';
import { shortLocale } from '../i18n/i18n.ts';
import { useCanWrite } from '../state/can-write.ts';
import { openCase, useCase } from './case-store.ts';
import { startImport } from './import-store.ts';
import { ImportWizard } from './import-wizard.tsx';
import { type ColumnName, currentChoice, useList } from './list-store.ts';
import type { Selection } from './selection.ts';

/** What a column of the screen is in a file: some hold two things one under the other. */
const IN_FILE: Partial<Record<ColumnName, string[]>> = {
  name: ['name', 'shortName', 'mainProduct'],
  place: ['city', 'district'],
};

/** Columns of a file for the columns as they stand on the screen. */
export function fileColumns(columns: readonly ColumnName[]): string[] {
  // Without the credit code a list cannot be brought together with another one.
  const all = columns.flatMap((column) => IN_FILE[column] ?? [column]);
  return all.includes('uscc') ? all : ['name', 'uscc', ...all.filter((column) => column !== 'name')];
}

/** Tells where a file was written, with a way to it. */
function useSaved(): (path: string, count: number) => void {
  const { t } = useTranslation('exchange');
  const { message } = App.useApp();
  return (path, count) =>
    void message.success({
      duration: 8,
      content: (
        <span>
          {t('exported', { count })}{' '}
          <Button
            type="link"
            size="small"
            onClick={() =>
              void callShell('shell.showInFolder', { path }).catch((error: unknown) =>
                message.error(errorText(error)),
              )
            }
          >
            {t('showFile')}
          </Button>
        </span>
      ),
    });
}

/** Writes the list as it is shown into a file, or of it only what is chosen. */
export function useExport(): {
  busy: boolean;
  run(format: 'xlsx' | 'csv', selection?: Selection): void;
} {
  const { t } = useTranslation('exchange');
  const { message } = App.useApp();
  const saved = useSaved();
  const [busy, setBusy] = useState(false);
  const write = async (format: 'xlsx' | 'csv', selection?: Selection) => {
    const some = !selection
      ? {}
      : 'ids' in selection
        ? { only: selection.ids }
        : { except: selection.except };
    const answer = await callShell('shell.saveExport', {
      list: { ...currentChoice(), ...some },
      columns: fileColumns(useList.getState().columns),
      format,
      locale: shortLocale(),
      suggestedName: t('listName'),
    });
    if (!('cancelled' in answer)) saved(answer.path, answer.rows);
  };
  return {
    busy,
    run(format, selection) {
      setBusy(true);
      write(format, selection)
        .catch((error: unknown) => tellFailure(message, error))
        .finally(() => setBusy(false));
    },
  };
}

/** Import and export on the library screen; with `empty` only what makes sense in an empty library. */
export function ExchangeButtons({ empty = false }: { empty?: boolean }) {
  const canWrite = useCanWrite();
  const { t } = useTranslation(['exchange', 'case']);
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const saved = useSaved();
  const exportList = useExport();

  const doing = (work: () => Promise<void>) => {
    setBusy(true);
    work()
      .catch((error: unknown) => tellFailure(message, error))
      .finally(() => setBusy(false));
  };
  const exportAll = () =>
    doing(async () => {
      const answer = await callShell('shell.saveEverything', {
        locale: shortLocale(),
        suggestedName: t('everythingName'),
      });
      if (!('cancelled' in answer)) saved(answer.path, answer.enterprises);
    });
  const importAll = () =>
    doing(async () => {
      const answer = await callShell('shell.openEverything', {});
      if (!('cancelled' in answer))
        void message.success(t('everythingIn', { added: answer.added, skipped: answer.skipped }), 6);
    });
  const takeInCase = () => doing(openCase);
  const run: Record<string, () => void> = {
    xlsx: () => exportList.run('xlsx'),
    csv: () => exportList.run('csv'),
    everything: exportAll,
    importEverything: importAll,
    openCase: takeInCase,
    cases: () => useCase.setState({ inbox: true }),
  };
  const items = [
    { key: 'xlsx', label: t('exportXlsx') },
    { key: 'csv', label: t('exportCsv') },
    { key: 'everything', label: t('exportEverything') },
    { type: 'divider' as const },
    { key: 'openCase', label: t('case:open'), disabled: !canWrite },
    { key: 'cases', label: t('case:history') },
    { type: 'divider' as const },
    { key: 'importEverything', label: t('importEverything'), disabled: !canWrite },
  ];
  return (
    <>
      <Button
        disabled={!canWrite}
        size={empty ? 'large' : 'middle'}
        icon={<UploadOutlined aria-hidden />}
        onClick={startImport}
      >
        {t('import')}
      </Button>
      {empty ? (
        <>
          <Button disabled={!canWrite} size="large" type="text" loading={busy} onClick={importAll}>
            {t('importEverything')}
          </Button>
          <Button disabled={!canWrite} size="large" type="text" loading={busy} onClick={takeInCase}>
            {t('case:open')}
          </Button>
        </>
      ) : (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => run[key]?.() }}>
          <Button loading={busy || exportList.busy} icon={<DownloadOutlined aria-hidden />}>
            {t('export')} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      )}
      <ImportWizard />
    </>
  );
}
