import { create } from 'zustand';
import { callShell, on } from '../api.ts';
import { refetchEnterprise } from './enterprise.ts';
import { flushAll } from './save-queue.ts';
import { refetchSettings } from './settings.ts';

/** How the background service is; `restarts` counts so that screens can fetch again after one. */
export const useService = create<{ state: 'running' | 'restarted' | 'failed'; restarts: number }>(() => ({
  state: 'running',
  restarts: 0,
}));

/** Follows the service's state; after a restart everything shown is fetched again. Returns the function that stops it. */
export function followService(): () => void {
  const stopService = on('service', ({ state }) => {
    useService.setState((before) => ({ state, restarts: before.restarts + 1 }));
    if (state !== 'restarted') return;
    // What was being stored when the service stopped is stored now.
    void flushAll();
    void refetchEnterprise();
    void refetchSettings().catch(() => undefined);
  });
  const stopChanged = on('changed', ({ topic }) => {
    // A failure leaves the settings as they were; the screen that changed them says so itself.
    if (topic === 'settings') void refetchSettings().catch(() => undefined);
  });
  return () => {
    stopService();
    stopChanged();
  };
}

/** Takes the word of the restart away. */
export function dismissRestart(): void {
  useService.setState({ state: 'running' });
}

/** Starts the failed service again and reads everything afresh. Throws CallError. */
export async function restartService(): Promise<void> {
  await callShell('shell.restartService', {});
  location.reload();
}
