import type { Holder } from './lock.ts';
import type { Db } from './sqlite-driver.ts';

/** Why a library can be looked at and not be changed. */
export interface ReadOnly {
  /** media: the place cannot be written; held: somebody else has it open; lost: somebody took it over; past: see `day`. */
  readonly reason: 'media' | 'held' | 'lost' | 'past';
  readonly holder: Holder | null;
  /** The holder has not been heard of for long: the library may be taken over. */
  readonly silent: boolean;
  /** The past day it is looked at, YYYY-MM-DD. */
  readonly day?: string;
}

/** A library opened for work: its database, and why it cannot be changed (null = it can). */
export interface OpenedLibrary {
  /** The file is byte for byte the one that was closed; else its content is still to be looked at. */
  readonly proved?: boolean;
  readonly db: Db;
  readonly readOnly: ReadOnly | null;
  close(): void;
}
