import { Refusal } from '../library/refusal.ts';

/** So many wrong ones cost nothing: a slip of the finger. */
const FREE = 3;
const LONGEST_WAIT = 300;

/** Counts wrong passphrases: after the third each further one has to wait twice as long, up to five minutes. */
export interface Tries {
  /** Seconds until the next try is taken. */
  wait(): number;
  /** Refuses a try that comes too soon. */
  requireTime(): void;
  /** Counts a wrong one; returns the seconds to wait now. */
  wrong(): number;
  right(): void;
}

/** By the monotonic clock, which nobody can set. */
export function createTries(now: () => number = () => performance.now()): Tries {
  let wrong = 0;
  let until = 0;
  const wait = () => Math.max(0, Math.ceil((until - now()) / 1000));
  return {
    wait,
    requireTime() {
      if (wait() > 0) throw new Refusal('forbidden', 'passphraseWait', { wait: wait() });
    },
    wrong() {
      wrong += 1;
      if (wrong >= FREE) until = now() + 1000 * Math.min(LONGEST_WAIT, 2 ** (wrong - FREE + 1));
      return wait();
    },
    right() {
      wrong = 0;
      until = 0;
    },
  };
}
