import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { call, callShell } from '../api.ts';
import { shortLocale } from '../i18n/i18n.ts';

export type Opened = CallOutput<'import.open'>;
export type ImportColumn = Opened['columns'][number];
export type Choices = CallInput<'import.preview'>['choices'];
export type Policy = Choices['policy'];
export type Preview = CallOutput<'import.preview'>;
export type Applied = CallOutput<'import.apply'>;
export type Step = 'file' | 'mapping' | 'check' | 'result';

interface ImportState {
  open: boolean;
  step: Step;
  /** Something is under way: the buttons wait. */
  busy: boolean;
  opened: Opened | null;
  choices: Choices;
  /** The dry run follows a choice that was just made; the next choice need not wait for it. */
  checking: boolean;
  preview: Preview | null;
  applied: Applied | null;
  undone: boolean;
  error: unknown;
}

const blank = {
  step: 'file',
  busy: false,
  opened: null,
  choices: { policy: 'fill', fields: {}, faulty: 'row', out: [], part: [] },
  checking: false,
  preview: null,
  applied: null,
  undone: false,
  error: null,
} satisfies Omit<ImportState, 'open'>;

export const useImport = create<ImportState>(() => ({ open: false, ...blank }));
const set = useImport.setState;

/** Does one thing after the other; its failure is shown in the wizard and everything else stays as it is. */
async function doing(work: () => Promise<Partial<ImportState> | undefined>): Promise<void> {
  if (useImport.getState().busy) return;
  set({ busy: true, error: null });
  try {
    set({ ...(await work()), busy: false });
  } catch (error) {
    set({ error, busy: false });
  }
}

/** Opens the wizard, empty. */
export function startImport(): void {
  set({ open: true, ...blank });
}

/** Closes the wizard and lets go of the table. An import under way goes on to its end. */
export function endImport(): void {
  const { opened, busy } = useImport.getState();
  if (busy) return;
  if (opened) void call('import.close', { id: opened.id }).catch(() => undefined);
  set({ open: false, ...blank });
}

/** A table just opened: with the choices made for such a table the last time, and none about its rows. */
const fresh = (opened: Opened) => ({
  opened,
  choices: { ...blank.choices, ...opened.policies },
  preview: null,
});
const toMapping = (opened: Opened) => ({ ...fresh(opened), step: 'mapping' as const });

/** Asks for a file and reads it. */
export function chooseFile(): Promise<void> {
  return doing(async () => {
    const answer = await callShell('shell.openImport', {});
    return 'cancelled' in answer ? undefined : toMapping(answer);
  });
}

export const LARGEST_DROP = 15 * 1024 * 1024;

/** Opens a file dropped on the window. */
export function openDropped(file: File): Promise<void> {
  if (!useImport.getState().open) startImport();
  return doing(async () =>
    toMapping(
      await call('import.bytes', { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }),
    ),
  );
}

/** Reads pasted cells. */
export function openPasted(text: string): Promise<void> {
  return doing(async () => toMapping(await call('import.paste', { text })));
}

/** Reads another sheet of the opened workbook. */
export function chooseSheet(sheet: number): Promise<void> {
  return doing(async () => {
    const { opened } = useImport.getState();
    return opened ? fresh(await call('import.sheet', { id: opened.id, sheet })) : undefined;
  });
}

/** Changes the mapping on the screen; it is sent with the next step. */
export function changeMapping(change: Partial<Pick<Opened, 'year' | 'unit' | 'columns'>>): void {
  const { opened } = useImport.getState();
  if (opened) set({ opened: { ...opened, ...change } });
}

/** Changes what a column is taken for. */
export function changeColumn(column: number, change: Partial<ImportColumn>): void {
  const { opened } = useImport.getState();
  if (!opened) return;
  changeMapping({
    columns: opened.columns.map((c) => (c.column === column ? { ...c, guessed: false, ...change } : c)),
  });
}

/** Sends the mapping and shows the dry run. */
export function check(): Promise<void> {
  return doing(async () => {
    const { opened, choices } = useImport.getState();
    if (!opened) return undefined;
    const { id, year, unit, columns } = opened;
    const mapping = {
      year,
      unit,
      columns: columns.map(({ column, target, year: own, unit: measure }) => ({
        column,
        target,
        year: own,
        unit: measure,
      })),
    };
    const set = await call('import.setMapping', { id, mapping });
    // Said once more, so that what was proposed or remembered is told as it was.
    const kept = { ...set, remembered: opened.remembered, policies: opened.policies };
    return { opened: kept, preview: await call('import.preview', { id, choices }), step: 'check' };
  });
}

/** Takes a choice at once and lets the dry run follow; of several made meanwhile only the last is run. */
export async function choose(change: Partial<Choices>): Promise<void> {
  set(({ choices }) => ({ choices: { ...choices, ...change } }));
  if (useImport.getState().checking) return;
  set({ checking: true, error: null });
  try {
    for (;;) {
      const { opened, choices } = useImport.getState();
      if (!opened) return;
      const preview = await call('import.preview', { id: opened.id, choices });
      if (useImport.getState().opened?.id !== opened.id) return;
      set({ preview });
      if (useImport.getState().choices === choices) return;
    }
  } catch (error) {
    set({ error });
  } finally {
    set({ checking: false });
  }
}

/** The policy of all fields. */
export function chooseForAll(policy: Policy): void {
  void choose({ policy, fields: {} });
}

/** The policy of one field. */
export function chooseForField(target: string, policy: Policy): void {
  const { choices } = useImport.getState();
  const { [target]: _, ...others } = choices.fields;
  void choose({ fields: policy === choices.policy ? others : { ...others, [target]: policy } });
}

const without = (rows: readonly number[], row: number) => rows.filter((other) => other !== row);

/** Leaves a row out, or takes it; one with faulty cells comes in without them. */
export function takeRow(row: number, taken: boolean, faulty: boolean): void {
  const { out, part, faulty: rule } = useImport.getState().choices;
  const [others, parts] = [without(out, row), without(part, row)];
  if (taken) void choose({ out: others, part: faulty && rule === 'row' ? [...parts, row] : parts });
  // Without a word it stays out already.
  else void choose({ out: faulty && rule === 'row' ? others : [...others, row], part: parts });
}

export function apply(): Promise<void> {
  return doing(async () => {
    const { opened, choices } = useImport.getState();
    if (!opened) return undefined;
    return { applied: await call('import.apply', { id: opened.id, choices }), step: 'result' };
  });
}

export function undoApplied(): Promise<void> {
  return doing(async () => {
    const { applied } = useImport.getState();
    if (!applied) return undefined;
    await call('import.undo', { batchId: applied.batchId });
    return { undone: true };
  });
}

/** Saves the rows in error; how many, or null when the dialog was cancelled. Throws CallError. */
export async function saveErrors(suggestedName: string): Promise<number | null> {
  const { opened } = useImport.getState();
  if (!opened) return null;
  const saved = await callShell('shell.saveImportErrors', {
    id: opened.id,
    locale: shortLocale(),
    suggestedName,
  });
  return 'cancelled' in saved ? null : saved.rows;
}

/** Back to a former step. */
export function goBack(step: Step): void {
  set({ step, error: null });
}
