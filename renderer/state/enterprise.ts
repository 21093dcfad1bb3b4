import { create } from 'zustand';
import type { CallOutput } from '../../electron/api.ts';
import { call, on } from '../api.ts';

export type EnterpriseFile = CallOutput<'enterprise.get'>;

interface EnterpriseState {
  id: string | null;
  /** What the library holds of the open enterprise; null until it has arrived. */
  file: EnterpriseFile | null;
  error: unknown;
}

export const useEnterprise = create<EnterpriseState>(() => ({ id: null, file: null, error: null }));

let fetching: Promise<void> | null = null;
let again = false;

async function fetchOnce(id: string): Promise<void> {
  try {
    const file = await call('enterprise.get', { id });
    if (useEnterprise.getState().id === id) useEnterprise.setState({ file, error: null });
  } catch (error) {
    if (useEnterprise.getState().id === id) useEnterprise.setState({ error });
  }
}

/** Fetches the open enterprise again; calls made meanwhile are answered by one more fetch. */
export function refetchEnterprise(): Promise<void> {
  if (fetching) {
    again = true;
    return fetching;
  }
  fetching = (async () => {
    do {
      again = false;
      const { id } = useEnterprise.getState();
      if (id) await fetchOnce(id);
    } while (again);
    fetching = null;
  })();
  return fetching;
}

/** Opens an enterprise and fetches it. The old one's data is never shown under the new one's name. */
export function openEnterprise(id: string): Promise<void> {
  if (useEnterprise.getState().id !== id) useEnterprise.setState({ id, file: null, error: null });
  return refetchEnterprise();
}

/** Follows changes in the library; returns the function that stops it. */
export function followEnterprise(): () => void {
  return on('changed', ({ topic, id }) => {
    const open = useEnterprise.getState().id;
    if (open && topic === 'enterprise' && (id === undefined || id === open)) void refetchEnterprise();
  });
}
