import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { tell } from './control.ts';
import { requireBrowser } from './find-browser.ts';
import { readSettings, switchValue } from './settings.ts';

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The product never needs the network: no name resolves, whatever the page tries.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

// A window without tabs and address bar, and without notes about the switches above.
const APP_WINDOW = ['--app=data:text/html,', '--window-size=1366,860', '--test-type'];

let context: BrowserContext | null = null;

// The browser's offer to translate would cover a corner of the page.
function freshProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'cultivar-browser-'));
  mkdirSync(join(profile, 'Default'));
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ translate: { enabled: false } }));
  process.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  return profile;
}

/** Starts Chromium with an empty profile. Driven by a test, it can be joined at the endpoint told to the test. */
export async function startChromium(): Promise<BrowserContext> {
  const { headless, viewport, colorScheme, bypassCSP } = readSettings();
  const language = switchValue('lang');
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  const options = {
    executablePath: requireBrowser(),
    headless,
    viewport,
    bypassCSP,
    ...(colorScheme && { colorScheme }),
    ...(language && { locale: language }),
    serviceWorkers: 'block' as const,
    args: [...QUIET, ...(root ? ['--no-sandbox'] : []), ...(headless ? [] : APP_WINDOW)],
    // In tests nothing slides: what is clicked is where it was found.
    ...(headless ? { reducedMotion: 'reduce' as const } : { ignoreDefaultArgs: ['about:blank'] }),
    handleSIGINT: false,
  };
  context = await chromium.launchPersistentContext(freshProfile(), options).catch((error: Error) => {
    // The rest is Chromium's own log, pages of it.
    throw new Error(`Chromium did not start: ${error.message.split('\n')[0]}`);
  });
  if (process.connected) {
    const browser = context.browser();
    if (!browser) throw new Error('Chromium cannot be shared with the test.');
    const { endpoint } = await browser.bind('cultivar', { host: '127.0.0.1', port: 0 });
    tell({ type: 'browser', endpoint });
  }
  return context;
}

export function chromiumContext(): BrowserContext {
  if (!context) throw new Error('Windows can only be opened after the ready event.');
  return context;
}

export async function stopChromium(): Promise<void> {
  await context?.close().catch(() => undefined);
}
