import { SafetyCertificateOutlined, SaveOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal, Popconfirm, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { BatchExport } from '../plan/batch-export.tsx';
import { SaveTable } from './save-table.tsx';
import { keepScreening, useScreening } from './screening-store.ts';
import { endProgress } from './use-cohort.ts';
import { WorkBar } from './work-bar.tsx';

/** Most enterprises of one batch. */
const MOST = 20_000;

/** The rows as they are filtered now. */
function usePageOf() {
  const { shown, reach, item, query, sort, descending } = useScreening();
  return {
    id: shown?.id ?? '',
    ...(reach.length > 0 ? { reach } : {}),
    ...(item ? { item } : {}),
    ...(query.trim() ? { query } : {}),
    sort,
    descending,
  };
}

function Keep() {
  const { t } = useTranslation(['cohort', 'common']);
  const { message } = App.useApp();
  const shown = useScreening((state) => state.shown);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [name, setName] = useState('');
  const begin = () => {
    if (!shown) return;
    const { question, today } = shown.summary;
    setName(t('screening.defaultName', { tier: t(`common:tierShort.${question.rung}`), day: today }));
    setOpen(true);
  };
  const keep = async () => {
    if (name.trim() === '') return;
    setBusy(true);
    try {
      await keepScreening(name);
      setOpen(false);
      message.success(t('screening.saved'));
    } catch (error) {
      message.error(errorText(error), 8);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon={<SaveOutlined aria-hidden />} disabled={shown?.saved !== null} onClick={begin}>
        {t('screening.save')}
      </Button>
      <Modal
        open={open}
        title={t('screening.saveTitle')}
        okText={t('common:saveButton')}
        cancelText={t('common:cancel')}
        confirmLoading={busy}
        okButtonProps={{ disabled: name.trim() === '' }}
        onOk={() => void keep()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <label htmlFor="screening-name">{t('screening.name')}</label>
        <Input
          id="screening-name"
          autoFocus
          maxLength={100}
          value={name}
          onChange={({ target }) => setName(target.value)}
          onPressEnter={() => void keep()}
        />
      </Modal>
    </>
  );
}

/** What can be done with the rows on the screen: keep the screening, store check-ups, save as a workbook. */
export function ScreeningActions() {
  const { t } = useTranslation(['cohort', 'common']);
  const { message } = App.useApp();
  const shown = useScreening((state) => state.shown);
  const page = usePageOf();
  const [busy, setBusy] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const countRows = () =>
    void call('cohort.screeningIds', { ...page, most: 1 }).then(
      ({ total }) => setCount(Math.min(total, MOST)),
      () => setCount(null),
    );
  const diagnose = async () => {
    setBusy(true);
    try {
      const { ids } = await call('cohort.screeningIds', { ...page, most: MOST });
      if (ids.length === 0) return;
      const { saved } = await call('cohort.diagnoseAll', { ids });
      message.success(t('screening.diagnosed', { count: saved }));
    } catch (error) {
      message.error(errorText(error), 8);
    } finally {
      endProgress();
      setBusy(false);
    }
  };
  if (!shown) return null;
  if (busy) return <WorkBar label={t('screening.diagnosing')} />;
  return (
    <>
      <Keep />
      <Popconfirm
        title={t('screening.diagnoseSure', { number: formatNumber(count ?? 0) })}
        okText={t('screening.diagnose')}
        cancelText={t('common:cancel')}
        onConfirm={() => void diagnose()}
        onOpenChange={(open) => open && countRows()}
      >
        <Tooltip title={t('screening.diagnoseHelp')}>
          <Button icon={<SafetyCertificateOutlined aria-hidden />}>{t('screening.diagnose')}</Button>
        </Tooltip>
      </Popconfirm>
      <BatchExport ids={() => call('cohort.screeningIds', { ...page, most: MOST }).then(({ ids }) => ids)} />
      <SaveTable
        of={{ kind: 'screening', ...page, fresh: shown.saved === null }}
        name={t('screening.defaultName', {
          tier: t(`common:tierShort.${shown.summary.question.rung}`),
          day: shown.summary.today,
        })}
      />
    </>
  );
}
