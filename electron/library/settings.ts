import { type Db, prepared } from './open.ts';
import type { Settings } from './shapes.ts';
import type { Tx } from './write.ts';

const DEFAULTS: Settings = {
  locale: 'zh-CN',
  theme: 'system',
  consultant: '',
  organisation: '',
  contact: '',
  logo: null,
  accent: '#0f766e',
  autoLock: 15,
  wording: null,
};

/** The settings; what was never set has its default, the language the one handed in. */
export function getSettings(db: Db, locale: Settings['locale']): Settings {
  const settings: Record<string, unknown> = { ...DEFAULTS, locale };
  for (const row of prepared(db, 'SELECT key, value FROM setting').all()) {
    const key = String(row.key);
    if (Object.hasOwn(DEFAULTS, key)) settings[key] = JSON.parse(String(row.value));
  }
  return settings as Settings;
}

/** Stores the settings that are given; the others stay. */
export function setSettings(tx: Tx, changes: Partial<Settings>): void {
  for (const [key, value] of Object.entries(changes)) {
    if (value !== undefined) tx.put('setting', { key }, { value }, null);
  }
}
