/** The module named `electron` when the shell runs in the stand-in; see README.md. */
export { app, nativeTheme } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { screen, shell } from './desktop.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu } from './menu.ts';
export { powerMonitor } from './power-monitor.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
