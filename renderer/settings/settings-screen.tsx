import { Radio, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorView } from '../components/error-view.tsx';
import { SaveState, type SaveStatus } from '../components/save-state.tsx';
import { Writing } from '../components/writing.tsx';
import { ProtectionSettings } from '../protection/protection-settings.tsx';
import { Backups } from '../safety/backups.tsx';
import { PastDay } from '../safety/past-day.tsx';
import { useCanWrite } from '../state/can-write.ts';
import { type Settings, saveSettings, useSettings } from '../state/settings.ts';
import { ACCENTS } from '../theme.ts';
import { WordingEditor } from '../wording/wording-editor.tsx';
import { WordingSettings } from '../wording/wording-settings.tsx';
import { About } from './about.tsx';
import { Identity } from './identity.tsx';
import { OwnPacks } from './packs.tsx';
import { PolicyLibrary } from './policies.tsx';
import './packs.css';
import './settings.css';

/** Language, theme and accent: each choice is stored and takes effect at once. */
function Appearance({ settings }: { settings: Settings }) {
  const canWrite = useCanWrite();
  const { t } = useTranslation('settings');
  const [status, setStatus] = useState<SaveStatus>('idle');
  const [failure, setFailure] = useState<unknown>(null);
  const save = async (changes: Partial<Settings>) => {
    setStatus('saving');
    setFailure(null);
    try {
      await saveSettings(changes);
      setStatus('saved');
    } catch (error) {
      setStatus('failed');
      setFailure(error);
    }
  };
  return (
    <section className="panel settings-part" aria-labelledby="settings-appearance">
      <div className="settings-head">
        <h2 id="settings-appearance">{t('appearance')}</h2>
        <SaveState status={status} />
      </div>
      {failure ? <ErrorView error={failure} /> : null}
      <div className="settings-row">
        <span id="settings-language">{t('language')}</span>
        <Segmented<Settings['locale']>
          aria-labelledby="settings-language"
          disabled={!canWrite}
          value={settings.locale}
          options={(['zh-CN', 'en'] as const).map((value) => ({ value, label: t(`languages.${value}`) }))}
          onChange={(locale) => void save({ locale })}
        />
      </div>
      <div className="settings-row">
        <span id="settings-theme">{t('theme')}</span>
        <Segmented<Settings['theme']>
          aria-labelledby="settings-theme"
          disabled={!canWrite}
          value={settings.theme}
          options={(['light', 'dark', 'system'] as const).map((value) => ({
            value,
            label: t(`themes.${value}`),
          }))}
          onChange={(theme) => void save({ theme })}
        />
      </div>
      <div className="settings-row">
        <span id="settings-accent">{t('accent')}</span>
        <Radio.Group
          aria-labelledby="settings-accent"
          className="accents"
          value={settings.accent.toLowerCase()}
          onChange={({ target }) => void save({ accent: target.value as string })}
        >
          {ACCENTS.map((accent) => (
            <Radio key={accent} value={accent} aria-label={t(`accents.${accent.slice(1)}`)}>
              <span
                className="accent-swatch"
                title={t(`accents.${accent.slice(1)}`)}
                style={{ background: accent }}
              />
            </Radio>
          ))}
        </Radio.Group>
      </div>
    </section>
  );
}

/** Settings: appearance, who stands on the documents, and what this copy is made of. */
export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const settings = useSettings((state) => state.settings);
  if (!settings) return null;
  return (
    <div className="screen">
      <div className="scroll">
        <div className="settings">
          <h1>{t('title')}</h1>
          <Writing>
            <Appearance settings={settings} />
            <Identity settings={settings} />
            <WordingSettings />
            <PolicyLibrary />
          </Writing>
          <WordingEditor />
          <OwnPacks />
          <ProtectionSettings />
          <Backups />
          <PastDay />
          <About />
        </div>
      </div>
    </div>
  );
}
