/** How the stand-in was started; handed over in the environment by the fixture or by `npm start`. */
export interface Settings {
  headless: boolean;
  viewport: { width: number; height: number } | null;
  colorScheme: 'light' | 'dark' | null;
  bypassCSP: boolean;
}

const KEY = 'CULTIVAR_STAND_IN';
const DEFAULTS: Settings = { headless: false, viewport: null, colorScheme: null, bypassCSP: false };

export function readSettings(): Settings {
  const text = process.env[KEY];
  return text ? { ...DEFAULTS, ...(JSON.parse(text) as Partial<Settings>) } : DEFAULTS;
}

export function settingsEnvironment(settings: Settings): Record<string, string> {
  return { [KEY]: JSON.stringify(settings) };
}

/** The value of a `--name=value` switch on the command line, or ''. */
export function switchValue(name: string): string {
  const prefix = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? '';
}
