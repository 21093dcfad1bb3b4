import type { Db } from '../open.ts';
import { up as initial } from './0010-initial.ts';
import { up as imports } from './0020-imports.ts';
import { up as cultivation } from './0030-cultivation.ts';
import { up as practice } from './0040-practice.ts';

/** One step of the library's format. `version` is what user_version says afterwards. */
export interface Migration {
  readonly version: number;
  up(db: Db): void;
}

/**
 * All steps in order, numbered in tens. A released step is never edited: a change of the format is a new step.
 */
export const migrations: readonly Migration[] = [
  { version: 10, up: initial },
  { version: 20, up: imports },
  { version: 30, up: cultivation },
  { version: 40, up: practice },
];
