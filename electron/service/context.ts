import type { z } from 'zod';
import type { CallName, CallOutput, Calls, Events } from '../api.ts';
import type { Rules } from '../diagnosis/context.ts';
import type { RescueCallName } from '../library/access-call-shapes.ts';
import type { Cloud } from '../library/cloud-folder.ts';
import type { Db } from '../library/open.ts';
import type { ReadOnly } from '../library/opened-library.ts';
import type { Pack } from '../library/packs.ts';
import type { ProtectionCallName } from '../library/protection-call-shapes.ts';
import type { Settings } from '../library/shapes.ts';
import type { Tx } from '../library/write.ts';
import type { Audit } from './audit.ts';
import type { Documents } from './documents.ts';
import type { Resources } from './resources.ts';
import type { Safety } from './safety.ts';

/** How the library is open, and where it lies. */
export interface Access {
  /** Why nothing can be changed; null = it can. */
  readOnly: ReadOnly | null;
  readonly cloud: Cloud | null;
  readonly folder: string;
}

/** What the handlers of the calls work with. */
export interface Context {
  readonly db: Db;
  /** The file of the database; where the library is open for looking only, a private copy of it. */
  readonly libraryPath: string;
  readonly access: Access;
  readonly resources: Resources;
  readonly rules: Rules;
  readonly packs: readonly Pack[];
  readonly documents: Documents;
  now(): Date;
  /** Today on this computer, YYYY-MM-DD. */
  today(): string;
  settings(): Settings;
  /** Who is at work, as the change log names them. */
  actor(): string;
  /** A write through the library's one door; standings follow in the same transaction. */
  write<T>(action: string, work: (tx: Tx) => T, options?: { grouped: boolean }): T;
  /** Backups and what keeps the library whole. */
  readonly safety: Safety;
  /** The quiet audit of the library. */
  readonly audit: Audit;
  /**
   * Puts a file that was made ready in the place of the library, which is closed for that and opened again; all calls
   * wait. Resolves with what is open then.
   */
  takePlace(file: string): Promise<Context>;
  /** Stops judging in the background, and takes it up again: while the content of the library is replaced. */
  pauseRefresh(): void;
  resumeRefresh(): void;
  emit<N extends keyof Events>(name: N, payload: Events[N]): void;
}

/** The answer to a call: plain work on the library, or a promise where something slower is needed. */
export type Handlers = {
  [N in Exclude<CallName, RescueCallName | ProtectionCallName>]: (
    context: Context,
    input: z.output<Calls[N]['input']>,
  ) => CallOutput<N> | Promise<CallOutput<N>>;
};
