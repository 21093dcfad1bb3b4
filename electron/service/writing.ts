import type { Db } from '../library/open.ts';

/** The thread that writes into a library now, as a promise of its end. */
const writers = new WeakMap<Db, Promise<void>>();

/**
 * Lets a thread write: until it is done, calls that write wait for it (see service.ts) without keeping others waiting. Two
 * connections that write at once would block the whole service, and in the end one of them would fail.
 */
export async function whileWriting<T>(db: Db, work: () => Promise<T>): Promise<T> {
  while (writers.has(db)) await writers.get(db);
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

/** Calls that store nothing themselves, or end what others wait for. */
const NEVER_WAIT =
  /^(cohort\.|export\.|import\.(open|bytes|paste|sheet|preview|close|apply|undo|everything)|undo\.|work\.)/;

/** Whether a call of this name has to wait while a thread writes. */
export async function afterWriter(db: Db, name: string): Promise<void> {
  if (NEVER_WAIT.test(name)) return;
  while (writers.has(db)) await writers.get(db);
}
