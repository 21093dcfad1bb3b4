import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bridge } from '../../electron/preload.ts';
import type { CallResult } from '../../electron/shell-calls.ts';
import { launchApp, type RunningApp } from './launch-app.ts';
import { makeProbeApp } from './probe/make-probe-app.ts';

// Names the compiler knows inside page.evaluate().
declare const cultivar: Bridge;

/** What the probe's page leaves in its window. */
interface Probe {
  moduleRan?: boolean;
  inlineRan?: boolean;
  evaluated?: unknown;
  opened?: (Window | null)[];
}

let appDir: string;
let app: RunningApp;
let page: Page;
let folder: string;

beforeAll(async () => {
  appDir = makeProbeApp();
  folder = mkdtempSync(join(tmpdir(), 'cultivar-files-'));
  app = await launchApp({ appDir, locale: 'zh' });
  page = app.page;
});
afterAll(async () => {
  await app?.close();
  for (const path of [appDir, folder]) if (path) rmSync(path, { recursive: true, force: true });
});

function call(name: string, input: unknown = {}): Promise<CallResult> {
  return page.evaluate(({ name, input }) => cultivar.call(name, input), { name, input });
}

/** Listens in the page from now on; `heard` waits for the first event after that. */
async function listen(event: string): Promise<() => Promise<unknown>> {
  const first = await page.evaluateHandle((event) => {
    const heard = new Promise<unknown>((resolve) => {
      const stop = cultivar.on(event, (payload) => {
        stop();
        resolve(payload);
      });
    });
    return { heard };
  }, event);
  return () => first.evaluate(({ heard }) => heard);
}

function failed(result: CallResult): string {
  return result.ok ? 'no error' : result.error.code;
}

describe('the page', () => {
  test('is given call and on, and nothing else of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.keys(cultivar).sort(),
      frozen: Object.isFrozen(cultivar),
      others: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }));
    expect(seen).toEqual({ bridge: ['call', 'on'], frozen: true, others: [] });
  });

  test('runs its own modules; inline scripts, eval and unmarked styles are refused', async () => {
    const seen = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.querySelector('h1')!);
      const { moduleRan, inlineRan, evaluated } = window as unknown as Probe;
      return { moduleRan, inlineRan, evaluated, color, backgroundColor };
    });
    expect(seen).toEqual({
      moduleRan: true,
      inlineRan: undefined,
      evaluated: 'EvalError',
      color: 'rgb(1, 2, 3)',
      backgroundColor: 'rgba(0, 0, 0, 0)',
    });
  });

  test('comes with a policy without unsafe sources and with a new nonce at every load', async () => {
    const load = () =>
      page.evaluate(async () => {
        const answer = await fetch('./index.html');
        const nonce = /csp-nonce" content="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
        return { policy: answer.headers.get('content-security-policy') ?? '', nonce };
      });
    const first = await load();
    const second = await load();
    expect(first.policy).toContain("default-src 'none'");
    expect(first.policy).not.toContain('unsafe');
    expect(first.policy).toContain(`'nonce-${first.nonce}'`);
    expect(first.nonce).toMatch(/^[\w+/]{24}$/);
    expect(second.nonce).not.toBe(first.nonce);
  });

  test('reads files below its folder only', async () => {
    const statuses = await page.evaluate(async () => {
      const paths = [
        './probe.js',
        './nothing.js',
        './..%2felectron%2fmain.js',
        './%2e%2e/package.json',
        './',
      ];
      return Promise.all(paths.map(async (path) => (await fetch(path)).status));
    });
    expect(statuses).toEqual([200, 404, 404, 404, 404]);
    expect(await page.evaluate(async () => (await fetch('./probe.js', { method: 'POST' })).status)).toBe(405);
  });

  test('reaches no other computer', async () => {
    const outcomes = await page.evaluate(async () => {
      const tried = ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/hosts'].map((url) =>
        fetch(url).then(
          () => 'answered',
          () => 'refused',
        ),
      );
      const picture = new Promise<string>((resolve) => {
        const image = new Image();
        image.onload = () => resolve('answered');
        image.onerror = () => resolve('refused');
        image.src = 'https://example.com/pixel.png';
      });
      return Promise.all([...tried, picture]);
    });
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  test('stays where it is: no navigation, no new windows, no frames', async () => {
    const address = page.url();
    await page.evaluate(() => {
      const link = { href: 'https://example.com/', target: '_blank', rel: 'noopener' };
      const added = Object.assign(document.createElement('a'), link);
      document.body.append(added);
      added.click();
      Object.assign(window, { opened: [window.open('https://example.com/'), window.open('about:blank')] });
    });
    await expect
      .poll(() =>
        page.evaluate(() => (window as unknown as Probe).opened?.every((opened) => opened?.closed ?? true)),
      )
      .toBe(true);
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    const framed = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
            once: true,
          });
          document.body.append(
            Object.assign(document.createElement('iframe'), { src: 'https://example.com/' }),
          );
        }),
    );
    expect(framed).toBe('frame-src');
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(page.url()).toBe(address);
    expect(await call('echo')).toMatchObject({ ok: true });
  });
});

test('behind the policy, requests that leave the computer are cancelled too', async () => {
  const open = await launchApp({ appDir, bypassCSP: true });
  try {
    const failed = open.page.waitForEvent('requestfailed');
    await open.page.evaluate(() => fetch('https://example.com/').catch(() => undefined));
    expect((await failed).failure()?.errorText).toMatch(/^net::ERR_BLOCKED_BY_CLIENT/);
  } finally {
    await open.close();
  }
});

