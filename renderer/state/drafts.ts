import { create } from 'zustand';
import { call } from '../api.ts';

/** What was typed and not stored when window, service or machine stopped; by key, as it was found at the start. */
export const useDraftsLeft = create<{ left: ReadonlyMap<string, unknown>; restored: readonly string[] }>(
  () => ({
    left: new Map(),
    restored: [],
  }),
);

/** A draft is written this long after the first keystroke that is not in one yet, so that typing without a pause is safe too. */
const SOON = 250;
/** Long texts are written less often. */
const SOON_LONG = 1500;
const LONG = 20_000;
const LONGEST = 200_000;

const waiting = new Map<string, { value: unknown; timer: ReturnType<typeof setTimeout> }>();
const kept = new Set<string>();
// One after the other, so that a draft never arrives after it was dropped.
let line: Promise<unknown> = Promise.resolve();

function send(work: () => Promise<unknown>): void {
  // Keeping a draft is a precaution: where it cannot be kept, what is typed is still on the screen.
  line = line.then(work).catch(() => undefined);
}

function write(key: string): void {
  const draft = waiting.get(key);
  if (!draft) return;
  clearTimeout(draft.timer);
  waiting.delete(key);
  kept.add(key);
  send(() => call('draft.keep', { key, value: draft.value }));
}

/** Keeps what is typed so that it survives a crash of window, service or machine, until `dropDraft`. */
export function keepDraft(key: string, value: unknown): void {
  const before = waiting.get(key);
  if (before) {
    before.value = value;
    return;
  }
  const length = JSON.stringify(value ?? null).length;
  if (length > LONGEST) return;
  const timer = setTimeout(() => write(key), length > LONG ? SOON_LONG : SOON);
  waiting.set(key, { value, timer });
}

/** Forgets a draft: what was typed is stored, or given up. Resolves when it is gone from the disk, or cannot be reached. */
export async function dropDraft(key: string): Promise<void> {
  clearTimeout(waiting.get(key)?.timer);
  waiting.delete(key);
  const { left } = useDraftsLeft.getState();
  if (left.has(key)) useDraftsLeft.setState({ left: new Map([...left].filter(([other]) => other !== key)) });
  else if (!kept.has(key)) return;
  kept.delete(key);
  send(() => call('draft.drop', { key }));
  await line;
}

/** Writes at once what waits: the field is left, or the window may soon be gone. */
export function writeDrafts(): void {
  for (const key of [...waiting.keys()]) write(key);
}

/** Writes what waits; resolves once all of it is on the disk. */
export async function settleDrafts(): Promise<void> {
  writeDrafts();
  await line;
}

/** Reads what the last run left. Where it cannot be read there is nothing to give back. */
export async function loadDrafts(): Promise<void> {
  try {
    const found = await call('draft.list', {});
    useDraftsLeft.setState({ left: new Map(found.map(({ key, value }) => [key, value])) });
  } catch {
    // The window starts without.
  }
}

/** What the last run left under a key; undefined = nothing. */
export function leftDraft(key: string): unknown {
  return useDraftsLeft.getState().left.get(key);
}

/** Takes what the last run left under a key back to where it was typed; undefined = nothing. It is kept until it is stored. */
export function takeDraft(key: string): unknown {
  const { left, restored } = useDraftsLeft.getState();
  if (!left.has(key)) return undefined;
  const value = left.get(key);
  kept.add(key);
  useDraftsLeft.setState({
    left: new Map([...left].filter(([other]) => other !== key)),
    restored: [...restored, key],
  });
  return value;
}

document.addEventListener('focusout', writeDrafts);
document.addEventListener('visibilitychange', writeDrafts);
window.addEventListener('pagehide', writeDrafts);
