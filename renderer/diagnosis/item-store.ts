import { create } from 'zustand';

/** The item whose explanation is open: its rung and its key (see itemKey). */
export const useOpenItem = create<{ open: { rung: number; key: string } | null }>(() => ({ open: null }));

/** Opens the explanation of a gate or indicator. */
export function openItem(rung: number, key: string): void {
  useOpenItem.setState({ open: { rung, key } });
}

/** Closes the explanation. */
export function closeItem(): void {
  useOpenItem.setState({ open: null });
}
