import { flushSync } from 'react-dom';
import { create } from 'zustand';
import { pendingCalls } from '../api.ts';
import { useSettings } from './settings.ts';

/** Whether the page is on its way to paper: light colours, nothing moves, long lists are whole. */
export const usePrint = create<{ printing: boolean }>(() => ({ printing: false }));

let restore: (() => void) | null = null;
const before: (() => Promise<void>)[] = [];

/**
 * Something to do before the page is printed, as fetching all rows of a list; returns the function that forgets it. What
 * opened last stands in front of the rest, so only that is done.
 */
export function beforePrinting(prepare: () => Promise<void>): () => void {
  before.push(prepare);
  return () => void before.splice(before.indexOf(prepare), 1);
}

function begin(): void {
  if (restore) return;
  const { theme } = useSettings.getState();
  restore = () => useSettings.setState((state) => (state.theme === 'light' ? { theme } : {}));
  flushSync(() => {
    usePrint.setState({ printing: true });
    useSettings.setState({ theme: 'light' });
  });
}

function end(): void {
  restore?.();
  restore = null;
  usePrint.setState({ printing: false });
}

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** Charts come from the service in the colours asked for: they are waited for. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3; ) {
    await frame();
    quiet = pendingCalls() === 0 ? quiet + 1 : 0;
  }
}

/** Prints what is on the screen, in light colours, with all rows of its lists. Throws CallError where they cannot be read. */
export async function printScreen(): Promise<void> {
  begin();
  try {
    await before.at(-1)?.();
    await settled();
    window.print();
  } catch (error) {
    end();
    throw error;
  }
}

/** Follows printing that is begun elsewhere, and its end; returns the function that stops it. */
export function followPrinting(): () => void {
  // Where a print dialog tells nothing of its end, the next touch of the page ends it.
  const touched = () => usePrint.getState().printing && !pendingCalls() && end();
  // The key is the same as the button: lists are fetched whole first.
  const key = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'p') return;
    event.preventDefault();
    // The next touch of the page ends printing: this one begins it.
    event.stopImmediatePropagation();
    void printScreen().catch(() => window.print());
  };
  window.addEventListener('keydown', key);
  window.addEventListener('beforeprint', begin);
  window.addEventListener('afterprint', end);
  window.addEventListener('keydown', touched);
  return () => {
    window.removeEventListener('keydown', key);
    window.removeEventListener('beforeprint', begin);
    window.removeEventListener('afterprint', end);
    window.removeEventListener('keydown', touched);
  };
}
