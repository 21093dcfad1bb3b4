import { useCallback, useEffect, useState } from 'react';
import { dropDraft, takeDraft } from '../state/drafts.ts';
import {
  draftKey,
  flushSave,
  heldKey,
  holdTyped,
  isWaiting,
  queueSave,
  useSaves,
  waitingValue,
} from '../state/save-queue.ts';
import type { SaveStatus } from './save-state.tsx';

export interface SavedField<T> {
  value: T;
  status: SaveStatus;
  error: unknown;
  /** Takes what was typed and saves it soon. */
  change(value: T): void;
  /** Only shows what was typed: it cannot be saved yet (for example half a number). */
  type(value: T): void;
  /** Saves now: the field is left, or a failed save is tried again. */
  flush(): void;
}

/**
 * One field that saves itself. `stored` is the value of the library; a newer one from there is shown as long as nothing
 * typed here is waiting. `owner` is whose line of saves it joins, `name` tells the owner's fields apart.
 */
export function useSavedField<T>(
  owner: string,
  name: string,
  stored: T,
  save: (value: T) => Promise<unknown>,
): SavedField<T> {
  const key = `${owner} ${name}`;
  const state = useSaves((all) => all.fields[key]);
  const [value, setValue] = useState(() => waitingValue(key, stored));
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!isWaiting(key) && !held) setValue(stored);
  }, [stored, key, held]);
  const flush = useCallback(() => {
    if (isWaiting(key)) void flushSave(owner, key);
  }, [owner, key]);
  // What the last run of the application did not get to store is typed again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each field
  useEffect(() => {
    const [typed, text] = [takeDraft(draftKey(key)), takeDraft(heldKey(key))];
    if (typed !== undefined && typed !== stored) {
      setValue(typed as T);
      queueSave(owner, key, typed as T, save);
    } else if (typed !== undefined) dropDraft(draftKey(key));
    if (text !== undefined) {
      setHeld(true);
      setValue(text as T);
    }
  }, [key]);
  // Leaving the screen leaves the field.
  useEffect(() => flush, [flush]);
  return {
    value,
    status: state?.status ?? 'idle',
    error: state?.error ?? null,
    change(next) {
      setHeld(false);
      setValue(next);
      queueSave(owner, key, next, save);
    },
    type(next) {
      setHeld(true);
      setValue(next);
      holdTyped(key, next);
    },
    flush,
  };
}
