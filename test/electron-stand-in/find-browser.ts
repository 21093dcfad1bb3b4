import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const COMMANDS = [
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chromium',
  'chromium-browser',
];

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (n) => `/Applications/${n}.app/Contents/MacOS/${n}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => (root ? names.map((name) => join(root, name)) : []));
  }
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** Path of a Chromium-like browser on this computer: CULTIVAR_BROWSER first, then Chrome, Edge, Chromium. */
export function findBrowser(): string | null {
  const chosen = process.env.CULTIVAR_BROWSER;
  if (chosen) return existsSync(chosen) ? chosen : null;
  return usualPlaces().find((path) => existsSync(path)) ?? null;
}

/** True where packages can be installed without asking: Debian and its kin, as root. */
export function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs Debian packages; returns whether that worked. */
export function install(packages: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (args: string[]) =>
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status;
  return (
    run(['update', '-qq']) === 0 &&
    run(['install', '-y', '-qq', '--no-install-recommends', ...packages]) === 0
  );
}

/** A browser for certain, installing one where that is possible; otherwise an error with the one line to run. */
export function requireBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  if (process.env.CULTIVAR_BROWSER)
    throw new Error(`CULTIVAR_BROWSER names no file: ${process.env.CULTIVAR_BROWSER}`);
  if (canInstall()) {
    console.error('No browser found; installing Chromium once…');
    const installed = install(['chromium', 'fonts-noto-cjk']) ? findBrowser() : null;
    if (installed) return installed;
  }
  const line =
    process.platform === 'win32'
      ? 'winget install Google.Chrome'
      : process.platform === 'darwin'
        ? 'brew install --cask chromium'
        : 'sudo apt-get install -y chromium fonts-noto-cjk';
  throw new Error(`No Chromium, Chrome or Edge was found. Install one and run the command again:  ${line}`);
}
