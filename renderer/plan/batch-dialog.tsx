import { FolderOpenOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Modal, Radio, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call, callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { WorkBar } from '../components/work-bar.tsx';
import { shortLocale } from '../i18n/i18n.ts';
import './batch.css';
import { WordingChoice } from '../wording/wording-choice.tsx';
import {
  type BatchIds,
  type BatchStatus,
  closeBatchDialog,
  isRunning,
  openBatch,
  takeBatch,
  useBatch,
} from './batch-store.ts';
import { LAYOUTS, type Layout } from './paper-store.ts';
import type { Language } from './plan-text.ts';

/** How far it is and how long it may still take. */
export function BatchProgress({ status }: { status: BatchStatus }) {
  const { t } = useTranslation('batch');
  return <WorkBar label={t('title')} done={status.done} total={status.total} left={status.secondsLeft} />;
}

function Failures({ status }: { status: BatchStatus }) {
  const { t } = useTranslation(['batch', 'plan']);
  if (status.errors.length === 0) return null;
  return (
    <section aria-label={t('failures')}>
      <h3 className="batch-failures-title">{t('failures')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the list is scrolled with the keyboard */}
      <ul className="batch-failures" tabIndex={0}>
        {status.errors.map(({ enterpriseId, name, locale, error }) => (
          <li key={`${enterpriseId} ${locale}`}>
            <b>{name}</b> <span className="muted">{t(`plan:edition.${locale}`)}</span>
            <div>{errorText(new CallError(error as CallError['error']))}</div>
          </li>
        ))}
      </ul>
      {status.failed > status.errors.length && (
        <p className="muted">{t('moreFailures', { count: status.failed - status.errors.length })}</p>
      )}
    </section>
  );
}

/** What has been asked for: how many, in which languages, and where to. */
function Form({ ids, doing }: { ids: BatchIds; doing: (work: () => Promise<BatchStatus | null>) => void }) {
  const { t } = useTranslation(['batch', 'plan', 'paper', 'wording', 'common']);
  const [found, setFound] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [layout, setLayout] = useState<Layout>('full');
  const [locales, setLocales] = useState<Language[]>([shortLocale()]);
  useEffect(() => {
    let current = true;
    Promise.resolve()
      .then(ids)
      .then(
        (list) => current && setFound(list),
        (error: unknown) => current && setProblem(error),
      );
    return () => {
      current = false;
    };
  }, [ids]);
  if (problem) return <Alert type="error" showIcon title={errorText(problem)} />;
  if (!found) return <Skeleton active paragraph={{ rows: 3 }} />;
  if (found.length === 0) return <Alert type="info" showIcon title={t('nobody')} />;
  const start = () =>
    doing(async () => {
      const answer = await callShell('shell.exportPlans', {
        wanted: { ids: [...found], locales, layout },
        language: shortLocale(),
      });
      return 'cancelled' in answer ? null : answer;
    });
  return (
    <>
      <p className="batch-lead">{t('lead', { count: found.length, number: formatNumber(found.length) })}</p>
      <fieldset className="batch-choice">
        <legend>{t('languages')}</legend>
        <Checkbox.Group<Language>
          value={locales}
          onChange={setLocales}
          options={[
            { value: 'zh', label: t('plan:edition.zh') },
            { value: 'en', label: t('plan:edition.en') },
          ]}
        />
      </fieldset>
      <fieldset className="batch-choice">
        <legend>{t('paper:layoutOf')}</legend>
        <Radio.Group
          value={layout}
          onChange={({ target }) => setLayout(target.value as Layout)}
          options={LAYOUTS.map((value) => ({ value, label: t(`paper:layout.${value}`) }))}
        />
      </fieldset>
      <fieldset className="batch-choice">
        <legend>{t('wording:choose')}</legend>
        <WordingChoice editing={false} />
      </fieldset>
      <p className="muted">{t('note')}</p>
      <div className="batch-buttons">
        <Button onClick={closeBatchDialog}>{t('common:cancel')}</Button>
        <Button
          type="primary"
          icon={<FolderOpenOutlined aria-hidden />}
          disabled={locales.length === 0}
          onClick={start}
        >
          {t('choose')}
        </Button>
      </div>
    </>
  );
}

function Ended({ status, actions }: { status: BatchStatus; actions: ReactNode }) {
  const { t } = useTranslation('batch');
  const { message } = App.useApp();
  const { folder, index, fault, made, kept, failed } = status;
  const lines = [
    t('made', { count: made, number: formatNumber(made) }),
    kept > 0 && t('kept', { count: kept, number: formatNumber(kept) }),
    failed > 0 && t('failed', { count: failed, number: formatNumber(failed) }),
    status.total > status.done &&
      t('waiting', { count: status.total - status.done, number: formatNumber(status.total - status.done) }),
  ].filter(Boolean);
  const kind =
    status.state === 'failed'
      ? 'error'
      : status.state === 'cancelled' || failed > 0 || fault
        ? 'warning'
        : 'success';
  return (
    <>
      <Alert
        type={kind}
        showIcon
        title={t(`state.${status.state}`)}
        description={
          <>
            <div>{lines.join(t('join'))}</div>
            {fault && <div>{errorText(new CallError(fault as CallError['error']))}</div>}
            {folder && <div className="batch-path">{folder}</div>}
          </>
        }
      />
      <Failures status={status} />
      <div className="batch-buttons">
        {folder && (
          <Button
            icon={<FolderOpenOutlined aria-hidden />}
            onClick={() =>
              void callShell('shell.showInFolder', { path: folder }).catch((error: unknown) =>
                message.error(errorText(error)),
              )
            }
          >
            {t('showFolder')}
          </Button>
        )}
        {index && <span className="muted batch-index">{t('indexWritten')}</span>}
        <span className="plan-bar-space" />
        {actions}
      </div>
    </>
  );
}

/** The export of many plans: asks where to, shows how far it is, and says at the end what was made and what was not. */
export function BatchDialog() {
  const { t } = useTranslation(['batch', 'common']);
  const { message } = App.useApp();
  const { status, open } = useBatch();
  const [busy, setBusy] = useState(false);
  const doing = (work: () => Promise<BatchStatus | null>) => {
    setBusy(true);
    work()
      .then((answer) => {
        if (!answer) return;
        takeBatch(answer);
        // From here on the dialog shows what runs, not what could be begun.
        if (isRunning(answer)) openBatch(null);
      })
      .catch((error: unknown) => message.error(errorText(error), 8))
      .finally(() => setBusy(false));
  };
  const resume = () => doing(() => callShell('shell.resumePlans', { language: shortLocale() }));
  const running = isRunning(status);
  const unfinished = status?.unfinished ?? null;
  const body = () => {
    if (!status) return <Skeleton active paragraph={{ rows: 3 }} />;
    if (running)
      return (
        <>
          <p className="batch-lead">{t(status.state === 'ending' ? 'endingText' : 'runningText')}</p>
          <BatchProgress status={status} />
          <p className="batch-path muted">{status.folder}</p>
          <Failures status={status} />
          <div className="batch-buttons">
            <Button
              disabled={status.state === 'ending'}
              onClick={() => doing(() => call('plan.batch.cancel', {}))}
            >
              {t('cancel')}
            </Button>
            <Button type="primary" onClick={closeBatchDialog}>
              {t('background')}
            </Button>
          </div>
        </>
      );
    if (open?.ids)
      return (
        <>
          {unfinished && (
            <Alert
              className="batch-unfinished"
              type="info"
              showIcon
              title={t('unfinished', {
                done: formatNumber(unfinished.done),
                total: formatNumber(unfinished.total),
              })}
              description={<span className="batch-path">{unfinished.folder}</span>}
              action={
                <span className="batch-actions">
                  <Button size="small" type="primary" loading={busy} onClick={resume}>
                    {t('resume')}
                  </Button>
                  <Button size="small" onClick={() => doing(() => call('plan.batch.forget', {}))}>
                    {t('forget')}
                  </Button>
                </span>
              }
            />
          )}
          <Form ids={open.ids} doing={doing} />
        </>
      );
    return (
      <Ended
        status={status}
        actions={
          <>
            {unfinished && (
              <Button loading={busy} onClick={resume}>
                {t(status.failed > 0 && status.done === status.total ? 'retry' : 'resume')}
              </Button>
            )}
            <Button type="primary" onClick={closeBatchDialog}>
              {t('common:close')}
            </Button>
          </>
        }
      />
    );
  };
  return (
    <Modal
      open={open !== null}
      title={t('title')}
      footer={null}
      width={580}
      onCancel={closeBatchDialog}
      destroyOnHidden
    >
      {open && body()}
    </Modal>
  );
}

/** While an export runs in the background: how far it is; when it ends: what came of it. */
export function BatchNotice() {
  const { t } = useTranslation('batch');
  const { notification } = App.useApp();
  const { status, open, ended } = useBatch();
  useEffect(() => {
    if (ended === 0) return;
    const now = useBatch.getState();
    if (now.open || !now.status) return;
    const { state, failed } = now.status;
    notification[state === 'done' && failed === 0 ? 'success' : 'warning']({
      title: t(`state.${state}`),
      description: t('made', { count: now.status.made, number: formatNumber(now.status.made) }),
      duration: 10,
      actions: (
        <Button
          size="small"
          onClick={() => {
            notification.destroy();
            openBatch(null);
          }}
        >
          {t('details')}
        </Button>
      ),
    });
  }, [ended, notification, t]);
  if (!status || !isRunning(status) || open) return null;
  return (
    <div className="notice-bar batch-notice">
      <span>{t('title')}</span>
      <BatchProgress status={status} />
      <Button size="small" onClick={() => openBatch(null)}>
        {t('details')}
      </Button>
    </div>
  );
}
