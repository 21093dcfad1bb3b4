import { randomBytes } from 'node:crypto';
import { type Db, prepared } from './open.ts';

/**
 * Times of the change log: a hybrid logical clock. As text they sort in the order in which things happened here, even
 * when the computer's clock is set back, and two laptops never give the same one.
 */
export interface Clock {
  /** A time later than every time given before. `now` is the computer's clock, milliseconds since 1970. */
  tick(now: number): string;
}

const COUNTER_END = 0x10000;

/** "<milliseconds, 15 digits>-<counter, 4 hex digits>-<node>". */
export function formatHlc(ms: number, counter: number, node: string): string {
  return `${String(ms).padStart(15, '0')}-${counter.toString(16).padStart(4, '0')}-${node}`;
}

/** The parts of a time, also one marked as known in part (`p`); throws RangeError for a text that is none. */
export function parseHlc(text: string): { ms: number; counter: number; node: string } {
  const match = /^(\d{15})-([0-9a-f]{4})-([0-9a-f]{16})p?$/.exec(text);
  if (!match) throw new RangeError('no time of the change log');
  return { ms: Number(match[1]), counter: Number.parseInt(match[2]!, 16), node: match[3]! };
}

/** A clock that goes on after `last`, the newest time already given (null = none). */
export function hybridClock(node: string, last: string | null): Clock {
  let { ms, counter } = last ? parseHlc(last) : { ms: 0, counter: 0 };
  return {
    tick(now) {
      const physical = Math.max(0, Math.floor(now));
      if (physical > ms) [ms, counter] = [physical, 0];
      else if (counter + 1 < COUNTER_END) counter += 1;
      else [ms, counter] = [ms + 1, 0];
      return formatHlc(ms, counter, node);
    },
  };
}

const NODE_KEY = 'internal.node';
/** The newest time this library knows of, given here or elsewhere. */
const NEWEST = `SELECT max(hlc) AS hlc FROM (
  SELECT max(hlc) AS hlc FROM change UNION ALL SELECT max(hlc) AS hlc FROM foreign_change)`;
const clocks = new WeakMap<Db, Clock>();

/** This library's clock. Its node name is drawn once and kept in the library. Called within a write. */
export function clockOf(db: Db): Clock {
  const known = clocks.get(db);
  if (known) return known;
  const fresh = JSON.stringify(randomBytes(8).toString('hex'));
  prepared(db, 'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(NODE_KEY, fresh);
  const stored = prepared(db, 'SELECT value FROM setting WHERE key = ?').get(NODE_KEY);
  const last = prepared(db, NEWEST).get();
  return hybridClock(JSON.parse(String(stored?.value)), (last?.hlc as string | null) ?? null);
}

/** Keeps a clock for the library once the write that first used it is safe. */
export function keepClock(db: Db, clock: Clock): void {
  clocks.set(db, clock);
}

/**
 * Makes the library's clock go on after everything its log now holds and after `last`: used when another thread wrote, or
 * when older content was put in its place. Times already given are never given again.
 */
export function continueClock(db: Db, last: string | null = null): void {
  const node = prepared(db, 'SELECT value FROM setting WHERE key = ?').get(NODE_KEY);
  const newest = prepared(db, NEWEST).get()?.hlc as string | null | undefined;
  const after = [newest ?? '', last ?? ''].sort().at(-1) || null;
  if (node) clocks.set(db, hybridClock(JSON.parse(String(node.value)), after));
}
