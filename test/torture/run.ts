/**
 * The long proofs of "nothing lost": `npm run torture`, or `npm run torture -- NAME … [--seed N] [--short]`.
 * Each part is one file of this folder; add it to the list below.
 */
import { parseArgs } from 'node:util';
import { backupMonths } from './backup-months.ts';
import { byteFlips } from './byte-flips.ts';
import { fullDisk } from './full-disk.ts';
import { fullDiskSteps } from './full-disk-steps.ts';
import { packages } from './packages.ts';
import type { Part } from './parts.ts';
import { serviceKills } from './service-kills.ts';
import { stepKills } from './step-kills.ts';

const parts: readonly Part[] = [
  backupMonths,
  serviceKills,
  stepKills,
  fullDisk,
  fullDiskSteps,
  byteFlips,
  packages,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, short: { type: 'boolean', default: false } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const unknown = positionals.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(
    `No part is called ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

let failed = 0;
for (const part of parts) {
  if (positionals.length > 0 && !positionals.includes(part.name)) continue;
  console.log(`\n${part.name}: ${part.proves}`);
  const started = performance.now();
  try {
    const figures = await part.run({
      short: values.short,
      seed,
      say: (line) => console.log(`  … ${line}`),
    });
    for (const [name, value] of Object.entries(figures)) console.log(`  ${name}: ${value}`);
    console.log(`  ok, ${((performance.now() - started) / 1000).toFixed(1)} s, seed ${seed}`);
  } catch (error) {
    failed += 1;
    console.error(`  FAILED, seed ${seed}:`, error);
  }
}
process.exitCode = failed > 0 ? 1 : 0;
