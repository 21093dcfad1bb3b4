import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setTarget, storedTargets } from '../../electron/cohort/city-targets.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { redo, undo } from '../../electron/library/undo.ts';
import { write } from '../../electron/library/write.ts';
import { NOW, scratchFolder } from '../library/scratch.ts';

test('a target that is taken away comes back by undo: one of the product, and one of the city', async () => {
  const db = await openLibrary(join(scratchFolder(), 'library.sqlite'), NOW);
  const act = <T>(action: string, work: Parameters<typeof write<T>>[2]) =>
    write(db, { action, actor: 'tester', now: NOW }, work);
  const official = { year: 2027, rung: 2, district: null };
  // Taken away before it was ever set: only the mark that it is gone is stored.
  act('cohort.setTarget', (tx) => setTarget(tx, { ...official, count: null }));
  expect(storedTargets(db)).toEqual([{ ...official, count: null }]);
  expect(act('undo', (tx) => undo(tx))?.action).toBe('cohort.setTarget');
  expect(storedTargets(db)).toEqual([]);
  expect(act('redo', (tx) => redo(tx))?.action).toBe('cohort.setTarget');
  expect(storedTargets(db)).toEqual([{ ...official, count: null }]);

  const own = { year: 2028, rung: 3, district: '洪山区' };
  act('cohort.setTarget', (tx) => setTarget(tx, { ...own, count: 12 }));
  act('cohort.setTarget', (tx) => setTarget(tx, { ...own, count: null }));
  act('undo', (tx) => undo(tx));
  expect(storedTargets(db)).toContainEqual({ ...own, count: 12 });
  closeLibrary(db);
});
