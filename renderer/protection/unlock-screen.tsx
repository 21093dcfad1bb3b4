import { LockOutlined } from '@ant-design/icons';
import { Alert, Button, Input, type InputRef } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallError, call } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { NewPassphrase, useNewPassphrase } from './new-passphrase.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import type { ProtectionStatus } from './protection-store.ts';
import './protection.css';

/** Seconds until the next try, counted down. */
function useWait(): [number, (seconds: number) => void] {
  const [wait, setWait] = useState(0);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);
  return [wait, setWait];
}

/** The library is locked: asks for the passphrase or the recovery key. Nothing of the library is in the page meanwhile. */
export function UnlockScreen() {
  const { t } = useTranslation('protection');
  const [status, setStatus] = useState<ProtectionStatus | null>(null);
  const [recovering, setRecovering] = useState(false);
  const [passphrase, setPassphrase] = useState('');
  const [recovery, setRecovery] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [wait, setWait] = useWait();
  const fresh = useNewPassphrase();
  const field = useRef<InputRef>(null);
  useEffect(() => {
    call('protection.status', {}).then(
      (found) => {
        if (found.state === 'open' || found.state === 'off') location.reload();
        setStatus(found);
        setWait(found.wait);
      },
      (error: unknown) => setProblem(error),
    );
  }, [setWait]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the field that is shown now
  useEffect(() => field.current?.focus(), [recovering, status, busy]);
  const keyless = status?.state === 'keyless';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    if (recovering && !fresh.check()) return;
    setBusy(true);
    setProblem(null);
    try {
      await (recovering
        ? call('protection.recover', { recovery, passphrase: fresh.value })
        : call('protection.unlock', { passphrase }));
      location.reload();
    } catch (error) {
      setProblem(error);
      const seconds = error instanceof CallError ? error.error.details?.wait : 0;
      if (typeof seconds === 'number') setWait(seconds);
      setPassphrase('');
      setBusy(false);
    }
  };
  const other = () => {
    setRecovering(!recovering);
    setProblem(null);
  };
  return (
    <main className="unlock">
      <form className="panel unlock-panel" onSubmit={(event) => void submit(event)}>
        <LockOutlined className="unlock-icon" aria-hidden />
        <h1>{t(keyless ? 'unlock.keyless' : 'unlock.title')}</h1>
        {status && (
          <p className="muted unlock-library">
            {t('unlock.library')} <code className="path">{status.folder}</code>
          </p>
        )}
        {keyless && (
          <>
            <p>{t('unlock.keylessText')}</p>
            <Button type="primary" size="large" onClick={() => location.reload()}>
              {t('unlock.retry')}
            </Button>
          </>
        )}
        {!keyless && !recovering && (
          <PassphraseField
            id="unlock-passphrase"
            label={t('passphrase')}
            field={field}
            large
            value={passphrase}
            disabled={busy}
            onType={setPassphrase}
          />
        )}
        {!keyless && recovering && (
          <>
            <p className="muted">{t('unlock.recoveryText')}</p>
            <div className="unlock-field">
              <label htmlFor="unlock-recovery">{t('recovery')}</label>
              <Input
                id="unlock-recovery"
                ref={field}
                className="recovery-input"
                size="large"
                value={recovery}
                disabled={busy}
                autoComplete="off"
                spellCheck={false}
                onChange={({ target }) => setRecovery(target.value)}
              />
            </div>
            <NewPassphrase of={fresh} disabled={busy} />
          </>
        )}
        {wait > 0 ? (
          <Alert type="warning" showIcon title={t('unlock.wait', { seconds: wait })} />
        ) : problem ? (
          <Alert type="error" showIcon title={errorText(problem)} />
        ) : null}
        {!keyless && (
          <>
            <Button
              type="primary"
              size="large"
              htmlType="submit"
              loading={busy}
              disabled={wait > 0 || (recovering ? recovery.trim() === '' : passphrase === '')}
            >
              {t(recovering ? 'unlock.open' : 'unlock.unlock')}
            </Button>
            <Button type="link" disabled={busy} onClick={other}>
              {t(recovering ? 'unlock.usePassphrase' : 'unlock.useRecovery')}
            </Button>
          </>
        )}
      </form>
    </main>
  );
}
