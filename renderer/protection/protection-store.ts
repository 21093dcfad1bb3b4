import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call, on, onFailure } from '../api.ts';
import { settleDrafts } from '../state/drafts.ts';
import { flushAll } from '../state/save-queue.ts';
import { useSettings } from '../state/settings.ts';

export type ProtectionStatus = CallOutput<'protection.status'>;

interface ProtectionState {
  status: ProtectionStatus | null;
  /** What turning on or off is at; null = nothing is under way. */
  progress: { step: string; done: number; total: number } | null;
}

/** Whether the library is encrypted, and what is being done about it. */
export const useProtection = create<ProtectionState>(() => ({ status: null, progress: null }));

/** Reads it anew. Throws CallError. */
export async function loadProtection(): Promise<ProtectionStatus> {
  const status = await call('protection.status', {});
  useProtection.setState({ status });
  return status;
}

type Changing =
  | 'protection.turnOn'
  | 'protection.turnOff'
  | 'protection.change'
  | 'protection.renew'
  | 'protection.backups'
  | 'protection.openBackups';

/** Makes a change of the encryption, with its progress. Throws CallError. */
export async function changeProtection<N extends Changing>(name: N, input: CallInput<N>): Promise<void> {
  useProtection.setState({ progress: null });
  try {
    const status = (await call(name, input)) as ProtectionStatus;
    useProtection.setState({ status });
  } finally {
    useProtection.setState({ progress: null });
  }
}

/** Ends the conversion; the library stays as it was. */
export function cancelProtection(): void {
  void call('protection.cancel', {}).catch(() => undefined);
}

/** Shows the screen that asks for the passphrase: a fresh page, so that nothing of the library stays in this one. */
function showLocked(): void {
  location.reload();
}

/** Hides the page from one moment to the next, without waiting for anything to be drawn; nothing in it is lost. */
function cover(on: boolean): void {
  document.documentElement.toggleAttribute('data-covered', on);
}

/**
 * Locks the library: the page is hidden at once, what is typed is stored or kept first, then the service closes it. False where it is not encrypted.
 */
export async function lockNow(): Promise<boolean> {
  const status = useProtection.getState().status ?? (await loadProtection());
  if (status.state === 'off') return false;
  cover(true);
  try {
    await flushAll().catch(() => undefined);
    await settleDrafts();
    await call('protection.lock', {});
  } catch (error) {
    cover(false);
    throw error;
  }
  showLocked();
  return true;
}

const LOOK = 5000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Locks after the minutes of the settings without a sign of life, and shows the unlock screen where the service is locked
 * for another reason; also when the computer goes to sleep or its screen is locked. By the clock of the computer: a laptop that slept meanwhile is locked when it wakes up. Returns the
 * function that stops it.
 */
export function followProtection(): () => void {
  let last = Date.now();
  const alive = () => {
    last = Date.now();
  };
  for (const sign of SIGNS) document.addEventListener(sign, alive, { passive: true, capture: true });
  const minutesAllowed = () =>
    useProtection.getState().status?.state === 'open' ? (useSettings.getState().settings?.autoLock ?? 0) : 0;
  const lockAway = () => {
    alive();
    void lockNow().catch(() => undefined);
  };
  const look = () => {
    const minutes = minutesAllowed();
    if (minutes === 0) return;
    const idle = Date.now() - last;
    if (idle >= 0 && idle < minutes * 60_000) return;
    lockAway();
  };
  const timer = setInterval(look, LOOK);
  // Waking up: before the first sign of life counts.
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  const stops = [
    on('away', () => minutesAllowed() > 0 && lockAway()),
    on('progress', ({ job, done, total, step }) => {
      // A long job is work too.
      alive();
      if (job === 'protection') useProtection.setState({ progress: { step: step ?? 'copy', done, total } });
    }),
    onFailure((error) => {
      if (error.error.code === 'locked') showLocked();
    }),
  ];
  void loadProtection().catch(() => undefined);
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS) document.removeEventListener(sign, alive, { capture: true });
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
    for (const stop of stops) stop();
  };
}
