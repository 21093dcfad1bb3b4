import { Alert, App, Button, Checkbox, Input, type InputRef, Modal } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { shortLocale } from '../i18n/i18n.ts';
import { NewPassphrase, useNewPassphrase } from './new-passphrase.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { changeProtection, useProtection } from './protection-store.ts';
import { Working } from './working.tsx';

/**
 * Sets a passphrase and encrypts the library, or makes another recovery key (`renew`): the passphrase, the recovery key with
 * its end typed back, then the work itself.
 */
export function SetUp({ renew, onClose }: { renew: boolean; onClose: () => void }) {
  const { t } = useTranslation('protection');
  const { message } = App.useApp();
  const clear = useProtection((state) => state.status?.backups?.clear ?? 0);
  const [step, setStep] = useState<'passphrase' | 'recovery' | 'working'>('passphrase');
  const [present, setPresent] = useState('');
  const [recovery, setRecovery] = useState<string | null>(null);
  const [end, setEnd] = useState('');
  const [backups, setBackups] = useState(true);
  const [problem, setProblem] = useState<unknown>(null);
  const fresh = useNewPassphrase();
  const confirm = useRef<InputRef>(null);
  const asked = useRef<InputRef>(null);
  useEffect(() => {
    const field = step === 'recovery' ? confirm.current : renew ? asked.current : fresh.first.current;
    field?.focus();
  }, [step, renew, fresh.first]);
  const next = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (step === 'passphrase') {
      if (!renew && !fresh.check()) return;
      try {
        setRecovery((recovery ?? (await call('protection.prepare', {})).recovery) as string);
        setStep('recovery');
      } catch (error) {
        setProblem(error);
      }
      return;
    }
    if (!renew) setStep('working');
    try {
      await (renew
        ? changeProtection('protection.renew', { passphrase: present, recoveryEnd: end })
        : changeProtection('protection.turnOn', { passphrase: fresh.value, recoveryEnd: end, backups }));
      message.success(t(renew ? 'renewed' : 'onDone'));
      onClose();
    } catch (error) {
      setProblem(error);
      setStep('recovery');
    }
  };
  const save = async () => {
    try {
      const answer = await callShell('shell.saveRecovery', {
        locale: shortLocale(),
        suggestedName: t('file.title'),
      });
      if ('path' in answer) message.success(t('savedRecovery'));
    } catch (error) {
      setProblem(error);
    }
  };
  const title = step === 'recovery' ? t('recoveryTitle') : t(renew ? 'renew' : 'onTitle');
  return (
    <Modal
      open
      title={title}
      footer={null}
      width={560}
      closable={step !== 'working'}
      keyboard={step !== 'working'}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      {step === 'working' ? (
        <Working />
      ) : (
        <form className="protection-form" onSubmit={(event) => void next(event)}>
          {step === 'passphrase' && !renew && (
            <>
              <p className="muted">{t('onText')}</p>
              <NewPassphrase of={fresh} />
              {clear > 0 && (
                <Checkbox checked={backups} onChange={({ target }) => setBackups(target.checked)}>
                  {t('alsoSeal', { count: clear })}
                </Checkbox>
              )}
            </>
          )}
          {step === 'passphrase' && renew && (
            <PassphraseField
              id="present-passphrase"
              label={t('oldPassphrase')}
              field={asked}
              value={present}
              onType={setPresent}
            />
          )}
          {step === 'recovery' && (
            <>
              <p>{t('recoveryText')}</p>
              <output className="recovery-key" aria-label={t('recovery')}>
                {recovery}
              </output>
              <div className="protection-actions">
                <Button onClick={() => void save()}>{t('saveRecovery')}</Button>
              </div>
              <div className="unlock-field">
                <label htmlFor="recovery-end">{t('confirm')}</label>
                <Input
                  id="recovery-end"
                  ref={confirm}
                  className="recovery-input"
                  value={end}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={({ target }) => setEnd(target.value)}
                />
              </div>
            </>
          )}
          {problem ? <Alert type="error" showIcon title={errorText(problem)} /> : null}
          <div className="protection-actions">
            <Button
              type="primary"
              htmlType="submit"
              disabled={step === 'recovery' ? end.trim() === '' : renew && present === ''}
            >
              {t(step === 'passphrase' ? 'next' : renew ? 'renew' : 'start')}
            </Button>
            {step === 'recovery' && <Button onClick={() => setStep('passphrase')}>{t('back')}</Button>}
            <Button type="text" onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
