import { useEffect } from 'react';
import { create } from 'zustand';
import type { CallInput, CallOutput } from '../../electron/api.ts';
import { CallError, call, callShell, on } from '../api.ts';

export type EvidenceList = CallOutput<'evidence.list'>;
export type EvidenceFile = EvidenceList['files'][number];
export type Added = CallOutput<'evidence.addBytes'>;
/** Where a file is attached, and how that place is called on the screen. */
export type EvidencePlace = Omit<CallInput<'evidence.addBytes'>, 'name' | 'bytes'> & { label: string };

interface EvidenceState {
  /** The enterprise whose files are held. */
  id: string | null;
  list: EvidenceList | null;
  error: unknown;
  /** The place whose files are shown in the drawer. */
  asked: EvidencePlace | null;
}

export const useEvidence = create<EvidenceState>(() => ({ id: null, list: null, error: null, asked: null }));

/** Opens the files that prove a figure or fact. */
export function showEvidence(place: EvidencePlace): void {
  useEvidence.setState({ asked: place });
}

/** Closes them. */
export function hideEvidence(): void {
  useEvidence.setState({ asked: null });
}

async function load(id: string): Promise<void> {
  try {
    const list = await call('evidence.list', { enterpriseId: id });
    if (useEvidence.getState().id === id) useEvidence.setState({ list, error: null });
  } catch (error) {
    if (useEvidence.getState().id === id) useEvidence.setState({ error });
  }
}

/** Holds the files of an enterprise while any part of the screen shows them. */
export function useEvidenceOf(id: string): EvidenceList | null {
  const list = useEvidence((state) => (state.id === id ? state.list : null));
  useEffect(() => {
    if (useEvidence.getState().id !== id) {
      useEvidence.setState({ id, list: null, error: null });
      void load(id);
    }
  }, [id]);
  return list;
}

/** Follows changes of the enterprise whose files are held; returns the function that stops it. */
export function followEvidence(): () => void {
  return on('changed', ({ topic, id }) => {
    const held = useEvidence.getState().id;
    if (held && topic === 'enterprise' && (id === undefined || id === held)) void load(held);
  });
}

/** Files of one place. */
export function filesAt(
  list: EvidenceList | null,
  place: Pick<EvidencePlace, 'entity' | 'entityId'>,
): EvidenceFile[] {
  return list?.files.filter((file) => file.entity === place.entity && file.entityId === place.entityId) ?? [];
}

const inputOf = ({ enterpriseId, entity, entityId }: EvidencePlace) => ({ enterpriseId, entity, entityId });

/** Asks for files and attaches them; null = cancelled. Throws CallError. */
export async function chooseFiles(place: EvidencePlace): Promise<Added | null> {
  const answer = await callShell('shell.chooseEvidence', inputOf(place));
  return 'cancelled' in answer ? null : answer;
}

/** What one message to the service can carry. */
const DROPPED = 15 * 1024 * 1024;

/** Attaches files that were dropped or pasted. Throws CallError. */
export async function addFiles(place: EvidencePlace, files: readonly File[]): Promise<Added> {
  let added = 0;
  const refused: Added['refused'] = [];
  for (const file of files) {
    if (file.size > DROPPED) {
      refused.push({ name: file.name, key: 'evidenceDropTooLarge', details: {} });
      continue;
    }
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      await call('evidence.addBytes', { ...inputOf(place), name: file.name || 'file', bytes });
      added += 1;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      refused.push({ name: file.name, key: error.error.key, details: error.error.details ?? {} });
    }
  }
  return { added, refused };
}
