// Builds the page, the shell, the service and the preload into out/. With --if-stale only when a source is newer.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as viteBuild } from 'vite';

export const root = join(import.meta.dirname, '..');
const out = join(root, 'out');
const stamp = join(out, '.built');
const SOURCES = [
  'electron',
  'renderer',
  'resources',
  'package.json',
  'vite.config.ts',
  'vite.electron.config.ts',
];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** True when there is no build, or a source changed after it was begun. */
export function isStale() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return SOURCES.some((source) => newest(join(root, source)) > built);
}

/** Builds into a folder of its own and swaps it in when everything succeeded, so out/ is never half new. */
export async function buildAll() {
  const begun = new Date();
  // Also where a test runner that says 'test' asks for the build: what is tested is what is shipped.
  process.env.NODE_ENV = 'production';
  const next = join(out, `next-${process.pid}`);
  const common = { root, logLevel: 'warn' };
  try {
    await viteBuild({
      ...common,
      root: join(root, 'renderer'),
      configFile: join(root, 'vite.config.ts'),
      build: { outDir: join(next, 'renderer') },
    });
    for (const part of ['main', 'preload']) {
      process.env.CULTIVAR_BUILD = part;
      await viteBuild({
        ...common,
        configFile: join(root, 'vite.electron.config.ts'),
        build: { outDir: join(next, 'electron') },
      });
    }
    for (const part of ['renderer', 'electron']) {
      rmSync(join(out, part), { recursive: true, force: true });
      renameSync(join(next, part), join(out, part));
    }
    mkdirSync(out, { recursive: true });
    writeFileSync(stamp, begun.toISOString());
    // Files saved while the build ran are newer than what it read.
    utimesSync(stamp, begun, begun);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (!process.argv.includes('--if-stale') || isStale()) await buildAll();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
