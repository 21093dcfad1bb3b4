import { listen, tell } from './control.ts';
import { strict } from './strict.ts';

interface Item {
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  registerAccelerator?: boolean;
  click?: () => void;
  submenu?: Item[];
}
interface Built {
  items: Item[];
}

let current: Built | null = null;

/** Chromium shows no menu of ours; it is kept for tests, and its shortcuts work. */
export const Menu = strict('Menu', {
  buildFromTemplate: (items: Item[]): Built => ({ items }),
  setApplicationMenu(menu: Built | null): void {
    current = menu;
  },
  getApplicationMenu: () => current,
});

function* everyItem(items: Item[]): Generator<Item> {
  for (const item of items) {
    yield item;
    yield* everyItem(item.submenu ?? []);
  }
}

/** Runs the item whose shortcut is `key` ("K", "Shift+S") together with Ctrl or Cmd. */
export function pressAccelerator(key: string): void {
  for (const item of everyItem(current?.items ?? [])) {
    if (item.registerAccelerator === false) continue;
    if (item.accelerator?.toUpperCase() === `CMDORCTRL+${key.toUpperCase()}`) item.click?.();
  }
}

listen((message) => {
  if (message.type !== 'menu') return;
  let items = current?.items ?? [];
  let found: Item | undefined;
  for (const label of message.path) {
    found = items.find((item) => item.label === label);
    items = found?.submenu ?? [];
  }
  found?.click?.();
  tell({ type: 'menu', id: message.id, labels: items.flatMap((item) => item.label ?? []) });
});
