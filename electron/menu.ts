import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellTexts } from './shell-texts.ts';

/** What a menu item asks the page to do, sent as the event 'menu' with {command}. */
export type MenuCommand =
  | 'new-enterprise'
  | 'import'
  | 'verify'
  | 'find'
  | 'settings'
  | 'undo'
  | 'redo'
  | 'lock';

export interface MenuOptions {
  texts: ShellTexts;
  mac: boolean;
  developer: boolean;
  send(command: MenuCommand): void;
  showData(): void;
}

/** Sets the application menu in one language. A page that handles a shortcut itself keeps it with preventDefault(). */
export function setMenu({ texts: { menu: t }, mac, developer, send, showData }: MenuOptions): void {
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const settings: MenuItemConstructorOptions = {
    label: t.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => send('settings'),
  };
  const about: MenuItemConstructorOptions = { role: 'about', label: t.about };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: t.quit };
  const application: MenuItemConstructorOptions[] = [
    about,
    line,
    settings,
    line,
    { role: 'hide', label: t.hide },
    { role: 'hideOthers', label: t.hideOthers },
    { role: 'unhide', label: t.showAll },
    line,
    quit,
  ];
  const file: MenuItemConstructorOptions[] = [
    { label: t.newEnterprise, accelerator: 'CmdOrCtrl+N', click: () => send('new-enterprise') },
    { label: t.import, click: () => send('import') },
    { label: t.verify, click: () => send('verify') },
    line,
    { label: t.lock, accelerator: 'CmdOrCtrl+Shift+L', click: () => send('lock') },
    { label: t.showData, click: showData },
    ...(mac ? [line, { role: 'close', label: t.close } as const] : [line, settings, line, quit]),
  ];
  const edit: MenuItemConstructorOptions[] = [
    // The page knows whether a text field or the library takes the step back; elsewhere than on a Mac it has the keys too.
    { label: t.undo, accelerator: 'CmdOrCtrl+Z', registerAccelerator: mac, click: () => send('undo') },
    { label: t.redo, accelerator: 'Shift+CmdOrCtrl+Z', registerAccelerator: mac, click: () => send('redo') },
    line,
    { role: 'cut', label: t.cut },
    { role: 'copy', label: t.copy },
    { role: 'paste', label: t.paste },
    { role: 'selectAll', label: t.selectAll },
    line,
    { label: t.find, accelerator: 'CmdOrCtrl+K', click: () => send('find') },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: t.actualSize },
    { role: 'zoomIn', label: t.zoomIn },
    { role: 'zoomOut', label: t.zoomOut },
    line,
    { role: 'togglefullscreen', label: t.fullScreen },
    ...(developer ? [line, { role: 'toggleDevTools', label: t.developerTools } as const] : []),
  ];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu', submenu: application } as const] : []),
      { label: t.file, submenu: file },
      { label: t.edit, submenu: edit },
      { label: t.view, submenu: view },
      ...(mac ? [{ role: 'windowMenu' } as const] : [{ label: t.help, submenu: [about] }]),
    ]),
  );
}
