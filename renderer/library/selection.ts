import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { CallInput } from '../../electron/api.ts';
import { call } from '../api.ts';
import type { GridSelection } from '../components/virtual-grid.tsx';
import { currentChoice, type ListRow, rowAt, useList } from './list-store.ts';

export type Selection = CallInput<'bulk.apply'>['selection'];

interface SelectionState {
  /** All of the list is chosen but `ids`; otherwise just `ids`. */
  all: boolean;
  ids: ReadonlySet<string>;
  /** Index of the row chosen last. */
  anchor: number;
}

const NONE: SelectionState = { all: false, ids: new Set(), anchor: 0 };

/** What is chosen in the library list. */
export const useSelection = create<SelectionState>(() => NONE);

/** Chooses nothing. */
export function clearSelection(): void {
  useSelection.setState(NONE);
}

// Another list is another choice; another order is not.
useList.subscribe((now, before) => {
  if (now.query !== before.query || now.filter !== before.filter) clearSelection();
});

/** How many are chosen. */
export function selectedCount({ all, ids }: SelectionState, total: number): number {
  return all ? Math.max(0, total - ids.size) : ids.size;
}

/** What is chosen, as calls name it. */
export function currentSelection(): Selection {
  const { all, ids } = useSelection.getState();
  return all ? { list: currentChoice(), except: [...ids] } : { ids: [...ids] };
}

/** The ids of what is chosen, in the order of the list where all of it is. */
export async function selectedIds(): Promise<string[]> {
  const { ids } = await call('library.ids.get', { selection: currentSelection() });
  return ids;
}

/** Ids of a part of the list, also of rows that were not on the screen yet. */
async function idsBetween(first: number, last: number): Promise<string[]> {
  const { windows } = useList.getState();
  const shown = Array.from({ length: last - first + 1 }, (_, i) => rowAt(windows, first + i)?.id);
  if (shown.every((id) => id !== undefined)) return shown as string[];
  const { ids } = await call('library.ids.get', {
    selection: { list: currentChoice() },
    offset: first,
    limit: last - first + 1,
  });
  return ids;
}

async function toggle(index: number, range: boolean): Promise<void> {
  const { anchor, ids } = useSelection.getState();
  const row = rowAt(useList.getState().windows, index);
  if (!row) return;
  const marked = ids.has(row.id);
  const some = range
    ? await idsBetween(Math.min(anchor, index), Math.max(anchor, index)).catch(() => [row.id])
    : [row.id];
  const next = new Set(ids);
  for (const id of some)
    if (marked && !range) next.delete(id);
    // With all chosen, what is marked is left out.
    else if (range && useSelection.getState().all) next.delete(id);
    else next.add(id);
  useSelection.setState({ ids: next, anchor: index });
}

/** The boxes of the library list. */
export function useGridSelection(): GridSelection<ListRow> {
  const { t } = useTranslation('lists');
  const state = useSelection();
  const total = useList((list) => list.total ?? 0);
  return useMemo(() => {
    const count = selectedCount(state, total);
    return {
      isSelected: (row) => state.ids.has(row.id) !== state.all,
      toggle: (index, range) => void toggle(index, range),
      all: count > 0 && count === total,
      some: count > 0,
      toggleAll: () => useSelection.setState({ all: count !== total, ids: new Set<string>(), anchor: 0 }),
      clear: clearSelection,
      label: (row) => t('select.row', { name: row.name }),
      allLabel: t('select.all'),
    };
  }, [state, total, t]);
}
