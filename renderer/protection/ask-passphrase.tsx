import { Alert, App, Button, type InputRef, Modal } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { NewPassphrase, useNewPassphrase } from './new-passphrase.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { changeProtection } from './protection-store.ts';

/** Changes the passphrase, or opens backups with the one of their time. */
export function AskPassphrase({ what, onClose }: { what: 'change' | 'openBackups'; onClose: () => void }) {
  const { t } = useTranslation('protection');
  const { message } = App.useApp();
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const fresh = useNewPassphrase();
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);
  const changes = what === 'change';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (changes && !fresh.check()) return;
    setBusy(true);
    setProblem(null);
    try {
      await (changes
        ? changeProtection('protection.change', { passphrase, next: fresh.value })
        : changeProtection('protection.openBackups', { passphrase }));
      message.success(t(changes ? 'changed' : 'backupsOpened'));
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(changes ? 'change' : 'openBackupsTitle')}
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
    >
      <form className="protection-form" onSubmit={(event) => void submit(event)}>
        <PassphraseField
          id="present-passphrase"
          label={t(changes ? 'oldPassphrase' : 'passphrase')}
          field={field}
          value={passphrase}
          onType={setPassphrase}
        />
        {changes && <NewPassphrase of={fresh} disabled={busy} />}
        {problem ? <Alert type="error" showIcon title={errorText(problem)} /> : null}
        <div className="protection-actions">
          <Button type="primary" htmlType="submit" loading={busy} disabled={passphrase === ''}>
            {t(changes ? 'change' : 'unlock.unlock')}
          </Button>
          <Button type="text" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
