import { EventEmitter } from 'node:events';
import type { Page } from 'playwright-core';
import { onCloseWindows, standInApp } from './app.ts';
import { chromiumContext } from './chromium.ts';
import { tell } from './control.ts';
import { newPage } from './session.ts';
import { preventable, strict } from './strict.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Options extends Partial<Bounds> {
  title?: string;
  webPreferences?: Record<string, unknown>;
}

const REQUIRED = { sandbox: true, contextIsolation: true, nodeIntegration: false };
const windows = new Set<BrowserWindow>();
let opened = 0;

/** A window in Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly #page: Promise<Page>;
  readonly #contents: WebContents;
  #bounds: Bounds;
  #title: string;
  #maximized = false;
  #closing = false;

  constructor(options: Options) {
    super();
    for (const [key, value] of Object.entries(REQUIRED)) {
      if (options.webPreferences?.[key] !== value)
        throw new Error(`The stand-in opens windows only with ${key}: ${value}.`);
    }
    const { x = 0, y = 0, width = 1366, height = 860, title = '' } = options;
    this.#bounds = { x, y, width, height };
    this.#title = title;
    this.#page = newPage(chromiumContext(), opened++ === 0);
    this.#contents = new WebContents(this.#page, options.webPreferences?.preload as string | undefined);
    this.webContents = this.#contents.visible;
    windows.add(this);
    this.#page.then(
      (page) => page.on('close', () => this.#gone()),
      (error: unknown) => {
        console.error(error);
        standInApp.exit(1);
      },
    );
    // biome-ignore lint/correctness/noConstructorReturn: the application must see the strict window only
    return strict('BrowserWindow', this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  async loadURL(url: string): Promise<void> {
    await this.#contents.loadURL(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.emit('show');
    tell({ type: 'window' });
  }

  focus(): void {
    this.#page.then((page) => page.bringToFront()).catch(() => undefined);
    tell({ type: 'focus' });
  }

  isMinimized = () => false;
  restore(): void {}
  maximize(): void {
    this.#maximized = true;
  }
  isMaximized = () => this.#maximized;
  getNormalBounds = () => ({ ...this.#bounds });
  getBounds = () => ({ ...this.#bounds });
  getTitle = () => this.#title;
  setTitle(title: string): void {
    this.#title = title;
  }
  isDestroyed = () => !windows.has(this);

  /** Asks to close; false when the application prevented it. */
  async tryClose(): Promise<boolean> {
    const event = preventable({});
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.#closing = true;
    await (await this.#page).close();
    return true;
  }

  close(): void {
    void this.tryClose();
  }

  // A person closed the page in Chromium, or tryClose() did.
  #gone(): void {
    if (!this.#closing) this.emit('close', preventable({}));
    windows.delete(this);
    this.emit('closed');
    if (windows.size === 0) standInApp.windowsAllClosed();
  }
}

onCloseWindows(async () => {
  for (const window of [...windows]) if (!(await window.tryClose())) return false;
  return true;
});
