import { fork, spawnSync } from 'node:child_process';
import { on } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractAll } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetPaths } from '../../electron/plan/assets.ts';
import { FUSE_SENTINEL, makeFakeElectron } from './fake-electron.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: { electron: string };
};
const version = manifest.devDependencies.electron;

interface Entry {
  files?: Record<string, Entry>;
  unpacked?: boolean;
}

/** Paths in an asar archive, with those kept outside of it marked. Its header is JSON behind four lengths. */
function asarFiles(path: string): Map<string, boolean> {
  const file = openSync(path, 'r');
  const sizes = Buffer.alloc(16);
  readSync(file, sizes, 0, 16, 0);
  const header = Buffer.alloc(sizes.readUInt32LE(12));
  readSync(file, header, 0, header.length, 16);
  closeSync(file);
  const found = new Map<string, boolean>();
  const walk = (entry: Entry, at: string) => {
    if (!entry.files) found.set(at, entry.unpacked === true);
    for (const [name, inner] of Object.entries(entry.files ?? {})) walk(inner, at ? `${at}/${name}` : name);
  };
  walk(JSON.parse(header.toString('utf8')) as Entry, '');
  return found;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'));
}

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'cultivar-dist-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function pack(platform: 'linux' | 'win32', ...options: string[]): string {
  const dist = join(work, `electron-${platform}`);
  const output = join(work, platform);
  makeFakeElectron(dist, platform, version);
  const args = [
    'build/dist.mjs',
    '--if-stale',
    '--dir',
    '--x64',
    `-c.directories.output=${output}`,
    ...options,
  ];
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist, CSC_IDENTITY_AUTO_DISCOVERY: 'false' };
  const done = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  expect(`${done.stdout}${done.stderr}\n${done.status}`).toMatch(/\n0$/);
  return join(output, platform === 'win32' ? 'win-unpacked' : 'linux-unpacked');
}

describe('the Linux package', () => {
  let folder: string;
  let inside: Map<string, boolean>;
  beforeAll(() => {
    folder = pack('linux', '--linux');
    inside = asarFiles(join(folder, 'resources', 'app.asar'));
  });

  test('holds the built application and, of other packages, only better-sqlite3-multiple-ciphers', () => {
    const paths = [...inside.keys()];
    for (const path of [
      'main.js',
      'preload.cjs',
      'service-process.js',
      'pdf-worker.js',
      'verify-worker.js',
    ]) {
      expect(paths).toContain(`out/electron/${path}`);
    }
    expect(paths).toContain('out/renderer/index.html');
    const modules = new Set(
      paths.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
    );
    expect([...modules]).toEqual(['better-sqlite3-multiple-ciphers']);
  });

  test('holds no source, test, map or native source', () => {
    const unwanted = [...inside.keys()].filter((path) =>
      /\.(ts|tsx|map|c|cpp|hpp|gyp|md)$|^(test|electron|renderer|build|\.ci)\/|better-sqlite3-multiple-ciphers\/(deps|src|build)\//.test(
        path,
      ),
    );
    expect(unwanted).toEqual([]);
  });

  test('has the one database binary of its platform, outside the archive', () => {
    const binaries = [...inside].filter(([path]) => path.endsWith('.node'));
    expect(binaries).toEqual([
      ['node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node', true],
    ]);
    const unpacked = join(folder, 'resources', 'app.asar.unpacked');
    expect(filesBelow(unpacked)).toEqual([
      'node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node',
    ]);
  });

  test('has the data, the Typst compiler and the fonts as resources', () => {
    const resources = join(folder, 'resources', 'resources');
    const files = filesBelow(resources);
    const own = filesBelow(join(root, 'resources'));
    expect(own.length).toBeGreaterThan(0);
    expect(files).toEqual(expect.arrayContaining(own));
    // Where the plan's writer looks, and not in node_modules, which a package does not have.
    const { fonts, wasm, templates, parts } = assetPaths(resources);
    for (const path of [...fonts, wasm, parts, ...Object.values(templates)]) {
      expect(path.startsWith(resources)).toBe(true);
      expect(existsSync(path)).toBe(true);
    }
    expect(files).toContain('fonts/LICENSE_FONT');
  });

  test('is complete: its service, unpacked and alone, loads the samples and writes a plan', async () => {
    const alone = join(work, 'alone');
    extractAll(join(folder, 'resources', 'app.asar'), alone);
    const parentPort = pathToFileURL(join(root, 'test', 'electron-stand-in', 'parent-port.ts')).href;
    const args = [
      '--data',
      join(work, 'library'),
      '--resources',
      join(folder, 'resources', 'resources'),
      '--locale',
      'zh',
    ];
    const service = fork(join(alone, 'out', 'electron', 'service-process.js'), args, {
      execArgv: ['--import', parentPort],
      serialization: 'advanced',
      cwd: work,
    });
    try {
      const ask = async (name: string, input: object, origin = 'window') => {
        service.send({ type: 'call', id: 1, name, input, origin });
        for await (const [message] of on(service, 'message')) {
          if (message.type !== 'reply') continue;
          expect(message).toMatchObject({ ok: true });
          return message.value;
        }
      };
      await ask('samples.load', {});
      const { rows } = await ask('library.list', { limit: 1 });
      const plan = await ask('plan.create', { enterpriseId: rows[0].id });
      const path = join(work, 'plan.pdf');
      await ask('plan.exportFile', { planId: plan.id, locale: 'zh', path }, 'shell');
      expect(readFileSync(path, 'latin1').slice(0, 5)).toBe('%PDF-');
    } finally {
      service.kill();
    }
  });

  test('has its fuses set, two languages, and nothing of the bare Electron left', () => {
    const binary = readFileSync(join(folder, 'cultivar'), 'latin1');
    const start = binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
    // runAsNode, cookies, NODE_OPTIONS, inspect, integrity, only from asar, snapshot, file protocol
    expect(binary.slice(start, start + 8)).toBe('01001100');
    expect(readdirSync(join(folder, 'locales')).sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
    expect(existsSync(join(folder, 'resources', 'default_app.asar'))).toBe(false);
  });
});

// The fake has no Windows executable whose resources could be edited or take the archive's hash.
test('a Windows package made here carries the Windows database binary', () => {
  const folder = pack('win32', '--win', '-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true');
  const binaries = [...asarFiles(join(folder, 'resources', 'app.asar')).keys()].filter((path) =>
    path.endsWith('.node'),
  );
  expect(binaries).toEqual(['node_modules/better-sqlite3-multiple-ciphers/prebuilds/win32-x64.node']);
});
