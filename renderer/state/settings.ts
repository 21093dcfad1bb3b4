import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, callShell } from '../api.ts';
import { changeLocale } from '../i18n/i18n.ts';

export type Settings = CallOutput<'settings.get'>;
export type ThemeName = 'light' | 'dark';

interface SettingsState {
  settings: Settings | null;
  /** The theme in effect: the setting, or the system's where the setting says so. */
  theme: ThemeName;
}

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

function effective(theme: Settings['theme'] | undefined): ThemeName {
  if (theme === 'light' || theme === 'dark') return theme;
  return systemDark.matches ? 'dark' : 'light';
}

export const useSettings = create<SettingsState>(() => ({ settings: null, theme: effective(undefined) }));

systemDark.addEventListener('change', () => {
  useSettings.setState((state) => ({ theme: effective(state.settings?.theme) }));
});

function take(settings: Settings): void {
  useSettings.setState({ settings, theme: effective(settings.theme) });
}

/** Reads the settings from the service. Throws CallError. */
export async function loadSettings(): Promise<Settings> {
  const settings = await call('settings.get', {});
  take(settings);
  return settings;
}

/** Stores some settings and puts them into effect: theme at once, language of page, menu and dialogs. Throws CallError. */
export async function saveSettings(changes: Partial<Settings>): Promise<void> {
  const settings = await call('settings.set', changes);
  take(settings);
  if (changes.locale) await applyLocale(changes.locale);
}

/** Reads the settings again after another place changed them. Throws CallError. */
export async function refetchSettings(): Promise<void> {
  const before = useSettings.getState().settings?.locale;
  const settings = await loadSettings();
  if (settings.locale !== before) await applyLocale(settings.locale);
}

async function applyLocale(locale: Settings['locale']): Promise<void> {
  await changeLocale(locale);
  await tellShell(locale);
}

/** Tells the shell the language for its menu and dialogs. A refusal costs only the menu's language. */
export async function tellShell(locale: Settings['locale']): Promise<void> {
  await callShell('shell.setLanguage', { locale: locale === 'en' ? 'en' : 'zh' }).catch(() => undefined);
}
