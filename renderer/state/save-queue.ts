import { create } from 'zustand';
import type { SaveStatus } from '../components/save-state.tsx';
import { dropDraft, keepDraft } from './drafts.ts';

interface FieldSave {
  status: SaveStatus;
  error: unknown;
}

interface Job {
  /** What was typed, so that a field that is shown again shows it. */
  value: unknown;
  save(): Promise<unknown>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** How each field's saving stands, by a key such as "<enterprise> profile niche". */
export const useSaves = create<{ fields: Record<string, FieldSave> }>(() => ({ fields: {} }));

/** The key of a draft of what is typed into a field: a value about to be stored, or text that cannot be stored as it is. */
export const draftKey = (key: string) => `typed ${key}`;
/** The key of a draft of text that cannot be stored as it is typed. */
export const heldKey = (key: string) => `held ${key}`;

const DEBOUNCE = 400;
const jobs = new Map<string, Job>();
// One line per owner (enterprise, settings): its saves are made one after the other, in the order they were typed.
const lines = new Map<string, Promise<void>>();

function mark(key: string, status: SaveStatus, error: unknown = null): void {
  useSaves.setState((state) => ({ fields: { ...state.fields, [key]: { status, error } } }));
}

function run(owner: string, key: string): Promise<void> {
  const job = jobs.get(key);
  if (!job) return lines.get(owner) ?? Promise.resolve();
  clearTimeout(job.timer);
  const line = (lines.get(owner) ?? Promise.resolve()).then(async () => {
    // The newest typed value is saved; when an earlier turn already saved it, nothing is left to do.
    const current = jobs.get(key);
    if (!current) return;
    mark(key, 'saving');
    try {
      await current.save();
      if (jobs.get(key) === current) {
        jobs.delete(key);
        // Said to be saved when nothing of it is left to do: a draft that outlived a reload would be typed again.
        await dropDraft(draftKey(key));
        if (!jobs.has(key)) mark(key, 'saved');
      }
    } catch (error) {
      // The job stays, so that it can be tried again and is not lost.
      if (jobs.get(key) === current) mark(key, 'failed', error);
    }
  });
  lines.set(owner, line);
  return line;
}

/** Saves a field soon: 400 ms after the last keystroke, or at once with `flushSave`. A newer value replaces an older one. */
export function queueSave<T>(
  owner: string,
  key: string,
  value: T,
  save: (value: T) => Promise<unknown>,
): void {
  clearTimeout(jobs.get(key)?.timer);
  const timer = setTimeout(() => void run(owner, key), DEBOUNCE);
  jobs.set(key, { value, save: () => save(value), timer });
  keepDraft(draftKey(key), value);
  dropDraft(heldKey(key));
  mark(key, 'dirty');
}

/** Saves a waiting field now (when it is left, or to try a failed one again). */
export function flushSave(owner: string, key: string): Promise<void> {
  return run(owner, key);
}

/** Saves everything that waits for an owner now, e.g. when its screen is left. */
export async function flushOwner(owner: string): Promise<void> {
  const keys = [...jobs.keys()].filter((key) => key.startsWith(`${owner} `));
  await Promise.all(keys.map((key) => run(owner, key)));
}

/** Drops a waiting value, e.g. because it turned out not to be savable as typed. */
export function dropSave(key: string): void {
  clearTimeout(jobs.get(key)?.timer);
  jobs.delete(key);
  dropDraft(draftKey(key));
  mark(key, 'idle');
}

/** Keeps text that cannot be stored as it is typed, so that a crash does not lose it. */
export function holdTyped(key: string, text: unknown): void {
  dropSave(key);
  keepDraft(heldKey(key), text);
}

/** Saves everything that waits, of all owners; also what failed before, e.g. because the service was away. */
export async function flushAll(): Promise<void> {
  await Promise.all([...jobs.keys()].map((key) => run(key.split(' ')[0]!, key)));
}

/** Whether anything typed is about to be saved. */
export function isTyping(): boolean {
  return Object.values(useSaves.getState().fields).some(({ status }) => status === 'dirty');
}

/** Whether a field holds a value that is not stored yet. */
export function isWaiting(key: string): boolean {
  return jobs.has(key);
}

/** The value of a field that is not stored yet, otherwise `stored`. */
export function waitingValue<T>(key: string, stored: T): T {
  const job = jobs.get(key);
  return job ? (job.value as T) : stored;
}

/** The state of an owner's fields taken together: a failure counts most, then what is under way. */
export function overall(fields: Record<string, FieldSave>, owner: string): SaveStatus {
  const mine = Object.entries(fields).flatMap(([key, field]) =>
    key.startsWith(`${owner} `) ? [field.status] : [],
  );
  for (const status of ['failed', 'saving', 'dirty', 'saved'] as const) {
    if (mine.includes(status)) return status;
  }
  return 'idle';
}

// The window is closed or reloaded: what was typed in the last moments is sent before it goes.
window.addEventListener('pagehide', () => {
  for (const key of jobs.keys()) void run(key.split(' ')[0]!, key);
});
