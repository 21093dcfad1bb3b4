import { DeleteOutlined, PictureOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callShell } from '../api.ts';
import { errorText } from '../components/error-text.ts';
import { ErrorView } from '../components/error-view.tsx';
import { SaveState } from '../components/save-state.tsx';
import { useSavedField } from '../components/use-saved-field.ts';
import { overall, useSaves } from '../state/save-queue.ts';
import { type Settings, saveSettings } from '../state/settings.ts';

const fields = [
  ['consultant', 100],
  ['organisation', 200],
  ['contact', 200],
] as const;

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}

function IdentityField(props: { settings: Settings; name: (typeof fields)[number][0]; max: number }) {
  const { t } = useTranslation('settings');
  const { name } = props;
  const field = useSavedField('settings', name, props.settings[name], (value) =>
    saveSettings({ [name]: value.trim() }),
  );
  const id = `settings-${name}`;
  return (
    <div className="settings-row">
      <label htmlFor={id}>{t(name)}</label>
      <div className="settings-input">
        <Input
          id={id}
          maxLength={props.max}
          value={field.value}
          placeholder={t(`${name}Hint`)}
          onChange={(event) => field.change(event.target.value)}
          onBlur={field.flush}
        />
        {field.status === 'failed' && (
          <p className="field-problem" role="alert">
            {errorText(field.error)}
          </p>
        )}
      </div>
    </div>
  );
}

/** Who made the check-up: printed on every plan. */
export function Identity({ settings }: { settings: Settings }) {
  const { t } = useTranslation('settings');
  const status = useSaves((state) => overall(state.fields, 'settings'));
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const attempt = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      await action();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const choose = () =>
    attempt(async () => {
      const chosen = await callShell('shell.chooseLogo', {});
      if ('cancelled' in chosen) return;
      const mime = chosen.mime as NonNullable<Settings['logo']>['mime'];
      await saveSettings({ logo: { mime, base64: base64(chosen.bytes) } });
    });
  return (
    <section className="panel settings-part" aria-labelledby="settings-identity">
      <div className="settings-head">
        <div>
          <h2 id="settings-identity">{t('identity')}</h2>
          <p className="muted">{t('identityText')}</p>
        </div>
        <SaveState status={status} />
      </div>
      {fields.map(([name, max]) => (
        <IdentityField key={name} settings={settings} name={name} max={max} />
      ))}
      <div className="settings-row">
        <span>{t('logo')}</span>
        <div className="settings-logo">
          {settings.logo ? (
            <img src={`data:${settings.logo.mime};base64,${settings.logo.base64}`} alt={t('logo')} />
          ) : (
            <span className="muted">{t('noLogo')}</span>
          )}
          <Button icon={<PictureOutlined />} loading={busy} onClick={() => void choose()}>
            {t(settings.logo ? 'changeLogo' : 'chooseLogo')}
          </Button>
          {settings.logo && (
            <Button
              type="text"
              icon={<DeleteOutlined />}
              onClick={() => void attempt(() => saveSettings({ logo: null }))}
            >
              {t('removeLogo')}
            </Button>
          )}
        </div>
      </div>
      {failure ? <ErrorView error={failure} /> : <p className="field-hint">{t('logoHint')}</p>}
    </section>
  );
}
