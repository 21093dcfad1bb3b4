import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';

export type ListRow = CallOutput<'library.list'>['rows'][number];
export type Summary = CallOutput<'library.summary'>;
type ListInput = CallInput<'library.list'>;
export type Filter = NonNullable<ListInput['filter']>;
export type SortKey = NonNullable<ListInput['sort']>;

/** Rows are fetched in windows of this many. */
export const WINDOW = 100;

export interface Question {
  query: string;
  filter: Filter;
  sort: SortKey;
  descending: boolean;
}

interface ListState extends Question {
  /** null until the first answer. */
  total: number | null;
  windows: ReadonlyMap<number, ListRow[]>;
  summary: Summary | null;
  error: unknown;
  /** Index of the row the keyboard is on. */
  active: number;
}

export const useList = create<ListState>(() => ({
  query: '',
  filter: {},
  sort: 'updated',
  descending: true,
  total: null,
  windows: new Map(),
  summary: null,
  error: null,
  active: 0,
}));

// A newer question makes the answers to older ones void.
let generation = 0;
let shown: [first: number, last: number] = [0, 0];
const underway = new Set<number>();

async function fetchWindow(index: number, fresh: boolean): Promise<void> {
  const mine = generation;
  if (underway.has(index)) return;
  underway.add(index);
  const { query, filter, sort, descending } = useList.getState();
  try {
    const { total, rows } = await call('library.list', {
      query: query.trim() || undefined,
      filter,
      sort,
      descending,
      offset: index * WINDOW,
      limit: WINDOW,
    });
    if (mine !== generation) return;
    const kept = fresh ? [] : useList.getState().windows;
    useList.setState((state) => ({
      total,
      windows: new Map([...kept, [index, rows]]),
      error: null,
      active: Math.min(state.active, Math.max(total - 1, 0)),
    }));
  } catch (error) {
    if (mine === generation) useList.setState({ error });
  } finally {
    if (mine === generation) underway.delete(index);
  }
}

/** Asks the list afresh. What is shown stays until the answer is here, so that nothing flickers. */
export async function reloadList(): Promise<void> {
  generation += 1;
  underway.clear();
  const first = Math.floor(shown[0] / WINDOW);
  const last = Math.floor(shown[1] / WINDOW);
  await fetchWindow(first, true);
  if (last !== first) await fetchWindow(last, false);
}

/** Changes search text, filter or order, and starts again at the top. */
export function ask(change: Partial<Question>): Promise<void> {
  useList.setState({ ...change, active: 0 });
  shown = [0, 0];
  return reloadList();
}

/** Tells which rows are on the screen; windows that are missing there are fetched. */
export function showRange(first: number, last: number): void {
  shown = [first, last];
  const { windows, total } = useList.getState();
  if (total === null) return;
  for (let w = Math.floor(first / WINDOW); w <= Math.floor(Math.min(last, total - 1) / WINDOW); w += 1) {
    if (!windows.has(w)) void fetchWindow(w, false);
  }
}

/** The row at an index of the whole list, undefined while its window is on the way. */
export function rowAt(windows: ReadonlyMap<number, ListRow[]>, index: number): ListRow | undefined {
  return windows.get(Math.floor(index / WINDOW))?.[index % WINDOW];
}

export function setActive(active: number): void {
  useList.setState({ active });
}

/** Counts by tier and the districts that occur. A failure leaves the counts away; the list itself reports it. */
export async function loadSummary(): Promise<void> {
  const summary = await call('library.summary', {}).catch(() => null);
  if (summary) useList.setState({ summary });
}

/** Keeps the list up to date while the library screen is open; returns the function that stops it. */
export function followLibrary(): () => void {
  void reloadList();
  void loadSummary();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = on('changed', ({ topic }) => {
    if (topic !== 'library' && topic !== 'enterprise') return;
    // Loading samples or importing sends many events; one refetch after the burst is enough.
    clearTimeout(timer);
    timer = setTimeout(() => {
      void reloadList();
      void loadSummary();
    }, 120);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
