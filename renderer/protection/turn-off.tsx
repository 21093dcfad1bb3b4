import { Alert, App, Button, Checkbox, type InputRef, Modal } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { changeProtection, useProtection } from './protection-store.ts';
import { Working } from './working.tsx';

/** Takes the encryption off, after the passphrase was asked for once more. */
export function TurnOff({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('protection');
  const { message } = App.useApp();
  const encrypted = useProtection((state) => state.status?.backups?.encrypted ?? 0);
  const [passphrase, setPassphrase] = useState('');
  const [backups, setBackups] = useState(true);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const field = useRef<InputRef>(null);
  useEffect(() => {
    if (!working) field.current?.focus();
  }, [working]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWorking(true);
    setProblem(null);
    try {
      await changeProtection('protection.turnOff', { passphrase, backups });
      message.success(t('offDone'));
      onClose();
    } catch (error) {
      setProblem(error);
      setPassphrase('');
      setWorking(false);
    }
  };
  return (
    <Modal
      open
      title={t('offTitle')}
      footer={null}
      closable={!working}
      keyboard={!working}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      {working ? (
        <Working />
      ) : (
        <form className="protection-form" onSubmit={(event) => void submit(event)}>
          <p className="muted">{t('offText')}</p>
          <PassphraseField
            id="present-passphrase"
            label={t('oldPassphrase')}
            field={field}
            value={passphrase}
            onType={setPassphrase}
          />
          {encrypted > 0 && (
            <Checkbox checked={backups} onChange={({ target }) => setBackups(target.checked)}>
              {t('alsoUnseal', { count: encrypted })}
            </Checkbox>
          )}
          {problem ? <Alert type="error" showIcon title={errorText(problem)} /> : null}
          <div className="protection-actions">
            <Button type="primary" danger htmlType="submit" disabled={passphrase === ''}>
              {t('stop')}
            </Button>
            <Button type="text" onClick={onClose}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
