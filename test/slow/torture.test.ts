import { expect, test } from 'vitest';
import { backupMonths } from '../torture/backup-months.ts';
import { byteFlips } from '../torture/byte-flips.ts';
import { fullDisk } from '../torture/full-disk.ts';
import { fullDiskSteps } from '../torture/full-disk-steps.ts';
import { packages } from '../torture/packages.ts';
import { serviceKills } from '../torture/service-kills.ts';
import { stepKills } from '../torture/step-kills.ts';

/** The short form of each long proof of test/torture/, which `npm run torture` runs in full. */
const parts = [backupMonths, serviceKills, stepKills, fullDisk, fullDiskSteps, byteFlips, packages];

test.each(parts.map((part) => [part.name, part] as const))('%s', async (_name, part) => {
  const figures = await part.run({ short: true, seed: 20260615, say: () => undefined });
  expect(Object.keys(figures).length).toBeGreaterThan(0);
});
