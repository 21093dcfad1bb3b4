// Opens Cultivar: builds what is out of date, then Electron, or the stand-in window where Electron cannot be had.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { requireBrowser } from '../test/electron-stand-in/find-browser.ts';
import { electronBinary, hasDisplay } from '../test/electron-stand-in/find-electron.ts';
import { settingsEnvironment } from '../test/electron-stand-in/settings.ts';
import { buildAll, isStale, root } from './build.mjs';

const FETCH_LIMIT = 60_000;
const RETRY_AFTER = 3_600_000;

// One try an hour: behind a closed network every try would cost the whole time limit.
function fetchElectron() {
  const tried = join(root, 'out', '.electron-tried');
  if (existsSync(tried) && Date.now() - statSync(tried).mtimeMs < RETRY_AFTER) return null;
  console.log('Fetching Electron (once, at most a minute)…');
  spawnSync(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: FETCH_LIMIT,
    killSignal: 'SIGKILL',
  });
  const binary = electronBinary();
  if (!binary) {
    mkdirSync(join(root, 'out'), { recursive: true });
    writeFileSync(tried, '');
  }
  return binary;
}

/** Starts the built application and returns its process. */
export function launch(args) {
  const binary = electronBinary() ?? fetchElectron();
  if (binary) {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    // Chromium's sandbox refuses to run as root; nobody but developers in containers is root here.
    const asRoot = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
    return spawn(binary, [root, ...asRoot, ...args], { stdio: 'inherit', env });
  }
  console.log('Electron could not be had here; opening the stand-in window in Chromium.');
  const register = pathToFileURL(join(root, 'test', 'electron-stand-in', 'register.ts')).href;
  const settings = { headless: false, viewport: null, colorScheme: null, bypassCSP: false };
  return spawn(process.execPath, ['--import', register, join(root, 'out', 'electron', 'main.js'), ...args], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, ...settingsEnvironment(settings), CULTIVAR_BROWSER: requireBrowser() },
  });
}

/** Ends with a clear line where no window can be shown. */
export function requireDisplay() {
  if (hasDisplay()) return;
  console.error(
    'There is no display here, so no window can be opened (DISPLAY and WAYLAND_DISPLAY are not set).',
  );
  console.error('Without a window, make sample plans with:  npm run demo -- --out DIR');
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireDisplay();
  try {
    if (isStale()) await buildAll();
    launch(process.argv.slice(2)).on('exit', (code) => process.exit(code ?? 1));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
