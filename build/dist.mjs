// Packages Cultivar for this computer into dist/: a folder by default, other targets by electron-builder's own words
// (npm run dist -- --win nsis). Needs an unpacked Electron of the wanted platform.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronDist } from '../test/electron-stand-in/find-electron.ts';
import { buildAll, isStale, root } from './build.mjs';

const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
// A folder named on purpose may hold Electron for another platform than this one.
const dist = chosen && existsSync(chosen) ? chosen : electronDist();
if (!dist) {
  console.error('Packaging needs Electron itself, and it is not on this computer.');
  console.error(
    'Fetch it with  npx install-electron  or unpack a release and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
  );
  process.exit(1);
}

const wanted = process.argv.slice(2).filter((option) => option !== '--if-stale');
// What is packaged for others is always built anew; a test takes the build that the tests beside it run in.
if (!process.argv.includes('--if-stale') || isStale()) await buildAll();
const args = ['--config', 'build/electron-builder.yml', `-c.electronDist=${dist}`, '--publish', 'never'];
const packed = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'electron-builder', 'cli.js'),
    ...args,
    ...(wanted.length > 0 ? wanted : ['--dir']),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(packed.status ?? 1);
