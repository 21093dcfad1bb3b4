import { expect } from 'vitest';
import { scratchFolder } from '../library/scratch.ts';
import { startService } from '../service/start-service.ts';

export const PASSPHRASE = 'green kettle Tuesday';
export const NAME = '\u6e90\u5149\u6fc0\u5149\u79d1\u6280\u6709\u9650\u516c\u53f8';

type Running = ReturnType<typeof startService>;

/** Asks for a recovery key, as the set-up does. */
export async function prepared(running: Running): Promise<{ recovery: string; recoveryEnd: string }> {
  const { recovery } = await running.ask('protection.prepare', {});
  return { recovery, recoveryEnd: recovery.slice(-9) };
}

/** A library with an enterprise, encrypted. */
export async function encrypted(dataDir = scratchFolder(), backups = true) {
  const running = startService({ dataDir });
  const { id } = await running.ask('enterprise.create', { name: NAME, niche: 'secret-niche-text' });
  await running.ask('backup.make', {});
  const { recovery, recoveryEnd } = await prepared(running);
  const status = await running.ask('protection.turnOn', { passphrase: PASSPHRASE, recoveryEnd, backups });
  expect(status.state).toBe('open');
  return { running, dataDir, id, recovery };
}
