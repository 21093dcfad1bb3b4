import { create } from 'zustand';

/** The item whose explanation is open: its rung and its key (see itemKey). */
export const useOpenItem = create<{ open: { rung: number; key: string } | null }>(() => ({ open: null }));

export function openItem(rung: number, key: string): void {
  useOpenItem.setState({ open: { rung, key } });
}

export function closeItem(): void {
  useOpenItem.setState({ open: null });
}
