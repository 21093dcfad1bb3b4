import type { KeyboardEvent } from 'react';

// The key parts of the profile come first; they are fields of the profile's own making.
const FIELDS = '[data-walk-field], .record-fields input';

/*
 * Every field of the walk carries data-walk-field; its card carries data-fact and its "unknown for now" button
 * data-unknown. The keyboard moves over these, so that cards need not know each other.
 */

function target(field: Element): HTMLElement {
  return field.querySelector<HTMLElement>('[data-roving="true"]') ?? (field as HTMLElement);
}

function fields(container: Element): Element[] {
  return [...container.querySelectorAll(FIELDS)].filter((field) => field.checkVisibility());
}

/** Puts the cursor into the next (1) or previous (-1) field. False at the end of the topic. */
export function moveField(container: Element, step: 1 | -1): boolean {
  const all = fields(container);
  const active = document.activeElement;
  const at = all.findIndex((field) => field === active || field.contains(active));
  const card = at < 0 ? active?.closest('[data-fact]')?.querySelector('[data-walk-field]') : null;
  const from = card ? all.indexOf(card) : at;
  const next = all[from + step];
  if (!next) return false;
  reach(target(next));
  return true;
}

function reach(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  if (element instanceof HTMLInputElement) element.select();
  const shown = element.closest('[data-fact]') ?? element;
  shown.scrollIntoView({ block: 'nearest' });
}

/** Puts the cursor into a field by the name of its fact or cell, or into the first one. False where it is not there. */
export function focusField(container: Element, name: string | null): boolean {
  const found =
    name === null ? fields(container)[0] : container.querySelector(`[data-walk-field="${CSS.escape(name)}"]`);
  if (!found) return false;
  reach(target(found));
  (found.closest('[data-fact]') ?? found).scrollIntoView({ block: 'center' });
  return true;
}

/** What a key means in the walk; null leaves it to the field. */
export function walkCommand(
  event: KeyboardEvent,
): 'next' | 'back' | 'nextTopic' | 'backTopic' | 'unknown' | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  // A composition (pinyin input) is confirmed with Enter; that Enter belongs to it.
  if (event.nativeEvent.isComposing) return null;
  const inText = (event.target as Element).closest('[data-prose]') !== null;
  if (altKey && !ctrlKey && event.nativeEvent.code === 'KeyU') return 'unknown';
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && !inText) {
    if (key === 'ArrowRight') return 'nextTopic';
    if (key === 'ArrowLeft') return 'backTopic';
  }
  // In a list that can be opened, Enter opens it.
  if ((event.target as Element).getAttribute('role') === 'combobox') return null;
  if (key === 'Enter' && !ctrlKey && !metaKey && !altKey && !(event.target instanceof HTMLTextAreaElement)) {
    const button = (event.target as Element).closest('button, a');
    if (button && !button.closest('[data-walk-field]')) return null;
    return shiftKey ? 'back' : 'next';
  }
  return null;
}
