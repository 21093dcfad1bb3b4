import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packageFolder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');

function binaryName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Folder of an unpacked Electron on this computer, or null: ELECTRON_OVERRIDE_DIST_PATH first, then the package's own. */
export function electronDist(): string | null {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = chosen || join(packageFolder, 'dist');
  return existsSync(join(folder, binaryName())) ? folder : null;
}

/** Path of the Electron binary, or null when there is none. */
export function electronBinary(): string | null {
  const folder = electronDist();
  if (folder === null) return null;
  const pathFile = join(packageFolder, 'path.txt');
  const own = existsSync(pathFile) ? join(folder, readFileSync(pathFile, 'utf8')) : '';
  return own && existsSync(own) ? own : join(folder, binaryName());
}

/** True when a window can be shown: always on Windows and macOS, on Linux with X11 or Wayland. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
