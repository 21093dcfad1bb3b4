import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { wasCancelled } from '../state/work.ts';
import type { Condition } from './list-store.ts';
import { endProgress } from './use-cohort.ts';

export type Question = CallInput<'cohort.screen'>;
export type Summary = CallOutput<'cohort.screen'>['summary'];
export type Row = CallOutput<'cohort.screeningPage'>['rows'][number];
export type Saved = CallOutput<'cohort.screenings'>[number];
export type Reach = Row['reach'];
export type Criterion = NonNullable<Question['criteria']>[number];
export type Compared = CallOutput<'cohort.compareScreenings'>;

interface ScreeningState {
  rung: number;
  date: string;
  /** "standard/tier"; empty = what is in force on the day. */
  by: string;
  condition: Condition;
  criteria: Criterion[];
  routes: boolean;
  running: boolean;
  error: unknown;
  /** The screening on the screen; `saved` where it was kept earlier, else what the form said when it was made. */
  shown: { id: string; summary: Summary; saved: Saved | null; form: string | null } | null;
  kept: Saved[];
  reach: Reach[];
  item: string | undefined;
  query: string;
  sort: 'rank' | 'name' | 'effort' | 'year';
  descending: boolean;
  compared: { ids: { from: string; to: string; kept: boolean }; result: Compared; from: Saved } | null;
}

function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export const useScreening = create<ScreeningState>(() => ({
  rung: 2,
  date: today(),
  by: '',
  condition: {},
  criteria: [],
  routes: true,
  running: false,
  error: null,
  shown: null,
  kept: [],
  reach: [],
  item: undefined,
  query: '',
  sort: 'rank',
  descending: false,
  compared: null,
}));

const fresh = {
  reach: [],
  item: undefined,
  query: '',
  sort: 'rank',
  descending: false,
  compared: null,
} as const;
const anew = () => ({ ...fresh, reach: [] as Reach[] });

const formOf = ({ rung, date, by, condition, criteria, routes }: ScreeningState) =>
  JSON.stringify([rung, date, by, condition, criteria, routes]);

/** Why what is on the screen is not what was asked last: another screening runs, or the form says something else. */
export function outdated(state: ScreeningState): 'oldWhile' | 'oldForm' | null {
  if (!state.shown) return null;
  if (state.running) return 'oldWhile';
  return state.shown.form !== null && state.shown.form !== formOf(state) ? 'oldForm' : null;
}

/** Screens the library by what stands in the form. */
export async function runScreening(): Promise<void> {
  const { rung, date, by, condition, criteria, routes } = useScreening.getState();
  const [standard, tier] = by.split('/');
  const form = formOf(useScreening.getState());
  useScreening.setState({ running: true, error: null });
  try {
    const { id, summary } = await call('cohort.screen', {
      rung,
      date,
      ...(standard && tier ? { by: { standard, tier } } : {}),
      ...(Object.keys(condition).length > 0 ? { condition } : {}),
      ...(criteria.length > 0 ? { criteria } : {}),
      routes,
    });
    useScreening.setState({ shown: { id, summary, saved: null, form }, ...anew() });
  } catch (error) {
    if (!wasCancelled(error)) useScreening.setState({ error });
  } finally {
    endProgress();
    useScreening.setState({ running: false });
  }
}

/** Reads the list of kept screenings; a failure leaves it as it was. */
export async function loadKept(): Promise<void> {
  const kept = await call('cohort.screenings', {}).catch(() => null);
  if (kept) useScreening.setState({ kept });
}

/** Keeps the screening on the screen under a name. Throws CallError. */
export async function keepScreening(name: string): Promise<void> {
  const { shown } = useScreening.getState();
  if (!shown) return;
  const saved = await call('cohort.saveScreening', { id: shown.id, name });
  useScreening.setState({ shown: { ...shown, saved } });
  await loadKept();
}

/** Shows a kept screening as it was. */
export async function openKept(saved: Saved): Promise<void> {
  try {
    const summary = await call('cohort.openScreening', { id: saved.id });
    useScreening.setState({ shown: { id: saved.id, summary, saved, form: null }, error: null, ...anew() });
  } catch (error) {
    useScreening.setState({ error });
  }
}

/** Compares the screening on the screen with an earlier one of the same tier. */
export async function compareWith(from: Saved): Promise<void> {
  const { shown } = useScreening.getState();
  if (!shown) return;
  const ids = { from: from.id, to: shown.saved?.id ?? shown.id, kept: shown.saved !== null };
  try {
    const result = await call('cohort.compareScreenings', ids);
    useScreening.setState({ compared: { ids, result, from }, error: null });
  } catch (error) {
    useScreening.setState({ error });
  }
}

/** Takes a kept screening away. Throws CallError. */
export async function removeKept(saved: Saved): Promise<void> {
  const kept = await call('cohort.removeScreening', { id: saved.id });
  const { shown, compared } = useScreening.getState();
  useScreening.setState({
    kept,
    ...(shown?.saved?.id === saved.id ? { shown: null } : {}),
    ...(compared?.from.id === saved.id ? { compared: null } : {}),
  });
}
