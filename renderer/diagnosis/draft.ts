import { create } from 'zustand';
import type { CallInput } from '../../electron/api.ts';
import { CallError, call } from '../api.ts';
import { dropDraft, takeDraft, useDraftsLeft } from '../state/drafts.ts';
import { type EnterpriseFile, refetchEnterprise } from '../state/enterprise.ts';
import { draftKey, dropSave, flushSave, heldKey, holdTyped, queueSave } from '../state/save-queue.ts';
import type { FigureColumn } from './figure-rows.ts';

export type FactEdit = Omit<CallInput<'facts.set'>['facts'][number], 'factId' | 'year'> & {
  basis: 'declared' | 'documented' | 'checked';
  source: string | null;
  note: string | null;
};

/** What has been typed in this window and has not come back from the library yet. */
export interface Draft {
  /** By "<year> <column>": yuan or persons, null for unknown. */
  figures: Record<string, number | null>;
  /** By "<fact>@<year>". */
  facts: Record<string, FactEdit | 'cleared'>;
  /** Text that cannot be stored as it is typed, by the same keys: kept so that it is not lost. */
  texts: Record<string, string>;
  /** Grows with every edit, not when an edit has been stored. */
  turn: number;
}

const empty: Draft = { figures: {}, facts: {}, texts: {}, turn: 0 };

export const useDrafts = create<{ drafts: Record<string, Draft> }>(() => ({ drafts: {} }));

function change(id: string, changes: (draft: Draft) => Partial<Draft>): void {
  useDrafts.setState(({ drafts }) => {
    const draft = drafts[id] ?? empty;
    return { drafts: { ...drafts, [id]: { ...draft, ...changes(draft) } } };
  });
}

function without<T>(record: Record<string, T>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** What is typed for an enterprise and not stored yet. */
export function useDraft(id: string): Draft {
  return useDrafts((state) => state.drafts[id] ?? empty);
}

/** Names a cell of the figures. */
export function cellKey(year: number, column: FigureColumn): string {
  return `${year} ${column}`;
}

/** The unsaved edits as the evaluation takes them. */
export function draftOf(id: string): CallInput<'diagnosis.evaluate'>['draft'] {
  const { figures, facts } = useDrafts.getState().drafts[id] ?? empty;
  return {
    figures: [...yearsOf(figures)].map(([year, values]) => ({ year, values })),
    facts: Object.entries(facts).map(([key, edit]) => {
      const [factId = '', year] = key.split('@');
      return { factId, year: year ? Number(year) : null, value: edit === 'cleared' ? null : edit.value };
    }),
  };
}

function yearsOf(
  cells: Record<string, number | null>,
): Map<number, Partial<Record<FigureColumn, number | null>>> {
  const years = new Map<number, Partial<Record<FigureColumn, number | null>>>();
  for (const [key, value] of Object.entries(cells)) {
    const [year, column] = key.split(' ') as [string, FigureColumn];
    years.set(Number(year), { ...years.get(Number(year)), [column]: value });
  }
  return years;
}

/** An edit stays in the draft until the library has shown it, so that the field never jumps back for a moment. */
async function settle(id: string, kind: 'figures' | 'facts', edits: Record<string, unknown>): Promise<void> {
  await refetchEnterprise();
  change(id, (draft) => {
    const stored = Object.keys(edits).filter((key) => draft[kind][key] === edits[key]);
    return { [kind]: without<unknown>(draft[kind], stored) };
  });
}

/** The saving line of a cell or of a block of cells. */
export function figureSaveKey(id: string, key: string): string {
  return `${id} figures ${key}`;
}

let blocks = 0;

/**
 * Takes cells of the yearly grid (whole yuan or persons, null for unknown). One cell is saved soon after the last
 * keystroke; a block is saved at once and as a whole.
 */
export function editFigures(id: string, cells: Record<string, number | null>): void {
  const keys = Object.keys(cells);
  if (keys.length === 0) return;
  change(id, (draft) => ({
    figures: { ...draft.figures, ...cells },
    texts: without(draft.texts, keys),
    turn: draft.turn + 1,
  }));
  const save = async (values: Record<string, number | null>) => {
    const years = [...yearsOf(values)].map(([year, columns]) => ({ year, values: columns }));
    await call('figures.set', { enterpriseId: id, years });
    void settle(id, 'figures', values);
  };
  if (keys.length === 1) {
    queueSave(id, figureSaveKey(id, keys[0]!), cells, save);
    return;
  }
  for (const key of keys) dropSave(figureSaveKey(id, key));
  const block = figureSaveKey(id, `block ${++blocks}`);
  queueSave(id, block, cells, save);
  void flushSave(id, block);
}

/** Keeps text that is no number (yet): it is shown again and nothing is saved for it. */
export function holdText(id: string, key: string, text: string, saveKey: string): void {
  holdTyped(saveKey, text);
  change(id, (draft) => ({ texts: { ...draft.texts, [key]: text } }));
}

/** Lets go of text that could not be stored. */
export function dropText(id: string, key: string): void {
  dropDraft(heldKey(figureSaveKey(id, key)));
  dropDraft(heldKey(factSaveKey(id, key)));
  change(id, (draft) => ({ texts: without(draft.texts, [key]) }));
}

/** Names the saving of an answer. */
export function factSaveKey(id: string, key: string): string {
  return `${id} facts ${key}`;
}

/** Takes an answer. `now` saves at once (a choice), otherwise soon after the last keystroke. */
export function editFact(id: string, key: string, edit: FactEdit | 'cleared', now = false): void {
  change(id, (draft) => ({
    facts: { ...draft.facts, [key]: edit },
    texts: without(draft.texts, [key]),
    turn: draft.turn + 1,
  }));
  const [factId = '', yearText] = key.split('@');
  const year = yearText ? Number(yearText) : null;
  queueSave(id, factSaveKey(id, key), edit, async (value) => {
    if (value === 'cleared') {
      // An answer taken back before it was ever stored is not there to be cleared.
      await call('facts.clear', { enterpriseId: id, factId, year }).catch((error: unknown) => {
        if (!(error instanceof CallError) || error.error.code !== 'not-found') throw error;
      });
    } else await call('facts.set', { enterpriseId: id, facts: [{ factId, year, ...value }] });
    void settle(id, 'facts', { [key]: value });
  });
  if (now) void flushSave(id, factSaveKey(id, key));
}

/** A cell as it is shown: typed in this window, or stored. Undefined where nothing is known. */
export function cellValue(
  file: EnterpriseFile,
  draft: Draft,
  year: number,
  column: FigureColumn,
): number | null {
  const key = cellKey(year, column);
  if (key in draft.figures) return draft.figures[key] ?? null;
  return file.figures.find((row) => row.year === year)?.values[column] ?? null;
}

/** Types again what the last run of the application did not get to store of an enterprise. */
export function resumeDrafts(id: string): void {
  for (const key of [...useDraftsLeft.getState().left.keys()]) {
    const [kind, owner, part, ...rest] = key.split(' ');
    if (owner !== id || (part !== 'figures' && part !== 'facts')) continue;
    const name = rest.join(' ');
    const value = takeDraft(key);
    if (kind === heldKey('').trim()) {
      const saveKey = part === 'figures' ? figureSaveKey(id, name) : factSaveKey(id, name);
      holdText(id, name, String(value), saveKey);
    } else if (kind === draftKey('').trim()) {
      if (part === 'figures') {
        editFigures(id, value as Record<string, number | null>);
        // A block is saved under a new name.
        if (name.startsWith('block')) dropDraft(key);
      } else editFact(id, name, value as FactEdit | 'cleared');
    }
  }
}
