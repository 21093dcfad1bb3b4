import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, callShell, on } from '../api.ts';
import { useVerify } from '../plan/verify-store.ts';

export type OpenedCase = CallOutput<'case.unlock'>;
export type CaseFirm = NonNullable<OpenedCase['content']>['firms'][number];
export type Applied = CallOutput<'case.apply'>;
export type Conflict = CallOutput<'conflict.list'>[number];
export type Batch = CallOutput<'case.list'>[number];

interface CaseState {
  /** Enterprises about to be packed; null while the dialog is closed. */
  packing: { ids: readonly string[]; name: string | null } | null;
  opened: OpenedCase | null;
  /** Firms of the package to be taken in, by their ids in it. */
  chosen: ReadonlySet<string>;
  applied: Applied | null;
  inbox: boolean;
  conflicts: readonly Conflict[];
}

/** Packages between laptops: what is being packed, what was opened, and what waits for a decision. */
export const useCase = create<CaseState>(() => ({
  packing: null,
  opened: null,
  chosen: new Set(),
  applied: null,
  inbox: false,
  conflicts: [],
}));

/** Begins to pack enterprises; `name` is theirs where it is one. */
export function startPacking(ids: readonly string[], name: string | null = null): void {
  if (ids.length > 0) useCase.setState({ packing: { ids, name } });
}

/** What of a firm is news here. */
export function stateOf(firm: CaseFirm): 'new' | 'conflict' | 'changed' | 'same' {
  if (firm.found === 'new') return 'new';
  if (firm.disagreementCount > 0) return 'conflict';
  const news = firm.takenCount + firm.removed.length + Object.keys(firm.made).length;
  return news > 0 ? 'changed' : 'same';
}

/** Shows what an opened package would change. */
export function showCase(opened: OpenedCase): void {
  const chosen = (opened.content?.firms ?? []).filter((firm) => stateOf(firm) !== 'same');
  useCase.setState({ opened, chosen: new Set(chosen.map((firm) => firm.caseId)), applied: null });
}

/** A plan's PDF shows first what came of verifying it. */
function shown(answer: CallOutput<'case.bytes'>): void {
  if ('verified' in answer) useVerify.setState({ result: answer.verified, error: null });
  else showCase(answer);
}

/** Asks for a package or a plan's PDF and shows what it would change. Rejects where it cannot be opened. */
export async function openCase(): Promise<void> {
  const answer = await callShell('shell.openCase', {});
  if (!('cancelled' in answer)) shown(answer);
}

/** Files of more bytes are opened by the menu, not by dropping them. */
export const LARGEST_CASE_DROP = 60 * 1024 * 1024;

/** Whether a dropped file is a package or a plan's PDF, by its name. */
export function isCaseFile({ name }: File): boolean {
  return /\.(cultivar-case|pdf)$/i.test(name);
}

/** Opens a package or a plan's PDF that was dropped on the window. Rejects where it cannot be opened. */
export async function openDroppedCase(file: File): Promise<void> {
  shown(await call('case.bytes', { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }));
}

/** Opens a sealed package with its passphrase. Throws CallError. */
export async function unlockCase(passphrase: string): Promise<void> {
  const { opened } = useCase.getState();
  if (opened) showCase(await call('case.unlock', { id: opened.id, passphrase }));
}

/** Takes the chosen firms of the opened package in. Throws CallError. */
export async function applyCase(): Promise<void> {
  const { opened, chosen } = useCase.getState();
  if (!opened) return;
  const applied = await call('case.apply', { id: opened.id, firms: [...chosen] });
  useCase.setState({ applied });
  await loadConflicts();
}

/** Takes a merge back as one step; answers what was taken in and stands. Throws CallError. */
export async function undoCase(batchId: string): Promise<readonly Batch[]> {
  const batches = await call('case.undo', { batchId });
  await loadConflicts();
  return batches;
}

/** Lets go of the opened package. */
export function closeCase(): void {
  const { opened } = useCase.getState();
  // The service lets go of it with the next one at the latest.
  if (opened) void call('case.close', { id: opened.id }).catch(() => undefined);
  useCase.setState({ opened: null, applied: null });
}

/** Reads which decisions wait. Throws CallError. */
export async function loadConflicts(): Promise<void> {
  useCase.setState({ conflicts: await call('conflict.list', {}) });
}

/** Decides conflicts for one side. Throws CallError. */
export async function settle(ids: readonly string[], side: 'mine' | 'theirs'): Promise<void> {
  useCase.setState({ conflicts: await call('conflict.settle', { ids: [...ids], side }) });
}

/** Keeps the number of open decisions right while the library is on the screen; returns the stop. */
export function followConflicts(): () => void {
  // Without an answer there is simply no number; the inbox itself says what is wrong.
  const load = () => void loadConflicts().catch(() => undefined);
  load();
  return on('changed', ({ topic }) => {
    if (topic === 'library') load();
  });
}
