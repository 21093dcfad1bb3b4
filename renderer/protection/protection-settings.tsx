import { LockOutlined, SafetyCertificateOutlined, UnlockOutlined } from '@ant-design/icons';
import { Alert, App, Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { saveSettings, useSettings } from '../state/settings.ts';
import { AskPassphrase } from './ask-passphrase.tsx';
import { changeProtection, loadProtection, lockNow, useProtection } from './protection-store.ts';
import { SetUp } from './set-up.tsx';
import { TurnOff } from './turn-off.tsx';
import './protection.css';

const MINUTES = [1, 5, 10, 15, 30, 60, 0];

type Dialog = 'on' | 'off' | 'change' | 'renew' | 'openBackups';

/** Backups that do not lie as the library does: said plainly, with the way to change it. */
function Backups({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation('protection');
  const { message } = App.useApp();
  const status = useProtection((state) => state.status);
  const [busy, setBusy] = useState(false);
  if (!status?.backups) return null;
  const { clear, encrypted, shut } = status.backups;
  const others = status.state === 'open' ? clear : encrypted - shut;
  const convert = async () => {
    setBusy(true);
    try {
      await changeProtection('protection.backups', {});
      message.success(t('backupsDone'));
    } catch (error) {
      message.error(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {others > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t(status.state === 'open' ? 'backupsClear' : 'backupsSealed', { count: others })}
          action={
            <Button size="small" loading={busy} onClick={() => void convert()}>
              {t(status.state === 'open' ? 'sealBackups' : 'unsealBackups')}
            </Button>
          }
        />
      )}
      {shut > 0 && (
        <Alert
          type="info"
          showIcon
          title={t('backupsShut', { count: shut })}
          action={
            <Button size="small" onClick={onOpen}>
              {t('openBackups')}
            </Button>
          }
        />
      )}
    </>
  );
}

function AutoLock() {
  const { t } = useTranslation('protection');
  const minutes = useSettings((state) => state.settings?.autoLock ?? 15);
  const { message } = App.useApp();
  return (
    <div className="settings-row">
      <span id="auto-lock">{t('autoLock')}</span>
      <span className="protection-actions">
        <Select
          aria-labelledby="auto-lock"
          value={minutes}
          style={{ width: 140 }}
          options={MINUTES.map((value) => ({
            value,
            label: value === 0 ? t('never') : t('minutes', { count: value }),
          }))}
          onChange={(autoLock) =>
            void saveSettings({ autoLock }).catch((error: unknown) => message.error(errorText(error)))
          }
        />
        <span className="field-hint">{t('autoLockHint')}</span>
      </span>
    </div>
  );
}

/** Settings: the passphrase of the library, encryption, locking. */
export function ProtectionSettings() {
  const { t } = useTranslation('protection');
  const status = useProtection((state) => state.status);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    loadProtection().catch((error: unknown) => setProblem(error));
  }, []);
  const close = () => setDialog(null);
  const on = status?.state === 'open';
  return (
    <section className="panel settings-part" aria-labelledby="settings-protection" id="protection">
      <div className="settings-head">
        <div>
          <h2 id="settings-protection" tabIndex={-1}>
            {t('title')}
          </h2>
          <p className="muted">{t('text')}</p>
        </div>
        {on && (
          <Button icon={<LockOutlined />} onClick={() => void lockNow().catch(setProblem)}>
            {t('lockNow')}
          </Button>
        )}
      </div>
      {problem ? <ErrorView error={problem} /> : null}
      {status && (
        <>
          <p className={on ? 'backup-proved' : ''}>
            {on ? <SafetyCertificateOutlined aria-hidden /> : <UnlockOutlined aria-hidden />}{' '}
            {t(on ? 'stateOn' : 'stateOff')}
          </p>
          <Backups onOpen={() => setDialog('openBackups')} />
          {on && <AutoLock />}
          <div className="protection-actions">
            {!on && (
              <Button type="primary" icon={<LockOutlined />} onClick={() => setDialog('on')}>
                {t('turnOn')}
              </Button>
            )}
            {on && (
              <>
                <Button onClick={() => setDialog('change')}>{t('change')}</Button>
                <Button onClick={() => setDialog('renew')}>{t('renew')}</Button>
                <Button type="text" danger onClick={() => setDialog('off')}>
                  {t('turnOff')}
                </Button>
              </>
            )}
          </div>
          <p className="field-hint">{t('scope')}</p>
        </>
      )}
      {(dialog === 'on' || dialog === 'renew') && <SetUp renew={dialog === 'renew'} onClose={close} />}
      {dialog === 'off' && <TurnOff onClose={close} />}
      {(dialog === 'change' || dialog === 'openBackups') && <AskPassphrase what={dialog} onClose={close} />}
    </section>
  );
}
