import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call } from '../api.ts';
import { takeDraft } from '../state/drafts.ts';
import { draftKey, flushSave, isWaiting, queueSave } from '../state/save-queue.ts';

export type Plan = CallOutput<'plan.get'>;
export type PlanContent = Plan['content'];

interface PlanState {
  plan: Plan | null;
  error: unknown;
  past: PlanContent[];
  future: PlanContent[];
  /** Grows with every stored change, so that the preview knows when to look again. */
  stored: number;
}

/** The plan that is edited, with what is needed to take steps back. */
export const usePlan = create<PlanState>(() => ({
  plan: null,
  error: null,
  past: [],
  future: [],
  stored: 0,
}));

const LIMIT = 100;
/** Keystrokes in one field within this time are one step. */
const STEP = 2000;
let lastTag = '';
let lastTime = 0;

/** The saving line of a plan, and the key of its content in it. */
export function planSaveKey(id: string): string {
  return `${id} content`;
}

/** Opens a plan. What still waits to be saved of the one before goes on being saved. */
export async function openPlan(id: string): Promise<void> {
  if (usePlan.getState().plan?.id === id) return;
  usePlan.setState({ plan: null, error: null, past: [], future: [] });
  lastTag = '';
  try {
    const plan = await call('plan.get', { id });
    usePlan.setState((state) => ({ plan, stored: state.stored + 1 }));
    // What the last run of the application did not get to store is typed again.
    const typed = takeDraft(draftKey(planSaveKey(id)));
    if (typed !== undefined) editPlan('', () => typed as PlanContent);
  } catch (error) {
    usePlan.setState({ error });
  }
}

/** Reads the open plan again after it was changed elsewhere (undo over the whole library). */
export async function reloadPlan(): Promise<void> {
  const { plan } = usePlan.getState();
  if (!plan || isWaiting(planSaveKey(plan.id))) return;
  const fresh = await call('plan.get', { id: plan.id }).catch((fault: unknown) => {
    // That it was made has been taken back: the screen goes to another version.
    if ((fault as { code?: unknown }).code === 'not-found') return null;
    throw fault;
  });
  if (usePlan.getState().plan?.id !== plan.id) return;
  if (fresh) takePlan(fresh);
  else usePlan.setState({ plan: null, error: null, past: [], future: [] });
}

/** Leaves the plan; what was typed is stored. */
export function closePlan(): void {
  const { plan } = usePlan.getState();
  if (plan) void flushPlan();
  usePlan.setState({ plan: null, error: null, past: [], future: [] });
}

/** Shows a plan that was just made, without reading it again. */
export function takePlan(plan: Plan): void {
  usePlan.setState((state) => ({ plan, error: null, past: [], future: [], stored: state.stored + 1 }));
  lastTag = '';
}

function put(content: PlanContent, steps: Pick<PlanState, 'past' | 'future'>): void {
  const { plan } = usePlan.getState();
  if (!plan) return;
  usePlan.setState({ plan: { ...plan, content }, ...steps });
  queueSave(plan.id, planSaveKey(plan.id), content, async (newest) => {
    const saved = await call('plan.update', { id: plan.id, content: newest });
    usePlan.setState((state) => {
      if (state.plan?.id !== saved.id) return {};
      // What has been typed since stays; only what the service counts is taken over.
      const { version, updatedAt } = saved;
      return { plan: { ...state.plan, version, updatedAt }, stored: state.stored + 1 };
    });
  });
}

/** Changes the content; `tag` names the field, so that typing in one field is one step back. */
export function editPlan(tag: string, change: (content: PlanContent) => PlanContent): void {
  const { plan, past } = usePlan.getState();
  if (!plan) return;
  const now = Date.now();
  const joins = tag !== '' && tag === lastTag && now - lastTime < STEP;
  lastTag = tag;
  lastTime = now;
  put(change(plan.content), {
    past: joins ? past : [...past, plan.content].slice(-LIMIT),
    future: [],
  });
}

/** Takes the last step back. */
export function undoPlan(): void {
  const { plan, past, future } = usePlan.getState();
  const before = past.at(-1);
  if (!plan || !before) return;
  lastTag = '';
  put(before, { past: past.slice(0, -1), future: [...future, plan.content] });
}

/** Does the last step taken back again. */
export function redoPlan(): void {
  const { plan, past, future } = usePlan.getState();
  const after = future.at(-1);
  if (!plan || !after) return;
  lastTag = '';
  put(after, { past: [...past, plan.content], future: future.slice(0, -1) });
}

/** Saves what waits now, e.g. before the document is written. */
export function flushPlan(): Promise<void> {
  const { plan } = usePlan.getState();
  return plan ? flushSave(plan.id, planSaveKey(plan.id)) : Promise.resolve();
}
