import type { Step } from './cohort-rows.ts';

/** Work this long without looking up, in ms: what is asked meanwhile hardly waits. */
const SLICE_MS = 20;
const REPORT_MS = 150;

/**
 * A step for long walks on a thread that also answers questions: rests now and then, reports how far it is, and says
 * false once the work is cancelled.
 */
export function pacer(
  total: number,
  cancelled: () => boolean,
  progress: (done: number, total: number) => void,
): Step {
  let rested = performance.now();
  let reported = 0;
  return async (done) => {
    const now = performance.now();
    if (now - reported > REPORT_MS || done === total) {
      reported = now;
      progress(done, total);
    }
    if (now - rested > SLICE_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      rested = performance.now();
    }
    return !cancelled();
  };
}
