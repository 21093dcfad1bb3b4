import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { suggestedFileName, writeFileSafely } from '../../electron/plan/write-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-写-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writing a file', () => {
  test('replaces what was there and leaves nothing else', async () => {
    const path = join(folder, '方案.pdf');
    writeFileSync(path, 'old');
    await writeFileSafely(path, new Uint8Array([1, 2, 3]));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(['方案.pdf']);
  });

  test('a failure is told as data and leaves the old file and no half one', async () => {
    const path = join(folder, 'taken');
    mkdirSync(path);
    writeFileSync(join(path, 'inside'), 'kept');
    await expect(writeFileSafely(path, new Uint8Array([1]))).rejects.toMatchObject({
      code: 'file',
      key: 'fileWrite',
      details: { path },
    });
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('kept');
  });

  test('a folder that is not there is told as such', async () => {
    const path = join(folder, 'no', 'such', 'x.pdf');
    await expect(writeFileSafely(path, new Uint8Array([1]))).rejects.toMatchObject({
      code: 'file',
      details: { path, reason: 'ENOENT' },
    });
  });
});

describe('the suggested name', () => {
  test('keeps Chinese and says what it is', () => {
    expect(suggestedFileName('武汉光谷微纳', '培育方案', '2026-11-24')).toBe(
      '武汉光谷微纳_培育方案_2026-11-24.pdf',
    );
  });

  test.each([
    ['a/b\\c:d*e?f"g<h>i|j', /^a_b_c_d_e_f_g_h_i_j_/],
    ['..\\..\\etc', /^[^.\\/]/],
    ['CON', /^CON_/],
    ['  ..', /^_/],
    ['\u202Egnp.exe', /^_gnp/],
    ['\uD800名', /名/],
  ])('%j is a name that every system takes', (firm, expected) => {
    const name = suggestedFileName(firm, '培育方案', '2026-11-24');
    expect(name).toMatch(expected);
    expect(name).toMatch(/\.pdf$/);
    expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f]/);
    expect(name.isWellFormed()).toBe(true);
  });

  test('a reserved name of Windows is not used as such', () => {
    expect(suggestedFileName('nul.', '', '')).not.toMatch(/^nul(\.|$)/i);
  });

  test('is never longer than 120 and is cut on a character', () => {
    const name = suggestedFileName('𬭎'.repeat(200), '培育方案', '2026-11-24');
    expect(name.length).toBeLessThanOrEqual(120);
    expect(name.isWellFormed()).toBe(true);
    expect(name).toMatch(/_培育方案_2026-11-24\.pdf$/);
  });
});
