import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { resourcesDir } from './start-service.ts';

interface Message {
  type: string;
  id?: number;
  ok?: boolean;
  value?: unknown;
  error?: { code: string };
}

/** The real service process, as a plain Node child with the stand-in's parent port. */
function startProcess(dataDir: string) {
  const child: ChildProcess = fork(
    join(import.meta.dirname, '../../electron/service/process.ts'),
    ['--data', dataDir, '--resources', resourcesDir, '--locale', 'en'],
    {
      execArgv: ['--import', new URL('../electron-stand-in/parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
    },
  );
  const seen: Message[] = [];
  const waiting: { wanted: (m: Message) => boolean; resolve: (m: Message) => void }[] = [];
  child.on('message', (message: Message) => {
    seen.push(message);
    for (const waiter of waiting) if (waiter.wanted(message)) waiter.resolve(message);
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const next = (wanted: (m: Message) => boolean) =>
    new Promise<Message>((resolve) => {
      const early = seen.find(wanted);
      if (early) resolve(early);
      else waiting.push({ wanted, resolve });
    });
  let id = 0;
  return {
    child,
    seen,
    next,
    call(name: string, input: unknown, origin = 'window') {
      const mine = ++id;
      child.send({ type: 'call', id: mine, name, input, origin });
      return next((m) => m.type === 'reply' && m.id === mine);
    },
    ended: new Promise<number | null>((resolve) => child.on('exit', resolve)),
  };
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-process-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('is ready, answers, tells of changes, and stops with everything answered and the library whole', async () => {
  const dataDir = dataFolder();
  const { call, next, child, ended, seen } = startProcess(dataDir);
  await next((m) => m.type === 'ready');
  expect(await call('settings.get', {})).toMatchObject({ ok: true, value: { locale: 'en' } });
  expect(await call('plan.exportFile', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  const last = call('enterprise.create', { name: '甲' });
  child.send({ type: 'stop' });
  expect(await ended).toBe(0);
  expect(await last).toMatchObject({ ok: true });
  expect(seen).toContainEqual(expect.objectContaining({ type: 'event', name: 'changed' }));
  expect(statSync(join(dataDir, 'library.sqlite-wal'), { throwIfNoEntry: false })).toBeUndefined();
});

test('stays alive with a library that cannot be opened and says why', async () => {
  const dataDir = dataFolder();
  writeFileSync(join(dataDir, 'library.sqlite'), 'x'.repeat(5000));
  const { call, next } = startProcess(dataDir);
  await next((m) => m.type === 'ready');
  expect(await call('library.list', {})).toMatchObject({ ok: false, error: { code: 'library' } });
  expect(await call('app.info', {})).toMatchObject({ ok: false, error: { code: 'library' } });
});

test('an edit that was answered is there after the process is killed', async () => {
  const dataDir = dataFolder();
  const first = startProcess(dataDir);
  for (let i = 0; i < 5; i++)
    expect(await first.call('enterprise.create', { name: `企业${i}` })).toMatchObject({ ok: true });
  first.child.kill('SIGKILL');
  await first.ended;
  const second = startProcess(dataDir);
  expect(await second.call('library.summary', {})).toMatchObject({ ok: true, value: { total: 5 } });
});
