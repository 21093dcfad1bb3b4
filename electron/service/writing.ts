import type { Db } from '../library/open.ts';

/** The thread that writes into a library now, as a promise of its end. */
const writers = new WeakMap<Db, Promise<void>>();

/**
 * Lets a thread write: until it is done, calls of the effect 'change' wait for it (see service.ts) without keeping others waiting. Two
 * connections that write at once would block the whole service, and in the end one of them would fail.
 */
export async function whileWriting<T>(db: Db, work: () => Promise<T>): Promise<T> {
  await afterWriter(db);
  let done: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    done = resolve;
  });
  writers.set(db, end);
  try {
    return await work();
  } finally {
    writers.delete(db);
    done();
  }
}

/** Resolves once no thread writes. */
export async function afterWriter(db: Db): Promise<void> {
  while (writers.has(db)) await writers.get(db);
}

/** Writes from a call that has waited for something else meanwhile (a backup, a slice before this one): in its turn. */
export function inTurn<T>(db: Db, write: () => T): Promise<T> {
  return whileWriting(db, async () => write());
}
