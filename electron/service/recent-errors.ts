import { basename } from 'node:path';

/** An error that was not foreseen, without its words: these may hold content of the library. */
export interface RecentError {
  readonly at: string;
  readonly call: string;
  readonly kind: string;
  /** Places in our code, without folders. */
  readonly frames: readonly string[];
}

const KEPT = 50;
const recent: RecentError[] = [];

function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  // The words of an error come first and may be of several lines; only what looks like a place is taken.
  return [...stack.matchAll(/^\s+at (?:(?:async )?([\w$.<>[\] ]{1,80}) \()?([^()\n]+):(\d+):(\d+)\)?$/gm)]
    .slice(0, 12)
    .map(([, name = '', file = '', line, column]) => `${name} ${basename(file)}:${line}:${column}`.trim());
}

/** Keeps where an unforeseen error came from, for the support bundle. */
export function rememberError(call: string, error: unknown): void {
  const known = error instanceof Error;
  recent.unshift({
    at: new Date().toISOString(),
    call,
    kind: known ? error.constructor.name : typeof error,
    frames: known ? framesOf(error) : [],
  });
  recent.length = Math.min(recent.length, KEPT);
}

/** The newest unforeseen errors of this run. */
export function recentErrors(): readonly RecentError[] {
  return recent;
}
