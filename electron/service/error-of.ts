import type { ApiError } from '../api.ts';
import { libraryFault } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { PlanFault } from '../plan/plan-fault.ts';
import { rememberError } from './recent-errors.ts';

/** A failure as data. What is not ours is logged here and told without its words, which may hold paths or content. `folder` is that of the library. */
export function errorOf(error: unknown, call: string, folder?: string): ApiError {
  if (error instanceof PlanFault) return { code: error.code, key: error.key, details: error.details };
  const known =
    error instanceof Refusal ? error : libraryFault(error, ...(folder === undefined ? [] : [folder]));
  if (known) return { code: known.code, key: known.key, details: known.details };
  console.error(`${call} failed:`, error);
  rememberError(call, error);
  return { code: 'internal', key: 'internal', details: { call } };
}
