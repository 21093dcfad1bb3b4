import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { cloudOf, readClouds } from '../../electron/library/cloud-folder.ts';
import { takeLock } from '../../electron/library/lock.ts';
import { openForWork } from '../../electron/library/open-for-work.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { resourcesDir, startService } from '../service/start-service.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'cultivar-access-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A closed library with one enterprise in its newest backup and one made after it. */
async function libraryWithBackup(dataDir: string): Promise<void> {
  const { service, ask } = startService({ dataDir }, () => undefined);
  const first = await ask('enterprise.create', { name: '备份里的企业' });
  await ask('backup.make', {});
  const later = await ask('enterprise.create', { name: '备份后的企业' });
  await ask('figures.set', { enterpriseId: later.id, years: [{ year: 2025, values: { revenue: 7 } }] });
  await ask('enterprise.update', { id: first.id, changes: { niche: '备份后改的' } });
  await service.close();
}

const names = async (ask: ReturnType<typeof startService>['ask']) =>
  (await ask('library.list', {})).rows.map(({ name }) => name).sort();

const damages: [string, (file: string) => void][] = [
  ['a cut-off file', (file) => truncateSync(file, Math.floor(statSync(file).size / 3))],
  ['a file of zeros', (file) => writeFileSync(file, Buffer.alloc(statSync(file).size))],
  [
    'one changed byte of content, which the structure does not show',
    (file) => {
      const bytes = readFileSync(file);
      const at = bytes.indexOf('备份后改的');
      expect(at).toBeGreaterThan(0);
      bytes[at + 1]! ^= 1;
      writeFileSync(file, bytes);
    },
  ],
  ['a file that is gone', (file) => rmSync(file)],
];

test.each(damages)('%s: nothing is touched, a backup is offered and restored', async (_, damage) => {
  const dataDir = folder();
  await libraryWithBackup(dataDir);
  const file = join(dataDir, 'library.sqlite');
  damage(file);
  const before = existsSync(file) ? readFileSync(file) : null;
  const { ask, refusal } = startService({ dataDir });
  expect(['damaged-library', 'library']).toContain((await refusal('library.list', {})).code);
  const status = await ask('rescue.status', {});
  expect(status.error).not.toBeNull();
  expect(status.backups[0]).toMatchObject({ good: true, enterprises: 1 });
  expect(existsSync(file) ? readFileSync(file) : null).toEqual(before);

  const done = await ask('rescue.restore', { name: status.best!, takeNewer: true });
  await expect.poll(() => names(ask)).toContain('备份里的企业');
  if (status.newer && !status.newer.partly) {
    expect(status.newer.changes).toBeGreaterThan(2);
    expect(done.failed).toBe(0);
    await expect.poll(() => names(ask)).toEqual(['备份后的企业', '备份里的企业']);
  }
  if (before) expect(readFileSync(join(dataDir, done.aside!))).toEqual(before);
  else expect(done.aside).toBeNull();
});

test('what is newer is read out of a damaged file and put back on the backup', async () => {
  const dataDir = folder();
  await libraryWithBackup(dataDir);
  const file = join(dataDir, 'library.sqlite');
  const bytes = readFileSync(file);
  bytes[bytes.indexOf('备份后改的') + 1]! ^= 1;
  writeFileSync(file, bytes);
  const { ask } = startService({ dataDir });
  const { newer, best } = await ask('rescue.status', {});
  expect(newer?.enterprises.map(({ name }) => name)).toContain('备份后的企业');
  await ask('rescue.restore', { name: best!, takeNewer: true });
  const found = async () => (await ask('library.list', { query: '备份后的企业' })).rows[0]?.id;
  await expect.poll(found).toBeDefined();
  expect((await ask('enterprise.get', { id: (await found())! })).figures[0]?.values.revenue).toBe(7);
});

