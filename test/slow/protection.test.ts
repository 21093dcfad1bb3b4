import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { type CallName, calls } from '../../electron/api.ts';
import { kindOfFile } from '../../electron/library/connect.ts';
import { protectionCallNames } from '../../electron/library/protection-call-shapes.ts';
import { scratchFolder } from '../library/scratch.ts';
import { startService } from '../service/start-service.ts';
import { encrypted, NAME, PASSPHRASE, prepared } from './encrypted-library.ts';

/** The files below a folder, sorted. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Looks afresh as long as a backup that is being made changes names, which it does a handful of times. */
const LOOKS = 1_000;

/**
 * Every file below a folder that holds one of these texts. A thread may be making a backup beside it: only a look counts
 * in which every file was read under the name it had before and after, so that nothing is missed by a rename.
 */
function holding(folder: string, ...texts: string[]): string[] {
  for (let look = 1; ; look += 1) {
    try {
      const files = filesBelow(folder);
      const found = files.filter((file) => {
        const content = readFileSync(file);
        return texts.some((text) => content.includes(text));
      });
      if (isDeepStrictEqual(filesBelow(folder), files)) return found;
      if (look === LOOKS) throw new Error(`the files in ${folder} do not come to rest`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || look === LOOKS) throw error;
    }
  }
}

test('an encrypted library holds no text that can be read, nor does anything beside it', async () => {
  const { running, dataDir, id, recovery } = await encrypted();
  await running.ask('enterprise.update', { id, changes: { notes: 'still-secret' } });
  expect(holding(dataDir, NAME, 'secret-niche-text', 'still-secret', PASSPHRASE, recovery)).toEqual([]);
  expect(kindOfFile(join(dataDir, 'library.sqlite'))).toBe('encrypted');
  expect((await running.ask('enterprise.get', { id })).enterprise.notes).toBe('still-secret');
  await running.service.close();
  expect(holding(dataDir, NAME, 'secret-niche-text', 'still-secret')).toEqual([]);
});

