import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cliLanguage, tableLines, widthOf } from '../../electron/cli-text.ts';

function cli(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../electron/cli.ts'), ...args], {
      env: { ...process.env, LANG: 'zh_CN.UTF-8', LC_ALL: '', LC_MESSAGES: '' },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test('the demo goes the whole way from samples to paper', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-demo-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { code, out, err } = await cli('demo', '--out', join(folder, '方案'));
  expect(err).toBe('');
  expect(code).toBe(0);
  const pdfs = readdirSync(join(folder, '方案'));
  expect(pdfs).toHaveLength(8);
  for (const name of pdfs)
    expect(readFileSync(join(folder, '方案', name)).toString('latin1', 0, 5)).toBe('%PDF-');
  const lines = out.trimEnd().split('\n');
  expect(lines.at(-1)).toBe(join(folder, '方案'));
  expect(lines.slice(2, 10).some((line) => line.startsWith('兴图新科'))).toBe(true);
});

test('a command that is not understood ends with 2 and the usage', async () => {
  for (const args of [['frobnicate'], ['demo', '--nonsense'], ['demo', '--locale', 'fr']]) {
    const { code, out, err } = await cli(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.length).toBeGreaterThan(10);
  }
  const help = await cli('--help');
  expect(help.code).toBe(0);
  expect(help.out).toContain('cultivar demo');
});

test('columns line up with Chinese and Latin mixed', () => {
  const lines = tableLines([
    ['企业', 'n'],
    ['光谷AB', 7],
    ['x', 1234],
  ]);
  expect(new Set(lines.slice(1).map(widthOf)).size).toBe(1);
  expect(lines[2]).toBe('光谷AB     7');
  expect(widthOf('é（”')).toBe(4);
});

test('the terminal’s language is followed', () => {
  expect(cliLanguage({ LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(cliLanguage({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' })).toBe('en');
  expect(cliLanguage({})).toBe('en');
});
