import { expect, test } from 'vitest';
import { redo, remember, undo } from '../../../renderer/diagnosis/grid-undo.ts';

test('keystrokes in one stay are one step, steps go back and forth, a new step ends the way forth', () => {
  remember('a', { before: { '2018 revenue': 5 }, after: { '2018 revenue': 1 }, stay: 1 });
  remember('a', { before: { '2018 revenue': 1 }, after: { '2018 revenue': 12 }, stay: 1 });
  remember('a', { before: { '2018 sales': null }, after: { '2018 sales': 7 }, stay: 2 });
  expect(undo('a')).toEqual({ '2018 sales': null });
  expect(undo('a')).toEqual({ '2018 revenue': 5 });
  expect(undo('a')).toBeNull();
  expect(redo('a')).toEqual({ '2018 revenue': 12 });
  remember('a', { before: { '2017 sales': null }, after: { '2017 sales': 3 }, stay: 3 });
  expect(redo('a')).toBeNull();
  expect(undo('b')).toBeNull();
});