test('a backup that is no longer good is passed over, and one can be restored without the newer changes', async () => {
  const dataDir = folder();
  await libraryWithBackup(dataDir);
  const shelf = join(dataDir, 'backups');
  const { service, ask } = startService({ dataDir }, () => undefined);
  await ask('backup.make', {});
  await service.close();
  const newest = readdirSync(shelf)
    .filter((name) => name.endsWith('.sqlite'))
    .sort()
    .at(-1)!;
  truncateSync(join(shelf, newest), 5000);
  truncateSync(join(dataDir, 'library.sqlite'), 3000);
  const second = startService({ dataDir });
  const { backups, best } = await second.ask('rescue.status', {});
  expect(backups[0]).toMatchObject({ name: newest, good: false });
  expect(best).not.toBe(newest);
  expect((await second.refusal('rescue.restore', { name: newest, takeNewer: false })).key).toBe(
    'backupDamaged',
  );
  const first = backups.at(-1)!;
  expect(first).toMatchObject({ why: 'manual', enterprises: 1 });
  await second.ask('rescue.restore', { name: first.name, takeNewer: false });
  expect(await names(second.ask)).toEqual(['备份里的企业']);
});

test.each(['10', '20', '30', '40'])(
  'a library of format %s that was not closed properly opens',
  async (format) => {
    const file = join(folder(), 'library.sqlite');
    const old = new Database(file);
    old.exec(readFileSync(join(import.meta.dirname, `../fixtures/library/format-${format}.sql`), 'utf8'));
    old.close();
    const { db, readOnly, close } = await openForWork(file, { now: () => new Date() });
    expect([readOnly, db.prepare('SELECT count(*) > 0 FROM enterprise').pluck().get()]).toEqual([null, 1]);
    close();
  },
);

test('a file that was exchanged is opened only when a person says so; beginning anew keeps the old one', async () => {
  const dataDir = folder();
  await libraryWithBackup(dataDir);
  const file = join(dataDir, 'library.sqlite');
  const [backup] = readdirSync(join(dataDir, 'backups'))
    .filter((name) => name.endsWith('.sqlite'))
    .sort();
  cpSync(join(dataDir, 'backups', backup!), file);
  const { ask, refusal } = startService({ dataDir });
  expect(await refusal('library.list', {})).toMatchObject({ code: 'damaged-library', key: 'libraryChanged' });
  await ask('rescue.accept', {});
  expect(await names(ask)).toEqual(['备份里的企业']);
  const { aside } = await ask('rescue.begin', {});
  expect(await names(ask)).toEqual([]);
  expect(existsSync(join(dataDir, aside!))).toBe(true);
});

test('a library of a newer version is refused and not a byte of its folder changes', async () => {
  const dataDir = folder();
  await libraryWithBackup(dataDir);
  const file = join(dataDir, 'library.sqlite');
  const bytes = readFileSync(file);
  bytes.writeUInt32BE(9990, 60);
  writeFileSync(file, bytes);
  rmSync(`${file}.seal`);
  const listed = () =>
    readdirSync(dataDir)
      .filter((name) => statSync(join(dataDir, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(dataDir, name)).toString('base64').length]);
  const before = listed();
  const { refusal, service } = startService({ dataDir }, () => undefined);
  expect(await refusal('library.list', {})).toMatchObject({
    code: 'newer-library',
    details: { version: 9990 },
  });
  await service.close();
  expect(listed()).toEqual(before);
  expect(readFileSync(file)).toEqual(bytes);
});

test('on a disk that cannot be written everything can be seen and exported, and writing says why', async ({
  skip,
}) => {
  const dataDir = folder();
  await libraryWithBackup(dataDir);
  const media = join(folder(), 'media');
  mkdirSync(media);
  cpSync(dataDir, media, { recursive: true });
  const mounted = spawnSync('mount', ['--bind', media, media]);
  const fixed = mounted.status === 0 && spawnSync('mount', ['-o', 'remount,ro,bind', media]).status === 0;
  onTestFinished(() => {
    if (mounted.status === 0) spawnSync('umount', [media]);
  });
  if (!fixed) skip('a read-only disk cannot be mounted here');
  const before = readdirSync(media).sort();
  const { ask, refusal, service } = startService({ dataDir: media }, () => undefined);
  expect((await ask('access.status', {})).readOnly).toMatchObject({ reason: 'media', holder: null });
  expect(await names(ask)).toEqual(['备份后的企业', '备份里的企业']);
  expect(await refusal('enterprise.create', { name: '新' })).toMatchObject({ key: 'readOnlyMedia' });
  expect(await refusal('backup.make', {})).toMatchObject({ key: 'readOnlyMedia' });
  const path = join(folder(), 'all.zip');
  expect(await ask('export.everything', { path, locale: 'zh' })).toMatchObject({ enterprises: 2 });
  expect(statSync(path).size).toBeGreaterThan(1000);
  await service.close();
  expect(readdirSync(media).sort()).toEqual(before);
});

