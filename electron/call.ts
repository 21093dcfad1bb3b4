import type { z } from 'zod';

/**
 * What a call does to the library. 'none': nothing (it looks, computes, or writes a file elsewhere), so it waits for nothing.
 * 'draft': keeps what is half typed. 'change': changes it, after the day's backup and after a thread that writes; refused where
 * the library is open for looking only. 'work': as 'change', but takes its own turn beside such a thread.
 */
export type Effect = 'none' | 'draft' | 'change' | 'work';

/** What a call of the contract (api.ts) is. */
export interface Call {
  /** Who may make it: 'shell' = only the main process, on behalf of a dialog the user answered. */
  readonly from: 'window' | 'shell';
  readonly effect: Effect;
  /** Says nothing of any enterprise, so it is answered while guests watch, too. */
  readonly guests?: true;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}
