/** What a part found: figures by name, as they are to be reported. A part that finds a fault throws. */
export type Figures = Record<string, number | string>;

/** How a part is run: the long form, or the short one that the test suite uses. */
export interface Extent {
  readonly short: boolean;
  /** Seed of whatever is random, so that a run can be repeated. */
  readonly seed: number;
  /** Lines on how far it is. */
  say(line: string): void;
}

/** One part of the torture: a name for the command line, what it proves, and the work itself. */
export interface Part {
  readonly name: string;
  readonly proves: string;
  run(extent: Extent): Promise<Figures>;
}

/** Random numbers that a seed repeats: mulberry32. From 0 up to, not including, 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
