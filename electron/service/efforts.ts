import type { Events } from '../api.ts';
import { cheapestOf, routesOf } from '../cohort/row-routes.ts';
import type { Rules } from '../diagnosis/context.ts';
import { rulesetOf } from '../diagnosis/ruleset.ts';
import { readFile } from '../library/enterprise-file.ts';
import { type Db, libraryFault } from '../library/open.ts';
import { searchIndexOf } from '../library/search-index.ts';
import { forgetEfforts, putEfforts, withoutEffort } from '../library/standing.ts';
import { leversIn } from './route-calls.ts';

/** The effort of an enterprise's easiest way to the rung above the one it holds, as a screening has it; null = there is none. */
export function effortUp(
  db: Db,
  id: string,
  by: { readonly rules: Rules; readonly folder: string; readonly today: string; readonly held: number },
): number | null {
  const { rules, folder, today, held } = by;
  const steps = routesOf(readFile(db, id), {
    ruleset: rulesetOf(rules),
    levers: leversIn(folder),
    today,
    applicationDate: today,
    held,
    last: held + 1,
  });
  return cheapestOf(steps.at(-1)?.options ?? [])?.effort ?? null;
}

/** Stored together, so that the disk is not written for each. */
const BATCH = 200;
/** How often it is looked whether an edit has made a way up unknown, in milliseconds. */
const LOOK_MS = 2_000;
/** Lists on the screen are told of new efforts at most this often, in milliseconds. */
const TELL_MS = 5_000;

export interface EffortOptions {
  readonly db: Db;
  readonly rulesHash: string;
  readonly today: () => string;
  /** The effort of the easiest way of an enterprise to the rung above the one it holds; null = there is none. */
  readonly effortOf: (id: string, held: number) => number | null;
  /** Whether lines are being judged afresh: that comes first. */
  readonly judging: () => boolean;
  readonly emit: (name: 'changed', payload: Events['changed']) => void;
}

/**
 * Works out the effort of everyone's easiest way up, one enterprise at a time between calls and with a rest as long as each
 * took, and keeps it in the lines of the library's list; what is edited or judged anew is worked out anew.
 */
export function keepEffortsFresh(options: EffortOptions): { stop(): void } {
  const { db, rulesHash, today, effortOf, judging, emit } = options;
  let timer: NodeJS.Timeout | undefined;
  let key = '';
  let waiting: { id: string; held: number }[] = [];
  let found = new Map<string, number | null>();
  let told = 0;
  let untold = false;

  const later = (ms: number) => {
    timer = setTimeout(step, ms);
    timer.unref();
  };

  function store(work: () => void): boolean {
    const { timeout } = (db.pragma('busy_timeout') as { timeout: number }[])[0] ?? { timeout: 5000 };
    try {
      // Calls must not wait while another thread writes: this can.
      db.pragma('busy_timeout = 0');
      db.transaction(work).immediate();
      return true;
    } catch (error) {
      if (libraryFault(error)?.key !== 'libraryBusy') throw error;
      return false;
    } finally {
      db.pragma(`busy_timeout = ${timeout}`);
    }
  }

  function tell(now: boolean): void {
    if (!untold || (!now && Date.now() - told < TELL_MS)) return;
    untold = false;
    told = Date.now();
    emit('changed', { topic: 'library' });
  }

  function step(): void {
    if (!db.open) return;
    if (judging()) {
      waiting = [];
      later(LOOK_MS);
      return;
    }
    const wanted = `${rulesHash.slice(0, 16)} ${today().slice(0, 4)}`;
    if (wanted !== key) {
      if (!store(() => forgetEfforts(db, wanted))) {
        later(LOOK_MS);
        return;
      }
      key = wanted;
    }
    if (waiting.length === 0) {
      if (found.size > 0) {
        const efforts = found;
        if (!store(() => putEfforts(db, efforts, key))) {
          later(LOOK_MS);
          return;
        }
        for (const [id, effort] of efforts) searchIndexOf(db).setEffort(id, effort);
        found = new Map();
        untold = true;
      }
      waiting = withoutEffort(db, rulesHash, BATCH);
      tell(waiting.length === 0);
      if (waiting.length === 0) {
        later(LOOK_MS);
        return;
      }
    }
    const next = waiting.shift() as { id: string; held: number };
    const start = performance.now();
    try {
      found.set(next.id, effortOf(next.id, next.held));
    } catch {
      // A fact that cannot be read, or an enterprise that has just gone: there is no way to tell.
      found.set(next.id, null);
    }
    later(performance.now() - start);
  }

  later(LOOK_MS);
  return { stop: () => clearTimeout(timer) };
}
