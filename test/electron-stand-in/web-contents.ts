import { EventEmitter } from 'node:events';
import type { Page, Request } from 'playwright-core';
import { fromChromium, toChromium } from './addresses.ts';
import { standInApp } from './app.ts';
import { invoke } from './ipc-main.ts';
import { pressAccelerator } from './menu.ts';
import { DISPATCH, INVOKE_BINDING, KEY_BINDING, preloadScript } from './preload-script.ts';
import { preventable, strict } from './strict.ts';
import { WebFrameMain } from './web-frame.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

const byPage = new Map<Page, WebContents>();

/** The contents a page belongs to; undefined for pages no window asked for. */
export function contentsOf(page: Page): WebContents | undefined {
  return byPage.get(page);
}

/** One page in Chromium, seen as Electron's webContents. The page arrives a moment after the window is made. */
export class WebContents extends EventEmitter {
  readonly visible: WebContents = strict('webContents', this);
  readonly #arrived: Promise<Page>;
  #page: Page | null = null;
  #open: OpenHandler = () => ({ action: 'allow' });
  #loading = true;

  constructor(coming: Promise<Page>, preload: string | undefined) {
    super();
    this.#arrived = this.#prepare(coming, preload);
    standInApp.emit('web-contents-created', preventable({}), this.visible);
  }

  // Bindings first, then the preload, before anything is loaded.
  async #prepare(coming: Promise<Page>, preload: string | undefined): Promise<Page> {
    const page = await coming;
    byPage.set(page, this);
    await page.exposeBinding(INVOKE_BINDING, ({ frame }, channel: string, args: unknown[]) =>
      invoke({ sender: this.visible, senderFrame: WebFrameMain.of(frame), type: 'frame' }, channel, args),
    );
    await page.exposeBinding(KEY_BINDING, (_source, key: string) => pressAccelerator(key));
    if (preload) await page.addInitScript({ content: preloadScript(preload) });
    page.on('close', () => byPage.delete(page));
    this.#page = page;
    return page;
  }

  get #shown(): Page {
    if (!this.#page) throw new Error('The page is not there yet.');
    return this.#page;
  }

  get mainFrame(): WebFrameMain {
    return WebFrameMain.of(this.#shown.mainFrame());
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#open = handler;
  }

  getURL(): string {
    return this.#page ? fromChromium(this.#page.url()) : '';
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#arrived;
    this.#loading = true;
    try {
      await page.goto(toChromium(url));
      this.emit('did-finish-load');
    } finally {
      this.#loading = false;
    }
  }

  /** Sends to the page's main frame. Like Electron, it does not say whether anybody listened. */
  send(channel: string, ...args: unknown[]): void {
    const message = { dispatch: DISPATCH, channel, args: structuredClone(args) };
    this.#page
      ?.evaluate(({ dispatch, channel, args }) => {
        const page = globalThis as unknown as Record<string, ((c: string, a: unknown[]) => void) | undefined>;
        page[dispatch]?.(channel, args);
      }, message)
      .catch(() => undefined);
  }

  /** Asks the application whether a navigation the page itself began may go on. */
  mayNavigate(request: Request): boolean {
    const frame = request.frame();
    const main = frame === this.#page?.mainFrame();
    if (main && this.#loading) return true;
    const redirected = request.redirectedFrom() !== null;
    const names = [
      ...(main ? ['will-navigate'] : []),
      'will-frame-navigate',
      ...(redirected ? ['will-redirect'] : []),
    ];
    return names.every((name) => {
      const url = fromChromium(request.url());
      const event = preventable({
        url,
        isSameDocument: false,
        isMainFrame: main,
        frame: WebFrameMain.of(frame),
      });
      this.emit(name, event, url);
      return !event.defaultPrevented;
    });
  }

  mayOpen(url: string): boolean {
    return this.#open({ url: fromChromium(url) }).action === 'allow';
  }
}
