import { useAccess } from '../safety/access-store.ts';

/**
 * Whether anything can be stored: not in a library that is open only for looking. The one place that fields and buttons
 * ask; until it is known how the library is open, they are as in a library to work in.
 */
export function useCanWrite(): boolean {
  return useAccess(({ access }) => !access?.readOnly);
}

/** The same outside of what is drawn: for commands of menu and keyboard. */
export function canWrite(): boolean {
  return !useAccess.getState().access?.readOnly;
}
