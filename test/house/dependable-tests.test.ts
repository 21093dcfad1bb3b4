import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const files = globSync('test/**/*.test.ts', { cwd: root }).filter((file) => !file.includes('house'));

/** What lets a test fail, or pass, by chance; each with what to do in its place. */
const chances: readonly [what: RegExp, instead: string][] = [
  [/\bMath\.random\(|\brandomBytes\(/, 'a seed: Number(process.env.SEED ?? 20261127)'],
  [/\bwaitForTimeout\(/, 'expect.poll on what is waited for'],
  [
    /\btimeout: (?:\d{1,2}_\d{3}|\d{1,5})\b/,
    'no timeout: that of vitest.config.ts and launch-app.ts suits a busy machine',
  ],
  [/^\}, (?:\d{1,2}_\d{3}|\d{1,5})\);/m, 'no timeout: that of vitest.config.ts suits a busy machine'],
  [/\bretry: \d/, 'no retries: a test that fails now and then is mended'],
];

test.each(chances)('no test relies on chance: %s', (what, instead) => {
  const found = files.filter((file) => what.test(readFileSync(join(root, file), 'utf8')));
  expect(found, `use ${instead}`).toEqual([]);
});
