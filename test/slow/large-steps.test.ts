import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { generate } from '../bench/generate.ts';
import { scratchFolder } from '../library/scratch.ts';
import { startService } from '../service/start-service.ts';

const SIZE = 3_000;

async function library() {
  const dataDir = scratchFolder();
  const db = await openLibrary(join(dataDir, 'library.sqlite'), new Date('2026-06-15T00:00:00Z'));
  generate(db, SIZE, 7, 2025, true);
  closeLibrary(db);
  return startService({ dataDir });
}

/** What people entered, without the times of writing. */
function entered(content: () => Record<string, unknown[]>): string {
  const { enterprise, figure, fact, title } = content();
  return JSON.stringify({ enterprise, figure, fact, title }).replace(/"updated_at":"[^"]*"/g, '');
}

type Far = { job: string; done: number; total: number };

test('a step over thousands is undone and done again beside the calls of the window, whole or not at all', async () => {
  const { ask, content, events } = await library();
  await ask('library.list', { query: '武汉' });
  const before = entered(content);
  const changes = { tags: { add: ['本轮走访'] } };
  await ask('bulk.apply', { selection: { list: { filter: {} } }, operation: { do: 'edit', changes } });
  const edited = entered(content);
  expect(edited).not.toBe(before);

  const waits: number[] = [];
  const begun = performance.now();
  let running = true;
  const undoing = ask('undo.back', {}).finally(() => {
    running = false;
  });
  // An edit made meanwhile waits its turn and keeps nobody waiting.
  const draft = ask('draft.keep', { key: 'place', value: { at: 'library' } });
  while (running) {
    const start = performance.now();
    await ask('library.summary', {});
    waits.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const undone = await undoing;
  const whole = performance.now() - begun;
  await draft;
  expect(undone).toMatchObject({ action: 'enterprise.bulk', enterpriseId: null });
  expect(entered(content)).toBe(before);
  waits.sort((a, b) => a - b);
  expect(waits.length).toBeGreaterThan(5);
  // Nobody waits for the step: in the same run, a call takes a small part of what the step takes.
  expect(waits[waits.length >> 1]!).toBeLessThan(whole / 10);
  const told = events.filter(([name, far]) => name === 'progress' && (far as Far).job === 'undo');
  expect(told.some(([, far]) => (far as Far).total === SIZE)).toBe(true);

  expect(await ask('undo.again', {})).toMatchObject({ action: 'enterprise.bulk' });
  expect(entered(content)).toBe(edited);

  // Cancelled, it stays as it was.
  const cancelled = ask('undo.back', {});
  const refused = expect(cancelled).rejects.toThrow(/workCancelled/);
  const seen = events.length;
  while (!events.slice(seen).some(([name, far]) => name === 'progress' && (far as Far).job === 'undo'))
    await new Promise((resolve) => setTimeout(resolve, 1));
  await ask('work.cancel', { job: 'undo' });
  await refused;
  expect(entered(content)).toBe(edited);
});

test('a complete export that is cancelled leaves no file', async () => {
  const { ask, events } = await library();
  const path = join(scratchFolder(), 'all.zip');
  const exported = ask('export.everything', { path, locale: 'zh' });
  const refused = expect(exported).rejects.toThrow(/workCancelled/);
  while (!events.some(([name, far]) => name === 'progress' && (far as Far).job === 'exportAll'))
    await new Promise((resolve) => setTimeout(resolve, 1));
  await ask('work.cancel', { job: 'exportAll' });
  await refused;
  expect(existsSync(path)).toBe(false);
  expect(existsSync(`${path}.part`)).toBe(false);
  // And the next one is written whole.
  expect(await ask('export.everything', { path, locale: 'zh' })).toMatchObject({ enterprises: SIZE });
  expect(existsSync(path)).toBe(true);
});
