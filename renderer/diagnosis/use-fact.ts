import type { SaveStatus } from '../components/save-state.tsx';
import { useEnterprise } from '../state/enterprise.ts';
import { flushSave, isWaiting, useSaves } from '../state/save-queue.ts';
import { dropText, editFact, type FactEdit, factSaveKey, holdText, useDraft } from './draft.ts';
import { type Fact, factKey, storedFact } from './topics.ts';

export interface FactField {
  /** The answer: exact text, a flag, null for "unknown for now", undefined for not answered. */
  value: string | boolean | null | undefined;
  basis: FactEdit['basis'];
  source: string | null;
  note: string | null;
  /** Typed text that could not be stored. */
  held: string | undefined;
  status: SaveStatus;
  error: unknown;
  /** Takes an answer; `now` for a choice that is saved at once. */
  answer(value: string | boolean | null, now?: boolean): void;
  /** Changes how the answer is backed. */
  back(changes: Partial<Pick<FactEdit, 'basis' | 'source' | 'note'>>): void;
  clear(): void;
  hold(text: string): void;
  flush(): void;
}

/** One fact of the walk: what is stored or typed, its saving, and the acts of a person on it. */
export function useFact(enterpriseId: string, fact: Fact, fiscalYear: number): FactField {
  const key = factKey(fact, fiscalYear);
  const saveKey = factSaveKey(enterpriseId, key);
  const file = useEnterprise((state) => (state.id === enterpriseId ? state.file : null));
  const draft = useDraft(enterpriseId);
  const save = useSaves((state) => state.fields[saveKey]);
  const stored = file ? storedFact(file, key) : undefined;
  const edited = draft.facts[key];
  const current = edited === 'cleared' ? undefined : (edited ?? stored);
  const base: FactEdit = {
    value: current?.value ?? null,
    basis: current?.basis ?? 'declared',
    source: current?.source ?? null,
    note: current?.note ?? null,
  };
  return {
    value: current?.value,
    basis: base.basis,
    source: base.source,
    note: base.note,
    held: draft.texts[key],
    status: save?.status ?? 'idle',
    error: save?.error ?? null,
    answer(value, now = false) {
      // A document proves the value it was given for; another value is only declared until it is backed again.
      const same = stored?.value === value ? stored : current?.value === value ? current : undefined;
      const { basis, source } = same ?? { basis: 'declared' as const, source: null };
      editFact(
        enterpriseId,
        key,
        { value, basis: basis ?? 'declared', source: source ?? null, note: base.note },
        now,
      );
    },
    back(changes) {
      if (current) editFact(enterpriseId, key, { ...base, ...changes });
    },
    clear() {
      if (current) editFact(enterpriseId, key, 'cleared');
      else dropText(enterpriseId, key);
    },
    hold(text) {
      holdText(enterpriseId, key, text, saveKey);
    },
    flush() {
      if (isWaiting(saveKey)) void flushSave(enterpriseId, saveKey);
    },
  };
}
