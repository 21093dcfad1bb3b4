import { create } from 'zustand';
import type { Events } from '../../electron/api.ts';
import { CallError, call, on } from '../api.ts';

export type LongJob = Events['work']['job'];
export interface Underway {
  readonly done: number;
  readonly total: number;
  /** When it began to count, in ms. */
  readonly since: number;
  readonly cancelling: boolean;
}

interface WorkState {
  /** Long work under way, by kind, whatever screen began it. */
  jobs: Partial<Record<LongJob, Underway>>;
  /** Kinds a dialog shows itself; the bar of the window leaves them out. */
  claimed: readonly LongJob[];
}

export const useWork = create<WorkState>(() => ({ jobs: {}, claimed: [] }));

/** Work that ends sooner than this, in ms, is not shown at all. */
const SHOWN_AFTER = 300;
const waiting = new Map<LongJob, ReturnType<typeof setTimeout>>();

function change(job: LongJob, underway: Underway | null): void {
  useWork.setState(({ jobs: { [job]: _, ...others } }) => ({
    jobs: underway ? { ...others, [job]: underway } : others,
  }));
}

function ended(job: LongJob): void {
  clearTimeout(waiting.get(job));
  waiting.delete(job);
  change(job, null);
}

/** Follows long work from the start of the window; returns the function that stops it. */
export function followWork(): () => void {
  const begun = (): Underway => ({ done: 0, total: 0, since: Date.now(), cancelling: false });
  const stops = [
    on('work', ({ job, running }) => {
      if (running === 0) ended(job);
      else if (!waiting.has(job) && !useWork.getState().jobs[job])
        waiting.set(
          job,
          setTimeout(() => {
            waiting.delete(job);
            if (!useWork.getState().jobs[job]) change(job, begun());
          }, SHOWN_AFTER),
        );
    }),
    on('progress', ({ job, done, total }) => {
      const before = useWork.getState().jobs[job as LongJob];
      if (!before) return;
      // What came before the first count was preparation.
      const since = before.total === 0 || done < before.done ? Date.now() : before.since;
      change(job as LongJob, { ...before, done, total, since });
    }),
    on('service', () => {
      for (const job of [...waiting.keys(), ...Object.keys(useWork.getState().jobs)]) ended(job as LongJob);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Ends work under way; whoever waits for it hears that it was cancelled. */
export function cancelWork(job: LongJob): void {
  const underway = useWork.getState().jobs[job];
  if (underway) change(job, { ...underway, cancelling: true });
  void call('work.cancel', { job }).catch(() => undefined);
}

/** Whether a failed call is one a person ended. */
export function wasCancelled(error: unknown): boolean {
  return error instanceof CallError && ['workCancelled', 'batchCancelled'].includes(error.error.key);
}

/** Says that a dialog shows this kind of work; returns the function that gives it back. */
export function claimWork(job: LongJob): () => void {
  useWork.setState(({ claimed }) => ({ claimed: [...claimed, job] }));
  return () =>
    useWork.setState(({ claimed }) => {
      const at = claimed.indexOf(job);
      return { claimed: claimed.filter((_, i) => i !== at) };
    });
}
