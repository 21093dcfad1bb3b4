import {
  ApartmentOutlined,
  CloseOutlined,
  DeleteOutlined,
  DownloadOutlined,
  DownOutlined,
  EditOutlined,
} from '@ant-design/icons';
import { App, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { lookAsCohort, MOST_MARKED } from '../cohort/as-cohort.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { tellFailure } from '../components/tell-failure.ts';
import { BatchExport } from '../plan/batch-export.tsx';
import { useCanWrite } from '../state/can-write.ts';
import { BulkEdit } from './bulk-edit.tsx';
import { startPacking } from './case-store.ts';
import { useExport } from './exchange-buttons.tsx';
import { differsFromView, useList } from './list-store.ts';
import { clearSelection, currentSelection, selectedCount, selectedIds, useSelection } from './selection.ts';
import { useBulk } from './use-bulk.tsx';

/** What can be done with the enterprises that are chosen; in the trash also with all of it. */
export function BulkBar() {
  const canWrite = useCanWrite();
  const { t } = useTranslation(['lists', 'case']);
  const { message } = App.useApp();
  const [modal, holder] = Modal.useModal();
  const selection = useSelection();
  const { total, filter } = useList();
  const bulk = useBulk();
  const exportList = useExport();
  const [busy, setBusy] = useState(false);
  const [editing, setEditing] = useState(false);
  const count = selectedCount(selection, total ?? 0);
  const number = formatNumber(count);
  const trash = filter.trash === true;
  if (count === 0 && !trash) return null;

  const run = (operation: Parameters<typeof bulk>[1]) => {
    setBusy(true);
    void bulk(currentSelection(), operation).finally(() => setBusy(false));
  };
  const deleteForGood = async (all: boolean) => {
    const wanted = formatNumber(all ? (total ?? 0) : count);
    const sure = await modal.confirm({
      title: t('bulk.deleteTitle', { number: wanted }),
      content: t('bulk.deleteText'),
      okText: t('bulk.deleteOk'),
      okButtonProps: { danger: true },
    });
    if (!sure) return;
    setBusy(true);
    try {
      const { deleted } = await call('trash.empty', all ? {} : { selection: currentSelection() });
      clearSelection();
      message.success(t('bulk.doneDelete', { number: formatNumber(deleted) }));
    } catch (error) {
      tellFailure(message, error);
    } finally {
      setBusy(false);
    }
  };
  const asCohort = () => {
    const chosen = currentSelection();
    if ('ids' in chosen && chosen.ids.length > MOST_MARKED) {
      void message.info(t('bulk.cohortMany', { number: formatNumber(MOST_MARKED) }));
      return;
    }
    const list = useList.getState();
    // All of a view is that view, as long as it is as it was kept.
    const whole = 'list' in chosen && !chosen.except?.length && list.view && !differsFromView(list);
    lookAsCohort({ selection: chosen, ...(whole ? { view: list.view?.name } : {}) });
  };
  const pack = () => selectedIds().then(startPacking, (error: unknown) => message.error(errorText(error)));
  return (
    <section className="bulk-bar" aria-label={t('select.count', { number })}>
      {holder}
      {count === 0 ? (
        <>
          <span className="muted">{t(total === 0 ? 'trashEmpty' : 'trashNote')}</span>
          <span className="library-head-space" />
          {total !== 0 && (
            <Button
              danger
              disabled={!canWrite}
              icon={<DeleteOutlined />}
              loading={busy}
              onClick={() => void deleteForGood(true)}
            >
              {t('bulk.emptyTrash')}
            </Button>
          )}
        </>
      ) : (
        <>
          <b role="status">{t('select.count', { number })}</b>
          {trash ? (
            <>
              <Button disabled={busy || !canWrite} onClick={() => run({ do: 'restore' })}>
                {t('bulk.restore')}
              </Button>
              <Button danger disabled={busy || !canWrite} onClick={() => void deleteForGood(false)}>
                {t('bulk.delete')}
              </Button>
            </>
          ) : (
            <>
              <Button icon={<EditOutlined />} disabled={busy || !canWrite} onClick={() => setEditing(true)}>
                {t('bulk.edit')}
              </Button>
              <Button
                disabled={busy || !canWrite}
                onClick={() => run({ do: 'archive', archived: !filter.archived })}
              >
                {t(filter.archived ? 'bulk.unarchive' : 'bulk.archive')}
              </Button>
              <Button disabled={busy || !canWrite} onClick={() => run({ do: 'trash' })}>
                {t('bulk.trash')}
              </Button>
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    { key: 'xlsx', label: t('bulk.exportXlsx') },
                    { key: 'csv', label: t('bulk.exportCsv') },
                  ],
                  onClick: ({ key }) => exportList.run(key as 'xlsx' | 'csv', currentSelection()),
                }}
              >
                <Button icon={<DownloadOutlined />} loading={exportList.busy}>
                  {t('bulk.export')} <DownOutlined aria-hidden />
                </Button>
              </Dropdown>
              {!filter.archived && (
                <Button icon={<ApartmentOutlined />} onClick={asCohort}>
                  {t('bulk.asCohort')}
                </Button>
              )}
              <BatchExport ids={selectedIds} disabled={busy} />
              <Button disabled={busy} onClick={() => void pack()}>
                {t('case:pack')}
              </Button>
            </>
          )}
          <span className="library-head-space" />
          <Button type="text" icon={<CloseOutlined />} onClick={clearSelection}>
            {t('select.clear')}
          </Button>
        </>
      )}
      {editing && <BulkEdit count={count} onClose={() => setEditing(false)} />}
    </section>
  );
}
