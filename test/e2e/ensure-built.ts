import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
let built = false;

/** Builds the product where a source is newer than the build: a journey through yesterday's build proves nothing. */
export function ensureBuilt(): void {
  if (built) return;
  const done = spawnSync(process.execPath, ['build/build.mjs', '--if-stale'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`The build failed:\n${done.stdout}${done.stderr}`);
  built = true;
}
