import { create } from 'zustand';
import { startImport } from '../library/import-store.ts';
import { verifyPlan } from '../plan/verify-store.ts';
import { lockNow } from '../protection/protection-store.ts';
import { undoByMenu } from '../safety/undo-store.ts';
import { canWrite } from './can-write.ts';
import { guestsWatch } from './guest.ts';
import { go, goTo, usePlace } from './place.ts';

interface CommandState {
  /** The form for a new enterprise is open. */
  adding: boolean;
  paletteOpen: boolean;
  /** Counts requests to put the cursor into the library's search box. */
  findRequests: number;
}

/** What menu, keyboard and palette ask for; the screens follow it. */
export const useCommands = create<CommandState>(() => ({
  adding: false,
  paletteOpen: false,
  findRequests: 0,
}));

/** Opens the form for a new enterprise, on the library screen. */
export function startAdding(): void {
  if (guestsWatch() || !canWrite()) return;
  if (usePlace.getState().place.screen !== 'library') go({ screen: 'library' });
  useCommands.setState({ adding: true, paletteOpen: false });
}

/** Closes the form for a new enterprise. */
export function stopAdding(): void {
  useCommands.setState({ adding: false });
}

/** Opens the palette; not while guests watch. */
export function openPalette(): void {
  if (guestsWatch()) return;
  useCommands.setState({ paletteOpen: true });
}

/** Closes the palette. */
export function closePalette(): void {
  useCommands.setState({ paletteOpen: false });
}

/** Opens the import wizard, on the library screen. */
export function importTable(): void {
  if (guestsWatch() || !canWrite()) return;
  if (usePlace.getState().place.screen !== 'library') go({ screen: 'library' });
  startImport();
}

/** Puts the cursor into the search box of the library, or opens the palette where there is no search box. */
export function find(): void {
  if (usePlace.getState().place.screen === 'library') {
    useCommands.setState((state) => ({ findRequests: state.findRequests + 1 }));
  } else {
    openPalette();
  }
}

/** Locks the library; where it has no passphrase, leads to where one is set. */
export function lock(): void {
  const lead = () => {
    useCommands.setState({ paletteOpen: false });
    goTo({ screen: 'settings' }, '#protection');
  };
  lockNow().then(
    (locked) => locked || lead(),
    () => lead(),
  );
}

const byMenu: Record<string, () => void> = {
  'new-enterprise': startAdding,
  import: importTable,
  verify: () => void verifyPlan(),
  find,
  settings: () => go({ screen: 'settings' }),
  undo: () => undoByMenu('back'),
  redo: () => undoByMenu('again'),
  lock,
};

/** Carries out a menu command; one that this window does not know is ignored. */
export function runMenuCommand(command: string): void {
  byMenu[command]?.();
}

const byKey: Record<string, () => void> = {
  k: openPalette,
  f: find,
  n: startAdding,
  ',': () => go({ screen: 'settings' }),
};

/** Ctrl (or Command) + K, F, N, comma and Shift+L, anywhere in the window. */
export function handleShortcut(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.shiftKey) {
    if (event.key.toLowerCase() !== 'l') return;
    event.preventDefault();
    lock();
    return;
  }
  const action = byKey[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
}
