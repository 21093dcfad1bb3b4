import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const benches = Object.keys(scripts).filter((name) => name.startsWith('bench'));

test('README names each bench, and only benches that there are', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const name of ['bench', 'bench:cohort', 'bench:plan']) expect(benches).toContain(name);
  for (const name of benches) expect(readme, name).toMatch(new RegExp(`\\b${name}\\b`));
  for (const [, name] of readme.matchAll(/npm run (bench[:\w]*)/g)) expect(benches).toContain(name);
});

test('each bench starts and says what it takes', async () => {
  const said = await Promise.all(
    benches.map(async (name) => {
      const file = scripts[name]?.split(' ').at(-1) ?? '';
      expect(existsSync(join(root, file)), file).toBe(true);
      const { stdout } = await run(process.execPath, [join(root, file), '--help'], { cwd: root });
      return [name, stdout] as const;
    }),
  );
  for (const [name, stdout] of said) {
    expect(stdout).toContain(`npm run ${name} -- `);
    expect(stdout).toMatch(/--\w+ N /);
  }
});
