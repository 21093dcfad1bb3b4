import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startService } from '../service/start-service.ts';

test('a restore brings everything back, and is itself taken back from the backup made before it', async () => {
  const { ask, content } = startService();
  const first = await ask('enterprise.create', { name: '甲' });
  const made = await ask('backup.make', {});
  expect(made.backups[0]).toMatchObject({ why: 'manual', enterprises: 1 });
  await ask('enterprise.update', { id: first.id, changes: { niche: '激光' } });
  await ask('enterprise.create', { name: '乙' });
  const seen = await ask('backup.compare', { name: made.backups[0]!.name });
  expect(seen.onlyHere).toMatchObject({ total: 1, some: [{ name: '乙' }] });
  const later = content();
  const { before } = await ask('backup.restore', { name: made.backups[0]!.name });
  expect((await ask('library.list', {})).rows.map((row) => row.name)).toEqual(['甲']);
  expect((await ask('enterprise.get', { id: first.id })).enterprise.niche).toBeNull();
  // Work goes on after a restore, with times that were never given before.
  await ask('enterprise.update', { id: first.id, changes: { niche: '光纤' } });
  await ask('backup.restore', { name: before });
  expect((await ask('enterprise.get', { id: first.id })).enterprise.niche).toBe('激光');
  expect(content().enterprise).toEqual(later.enterprise);
  expect((await ask('library.list', { query: '乙' })).total).toBe(1);
});

test('a damaged backup is not restored and nothing is changed', async () => {
  const { ask, refusal, dataDir, content } = startService();
  await ask('enterprise.create', { name: '甲' });
  const { backups } = await ask('backup.make', {});
  const file = join(dataDir, 'backups', backups[0]!.name);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 0xff;
  writeFileSync(file, bytes);
  const before = content();
  expect(await refusal('backup.restore', { name: backups[0]!.name })).toMatchObject({ key: 'backupDamaged' });
  expect(content()).toEqual(before);
  const { drill } = await ask('backup.drill', { name: backups[0]!.name });
  expect(drill).toMatchObject({ ok: false });
  expect(await refusal('backup.compare', { name: '../x.sqlite' })).toMatchObject({ code: 'invalid-input' });
});

test('a restore on trial proves the newest backup and leaves nothing behind', async () => {
  const { ask } = startService();
  await ask('samples.load', {});
  await ask('backup.make', {});
  const { drill, backups } = await ask('backup.drill', {});
  expect(drill).toMatchObject({ ok: true, name: backups[0]!.name, fault: null });
  expect(drill!.enterprises).toBeGreaterThan(0);
});

test('the first change of a day waits until what was there is safe, whatever day the clock shows', async () => {
  let now = new Date('2026-06-15T04:00:00Z');
  const { ask } = startService({ now: () => now });
  const { id } = await ask('enterprise.create', { name: '甲' });
  const daily = async () =>
    (await ask('backup.status', {})).backups.filter((backup) => backup.why === 'daily').length;
  expect(await daily()).toBe(0);
  for (const [i, day] of ['2026-06-16', '2026-06-16', '2016-01-01', '2036-12-31', '2026-06-17'].entries()) {
    now = new Date(`${day}T04:00:00Z`);
    await ask('enterprise.update', { id, changes: { niche: `产品${i}` } });
  }
  // A backup by hand comes after the ones under way.
  const { backups } = await ask('backup.make', {});
  expect(backups.map((backup) => backup.why)).toEqual(['manual', 'daily', 'daily', 'daily', 'daily']);
});

test('a second folder inside the first is refused', async () => {
  const { ask, refusal, dataDir } = startService();
  await ask('enterprise.create', { name: '甲' });
  expect(await refusal('backup.setSecond', { folder: join(dataDir, 'backups') }, 'shell')).toMatchObject({
    key: 'secondInside',
  });
  expect(await refusal('backup.setSecond', { folder: join(dataDir, 'nowhere') }, 'shell')).toMatchObject({
    key: 'folderUnwritable',
  });
});
