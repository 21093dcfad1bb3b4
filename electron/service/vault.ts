import type { Opening } from './rescue-calls.ts';

/** The library of a service, as it is opened, locked and replaced. */
export interface Vault extends Opening {
  readonly folder: string;
  /** Closes the library, does something to its file while all calls wait, and opens it again. */
  apart<T>(work: () => Promise<T>): Promise<T>;
  /** Closes the library and forgets its keys; from then on every call is refused until it is unlocked. */
  lockUp(): Promise<void>;
  readonly progress: (step: string, done: number, total: number) => void;
}
