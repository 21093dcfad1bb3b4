/*
 * Where the cursor is, as a text that finds the same field again: "walk:<name>" for fields of the check-up, "#<id>" for
 * others that have an id.
 */

/** The address of a field, or null for what cannot be found again. */
export function focusAddress(element: Element | null): string | null {
  const walk = element?.closest('[data-walk-field]')?.getAttribute('data-walk-field');
  if (walk) return `walk:${walk}`;
  return element?.matches('input, textarea, select, [contenteditable]') && element.id
    ? `#${element.id}`
    : null;
}

function find(address: string): HTMLElement | null {
  const selector = address.startsWith('walk:')
    ? `[data-walk-field="${CSS.escape(address.slice(5))}"]`
    : `#${CSS.escape(address.slice(1))}`;
  const found = document.querySelector<HTMLElement>(selector);
  return found?.querySelector<HTMLElement>('[data-roving="true"]') ?? found;
}

const PATIENCE = 15_000;
let stop: () => void = () => undefined;

function reach(address: string): boolean {
  const field = find(address);
  if (!field?.checkVisibility()) return false;
  if (field.matches('input, textarea, select, button, [tabindex]')) field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center' });
  return document.activeElement === field || field.contains(document.activeElement);
}

/**
 * Puts the cursor into a field as soon as it is on the screen. Screens put the cursor into their first field when they
 * appear, so this stays with its field for a moment; the user's first key or click ends it.
 */
export function requestFocus(address: string): void {
  stop();
  let last = 0;
  const began = performance.now();
  const watch = () => {
    const now = performance.now();
    if (reach(address)) last ||= now;
    if (now - began > PATIENCE || (last > 0 && now - last > 800)) stop();
    else frame = requestAnimationFrame(watch);
  };
  let frame = requestAnimationFrame(watch);
  const end = () => stop();
  document.addEventListener('keydown', end, { once: true, capture: true });
  document.addEventListener('pointerdown', end, { once: true, capture: true });
  stop = () => {
    cancelAnimationFrame(frame);
    document.removeEventListener('keydown', end, { capture: true });
    document.removeEventListener('pointerdown', end, { capture: true });
    stop = () => undefined;
  };
}
