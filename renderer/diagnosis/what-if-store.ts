import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { asOfOf } from './as-of.ts';
import type { Diagnosis } from './evaluation.ts';

export type Lever = CallOutput<'whatif.levers'>['levers'][number];
export type Effect = CallOutput<'whatif.evaluate'>;
export type Tried = Readonly<Record<string, string | boolean | null>>;

interface WhatIfState {
  enterpriseId: string | null;
  rung: number;
  levers: readonly Lever[];
  /** Facts that are tried out, by field; null takes a fact back to unknown. */
  tried: Tried;
  before: Diagnosis | null;
  effect: Effect | null;
  error: unknown;
}

const EMPTY: WhatIfState = {
  enterpriseId: null,
  rung: 0,
  levers: [],
  tried: {},
  before: null,
  effect: null,
  error: null,
};

/** What is being tried out, and what comes of it. Nothing of it is stored. */
export const useWhatIf = create<WhatIfState>(() => EMPTY);

let running = false;
let wanted = false;

async function evaluateOnce(): Promise<void> {
  const { enterpriseId, tried } = useWhatIf.getState();
  if (!enterpriseId) return;
  try {
    const effect = await call('whatif.evaluate', {
      enterpriseId,
      asOf: asOfOf(enterpriseId),
      facts: Object.entries(tried).map(([field, value]) => ({ field, value })),
    });
    if (useWhatIf.getState().enterpriseId === enterpriseId) useWhatIf.setState({ effect, error: null });
  } catch (error) {
    if (useWhatIf.getState().enterpriseId === enterpriseId) useWhatIf.setState({ error });
  }
}

// One evaluation at a time; the newest state always comes last, so a slider being dragged never queues up work.
function evaluate(): void {
  wanted = true;
  if (running) return;
  running = true;
  void (async () => {
    while (wanted) {
      wanted = false;
      await evaluateOnce();
    }
    running = false;
  })();
}

/** Opens the trial for a rung, with nothing changed yet. */
export async function openWhatIf(enterpriseId: string, before: Diagnosis, rung: number): Promise<void> {
  useWhatIf.setState({ ...EMPTY, enterpriseId, before, rung });
  try {
    const { levers } = await call('whatif.levers', { enterpriseId, asOf: asOfOf(enterpriseId), rung });
    const now = useWhatIf.getState();
    if (now.enterpriseId === enterpriseId && now.rung === rung) useWhatIf.setState({ levers });
  } catch (error) {
    useWhatIf.setState({ error });
  }
  evaluate();
}

/** Another rung, keeping what is being tried. */
export async function chooseWhatIfRung(rung: number): Promise<void> {
  const { enterpriseId, tried, before } = useWhatIf.getState();
  if (!enterpriseId || !before) return;
  await openWhatIf(enterpriseId, before, rung);
  useWhatIf.setState({ tried });
  evaluate();
}

/** Tries a value; undefined goes back to what is stored. */
export function tryFact(field: string, value: string | boolean | null | undefined): void {
  const { tried } = useWhatIf.getState();
  const next = { ...tried };
  if (value === undefined) delete next[field];
  else next[field] = value;
  useWhatIf.setState({ tried: next });
  evaluate();
}

/** Takes every trial value back. */
export function resetWhatIf(): void {
  useWhatIf.setState({ tried: {} });
  evaluate();
}

/** Leaves the trial. */
export function closeWhatIf(): void {
  useWhatIf.setState(EMPTY);
}
