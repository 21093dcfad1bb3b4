import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChromium, stopChromium } from './chromium.ts';
import { listen } from './control.ts';
import { readSettings, switchValue } from './settings.ts';
import { takeLock } from './single-instance.ts';
import { preventable, strict } from './strict.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  productName: string;
  version: string;
};

function defaultUserData(): string {
  if (process.platform === 'win32') return join(process.env.APPDATA ?? homedir(), manifest.productName);
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', manifest.productName);
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), manifest.productName);
}

const paths: Record<string, string> = {
  home: homedir(),
  userData: defaultUserData(),
  documents: join(homedir(), 'Documents'),
  downloads: join(homedir(), 'Downloads'),
  temp: tmpdir(),
};

/** Closes every window; set by the window module, which depends on this one. */
let closeWindows: () => Promise<boolean> = async () => true;
export function onCloseWindows(close: () => Promise<boolean>): void {
  closeWindows = close;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = {
    getSwitchValue: switchValue,
    hasSwitch: (name: string) => switchValue(name) !== '',
  };
  #ready: Promise<void> | null = null;
  #told: Promise<void> = Promise.resolve();
  #quitting = false;

  enableSandbox(): void {}
  getVersion = () => manifest.version;
  getName = () => manifest.productName;
  getAppPath = () => root;
  getLocale = () => switchValue('lang') || Intl.DateTimeFormat().resolvedOptions().locale;

  getPath(name: string): string {
    const path = paths[name];
    if (path === undefined) throw new Error(`The Electron stand-in has no path '${name}'.`);
    return path;
  }

  setPath(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    paths[name] = path;
  }

  requestSingleInstanceLock(): boolean {
    const lock = takeLock(this.getPath('userData'), (argv, cwd) =>
      this.emit('second-instance', preventable({}), argv, cwd, null),
    );
    if (lock === 'first') return true;
    this.#told = lock;
    return false;
  }

  whenReady(): Promise<void> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  async #start(): Promise<void> {
    mkdirSync(this.getPath('userData'), { recursive: true });
    const context = await startChromium();
    context.on('close', () => this.quit());
    this.emit('ready');
  }

  quit(): void {
    if (this.#quitting) return;
    this.#quitting = true;
    this.#end().catch((error: unknown) => {
      console.error(error);
      this.exit(1);
    });
  }

  async #end(): Promise<void> {
    await this.#told;
    const before = preventable({});
    this.emit('before-quit', before);
    if (!before.defaultPrevented && (await closeWindows())) {
      const event = preventable({});
      this.emit('will-quit', event);
      if (!event.defaultPrevented) {
        this.emit('quit', {}, 0);
        await stopChromium();
        this.exit(0);
      }
    }
    this.#quitting = false;
  }

  exit(code = 0): void {
    process.exit(code);
  }

  /** The last window is gone: without a handler Electron quits. */
  windowsAllClosed(): void {
    if (this.#quitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }
}

export const standInApp = new App();
export const app = strict('app', standInApp);

listen((message) => {
  if (message.type === 'quit') standInApp.quit();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => standInApp.quit());

export const nativeTheme = strict('nativeTheme', {
  themeSource: 'system',
  shouldUseDarkColors: readSettings().colorScheme === 'dark',
});
