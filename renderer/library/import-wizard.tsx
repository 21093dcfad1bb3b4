import { Alert, App, Button, Modal, Popconfirm, Result, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { useWork } from '../state/work.ts';
import { ImportCheck } from './import-check.tsx';
import { ImportFile } from './import-file.tsx';
import { ImportMapping } from './import-mapping.tsx';
import {
  apply,
  check,
  endImport,
  goBack,
  type Step,
  saveErrors,
  undoApplied,
  useImport,
} from './import-store.ts';
import { JobBar } from './job-bar.tsx';
import './import.css';

const steps: readonly Step[] = ['file', 'mapping', 'check', 'result'];

/** What is under way; an import or its undoing says how far it is and can be cancelled before it is stored. */
function Underway() {
  const { t } = useTranslation('exchange');
  const { busy, step } = useImport();
  const told = useWork(({ jobs }) => jobs.import !== undefined || jobs.undo !== undefined);
  return (
    <div className="import-underway">
      <JobBar job="import" />
      <JobBar job="undo" />
      {busy && !told && step !== 'result' && (
        <span role="status">{t(step === 'check' ? 'preparing' : 'reading')}</span>
      )}
    </div>
  );
}

function Done() {
  const { t } = useTranslation('exchange');
  const { message } = App.useApp();
  const { applied, undone, busy } = useImport();
  if (!applied) return null;
  const save = () =>
    saveErrors(t('errorsName')).then(
      (rows) => rows !== null && message.success(t('errorsSaved', { count: rows })),
      (error: unknown) => message.error(errorText(error)),
    );
  return (
    <Result
      status={undone ? 'info' : 'success'}
      title={undone ? t('undone') : t('done', { added: applied.added, changed: applied.changed })}
      subTitle={
        undone
          ? undefined
          : [
              applied.failedRows > 0 && t('doneFailed', { count: applied.failedRows }),
              applied.partRows > 0 && t('donePart', { count: applied.partRows }),
            ]
              .filter(Boolean)
              .join(' ')
      }
      extra={
        !undone && (
          <>
            {applied.failedRows + applied.partRows > 0 && (
              <Button onClick={() => void save()}>{t('saveErrors')}</Button>
            )}
            <Popconfirm
              title={t('undoSure')}
              okText={t('undo')}
              cancelText={t('cancel')}
              onConfirm={() => void undoApplied()}
            >
              <Button danger loading={busy}>
                {t('undo')}
              </Button>
            </Popconfirm>
          </>
        )
      }
    />
  );
}

function Buttons() {
  const { t } = useTranslation('exchange');
  const { step, busy, checking, preview } = useImport();
  const wanted = preview ? preview.added + preview.changed : 0;
  return (
    <>
      {step === 'mapping' && (
        <Button disabled={busy} onClick={() => goBack('file')}>
          {t('back')}
        </Button>
      )}
      {step === 'check' && (
        <Button disabled={busy} onClick={() => goBack('mapping')}>
          {t('back')}
        </Button>
      )}
      {step === 'mapping' && (
        <Button type="primary" loading={busy} onClick={() => void check()}>
          {t('next')}
        </Button>
      )}
      {step === 'check' && (
        <Button
          type="primary"
          loading={busy || checking}
          disabled={wanted === 0 || checking}
          onClick={() => void apply()}
        >
          {t('start', { count: wanted })}
        </Button>
      )}
      {(step === 'file' || step === 'result') && (
        <Button disabled={busy} type={step === 'result' ? 'primary' : 'default'} onClick={endImport}>
          {t('close')}
        </Button>
      )}
    </>
  );
}

/** From a table to enterprises: file, columns, dry run, import; each step can be gone back from. */
export function ImportWizard() {
  const { t } = useTranslation('exchange');
  const { open, step, busy, error, opened } = useImport();
  return (
    <Modal
      open={open}
      title={t('title')}
      width={1080}
      style={{ top: 32 }}
      mask={{ closable: false }}
      closable={!busy}
      keyboard={!busy}
      onCancel={endImport}
      destroyOnHidden
      footer={<Buttons />}
    >
      <Steps
        size="small"
        className="import-steps"
        current={steps.indexOf(step)}
        items={steps.map((name) => ({ title: t(`step.${name}`) }))}
      />
      {error ? <ErrorView error={error} /> : null}
      <Underway />
      <div className="import-body">
        {step === 'file' && <ImportFile />}
        {step === 'mapping' && opened && <ImportMapping opened={opened} />}
        {step === 'check' && <ImportCheck />}
        {step === 'result' && <Done />}
      </div>
      {step === 'mapping' && opened?.remembered && <Alert type="info" showIcon title={t('rememberedHint')} />}
    </Modal>
  );
}
