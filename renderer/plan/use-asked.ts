import { useEffect, useState } from 'react';
import { on } from '../api.ts';
import { usePlan } from './plan-store.ts';

/** Asks again whenever the plan has been stored or the enterprise has changed. */
export function useAsked<T>(ask: () => Promise<T>, about: string): { found: T | undefined; error: unknown } {
  const stored = usePlan((state) => state.stored);
  const [stale, setStale] = useState(0);
  const [state, setState] = useState<{ found: T | undefined; error: unknown }>({
    found: undefined,
    error: null,
  });
  useEffect(
    () =>
      on('changed', ({ topic }) => {
        if (topic === 'enterprise' || topic === 'settings') setStale((count) => count + 1);
      }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plan and the two counters say when to ask
  useEffect(() => {
    let current = true;
    ask().then(
      (found) => current && setState({ found, error: null }),
      (error: unknown) => current && setState((old) => ({ ...old, error })),
    );
    return () => {
      current = false;
    };
  }, [about, stored, stale]);
  return state;
}
