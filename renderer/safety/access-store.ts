import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, on, onFailure } from '../api.ts';

export type Access = CallOutput<'access.status'>;

/** How the library is open; null until it is known. `damaged`: damage was found while it was open. */
export const useAccess = create<{ access: Access | null; damaged: unknown }>(() => ({
  access: null,
  damaged: null,
}));

async function load(): Promise<void> {
  try {
    useAccess.setState({ access: await call('access.status', {}) });
  } catch {
    // What is wrong with the service is said elsewhere.
  }
}

/** Opens the library anew: it may be free by now. Throws CallError. */
export async function reopen(force: boolean): Promise<boolean> {
  const access = await call('access.reopen', { force });
  useAccess.setState({ access });
  return access.readOnly === null;
}

/** Follows how the library is open; returns the function that stops it. */
export function followAccess(): () => void {
  void load();
  // A page that cannot be read while the library is open: from then on nothing else is of use.
  const stopFailures = onFailure((error, name) => {
    // A damaged backup or package is another matter.
    if (/^(backup|rescue|access|import)\./.test(name)) return;
    if (error.error.code === 'damaged-library' && error.error.key === 'libraryDamaged')
      useAccess.setState({ damaged: error });
  });
  const stopChanged = on('changed', ({ topic }) => {
    if (topic === 'safety') void load();
  });
  return () => {
    stopFailures();
    stopChanged();
  };
}
