import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { driven } from './control.ts';
import { readSettings } from './settings.ts';
import { strict } from './strict.ts';

const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };

function open(target: string): void {
  if (driven) return;
  const opener = spawn(OPENERS[process.platform] ?? 'xdg-open', [target], {
    detached: true,
    stdio: 'ignore',
  });
  opener.on('error', () => console.log(`Open by hand: ${target}`));
  opener.unref();
}

/** The desktop around the window. In a test nothing is opened. */
export const shell = strict('shell', {
  async openPath(path: string): Promise<string> {
    open(path);
    return '';
  },
  showItemInFolder(path: string): void {
    open(dirname(path));
  },
});

const { width, height } = readSettings().viewport ?? { width: 1920, height: 1080 };
const display = { workArea: { x: 0, y: 0, width, height }, scaleFactor: 1 };

export const screen = strict('screen', {
  getAllDisplays: () => [display],
  getPrimaryDisplay: () => display,
});
