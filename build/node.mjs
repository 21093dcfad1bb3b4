// Runs a command on Node 24. The database driver (better-sqlite3 13) needs Node-API 10 (Node >= 22.14) and ends older Nodes without
// a message, so where the Node at hand is older, Node 24 is fetched once from the npm registry and used instead.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = [22, 14];

function recentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1]);
}

function cacheFolder() {
  const base =
    process.env.CULTIVAR_CACHE ??
    (process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')));
  return join(base, 'cultivar', 'node24');
}

/** Path of a Node that can run the product; fetches it on first use. */
export function findNode() {
  if (recentEnough(process.versions.node)) return process.execPath;
  const folder = cacheFolder();
  const binary =
    process.platform === 'win32'
      ? join(folder, 'node_modules', 'node', 'bin', 'node.exe')
      : join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(binary)) {
    console.error(`Node ${process.versions.node} is too old for the database; fetching Node 24 once…`);
    mkdirSync(folder, { recursive: true });
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const done = spawnSync(
      npm,
      [
        'install',
        '--prefix',
        folder,
        '--ignore-scripts=false',
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        'node@24',
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32', cwd: folder },
    );
    if (done.status !== 0 || !existsSync(binary)) {
      console.error(
        'Node 24 could not be fetched. Install Node 24 or newer (nodejs.org) and run the command again.',
      );
      process.exit(1);
    }
  }
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const node = findNode();
  // The recent Node comes first on PATH, so tools that start `node` themselves get it too.
  const path = `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`;
  const child = spawnSync(node, process.argv.slice(2), {
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  });
  if (child.error) console.error(child.error.message);
  process.exit(child.status ?? 1);
}
