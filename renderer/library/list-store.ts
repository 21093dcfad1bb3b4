import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';

export type ListRow = CallOutput<'library.list'>['rows'][number];
export type Summary = CallOutput<'library.summary'>;
type ListInput = CallInput<'library.list'>;
export type Filter = NonNullable<ListInput['filter']>;
export type SortKey = NonNullable<ListInput['sort']>;
export type Facets = CallOutput<'library.facets.get'>;
export type View = CallOutput<'views.list'>[number];
export type ColumnName = View['definition']['columns'][number];

/** The columns a list has at first. */
export const FIRST_COLUMNS: readonly ColumnName[] = [
  'name',
  'place',
  'industry',
  'revenue',
  'tier',
  'rung1',
  'rung2',
  'rung3',
  'gaps',
  'updated',
];

/** Rows are fetched in windows of this many. */
export const WINDOW = 100;

export interface Question {
  query: string;
  filter: Filter;
  sort: SortKey;
  descending: boolean;
}

interface ListState extends Question {
  columns: readonly ColumnName[];
  /** The view that was chosen last. */
  view: View | null;
  /** Counts beside the values of the filters; null until the first answer. */
  facets: Facets | null;
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
  columns: FIRST_COLUMNS,
  view: null,
  facets: null,
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
  clearTimeout(counting);
  counting = setTimeout(() => void loadFacets(), 200);
}

let counting: ReturnType<typeof setTimeout> | undefined;

/** A failure leaves the counts as they were; the list itself reports it. */
async function loadFacets(): Promise<void> {
  const mine = generation;
  const { query, filter } = useList.getState();
  const facets = await call('library.facets.get', { query: query.trim() || undefined, filter }).catch(
    () => null,
  );
  if (facets && mine === generation) useList.setState({ facets });
}

/** The list as it is asked for now, for whoever works on all of it. */
export function currentChoice() {
  const { query, filter, sort, descending } = useList.getState();
  return { query: query.trim() || undefined, filter, sort, descending };
}

/** Shows a view that was kept; null = everything, as at first. */
export function showView(view: View | null): void {
  const { query = '', filter = {}, sort = 'updated', descending = true } = view?.definition ?? {};
  useList.setState({ view, columns: view?.definition.columns ?? FIRST_COLUMNS });
  void ask({ query, filter, sort, descending });
}

/** Whether the list differs from the view chosen last. */
export function differsFromView(state: ListState): boolean {
  const of = (q: Partial<Question> & { columns: readonly string[] }) =>
    JSON.stringify([
      q.query?.trim() || '',
      Object.entries(q.filter ?? {})
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
      q.sort ?? 'updated',
      q.descending ?? true,
      q.columns,
    ]);
  return of(state) !== of((state.view?.definition ?? { columns: FIRST_COLUMNS }) as never);
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

/** Moves the keyboard's line. */
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
