import type { Events } from '../api.ts';
import { type Db, libraryFault } from '../library/open.ts';
import { searchIndexOf } from '../library/search-index.ts';
import { staleStandings } from '../library/standing.ts';

/** Judging this many takes a few dozen milliseconds: calls in between hardly wait. */
const SLICE = 8;
const NEXT_LOOK_MS = 10 * 60_000;
const BUSY_MS = 500;

export interface RefreshOptions {
  readonly db: Db;
  readonly rulesHash: string;
  readonly today: () => string;
  readonly judgeAgain: (id: string) => void;
  readonly emit: (name: 'changed', payload: Events['changed']) => void;
}

/**
 * Keeps the lines of the library screen true: whatever was judged by other rules, or before a day on which it changes,
 * is judged again, a few at a time between calls; then every ten minutes, for programs that stay open for days. The search
 * index is read before that, so that the first search finds it ready.
 */
export function keepStandingsFresh({ db, rulesHash, today, judgeAgain, emit }: RefreshOptions): {
  /** Whether there is something to read or to judge. */
  busy(): boolean;
  stop(): void;
} {
  let stopped = false;
  let busy = true;
  let timer: NodeJS.Timeout | undefined;
  const failed = new Set<string>();

  function slice(changed: boolean): void {
    if (stopped || !db.open) return;
    // Search comes first: judging a whole library can take minutes.
    if (searchIndexOf(db).readMore()) {
      setImmediate(() => slice(changed));
      return;
    }
    // One more than failed before are asked for, so that those that cannot be judged do not block the rest.
    const ids = staleStandings(db, rulesHash, today(), SLICE + failed.size).filter((id) => !failed.has(id));
    busy = ids.length > 0;
    if (!busy) {
      if (changed) emit('changed', { topic: 'library' });
      timer = setTimeout(() => slice(false), NEXT_LOOK_MS);
      timer.unref();
      return;
    }
    const { timeout } = (db.pragma('busy_timeout') as { timeout: number }[])[0] ?? { timeout: 5000 };
    try {
      // Calls must not wait while another thread writes: judging can.
      db.pragma('busy_timeout = 0');
      // Immediate: a transaction that begins with reading fails at once when another thread has written meanwhile.
      db.transaction(() => {
        for (const id of ids) judgeAgain(id);
      }).immediate();
    } catch (error) {
      if (libraryFault(error)?.key !== 'libraryBusy') throw error;
      // An import or a change of many is being stored; nothing is lost by waiting.
      timer = setTimeout(() => slice(changed), BUSY_MS);
      timer.unref();
      return;
    } finally {
      db.pragma(`busy_timeout = ${timeout}`);
    }
    searchIndexOf(db).forget(ids);
    const still = new Set(staleStandings(db, rulesHash, today(), SLICE + failed.size));
    for (const id of ids) if (still.has(id)) failed.add(id);
    setImmediate(() => slice(true));
  }

  setImmediate(() => slice(false));
  return {
    busy: () => busy,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
