import { dirname } from 'node:path';
import type { Events } from '../api.ts';
import { shelfOf } from '../library/backup-shelf.ts';
import { renameStubbornly, syncFolder } from '../library/durable-file.ts';
import { readKeptKeys, readKeyFile } from '../library/key-file.ts';
import { forgetKey } from '../library/keyring.ts';
import { takeLock } from '../library/lock.ts';
import type { OpenHow } from '../library/open-for-work.ts';
import { Refusal } from '../library/refusal.ts';
import { breakSeal } from '../library/seal.ts';
import type { Context } from './context.ts';
import type { Vault } from './vault.ts';

/** A library that is open, with what is under way on it. */
export interface Opened {
  readonly context: Context;
  close(): Promise<void>;
}

export interface VaultOptions {
  readonly libraryPath: string;
  readonly now: () => Date;
  readonly actor: string;
  readonly open: (how: OpenHow) => Promise<Opened>;
  readonly emit: <N extends keyof Events>(name: N, payload: Events[N]) => void;
  /** Resolves once the calls under way are answered, or will take long. */
  readonly quiet: () => Promise<void>;
}

/** The library of a service, held for as long as the service runs. */
export interface LibraryVault extends Vault {
  /** The open library; rejects with why it is not. */
  opened(): Promise<Opened>;
  /** Puts a file in the place of the library, which is closed for that and opened again. */
  takePlace(file: string): Promise<Context>;
  /** Closes it for good. */
  end(): Promise<void>;
}

/** Opens the library at once. */
export function holdLibrary({ libraryPath, now, actor, open, emit, quiet }: VaultOptions): LibraryVault {
  const folder = dirname(libraryPath);
  let ended = false;
  let shut = false;
  let opening = open({});
  // A failure to open is told with each call, not as an unhandled rejection.
  opening.catch(() => undefined);

  function replace(next: Promise<Opened>): void {
    opening = next;
    shut = false;
    opening.catch(() => undefined);
  }

  function openAgain(how: OpenHow = {}): Promise<Opened> {
    if (ended) return Promise.reject(new Refusal('library', 'serviceStopped'));
    return open(how);
  }

  const closed = (before: Promise<Opened>) =>
    before.then(
      (opened) => opened.close(),
      () => undefined,
    );

  function forgetKeys(): void {
    const own = readKeyFile(folder);
    if (own !== null && typeof own === 'object') forgetKey(own.id);
    for (const { id } of readKeptKeys(shelfOf(libraryPath))) forgetKey(id);
  }

  function tellAll(): void {
    for (const topic of ['library', 'enterprise', 'plan', 'settings', 'safety'] as const)
      emit('changed', { topic });
  }

  const vault: LibraryVault = {
    libraryPath,
    folder,
    now,
    actor,
    opened: () => opening,
    progress: (step, done, total) => emit('progress', { job: 'protection', step, done, total }),
    current: () =>
      opening.then(
        ({ context }) => context,
        (error: unknown) => error,
      ),
    async shut() {
      if (shut) return;
      shut = true;
      await closed(opening);
    },
    async reopen(how = {}) {
      await vault.shut();
      replace(openAgain(how));
      const { context } = await opening;
      tellAll();
      return context;
    },
    async apart(work) {
      const before = opening;
      // Whoever asks meanwhile waits for what is open afterwards.
      const done = quiet()
        .then(() => closed(before))
        .then(work);
      replace(
        done.then(
          () => openAgain(),
          () => openAgain(),
        ),
      );
      try {
        return await done;
      } finally {
        await opening.catch(() => undefined);
        tellAll();
      }
    },
    async lockUp() {
      const before = opening;
      replace(Promise.reject(new Refusal('locked', 'libraryLocked')));
      await quiet();
      await closed(before);
      forgetKeys();
      emit('changed', { topic: 'safety' });
    },
    async takePlace(file) {
      await vault.apart(async () => {
        const answer = takeLock(folder, { now });
        if (!answer.mine) throw new Refusal('library', 'libraryBusy');
        try {
          breakSeal(libraryPath);
          renameStubbornly(file, libraryPath);
          syncFolder(folder);
        } finally {
          answer.lock.release();
        }
      });
      return (await opening).context;
    },
    async end() {
      ended = true;
      await vault.shut();
      forgetKeys();
    },
  };
  return vault;
}
