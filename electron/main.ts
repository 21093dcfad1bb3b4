import { join } from 'node:path';
import { app, BrowserWindow, powerMonitor, session, shell } from 'electron';
import { serveCalls } from './ipc.ts';
import { setMenu } from './menu.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { guardContents, hardenSession } from './security.ts';
import { startServiceHost } from './service-host.ts';
import { createShell } from './shell.ts';
import type { ShellLocale } from './shell-calls.ts';
import { readState, systemLocale, writeState } from './shell-state.ts';
import { shellTexts } from './shell-texts.ts';
import { openWindow } from './window.ts';

const built = import.meta.dirname;
const developer = !app.isPackaged;

registerAppScheme();
app.enableSandbox();
const userData = process.env.CULTIVAR_USER_DATA || app.commandLine.getSwitchValue('user-data-dir');
if (userData) app.setPath('userData', userData);

if (app.requestSingleInstanceLock()) {
  guardContents();
  app.whenReady().then(start, (error: unknown) => {
    console.error(error);
    app.exit(1);
  });
} else {
  app.quit();
}

function start() {
  const stateFile = join(app.getPath('userData'), 'shell.json');
  const dataFolder = process.env.CULTIVAR_DATA || join(app.getPath('userData'), 'library');
  const resources = app.isPackaged
    ? join(process.resourcesPath, 'resources')
    : join(built, '..', '..', 'resources');
  const preload = join(built, 'preload.cjs');
  let state = readState(stateFile);
  let locale: ShellLocale = state.locale ?? systemLocale(app.getLocale());
  let window: BrowserWindow | null = null;

  const send = (name: string, payload: unknown) => window?.webContents.send('event', name, payload);

  function remember(change: typeof state) {
    state = { ...state, ...change };
    writeState(stateFile, state);
  }

  function open() {
    const opened = openWindow({ preload, title: shellTexts(locale).title, developer, state, remember });
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    window = opened;
  }

  function showMenu() {
    setMenu({
      texts: shellTexts(locale),
      mac: process.platform === 'darwin',
      developer,
      send: (command) => send('menu', { command }),
      showData: () => void shell.openPath(dataFolder),
    });
  }

  hardenSession(session.defaultSession);
  serveApp(join(built, '..', 'renderer'));

  const service = startServiceHost({
    entry: join(built, 'service-process.js'),
    args: () => ['--data', dataFolder, '--resources', resources, '--locale', locale],
    onEvent: send,
    onState: (change) => send('service', change),
  });

  const answerShell = createShell({
    service,
    window: () => window,
    texts: () => shellTexts(locale),
    setLanguage(chosen) {
      locale = chosen;
      remember({ locale });
      showMenu();
      window?.setTitle(shellTexts(locale).title);
    },
  });
  serveCalls({ shell: answerShell, service: (name, input) => service.call(name, input, 'window') });

  showMenu();
  open();

  // Who opens the laptop again, or its screen, is asked for the passphrase.
  powerMonitor.on('suspend', () => send('away', {}));
  powerMonitor.on('lock-screen', () => send('away', {}));

  app.on('second-instance', () => {
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    service.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}
