import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the fuse wire begins in Electron's binary; the wire is version, length and one character a fuse. */
export const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = 9;

/** An unpacked Electron with nothing in it but what packaging touches: the binary's fuses, languages, files to drop. */
export function makeFakeElectron(folder: string, platform: 'linux' | 'win32', version: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  const wire = Buffer.concat([Buffer.from([1, FUSES]), Buffer.from('1'.repeat(FUSES))]);
  const binary = Buffer.concat([Buffer.from(`not Electron ${FUSE_SENTINEL}`), wire, Buffer.from(' end')]);
  writeFileSync(join(folder, platform === 'win32' ? 'electron.exe' : 'electron'), binary, { mode: 0o755 });
  for (const language of ['en-US', 'zh-CN', 'fr', 'de'])
    writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), '');
}