test('after a start nothing but unlocking is answered; a wrong passphrase changes nothing', async () => {
  const { running, dataDir, id } = await encrypted();
  await running.service.close();
  const before = readFileSync(join(dataDir, 'library.sqlite'));
  const again = startService({ dataDir });
  expect((await again.ask('protection.status', {})).state).toBe('locked');
  const own = new Set<string>(protectionCallNames);
  for (const name of Object.keys(calls).filter((call) => !own.has(call)) as CallName[]) {
    const { code } = await again.refusal(name, {}, 'shell').catch(() => ({ code: 'answered' }));
    // What is asked wrongly is refused for that, before anything is looked at.
    expect([name, code]).toEqual([name, expect.stringMatching(/^(locked|invalid-input)$/)]);
  }
  expect(await again.refusal('enterprise.get', { id })).toMatchObject({ code: 'locked' });
  expect(await again.refusal('rescue.begin', {})).toMatchObject({ code: 'locked' });
  expect(await again.refusal('access.reopen', {})).toMatchObject({ code: 'locked' });
  expect(await again.refusal('protection.unlock', { passphrase: 'green kettle Monday' })).toMatchObject({
    key: 'passphraseWrong',
    details: { wait: 0 },
  });
  expect(readFileSync(join(dataDir, 'library.sqlite'))).toEqual(before);
  expect((await again.ask('protection.unlock', { passphrase: PASSPHRASE })).state).toBe('open');
  expect((await again.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
});

test('the third wrong passphrase has to wait, and each further one longer', async () => {
  const { running } = await encrypted();
  await running.ask('protection.lock', {});
  const wrong = () => running.refusal('protection.unlock', { passphrase: 'no' });
  expect((await wrong()).details).toEqual({ wait: 0 });
  expect((await wrong()).details).toEqual({ wait: 0 });
  expect((await wrong()).details).toEqual({ wait: 2 });
  expect(await running.refusal('protection.unlock', { passphrase: PASSPHRASE })).toMatchObject({
    key: 'passphraseWait',
  });
});

test('locking closes the library; unlocking gives back what was half typed', async () => {
  const { running, id, dataDir } = await encrypted();
  await running.ask('draft.keep', { key: 'profile x', value: 'half' });
  expect((await running.ask('protection.lock', {})).state).toBe('locked');
  expect(await running.refusal('enterprise.get', { id })).toMatchObject({ code: 'locked' });
  // Free for another process, and one complete file.
  expect(existsSync(join(dataDir, 'library.lock'))).toBe(false);
  expect(existsSync(join(dataDir, 'library.sqlite-wal'))).toBe(false);
  await running.ask('protection.unlock', { passphrase: PASSPHRASE });
  expect(await running.ask('draft.list', {})).toEqual([{ key: 'profile x', value: 'half' }]);
});

test('the recovery key opens the library and sets a new passphrase', async () => {
  const { running, id, recovery } = await encrypted();
  await running.ask('protection.lock', {});
  expect(
    await running.refusal('protection.recover', {
      recovery: `${recovery.slice(0, -1)}0`,
      passphrase: 'a new long one',
    }),
  ).toMatchObject({ key: 'recoveryWrong' });
  const typed = recovery.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
  await running.ask('protection.recover', { recovery: typed, passphrase: 'a new long one' });
  expect((await running.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
  await running.ask('protection.lock', {});
  expect(await running.refusal('protection.unlock', { passphrase: PASSPHRASE })).toMatchObject({
    key: 'passphraseWrong',
  });
  await running.ask('protection.unlock', { passphrase: 'a new long one' });
});

test('the passphrase and the recovery key are changed without touching the library', async () => {
  const { running, dataDir, recovery } = await encrypted();
  const before = readFileSync(join(dataDir, 'library.sqlite'));
  await running.ask('protection.change', { passphrase: PASSPHRASE, next: 'another long one' });
  const fresh = await prepared(running);
  expect(
    await running.refusal('protection.renew', { passphrase: 'another long one', recoveryEnd: '0000-0000' }),
  ).toMatchObject({ key: 'recoveryEndWrong' });
  await running.ask('protection.renew', { passphrase: 'another long one', recoveryEnd: fresh.recoveryEnd });
  expect(readFileSync(join(dataDir, 'library.sqlite'))).toEqual(before);
  await running.ask('protection.lock', {});
  expect(
    await running.refusal('protection.recover', { recovery, passphrase: 'whatever it is' }),
  ).toMatchObject({ key: 'recoveryWrong' });
  await running.ask('protection.recover', { recovery: fresh.recovery, passphrase: 'whatever it is' });
});

test('backups of an encrypted library are encrypted, compared, tried out and restored', async () => {
  const { running, dataDir, id } = await encrypted();
  await running.ask('backup.make', {});
  const { backups } = await running.ask('backup.status', {});
  const newest = backups[0]!.name;
  expect(kindOfFile(join(dataDir, 'backups', newest))).toBe('encrypted');
  await running.ask('enterprise.update', { id, changes: { name: `${NAME}2` } });
  await running.ask('enterprise.create', { name: 'later' });
  const compared = await running.ask('backup.compare', { name: newest });
  expect(compared.onlyHere.total).toBe(1);
  expect(compared.changed.some.map((one) => one.id)).toEqual([id]);
  const drilled = await running.ask('backup.drill', { name: newest });
  expect(drilled.drill).toMatchObject({ ok: true, enterprises: 1 });
  const { before } = await running.ask('backup.restore', { name: newest });
  expect((await running.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
  expect(kindOfFile(join(dataDir, 'library.sqlite'))).toBe('encrypted');
  // And restoring is undone the same way.
  await running.ask('backup.restore', { name: before });
  expect((await running.ask('enterprise.get', { id })).enterprise.name).toBe(`${NAME}2`);
  await running.ask('check.run', {});
  expect((await running.ask('check.status', {})).last?.findings).toEqual([]);
});

test('backups from before are encrypted with the library, or stay and are told', async () => {
  const kept = await encrypted(undefined, false);
  const status = await kept.running.ask('protection.status', {});
  expect(status.backups).toEqual({ encrypted: 0, clear: 2, shut: 0 });
  expect(holding(join(kept.dataDir, 'backups'), NAME)).toHaveLength(2);
  // One in clear is restored into the encrypted library, which stays encrypted.
  const { backups } = await kept.running.ask('backup.status', {});
  await kept.running.ask('backup.restore', { name: backups.at(-1)!.name });
  expect(kindOfFile(join(kept.dataDir, 'library.sqlite'))).toBe('encrypted');
  expect(holding(kept.dataDir, NAME).every((file) => file.includes('backups'))).toBe(true);
  const sealed = await kept.running.ask('protection.backups', {});
  expect(sealed.backups).toMatchObject({ clear: 0 });
  expect(holding(kept.dataDir, NAME)).toEqual([]);
  for (const { name } of backups) await kept.running.ask('backup.drill', { name });
  expect((await kept.running.ask('backup.status', {})).drill).toMatchObject({ ok: true });
});

test('turning off brings everything back into clear', async () => {
  const { running, dataDir, id } = await encrypted();
  expect(await running.refusal('protection.turnOff', { passphrase: 'wrong', backups: true })).toMatchObject({
    key: 'passphraseWrong',
  });
  const status = await running.ask('protection.turnOff', { passphrase: PASSPHRASE, backups: true });
  expect(status).toMatchObject({ state: 'off', backups: { encrypted: 0 } });
  expect(kindOfFile(join(dataDir, 'library.sqlite'))).toBe('clear');
  expect((await running.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
  await running.service.close();
  const again = startService({ dataDir });
  expect((await again.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
  const { backups } = await again.ask('backup.status', {});
  for (const { name } of backups)
    expect((await again.ask('backup.drill', { name })).drill).toMatchObject({ ok: true });
});

test('backups that were left encrypted need the passphrase of their time', async () => {
  const { running, id } = await encrypted();
  await running.ask('backup.make', {});
  await running.ask('protection.turnOff', { passphrase: PASSPHRASE, backups: false });
  const status = await running.ask('protection.status', {});
  expect(status.backups).toMatchObject({ clear: 0 });
  expect(status.backups!.shut).toBe(status.backups!.encrypted);
  const { backups } = await running.ask('backup.status', {});
  expect(await running.refusal('backup.restore', { name: backups[0]!.name })).toMatchObject({
    key: 'backupLocked',
  });
  expect((await running.ask('protection.openBackups', { passphrase: PASSPHRASE })).backups!.shut).toBe(0);
  await running.ask('backup.restore', { name: backups[0]!.name });
  expect((await running.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
});

test('a lost key file is made good from the backups; without any it is said', async () => {
  const { running, dataDir } = await encrypted();
  await running.service.close();
  const file = join(dataDir, 'library.key.json');
  rmSync(file);
  const again = startService({ dataDir });
  expect((await again.ask('protection.unlock', { passphrase: PASSPHRASE })).state).toBe('open');
  expect(existsSync(file)).toBe(true);
  await again.service.close();
  writeFileSync(file, '{"format": "cult');
  const third = startService({ dataDir });
  expect((await third.ask('protection.unlock', { passphrase: PASSPHRASE })).state).toBe('open');
  await third.service.close();
  const alone = scratchFolder();
  copyFileSync(join(dataDir, 'library.sqlite'), join(alone, 'library.sqlite'));
  const keyless = startService({ dataDir: alone });
  expect((await keyless.ask('protection.status', {})).state).toBe('keyless');
  expect(await keyless.refusal('enterprise.create', { name: 'x' })).toMatchObject({
    key: 'libraryKeyMissing',
  });
  expect(kindOfFile(join(alone, 'library.sqlite'))).toBe('encrypted');
});

test('a damaged encrypted library is told after unlocking and rescued in its encryption', async () => {
  const { running, dataDir, id } = await encrypted();
  await running.ask('backup.make', {});
  await running.service.close();
  const file = join(dataDir, 'library.sqlite');
  const bytes = readFileSync(file);
  bytes.fill(0xff, 0, 30_000);
  writeFileSync(file, bytes);
  const again = startService({ dataDir });
  expect(await again.refusal('library.list', {})).toMatchObject({ code: 'locked' });
  await again.ask('protection.unlock', { passphrase: PASSPHRASE });
  expect(await again.refusal('library.list', {})).toMatchObject({ code: 'damaged-library' });
  const rescue = await again.ask('rescue.status', {});
  expect(rescue.best).not.toBeNull();
  await again.ask('rescue.restore', { name: rescue.best!, takeNewer: true });
  expect((await again.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
  expect(kindOfFile(file)).toBe('encrypted');
});

test('a library that is gone is not answered with a new one, nor in clear', async () => {
  const { running, dataDir } = await encrypted();
  await running.service.close();
  rmSync(join(dataDir, 'library.sqlite'));
  const again = startService({ dataDir });
  await again.ask('protection.unlock', { passphrase: PASSPHRASE });
  expect(await again.refusal('library.list', {})).toMatchObject({ key: 'libraryMissing' });
  await again.ask('rescue.begin', {});
  await again.ask('enterprise.create', { name: NAME });
  expect(kindOfFile(join(dataDir, 'library.sqlite'))).toBe('encrypted');
});

test('threads that read the library by themselves have its key', async () => {
  const { running, dataDir } = await encrypted();
  await running.ask('samples.load', {});
  await running.ask('cohort.askNext', {});
  const path = join(dataDir, '..', `table-${process.pid}.csv`);
  mkdirSync(scratchFolder(), { recursive: true });
  writeFileSync(path, `\u4f01\u4e1a\u540d\u79f0\nImported one\n`);
  const opened = await running.ask('import.open', { path });
  rmSync(path);
  await running.ask('import.apply', {
    id: opened.id,
    choices: { policy: 'fill', fields: {}, faulty: 'row', out: [], part: [] },
  });
  expect((await running.ask('library.list', { query: 'Imported one' })).rows).toHaveLength(1);
});

test('the bundle for support and the answers hold neither key nor passphrase', async () => {
  const { running, dataDir } = await encrypted();
  const { error } = (await running.service.call(
    'protection.unlock',
    { passphrase: 5 },
    'window',
  )) as never as {
    error: object;
  };
  expect(JSON.stringify(error)).not.toContain('5');
  const long = `${PASSPHRASE}${'x'.repeat(300)}`;
  expect(JSON.stringify(await running.refusal('protection.unlock', { passphrase: long }))).not.toContain(
    'kettle',
  );
  const path = join(scratchFolder(), 'support.zip');
  await running.ask('support.write', { path });
  const { id } = JSON.parse(readFileSync(join(dataDir, 'library.key.json'), 'utf8')) as { id: string };
  expect(readFileSync(path).includes(id)).toBe(false);
});

test('attached files are encrypted with the library, also those of its backups, and come back in clear', async () => {
  const dataDir = scratchFolder();
  const running = startService({ dataDir });
  const { id } = await running.ask('enterprise.create', { name: NAME });
  const link = { enterpriseId: id, entity: 'enterprise', entityId: id } as const;
  const before = Buffer.from('%PDF-1.4 written-before');
  const after = Buffer.from('%PDF-1.4 written-after');
  await running.ask('evidence.addBytes', { ...link, name: 'a.pdf', bytes: new Uint8Array(before) });
  await running.ask('backup.make', {});
  const { recoveryEnd } = await prepared(running);
  await running.ask('protection.turnOn', { passphrase: PASSPHRASE, recoveryEnd, backups: true });
  await running.ask('evidence.addBytes', { ...link, name: 'b.pdf', bytes: new Uint8Array(after) });
  const given = join(scratchFolder(), 'c.pdf');
  writeFileSync(given, '%PDF-1.4 written-third');
  await running.ask('evidence.addFiles', { ...link, paths: [given] });
  await running.ask('backup.make', {});
  expect(holding(dataDir, 'written-')).toEqual([]);
  const { files } = await running.ask('evidence.list', { enterpriseId: id });
  expect(files.map(({ name, state, bytes }) => [name, state, bytes]).sort()).toEqual([
    ['a.pdf', 'there', before.length],
    ['b.pdf', 'there', after.length],
    ['c.pdf', 'there', 22],
  ]);
  const copy = join(scratchFolder(), 'copy.pdf');
  const first = files.find(({ name }) => name === 'a.pdf')!;
  await running.ask('evidence.saveCopy', { id: first.id, path: copy });
  expect(readFileSync(copy)).toEqual(before);
  await running.ask('check.run', {});
  expect((await running.ask('check.status', {})).last?.findings).toEqual([]);
  // What was opened in another program is taken away when the library is locked.
  const opened = await running.ask('evidence.openCopy', { id: first.id });
  expect(readFileSync(opened.path)).toEqual(before);
  const archive = join(scratchFolder(), 'all.zip');
  await running.ask('export.everything', { path: archive, locale: 'en' });
  const pack = join(scratchFolder(), 'one.cultivar-case');
  await running.ask('case.write', { ids: [id], passphrase: null, path: pack });
  await running.ask('protection.lock', {});
  expect(existsSync(opened.path)).toBe(false);
  // One that lies in clear again, as after a restore from elsewhere, is encrypted at the next opening.
  const store = join(dataDir, 'attachments');
  const stray = createHash('sha256').update(before).digest('hex');
  writeFileSync(join(store, stray), before);
  await running.ask('protection.unlock', { passphrase: PASSPHRASE });
  await expect.poll(() => holding(store, 'written-')).toEqual([]);
  await running.ask('protection.turnOff', { passphrase: PASSPHRASE, backups: true });
  expect(holding(store, 'written-')).toHaveLength(3);
  expect(holding(join(dataDir, 'backups', 'attachments'), 'written-')).toHaveLength(3);
  // What was given away while it was encrypted is whole elsewhere.
  const elsewhere = startService();
  await elsewhere.ask('import.everything', { path: archive });
  const there = await elsewhere.ask('evidence.list', { enterpriseId: id });
  expect(there.files.map(({ state }) => state)).toEqual(['there', 'there', 'there']);
  expect((await elsewhere.ask('check.status', {})).last).toBeNull();
});
