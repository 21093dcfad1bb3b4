import { useCallback, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { call, on } from '../api.ts';
import { useService } from '../state/service.ts';

/** How far the cohort's long work is; `since` is when it began, for the time left. */
export const useCohortProgress = create<{ done: number; total: number; since: number } | { done: null }>(
  () => ({
    done: null,
  }),
);

/** Follows the progress of long work while the place is open; returns the function that stops it. */
export function followCohort(): () => void {
  return on('progress', ({ job, done, total }) => {
    if (job !== 'cohort' && job !== 'judge') return;
    const before = useCohortProgress.getState();
    const since = before.done === null || done < before.done ? Date.now() : before.since;
    useCohortProgress.setState({ done, total, since }, true);
  });
}

/** Forgets the progress of work that has ended. */
export function endProgress(): void {
  useCohortProgress.setState({ done: null }, true);
}

/** Ends the cohort's work under way; whoever waits for it hears `batchCancelled`. */
export function cancelCohort(): Promise<unknown> {
  return call('cohort.cancel', {}).catch(() => undefined);
}

/** Changes with every change of the library, a little after the last of a burst. */
export function useLibraryVersion(): number {
  const restarts = useService((state) => state.restarts);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = on('changed', ({ topic }) => {
      if (topic !== 'library' && topic !== 'enterprise') return;
      clearTimeout(timer);
      timer = setTimeout(() => setVersion((v) => v + 1), 400);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return version * 1000 + restarts;
}

export interface Answer<T> {
  value: T | null;
  error: unknown;
  loading: boolean;
  again(): void;
}

/**
 * Asks and keeps the answer; asks again when `key` changes. The old answer stays on the screen until the new one is
 * here; an answer to an older question is dropped.
 */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<{ value: T | null; error: unknown; loading: boolean }>({
    value: null,
    error: null,
    loading: true,
  });
  const [round, setRound] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  useEffect(() => {
    let current = true;
    setState((before) => ({ ...before, loading: true }));
    asking.current().then(
      (value) => current && setState({ value, error: null, loading: false }),
      (error: unknown) => current && setState((before) => ({ ...before, error, loading: false })),
    );
    return () => {
      current = false;
    };
  }, [key, round]);
  const again = useCallback(() => setRound((r) => r + 1), []);
  return { ...state, again };
}
