import {
  CheckCircleFilled,
  CloudServerOutlined,
  FileZipOutlined,
  LoadingOutlined,
  SyncOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { App, Button, Drawer } from 'antd';
import i18next from 'i18next';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '../../electron/api.ts';
import { call, callShell, on } from '../api.ts';
import { formatMoment } from '../components/dates.ts';
import { errorText } from '../components/error-text.ts';
import { formatNumber } from '../components/money.ts';
import { useAccess } from './access-store.ts';
import { DamageList } from './damage-list.tsx';
import './safety.css';

type Status = CallOutput<'check.status'>;

/** Changes without a backup, and days, from which the line asks for one. */
const MANY_CHANGES = 200;
const MANY_DAYS = 7;

/** Findings whose places are listed, to be mended. */
const LISTED: readonly string[] = ['log', 'logLine', 'text'];

function backupOld({ backup }: Status): boolean {
  return backup.changesSince >= MANY_CHANGES || (backup.changesSince > 0 && (backup.days ?? 0) >= MANY_DAYS);
}

function isWell(status: Status): boolean {
  const { last, failed, backup } = status;
  return (last?.findings.length ?? 0) === 0 && !failed && !backup.fault && !backupOld(status);
}

function Details({ status }: { status: Status }) {
  const { t } = useTranslation('safety');
  const { last, backup } = status;
  const line = (well: boolean, text: string) => (
    <li key={text}>
      {well ? (
        <CheckCircleFilled className="save-saved" aria-hidden />
      ) : (
        <WarningFilled className="save-failed" aria-hidden />
      )}
      <span>{text}</span>
    </li>
  );
  return (
    <ul className="check-list">
      {!last && <li className="muted">{t('check.never')}</li>}
      {last && last.findings.length === 0 && (
        <>
          {line(true, t('check.structureWell'))}
          {line(
            true,
            t('check.countsWell', {
              count: last.looked.enterprises,
              shown: formatNumber(last.looked.enterprises),
            }),
          )}
          {line(
            true,
            t('check.logWell', { count: last.looked.changes, shown: formatNumber(last.looked.changes) }),
          )}
          {line(
            true,
            t('check.filesWell', { count: last.looked.files, shown: formatNumber(last.looked.files) }),
          )}
        </>
      )}
      {last?.findings.map(({ key, count }) => line(false, t(`check.finding.${key}`, { count })))}
      {status.failed && line(false, t('check.failed'))}
      {line(
        !backupOld(status) && backup.at !== null,
        backup.at
          ? t('check.backup', { when: formatMoment(backup.at), count: backup.changesSince })
          : t('check.noBackup'),
      )}
      {backup.fault && line(false, t('check.backupFault'))}
      {backup.drill &&
        line(
          backup.drill.ok,
          t(backup.drill.ok ? 'check.drill' : 'check.drillBad', { when: formatMoment(backup.drill.at) }),
        )}
    </ul>
  );
}

/** The bottom line of the window: how the library is, in one line; its details and a bundle for support behind it. */
export function StatusLine() {
  const { t } = useTranslation('safety');
  const { message } = App.useApp();
  const readOnly = useAccess((state) => state.access?.readOnly ?? null);
  const [status, setStatus] = useState<Status | null>(null);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const load = useCallback(() => call('check.status', {}).then(setStatus, () => undefined), []);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), 5 * 60_000);
    const stop = on('changed', ({ topic }) => {
      if (topic === 'safety') void load();
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [load]);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      void message.error(errorText(error));
    } finally {
      setBusy(false);
      void load();
    }
  };
  const support = () =>
    run(async () => {
      const done = await callShell('shell.saveSupport', {
        locale: i18next.language === 'en' ? 'en' : 'zh',
        suggestedName: t('check.supportName'),
      });
      if ('path' in done) void message.success(t('check.supportSaved', { path: done.path }), 8);
    });
  if (!status) return <footer className="status-line" />;
  const well = isWell(status);
  const words = status.running
    ? t('check.running')
    : !well
      ? t('check.attention')
      : status.last
        ? t('check.well', { when: formatMoment(status.last.at) })
        : t('check.notYet');
  return (
    <footer className="status-line">
      <button type="button" data-well={well} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {status.running ? (
          <LoadingOutlined aria-hidden />
        ) : well ? (
          <CheckCircleFilled className="save-saved" aria-hidden />
        ) : (
          <WarningFilled className="status-warn" aria-hidden />
        )}
        <span>{words}</span>
        <span className="muted">
          {status.backup.at
            ? t('check.backupShort', { when: formatMoment(status.backup.at) })
            : t('check.noBackupShort')}
        </span>
      </button>
      <Drawer
        open={open}
        size={520}
        title={t('check.title')}
        onClose={() => setOpen(false)}
        closable={{ 'aria-label': t('close') }}
      >
        <p className="muted">{t('check.text')}</p>
        <Details status={status} />
        {status.last?.findings.some(({ key }) => LISTED.includes(key)) && <DamageList at={status.last.at} />}
        {status.last && (
          <p className="muted">
            {t('check.took', {
              when: formatMoment(status.last.at),
              seconds: (status.last.milliseconds / 1000).toFixed(1),
            })}
          </p>
        )}
        <div className="damage-actions">
          <Button
            type="primary"
            icon={<SyncOutlined />}
            loading={status.running}
            onClick={() => void run(() => call('check.run', {}))}
          >
            {t('check.now')}
          </Button>
          <Button
            icon={<CloudServerOutlined />}
            disabled={busy || readOnly !== null}
            onClick={() => void run(() => call('backup.make', {}))}
          >
            {t('backup.make')}
          </Button>
          <Button icon={<FileZipOutlined />} disabled={busy} onClick={() => void support()}>
            {t('check.support')}
          </Button>
        </div>
        <p className="field-hint">{t('check.supportText')}</p>
      </Drawer>
    </footer>
  );
}