/** The real service in a process of its own. */
function startProcess(dataDir: string) {
  const child: ChildProcess = fork(
    join(import.meta.dirname, '../../electron/service/process.ts'),
    ['--data', dataDir, '--resources', resourcesDir, '--locale', 'en'],
    {
      execArgv: ['--import', new URL('../electron-stand-in/parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let next = 0;
  return {
    child,
    ended: new Promise((resolve) => child.on('exit', resolve)),
    ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      next += 1;
      const id = next;
      return new Promise((resolve, reject) => {
        child.on(
          'message',
          (message: { type: string; id: number; ok: boolean; value: never; error: unknown }) => {
            if (message.type !== 'reply' || message.id !== id) return;
            if (message.ok) resolve(message.value);
            else reject(new Error(JSON.stringify(message.error)));
          },
        );
        child.send({ type: 'call', id, name, input, origin: 'window' });
      });
    },
  };
}

test('a library that another process has open is opened for looking, with the holder; it is free when that one is killed', async () => {
  const dataDir = folder();
  const first = startProcess(dataDir);
  await first.ask('enterprise.create', { name: '甲' });
  const second = startProcess(dataDir);
  const { readOnly } = await second.ask('access.status', {});
  expect(readOnly).toMatchObject({ reason: 'held', holder: { host: hostname(), pid: first.child.pid } });
  expect((await second.ask('library.list', {})).rows.map(({ name }) => name)).toEqual(['甲']);
  await expect(second.ask('enterprise.create', { name: '乙' })).rejects.toThrow('readOnlyHeld');
  await first.ask('enterprise.create', { name: '丙' });
  first.child.kill('SIGKILL');
  await first.ended;
  expect((await second.ask('access.reopen', {})).readOnly).toBeNull();
  await second.ask('enterprise.create', { name: '乙' });
  expect((await second.ask('library.list', {})).total).toBe(3);
});

test('the lock of another computer holds while it is heard of, is taken over after three minutes of silence, and then it knows', () => {
  const dir = folder();
  const now = () => new Date();
  const other = takeLock(dir, { now, host: 'laptop-b', pid: 1 });
  if (!other.mine) throw new Error('not taken');
  expect(takeLock(dir, { now })).toMatchObject({ mine: false, holder: { host: 'laptop-b' }, silent: false });
  const old = new Date(Date.now() - 200_000);
  utimesSync(join(dir, 'library.lock'), old, old);
  const mine = takeLock(dir, { now });
  expect(mine.mine).toBe(true);
  expect(other.lock.beat()).toBe(false);
  other.lock.release();
  expect(takeLock(dir, { now })).toMatchObject({ mine: false });
  if (mine.mine) mine.lock.release();
  expect(readdirSync(dir)).toEqual([]);
  // A lock that is no lock any more (cut off by a power cut) holds for three minutes too.
  writeFileSync(join(dir, 'library.lock'), '{"to');
  expect(takeLock(dir, { now })).toMatchObject({ mine: false, holder: null });
  utimesSync(join(dir, 'library.lock'), old, old);
  expect(takeLock(dir, { now }).mine).toBe(true);
});

test('folders that cloud services keep in step are known by their names', () => {
  const clouds = readClouds(resourcesDir);
  const of = (path: string) => cloudOf(path, clouds)?.id ?? null;
  expect(of('C:\\Users\\li\\OneDrive - 咨询公司\\Cultivar')).toBe('onedrive');
  expect(of('/Users/li/Library/Mobile Documents/com~apple~CloudDocs/Cultivar')).toBe('icloud');
  expect(of('/home/li/Dropbox/x')).toBe('dropbox');
  expect(of('D:\\我的坚果云\\Cultivar')).toBe('nutstore');
  expect(of('C:\\Users\\li\\WPS云盘\\Cultivar')).toBe('wps');
  expect(of('D:\\BaiduSyncdisk\\Cultivar')).toBe('baidu');
  expect(of('/home/li/.config/Cultivar/library')).toBeNull();
});
