import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, callShell, on } from '../api.ts';

export type BackupStatus = CallOutput<'backup.status'>;
export type ListedBackup = BackupStatus['backups'][number];
export type Comparison = CallOutput<'backup.compare'>;

interface BackupState {
  status: BackupStatus | null;
  /** What is under way from here. */
  busy: 'make' | 'drill' | 'restore' | 'second' | null;
  error: unknown;
}

/** Backups as the service sees them, and what this window asked for. */
export const useBackups = create<BackupState>(() => ({ status: null, busy: null, error: null }));

/** Reads the list again. */
export async function loadBackups(): Promise<void> {
  try {
    useBackups.setState({ status: await call('backup.status', {}) });
  } catch (error) {
    useBackups.setState({ error });
  }
}

async function during(
  busy: NonNullable<BackupState['busy']>,
  work: () => Promise<BackupStatus | null>,
): Promise<boolean> {
  useBackups.setState({ busy, error: null });
  try {
    const status = await work();
    if (status) useBackups.setState({ status });
    return true;
  } catch (error) {
    useBackups.setState({ error });
    return false;
  } finally {
    useBackups.setState({ busy: null });
  }
}

/** A proved backup now. */
export const makeBackup = () => during('make', () => call('backup.make', {}));
/** Restores a backup on trial: the newest, or the one named. */
export const tryBackup = (name?: string) =>
  during('drill', () => call('backup.drill', name === undefined ? {} : { name }));
/** Writes to no second place any more. */
export const dropSecond = () => during('second', () => call('backup.dropSecond', {}));
/** Asks for the second place. */
export const chooseSecond = () =>
  during('second', async () => {
    const answer = await callShell('shell.chooseBackupFolder', {});
    return 'cancelled' in answer ? null : answer;
  });

/** Restores a backup; says whether it was done. */
export const restoreBackup = (name: string) =>
  during('restore', async () => (await call('backup.restore', { name })).status);

/** Follows what the service does by itself; returns the function that stops it. */
export function followBackups(): () => void {
  return on('changed', ({ topic }) => {
    if (topic === 'safety') void loadBackups();
  });
}
