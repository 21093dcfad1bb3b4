import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnterprise, updateEnterprise } from '../../electron/library/enterprises.ts';
import { formatHlc, hybridClock, parseHlc } from '../../electron/library/hlc.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { NOW, scratchFolder, scratchLibrary, writeAs } from './scratch.ts';

const node = '0123456789abcdef';

test('times rise as text when the clock stands still, runs back or leaps', () => {
  const clock = hybridClock(node, null);
  const moments = [1000, 1000, 1000, 500, 0, -5, 999, 1001, 1e14, 3, 3];
  const times = moments.map((now) => clock.tick(now));
  expect(times).toEqual([...times].sort());
  expect(new Set(times).size).toBe(times.length);
  expect(parseHlc(times[3]!)).toEqual({ ms: 1000, counter: 3, node });
  expect(parseHlc(times[7]!)).toEqual({ ms: 1001, counter: 0, node });
});

test('a counter that is full carries over', () => {
  const clock = hybridClock(node, formatHlc(1000, 0xffff, node));
  expect(parseHlc(clock.tick(1000))).toEqual({ ms: 1001, counter: 0, node });
});

test('a clock goes on after the last time of another node', () => {
  const last = formatHlc(2000, 7, 'ffffffffffffffff');
  expect(hybridClock(node, last).tick(1) > last).toBe(true);
});

test('the change log rises across restarts with the computer’s clock set back', async () => {
  const file = join(scratchFolder(), 'library.sqlite');
  const first = await openLibrary(file, NOW);
  const id = writeAs(first, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  closeLibrary(first);
  const second = await scratchLibrary(file);
  const lastYear = new Date(NOW.getTime() - 365 * 86_400_000);
  writeAs(second, 'y', (tx) => updateEnterprise(tx, id, { name: '乙' }), lastYear);
  writeAs(second, 'y', (tx) => updateEnterprise(tx, id, { name: '丙' }), NOW);
  const rows = second.prepare('SELECT hlc, at FROM change ORDER BY id').all() as {
    hlc: string;
    at: string;
  }[];
  expect(rows.map((r) => r.hlc)).toEqual(rows.map((r) => r.hlc).sort());
  expect(rows[1]?.at).toBe(lastYear.toISOString());
  expect(new Set(rows.map((r) => parseHlc(r.hlc).node)).size).toBe(1);
});

test('the node name is not lost when the first write fails', async () => {
  const db = await scratchLibrary();
  expect(() =>
    writeAs(db, 'x', (tx) => {
      createEnterprise(tx, { name: '甲' });
      throw new Error('no');
    }),
  ).toThrow('no');
  writeAs(db, 'x', (tx) => createEnterprise(tx, { name: '甲' }));
  const stored = db.prepare("SELECT value FROM setting WHERE key = 'internal.node'").pluck().get();
  const { node: used } = parseHlc(db.prepare('SELECT hlc FROM change').pluck().get() as string);
  expect(stored).toBe(JSON.stringify(used));
});
