import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  answerAppRequest,
  contentSecurityPolicy,
  isOwnUrl,
  resolveAppFile,
} from '../../electron/app-files.ts';

const root = join(tmpdir(), 'site');

describe('isOwnUrl', () => {
  test.each(['app://cultivar/', 'app://cultivar/index.html?x=1#y'])('accepts %s', (url) => {
    expect(isOwnUrl(url)).toBe(true);
  });
  test.each([
    'app://cultivar.example.com/',
    'app://other/',
    'app://cultivar:1/',
    'app://me@cultivar/',
    'https://cultivar/',
    'about:blank',
    'app:cultivar',
    'file:///index.html',
    '',
  ])('refuses %s', (url) => {
    expect(isOwnUrl(url)).toBe(false);
  });
});

describe('resolveAppFile', () => {
  test('finds files, spaces and Chinese names included', () => {
    expect(resolveAppFile(root, 'app://cultivar/assets/a.js?v=1')).toBe(join(root, 'assets', 'a.js'));
    expect(resolveAppFile(root, 'app://cultivar/%E5%9B%BE%20a.png')).toBe(join(root, '图 a.png'));
  });

  test.each([
    'app://cultivar/..%2f..%2fetc/passwd',
    'app://cultivar/%2e%2e%2fsecret.txt',
    'app://cultivar/a/..%2f..%2f..%2fsecret.txt',
    'app://cultivar/..%5c..%5csecret.txt',
    'app://cultivar/a.js%00.png',
    'app://cultivar/%E0%A4%A',
    'app://cultivar/',
    'app://cultivar/assets/',
    'app://elsewhere/index.html',
    'https://cultivar/index.html',
  ])('has nothing for %s', (url) => {
    expect(resolveAppFile(root, url)).toBeNull();
  });

  test('never leaves the folder, whatever the path', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '%2e%2e', '%2f', '%5c', '/', '.', '%00', '%252e'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const file = resolveAppFile(root, `app://cultivar/${parts.join('')}`);
        expect(file === null || file.startsWith(join(root, 'x').slice(0, -1))).toBe(true);
      }),
    );
  });
});

test('the policy has no unsafe source and no other origin', () => {
  const policy = contentSecurityPolicy('abc');
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  for (const directive of ['base-uri', 'form-action', 'frame-ancestors', 'object-src']) {
    expect(policy).toContain(`${directive} 'none'`);
  }
});

test('answers carry the policy, the type and the nonce that stands in the page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-site-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__NONCE__">');
  writeFileSync(join(folder, 'assets', 'a.js'), '"__NONCE__"');
  const get = (path: string, init?: RequestInit) =>
    answerAppRequest(folder, new Request(`app://cultivar/${path}`, init));

  const page = await get('index.html');
  const nonce = /content="([^"]+)"/.exec(await page.text())?.[1];
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  const script = await get('assets/a.js');
  expect(await script.text()).toBe('"__NONCE__"');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect((await get('assets')).status).toBe(404);
  expect((await get('index.html', { method: 'POST', body: 'x' })).status).toBe(405);
  expect((await get('missing.js')).headers.get('content-security-policy')).toContain("default-src 'none'");
});
