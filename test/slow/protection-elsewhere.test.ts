import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kindOfFile } from '../../electron/library/connect.ts';
import { startService } from '../service/start-service.ts';
import { encrypted, NAME, PASSPHRASE } from './encrypted-library.ts';

test('somebody else sees the encrypted library for looking only, with the passphrase', async () => {
  const { running, dataDir, id } = await encrypted();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
  onTestFinished(() => void other.kill());
  await running.service.close();
  const { host, user, since } = { host: hostname(), user: 'other', since: '2026-06-15T03:00:00Z' };
  writeFileSync(
    join(dataDir, 'library.lock'),
    JSON.stringify({ token: 't', host, user, pid: other.pid, since, beat: 0 }),
  );
  const looking = startService({ dataDir });
  expect(await looking.refusal('enterprise.get', { id })).toMatchObject({ code: 'locked' });
  await looking.ask('protection.unlock', { passphrase: PASSPHRASE });
  expect((await looking.ask('access.status', {})).readOnly?.reason).toBe('held');
  expect((await looking.ask('enterprise.get', { id })).enterprise.name).toBe(NAME);
  expect(
    await looking.refusal('protection.change', { passphrase: PASSPHRASE, next: 'long enough' }),
  ).toMatchObject({
    key: 'readOnlyHeld',
  });
});

test('the command line takes the passphrase from the environment, and says so where it is missing', async () => {
  const { running, dataDir } = await encrypted();
  await running.service.close();
  const impact = (passphrase?: string) => {
    const { CULTIVAR_PASSPHRASE: _, ...env } = process.env;
    return spawnSync(
      process.execPath,
      [
        join(import.meta.dirname, '../../electron/cli.ts'),
        ...[
          'impact',
          '--data',
          dataDir,
          '--from',
          'cn-miit-2022-63/little_giant',
          '--to',
          'cn-miit-2026-2/little_giant',
        ],
      ],
      {
        encoding: 'utf8',
        env: {
          ...env,
          LANG: 'en_US.UTF-8',
          ...(passphrase === undefined ? {} : { CULTIVAR_PASSPHRASE: passphrase }),
        },
      },
    );
  };
  expect(impact()).toMatchObject({ status: 1, stderr: expect.stringContaining('CULTIVAR_PASSPHRASE') });
  expect(impact('wrong one')).toMatchObject({ status: 1, stdout: '' });
  expect(impact(PASSPHRASE)).toMatchObject({ status: 0, stderr: '' });
});

test('what is newer in a damaged encrypted library is read around the damage', async () => {
  const { running, dataDir } = await encrypted();
  await running.ask('backup.make', {});
  for (let n = 0; n < 40; n += 1)
    await running.ask('enterprise.create', { name: `newer ${n}`, notes: `${n} `.repeat(900) });
  await running.service.close();
  const file = join(dataDir, 'library.sqlite');
  const bytes = readFileSync(file);
  // Pages in the middle of what was written last.
  const middle = bytes.length - 4096 * 60;
  bytes.fill(0x5a, middle, middle + 4096 * 4);
  writeFileSync(file, bytes);
  const again = startService({ dataDir });
  await again.ask('protection.unlock', { passphrase: PASSPHRASE });
  expect(await again.refusal('library.list', {})).toMatchObject({ code: 'damaged-library' });
  const rescue = await again.ask('rescue.status', {});
  expect(rescue.newer!.changes).toBeGreaterThan(20);
  const { done } = await again.ask('rescue.restore', { name: rescue.best!, takeNewer: true });
  expect(done).toBeGreaterThan(20);
  expect(kindOfFile(file)).toBe('encrypted');
});
