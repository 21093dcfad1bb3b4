import { create } from 'zustand';
import { call } from '../api.ts';

/** Privacy mode: the one enterprise that can be seen while guests watch the screen; null = off. */
export const useGuest = create<{ id: string | null; name: string }>(() => ({ id: null, name: '' }));

async function show(id: string | null): Promise<void> {
  const name = id === null ? '' : (await call('enterprise.get', { id })).enterprise.name;
  useGuest.setState({ id, name });
}

/** Reads whether guests were watching when the last run ended. */
export async function loadGuest(): Promise<void> {
  await show((await call('guest.status', {})).enterpriseId);
}

/** Hides everything but one enterprise. */
export async function beginGuest(id: string): Promise<void> {
  await show((await call('guest.begin', { enterpriseId: id })).enterpriseId);
}

/** Ends privacy mode. Throws CallError. */
export async function endGuest(): Promise<void> {
  await show((await call('guest.end', {})).enterpriseId);
}

/** Whether only one enterprise can be seen now. */
export function guestsWatch(): boolean {
  return useGuest.getState().id !== null;
}