describe('calls', () => {
  test('go to the service as coming from the window, bytes unharmed', async () => {
    const value = await page.evaluate(async () => {
      const result = await cultivar.call('echo', {
        text: '武汉',
        none: null,
        bytes: new Uint8Array([0, 128, 255]),
      });
      if (!result.ok) return null;
      const { input, origin, locale } = result.value as {
        input: { text: string; none: null; bytes: Uint8Array };
        origin: string;
        locale: string;
      };
      return {
        origin,
        locale,
        text: input.text,
        none: input.none,
        bytes: input.bytes instanceof Uint8Array && [...input.bytes],
      };
    });
    expect(value).toEqual({ origin: 'window', locale: 'zh', text: '武汉', none: null, bytes: [0, 128, 255] });
  });

  test('come back as errors in the form of data', async () => {
    expect(failed(await call('no.such'))).toBe('unknown-call');
    expect(failed(await call('shell.noSuch'))).toBe('unknown-call');
    expect(failed(await call('shell.constructor'))).toBe('unknown-call');
    expect(failed(await call('shell.setLanguage', { locale: 'fr' }))).toBe('invalid-input');
    expect(failed(await call('shell.savePlan', { planId: 7 }))).toBe('invalid-input');
    const large = await page.evaluate(() => cultivar.call('echo', { text: 'x'.repeat(17 * 1024 * 1024) }));
    expect(failed(large)).toBe('too-large');
    expect(await page.evaluate(() => cultivar.call(7 as never, {}))).toMatchObject({
      error: { code: 'unknown-call' },
    });
  });

  test('of the service as events reach the page, until it stops listening', async () => {
    const heard = await listen('changed');
    await call('emit', { topic: 'library' });
    expect(await heard()).toEqual({ topic: 'library' });
    const count = await page.evaluate(async () => {
      let count = 0;
      const stop = cultivar.on('changed', () => {
        count++;
      });
      await cultivar.call('emit', {});
      stop();
      await cultivar.call('emit', {});
      await cultivar.call('echo', {});
      return count;
    });
    expect(count).toBe(1);
  });
});

describe('the service', () => {
  test('is started again after a crash; calls under way are answered', async () => {
    const heard = await listen('service');
    const underWay = call('hang');
    await call('echo');
    await app.serviceKill();
    expect(failed(await underWay)).toBe('service-restarted');
    expect(await heard()).toEqual({ state: 'restarted' });
    expect(await call('echo', 1)).toMatchObject({ ok: true, value: { input: 1 } });
  });

  test('that dies again and again is given up with a clear state, and can be started by hand', async () => {
    const heard = await listen('service');
    expect(failed(await call('break'))).toBe('service-restarted');
    expect(await heard()).toMatchObject({ state: 'failed', error: { key: 'errors.serviceFailed' } });
    expect(failed(await call('echo'))).toBe('internal');
    rmSync(join(app.dataDir, 'broken'));
    expect(await call('shell.restartService')).toEqual({ ok: true, value: {} });
    expect(await call('echo', 2)).toMatchObject({ ok: true, value: { input: 2 } });
  });
});

describe('the shell', () => {
  test('saves a plan where the person says, and shows only what it saved', async () => {
    const path = join(folder, '方案.pdf');
    const input = { planId: 'p1', locale: 'zh', suggestedName: '方案/2026.pdf' };
    await app.answerDialog({ filePath: path });
    expect(await call('shell.savePlan', input)).toMatchObject({ ok: true, value: { path } });
    expect(readFileSync(path, 'utf8')).toBe('shell p1 zh');
    expect(failed(await call('shell.showInFolder', { path: join(folder, 'other.pdf') }))).toBe('forbidden');
    rmSync(path);
    expect(failed(await call('shell.showInFolder', { path }))).toBe('file');

    await app.answerDialog({ canceled: true });
    expect(await call('shell.savePlan', input)).toEqual({ ok: true, value: { cancelled: true } });
    await app.answerDialog({ filePath: join(folder, 'no-ending') });
    await call('shell.savePlan', input);
    expect(existsSync(join(folder, 'no-ending.pdf'))).toBe(true);
  });

  test('hands over a chosen logo as bytes', async () => {
    const path = join(folder, 'logo.png');
    writeFileSync(path, Buffer.from('89504e470d0a1a0a00ff', 'hex'));
    await app.answerDialog({ filePaths: [path] });
    const chosen = await page.evaluate(async () => {
      const result = await cultivar.call('shell.chooseLogo', {});
      const value = result.ok ? (result.value as { name: string; mime: string; bytes: Uint8Array }) : null;
      return value && { ...value, bytes: [...value.bytes] };
    });
    expect(chosen).toEqual({
      name: 'logo.png',
      mime: 'image/png',
      bytes: [137, 80, 78, 71, 13, 10, 26, 10, 0, 255],
    });
  });

  test('has a menu in the chosen language whose items ask the page', async () => {
    expect(await app.clickMenu(['文件'])).toContain('新建企业');
    const heard = await listen('menu');
    await app.clickMenu(['文件', '新建企业']);
    expect(await heard()).toEqual({ command: 'new-enterprise' });
    await call('shell.setLanguage', { locale: 'en' });
    expect(await app.clickMenu(['File'])).toContain('New Enterprise');
    const found = await listen('menu');
    await app.clickMenu(['Edit', 'Find']);
    expect(await found()).toEqual({ command: 'find' });
    await call('shell.setLanguage', { locale: 'zh' });
  });

  test('is started once; a second start brings the first to the front and ends', async () => {
    expect(await app.startAgain()).toEqual({ code: 0 });
    expect(await call('echo')).toMatchObject({ ok: true });
  });

  test('tells its versions', async () => {
    expect(await call('shell.version')).toMatchObject({ ok: true, value: { platform: process.platform } });
  });
});
