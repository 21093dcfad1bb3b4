import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { reloadPlan } from '../plan/plan-store.ts';
import { flushAll, isTyping } from '../state/save-queue.ts';

export type Undone = NonNullable<CallOutput<'undo.back'>>;
export type Way = 'back' | 'again';

/** The last step taken back or done again, for the message about it; `turn` tells two alike apart. */
export const useUndo = create<{
  last: { way: Way; undone: Undone | null; error: unknown } | null;
  turn: number;
}>(() => ({ last: null, turn: 0 }));

let line: Promise<void> = Promise.resolve();

async function step(way: Way): Promise<void> {
  // What is being typed is an edit like any other: it is stored first. Leaving the field makes it show what is stored.
  const field = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  field?.blur();
  await flushAll();
  let undone: Undone | null = null;
  let error: unknown = null;
  try {
    undone = await call(way === 'back' ? 'undo.back' : 'undo.again', {});
    if (undone?.changes.some(({ entity }) => entity === 'plan')) await reloadPlan();
  } catch (problem) {
    error = problem;
  }
  useUndo.setState(({ turn }) => ({ last: { way, undone, error }, turn: turn + 1 }));
  if (field?.isConnected && document.activeElement === document.body) field.focus({ preventScroll: true });
}

/** Takes the last action of the person at work back, or does it again; one after the other, however fast the keys come. */
export function undoStep(way: Way): Promise<void> {
  line = line.then(() => step(way));
  return line;
}

let typedIn: EventTarget | null = null;
document.addEventListener('focusin', () => {
  typedIn = null;
});
document.addEventListener('input', ({ target }) => {
  typedIn = target;
});

/** Fields whose content is stored while it is typed. */
const STORED = '.profile-field, [data-fact], .settings-input, .plan-editor';

/** Whether a key of undo belongs to the text field that has the cursor: as long as what was typed there is not stored. */
export function fieldUndoes(target: Element | null): boolean {
  if (!target?.matches('input, textarea, [contenteditable="true"]') || typedIn !== target) return false;
  if (target.matches('[data-column]')) return false;
  if (!target.closest(STORED)) return true;
  return isTyping() || target.closest('.profile-field, [data-fact]')?.querySelector('.field-problem') != null;
}

/** Undo and redo as the menu asks for them. */
export function undoByMenu(way: Way): void {
  if (fieldUndoes(document.activeElement)) document.execCommand(way === 'back' ? 'undo' : 'redo');
  else void undoStep(way);
}

/** Ctrl (or Command) + Z, Shift+Z and Y, wherever no field has them for itself. */
export function handleUndoKey(event: KeyboardEvent): void {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
  if (event.defaultPrevented || fieldUndoes(event.target as Element)) return;
  event.preventDefault();
  void undoStep(key === 'y' || event.shiftKey ? 'again' : 'back');
}
