import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, root } from '../ensure-built.ts';

/** A folder with the real, built shell, and the probe's page and service in place of the product's. */
export function makeProbeApp(): string {
  ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-probe-'));
  const electron = join(folder, 'out', 'electron');
  const renderer = join(folder, 'out', 'renderer');
  cpSync(join(root, 'out', 'electron'), electron, { recursive: true });
  cpSync(join(import.meta.dirname, 'service-process.js'), join(electron, 'service-process.js'));
  mkdirSync(renderer, { recursive: true });
  for (const file of ['index.html', 'probe.js'])
    cpSync(join(import.meta.dirname, file), join(renderer, file));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'cultivar-probe',
      version: '1.0.0',
      type: 'module',
      main: 'out/electron/main.js',
    }),
  );
  return folder;
}
