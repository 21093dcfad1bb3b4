import { useCallback, useEffect, useRef, useState } from 'react';

const WINDOW = 60;

/**
 * Rows of a long list, fetched in windows as they come into view; everything is fetched anew when `key` changes.
 */
export function usePages<Row>(
  key: string,
  fetch: (offset: number, limit: number) => Promise<{ total: number; rows: Row[] }>,
) {
  const [state, setState] = useState<{
    total: number | null;
    windows: ReadonlyMap<number, Row[]>;
    error: unknown;
  }>({
    total: null,
    windows: new Map(),
    error: null,
  });
  const [active, setActive] = useState(0);
  const generation = useRef(0);
  const underway = useRef(new Set<number>());
  const total = useRef<number | null>(null);
  const have = useRef<ReadonlyMap<number, Row[]>>(new Map());
  const fetching = useRef(fetch);
  fetching.current = fetch;

  const load = useCallback(async (index: number, fresh: boolean) => {
    const mine = generation.current;
    if (underway.current.has(index)) return;
    underway.current.add(index);
    try {
      const page = await fetching.current(index * WINDOW, WINDOW);
      if (mine !== generation.current) return;
      total.current = page.total;
      have.current = new Map([...(fresh ? [] : have.current), [index, page.rows]]);
      setState({ total: page.total, windows: have.current, error: null });
    } catch (error) {
      if (mine === generation.current) setState((before) => ({ ...before, error }));
    } finally {
      if (mine === generation.current) underway.current.delete(index);
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  useEffect(() => {
    generation.current++;
    underway.current.clear();
    setActive(0);
    void load(0, true);
  }, [key, load]);

  const onRange = useCallback(
    (first: number, last: number) => {
      const end = Math.min(last, (total.current ?? 0) - 1);
      for (let w = Math.floor(first / WINDOW); w <= Math.floor(end / WINDOW); w++)
        if (!have.current.has(w)) void load(w, false);
    },
    [load],
  );
  const { windows } = state;
  const rowAt = useCallback(
    (index: number): Row | undefined => windows.get(Math.floor(index / WINDOW))?.[index % WINDOW],
    [windows],
  );
  return { total: state.total, error: state.error, rowAt, onRange, active, setActive };
}
