import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';
import type { VerdictName } from '../components/verdict-tag.tsx';
import { pick } from '../i18n/i18n.ts';
import { asOfOf, useAsOf } from './as-of.ts';
import { draftOf, useDrafts } from './draft.ts';

export type Diagnosis = CallOutput<'diagnosis.evaluate'>;
export type Rung = Diagnosis['rungs'][number];
export type Route = Rung['routes'][number];
export type Judged = Route['items'][number];

interface EvaluationState {
  id: string | null;
  diagnosis: Diagnosis | null;
  error: unknown;
  /** Items whose verdict or distance changed with the last evaluation, until they have been seen for a while. */
  changed: ReadonlySet<string>;
}

/** The verdicts on the open enterprise, with what is being typed laid over what is stored. */
export const useEvaluation = create<EvaluationState>(() => ({
  id: null,
  diagnosis: null,
  error: null,
  changed: new Set(),
}));

/** An item of a route, unmistakable among all routes. */
export function itemKey(route: Pick<Route, 'standard' | 'tier'>, item: Pick<Judged, 'id'>): string {
  return `${route.standard}/${route.tier}/${item.id}`;
}

function standing(diagnosis: Diagnosis): Map<string, string> {
  const found = new Map<string, string>();
  for (const rung of diagnosis.rungs) {
    for (const route of rung.routes) {
      for (const item of route.items) {
        found.set(itemKey(route, item), `${item.verdict} ${item.gap?.zh ?? ''} ${item.points?.min ?? ''}`);
      }
    }
  }
  return found;
}

function changes(before: Diagnosis | null, after: Diagnosis): Set<string> {
  const changed = new Set<string>();
  if (!before) return changed;
  const old = standing(before);
  for (const [key, state] of standing(after)) if (old.has(key) && old.get(key) !== state) changed.add(key);
  return changed;
}

let running = false;
let wanted = false;
let forget: ReturnType<typeof setTimeout> | undefined;

async function evaluateOnce(id: string): Promise<void> {
  try {
    const diagnosis = await call('diagnosis.evaluate', {
      enterpriseId: id,
      asOf: asOfOf(id),
      draft: draftOf(id),
    });
    if (useEvaluation.getState().id !== id) return;
    const changed = changes(useEvaluation.getState().diagnosis, diagnosis);
    useEvaluation.setState({ diagnosis, error: null, ...(changed.size > 0 ? { changed } : {}) });
    if (changed.size > 0) {
      clearTimeout(forget);
      forget = setTimeout(() => useEvaluation.setState({ changed: new Set() }), 2600);
    }
  } catch (error) {
    if (useEvaluation.getState().id === id) useEvaluation.setState({ error });
  }
}

/** Judges the open enterprise again: one evaluation at a time, and the newest state always comes last. */
export function evaluate(): void {
  wanted = true;
  if (running) return;
  running = true;
  void (async () => {
    while (wanted) {
      wanted = false;
      const { id } = useEvaluation.getState();
      if (id) await evaluateOnce(id);
    }
    running = false;
  })();
}

/** Keeps the verdicts on one enterprise up to date with typing, the library and the as-of controls; returns the stop. */
export function followEvaluation(id: string): () => void {
  if (useEvaluation.getState().id !== id) {
    useEvaluation.setState({ id, diagnosis: null, error: null, changed: new Set() });
  }
  evaluate();
  const stops = [
    useDrafts.subscribe((now, before) => {
      if (now.drafts[id] !== before.drafts[id] && now.drafts[id]?.turn !== before.drafts[id]?.turn)
        evaluate();
    }),
    useAsOf.subscribe(evaluate),
    on('changed', ({ topic, id: changed }) => {
      if (topic === 'enterprise' && (changed === undefined || changed === id)) evaluate();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The rung looked at first: the next to reach, or the top one when it is held. */
export function firstRung(diagnosis: Diagnosis): number {
  return diagnosis.ladder.next ?? 3;
}

/** The document of a route in the current language; its number is Chinese, so in English its title stands for it. */
export function documentLine(route: Route): string {
  return pick({
    zh: `${route.number} ${route.annex.zh}`,
    en: `${route.documentTitle.en}, ${route.annex.en}`,
  });
}

/** How an item is marked: a gate by its verdict, an indicator by its points. */
export function markOf({ kind, verdict, points }: Pick<Judged, 'kind' | 'verdict' | 'points'>): VerdictName {
  if (kind !== 'indicator' || verdict !== 'unmet') return verdict;
  return points && points.max > 0 ? 'partial' : 'no_points';
}

/** Points of an indicator or a score: "10", or "10–20" where facts are missing. */
export function pointsText({ min, max }: { min: number; max: number }): string {
  return min === max ? `${min}` : `${min}\u2013${max}`;
}

/** The route of a rung that stands best. */
export function bestRoute(rung: Rung): Route | undefined {
  return rung.routes[rung.best] ?? rung.routes[0];
}
