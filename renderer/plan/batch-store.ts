import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';

export type BatchStatus = CallOutput<'plan.batch.status'>;
/** Gives the enterprises whose plans are wanted, when they are wanted. */
export type BatchIds = () => readonly string[] | Promise<readonly string[]>;

interface BatchState {
  status: BatchStatus | null;
  /** The dialog is open; `ids` is what it was opened for, null to look at what runs. */
  open: { ids: BatchIds | null } | null;
  /** Grows when an export ends, so that it can be told once. */
  ended: number;
}

/** The export of many plans: there is one at a time, whatever screen began it. */
export const useBatch = create<BatchState>(() => ({ status: null, open: null, ended: 0 }));

/** Whether plans are being written. */
export function isRunning(status: BatchStatus | null): boolean {
  return status?.state === 'running' || status?.state === 'ending';
}

/** Takes over what the service says; an export that was running and is no longer has ended. */
export function takeBatch(status: BatchStatus): void {
  useBatch.setState((before) => ({
    status,
    ended: before.ended + (isRunning(before.status) && !isRunning(status) ? 1 : 0),
  }));
}

let asking: Promise<void> | null = null;
let again = false;

/** Asks how far it is; while an answer is awaited further questions become one. */
export function refreshBatch(): Promise<void> {
  if (asking) {
    again = true;
    return asking;
  }
  asking = call('plan.batch.status', {})
    .then(takeBatch, () => undefined)
    .finally(() => {
      asking = null;
      if (again) {
        again = false;
        void refreshBatch();
      }
    });
  return asking;
}

/** Follows the export from the start of the window; returns the function that stops it. */
export function followBatch(): () => void {
  void refreshBatch();
  const stops = [
    on('progress', ({ job }) => {
      if (job === 'plans') void refreshBatch();
    }),
    on('service', () => void refreshBatch()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Opens the dialog for these enterprises, or with null to look at what runs. */
export function openBatch(ids: BatchIds | null): void {
  useBatch.setState({ open: { ids } });
  void refreshBatch();
}

/** Closes the dialog; the export goes on. */
export function closeBatchDialog(): void {
  useBatch.setState({ open: null });
}
