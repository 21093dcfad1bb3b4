import { BrowserWindow, type Rectangle, screen } from 'electron';
import { APP_START } from './app-files.ts';
import type { ShellState } from './shell-state.ts';

// At 200 % a screen of 1366×768 is 683×384, and the bar of the desktop takes some of it.
const MIN_WIDTH = 640;
const MIN_HEIGHT = 340;
const FIRST_SIZE = { width: 1366, height: 860 };

export interface WindowOptions {
  preload: string;
  title: string;
  developer: boolean;
  state: ShellState;
  /** Called when the window closes, with its place on the screen. */
  remember(place: Pick<ShellState, 'bounds' | 'maximized'>): void;
}

// A window remembered on a screen that is no longer there would open out of sight.
function stillVisible(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const height =
      Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return width > 100 && height > 100;
  });
}

/** The size of a first start: never larger than what is free on the screen. */
function firstSize(): { width: number; height: number } {
  const { workArea } = screen.getPrimaryDisplay();
  return {
    width: Math.max(MIN_WIDTH, Math.min(FIRST_SIZE.width, workArea.width)),
    height: Math.max(MIN_HEIGHT, Math.min(FIRST_SIZE.height, workArea.height)),
  };
}

const MOST_RELOADS = 3;
const RELOADS_WITHIN = 60_000;

/** A page that crashed is opened again, at the same place and field; one that crashes again and again is left alone. */
function reloadAfterCrash(window: BrowserWindow): void {
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    crashes.push(now);
    while (crashes[0] !== undefined && crashes[0] < now - RELOADS_WITHIN) crashes.shift();
    if (crashes.length <= MOST_RELOADS) window.webContents.reload();
  });
}

/** Opens the product's window at its remembered place and shows it once the page has drawn itself. */
export function openWindow({ preload, title, developer, state, remember }: WindowOptions): BrowserWindow {
  const place = state.bounds && stillVisible(state.bounds) ? state.bounds : firstSize();
  const window = new BrowserWindow({
    ...place,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    title,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: developer,
    },
  });
  reloadAfterCrash(window);
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => remember({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
  window.loadURL(APP_START).catch((error: unknown) => console.error('The page could not be opened:', error));
  return window;
}
