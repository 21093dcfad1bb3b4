import { App, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../components/error-text.ts';
import { useCanWrite } from '../state/can-write.ts';
import { saveSettings, useSettings } from '../state/settings.ts';

const ASKED = 'cultivar.nameAsked';

/**
 * At the first start: who is at work, for the history and the plans. Asked once; `account` is the proposal, and what the
 * history says where the question is passed over. It stands in the settings.
 */
export function AskName({ account }: { account: string }) {
  const { t } = useTranslation('library');
  const { message } = App.useApp();
  const canWrite = useCanWrite();
  const consultant = useSettings((state) => state.settings?.consultant);
  const [asked, setAsked] = useState(() => localStorage.getItem(ASKED) !== null);
  const [typed, setTyped] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (consultant !== '' || asked || !canWrite) return null;
  const name = typed ?? account;
  const done = () => {
    localStorage.setItem(ASKED, '1');
    setAsked(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return done();
    setBusy(true);
    saveSettings({ consultant: name.trim() })
      .then(() => {
        done();
        void message.success(t('askName.saved', { name: name.trim() }));
      })
      .catch((error: unknown) => message.error(errorText(error)))
      .finally(() => setBusy(false));
  };
  return (
    <form className="ask-name" onSubmit={submit}>
      <label htmlFor="ask-name">{t('askName.label')}</label>
      <Input
        id="ask-name"
        maxLength={100}
        value={name}
        aria-describedby="ask-name-hint"
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button htmlType="submit" loading={busy}>
        {t('askName.save')}
      </Button>
      <Button type="text" onClick={done}>
        {t('askName.skip')}
      </Button>
      <p id="ask-name-hint" className="field-hint">
        {t('askName.hint')}
      </p>
    </form>
  );
}
