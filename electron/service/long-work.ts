import type { Events } from '../api.ts';
import type { Db } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import type { Context, Handlers } from './context.ts';

/** Long work a person asked for and can end. */
export type LongJob = Events['work']['job'];

/** Work under way. Whoever does it tells how far it is and how it can be stopped. */
export class LongWork {
  readonly #tell: (done: number, total: number) => void;
  #stop: (() => void) | null = null;
  #cancelled = false;

  constructor(tell: (done: number, total: number) => void) {
    this.#tell = tell;
  }

  progress = (done: number, total: number): void => this.#tell(done, total);

  /** Throws the Refusal `workCancelled` where it has been cancelled: asked between steps that cannot be interrupted. */
  check(): void {
    if (this.#cancelled) throw new Refusal('conflict', 'workCancelled');
  }

  /** How the step that now begins is stopped. Throws where it has been cancelled before. */
  stopWith(stop: () => void): void {
    this.check();
    this.#stop = stop;
  }

  cancel(): void {
    this.#cancelled = true;
    this.#stop?.();
  }
}

const underWay = new WeakMap<Db, Map<LongJob, Set<LongWork>>>();

function workOf({ db }: Context, job: LongJob): Set<LongWork> {
  const all = underWay.get(db) ?? new Map<LongJob, Set<LongWork>>();
  underWay.set(db, all);
  const mine = all.get(job) ?? new Set<LongWork>();
  all.set(job, mine);
  return mine;
}

/**
 * Does long work that every screen can follow and end: events 'work' when it begins and ends, 'progress' between. Cancelled,
 * it rejects with `workCancelled`; what it was writing is then as it was before.
 */
export async function longWork<T>(
  context: Context,
  job: LongJob,
  work: (under: LongWork) => Promise<T>,
): Promise<T> {
  const mine = workOf(context, job);
  const under = new LongWork((done, total) => context.emit('progress', { job, done, total }));
  mine.add(under);
  context.emit('work', { job, running: mine.size });
  try {
    return await work(under);
  } finally {
    mine.delete(under);
    context.emit('work', { job, running: mine.size });
  }
}

/** Ends all work of a kind; says how many there were. */
export function cancelWork(context: Context, job: LongJob): number {
  const mine = workOf(context, job);
  for (const under of mine) under.cancel();
  return mine.size;
}

export const longWorkHandlers = {
  'work.cancel': (context, { job }) => ({ cancelled: cancelWork(context, job) }),
} satisfies Partial<Handlers>;
