import type { CallInput, CallOutput } from '../api.ts';
import { listBackups, shelfOf } from '../library/backup-shelf.ts';
import { keyOf } from '../library/connect.ts';
import {
  type KeyFile,
  makeKey,
  newRecovery,
  openByPassphrase,
  openByRecovery,
  readKeptKeys,
  recoveryEnd,
  recoveryLetters,
  recoverySecret,
  withPassphrase,
  withRecovery,
} from '../library/key-file.ts';
import { forgetKey, holdKey, idsHeld, keyWith } from '../library/keyring.ts';
import { countBackups } from '../library/protect-backups.ts';
import { type ProtectionCallName, SHORTEST } from '../library/protection-call-shapes.ts';
import { Refusal } from '../library/refusal.ts';
import { writeFileSafely } from '../plan/write-file.ts';
import type { Context } from './context.ts';
import { guestOf } from './guest.ts';
import { convertBackupsOf, turnOff, turnOn } from './protection-convert.ts';
import { storeKeyFile, usableKeyFiles } from './protection-keys.ts';
import { recoveryText } from './recovery-text.ts';
import { isContext, readOnlyRefusal } from './rescue-calls.ts';
import { createTries } from './tries.ts';
import type { Vault } from './vault.ts';

export type ProtectionHandlers = {
  [N in ProtectionCallName]: (input: CallInput<N>) => Promise<CallOutput<N>>;
};

function requireLong(passphrase: string): void {
  if ([...passphrase].length < SHORTEST)
    throw new Refusal('invalid-input', 'passphraseShort', { minimum: SHORTEST });
}

/** Passphrase, recovery key and encryption of the library of one service. */
export function createProtection(vault: Vault): ProtectionHandlers {
  const tries = createTries();
  let prepared: string | null = null;
  let cancel = new SharedArrayBuffer(4);
  let line: Promise<unknown> = Promise.resolve();

  /** One after the other: nothing is unlocked while it is being locked. */
  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const next = line.then(work);
    line = next.catch(() => undefined);
    return next;
  }

  async function status(): Promise<CallOutput<'protection.status'>> {
    const found = await vault.current();
    const wait = tries.wait();
    const { folder } = vault;
    if (found instanceof Refusal && found.code === 'locked')
      return { state: found.key === 'libraryKeyMissing' ? 'keyless' : 'locked', folder, wait, backups: null };
    const open = isContext(found)
      ? keyOf(found.db) !== null
      : usableKeyFiles(vault.libraryPath).some(({ id }) => keyWith(id) !== null);
    const backups = countBackups(listBackups(shelfOf(vault.libraryPath)));
    return { state: open ? 'open' : 'off', folder, wait, backups };
  }

  /** The key of the first of some key files that a secret opens. Wrong ones are counted. Throws a Refusal. */
  async function opened(
    files: readonly KeyFile[],
    open: (file: KeyFile) => Promise<Uint8Array | null> | Uint8Array | null,
    wrong: string,
  ): Promise<{ file: KeyFile; key: Uint8Array }> {
    tries.requireTime();
    for (const file of files) {
      const key = await open(file);
      if (key) {
        tries.right();
        return { file, key };
      }
    }
    throw new Refusal('forbidden', wrong, { wait: tries.wrong() });
  }

  function filesToUnlock(): KeyFile[] {
    const files = usableKeyFiles(vault.libraryPath);
    if (files.length === 0) throw new Refusal('library', 'libraryKeyMissing');
    return files;
  }

  async function isLocked(): Promise<boolean> {
    const found = await vault.current();
    return found instanceof Refusal && found.code === 'locked';
  }

  async function letIn(file: KeyFile, key: Uint8Array, rewritten?: KeyFile): Promise<void> {
    holdKey(file.id, key);
    key.fill(0);
    try {
      storeKeyFile(vault.libraryPath, rewritten ?? file, rewritten !== undefined);
    } catch (error) {
      forgetKey(file.id);
      throw error;
    }
    // Where it still cannot be opened, each call says why.
    await vault.reopen().catch(() => undefined);
  }

  /** The library, open for work. Throws a Refusal. */
  async function working(encrypted: boolean): Promise<{ context: Context; id: string | null }> {
    const found = await vault.current();
    if (!isContext(found)) throw found;
    if (found.access.readOnly) throw readOnlyRefusal(found);
    if (guestOf(found.db) !== null) throw new Refusal('forbidden', 'guestsWatch');
    const id = keyOf(found.db);
    if ((id !== null) !== encrypted)
      throw new Refusal('conflict', encrypted ? 'protectionIsOff' : 'protectionIsOn');
    return { context: found, id };
  }

  /** The key file of the open library, with its key: asked for again before anything about it changes. */
  async function asked(passphrase: string): Promise<{ context: Context; file: KeyFile; key: Uint8Array }> {
    const { context, id } = await working(true);
    const files = usableKeyFiles(vault.libraryPath).filter((file) => file.id === id);
    const found = await opened(files, (file) => openByPassphrase(file, passphrase), 'passphraseWrong');
    return { context, ...found };
  }

  /** The recovery key that was prepared, once its end was typed back. */
  function confirmed(end: string): Uint8Array {
    const secret = prepared === null ? null : recoverySecret(prepared);
    if (prepared === null || !secret) throw new Refusal('conflict', 'recoveryNotPrepared');
    if (recoveryLetters(end) !== recoveryEnd(prepared))
      throw new Refusal('invalid-input', 'recoveryEndWrong', { path: 'recoveryEnd' });
    return secret;
  }

  function freshCancel(): SharedArrayBuffer {
    cancel = new SharedArrayBuffer(4);
    return cancel;
  }

  return {
    'protection.status': () => status(),

    'protection.unlock': ({ passphrase }) =>
      inLine(async () => {
        if (!(await isLocked())) return status();
        const files = filesToUnlock();
        const { file, key } = await opened(
          files,
          (one) => openByPassphrase(one, passphrase),
          'passphraseWrong',
        );
        await letIn(file, key);
        return status();
      }),

    'protection.recover': ({ recovery, passphrase }) =>
      inLine(async () => {
        if (!(await isLocked())) return status();
        requireLong(passphrase);
        const files = filesToUnlock();
        const secret = recoverySecret(recovery);
        const { file, key } = await opened(
          files,
          (one) => (secret ? openByRecovery(one, secret) : null),
          'recoveryWrong',
        );
        await letIn(file, key, await withPassphrase(file, key, passphrase));
        return status();
      }),

    'protection.lock': () =>
      inLine(async () => {
        const found = await vault.current();
        if (isContext(found) ? keyOf(found.db) === null : idsHeld().length === 0) return status();
        prepared = null;
        await vault.lockUp();
        return status();
      }),

    async 'protection.prepare'() {
      prepared = newRecovery();
      return { recovery: prepared };
    },

    async 'protection.saveRecovery'({ path, locale }) {
      if (prepared === null) throw new Refusal('conflict', 'recoveryNotPrepared');
      await writeFileSafely(path, Buffer.from(recoveryText(prepared, locale, vault.folder), 'utf8'));
      return { path };
    },

    'protection.turnOn': ({ passphrase, recoveryEnd: end, backups }) =>
      inLine(async () => {
        const { context } = await working(false);
        requireLong(passphrase);
        const secret = confirmed(end);
        const made = await makeKey(passphrase, secret, vault.now());
        await turnOn(vault, context, made, { backups, cancel: freshCancel() });
        made.key.fill(0);
        prepared = null;
        return status();
      }),

    'protection.turnOff': ({ passphrase, backups }) =>
      inLine(async () => {
        const { context, file, key } = await asked(passphrase);
        key.fill(0);
        await turnOff(vault, context, file.id, { backups, cancel: freshCancel() });
        return status();
      }),

    async 'protection.cancel'() {
      Atomics.store(new Int32Array(cancel), 0, 1);
      return {};
    },

    'protection.change': ({ passphrase, next }) =>
      inLine(async () => {
        requireLong(next);
        const { file, key } = await asked(passphrase);
        storeKeyFile(vault.libraryPath, await withPassphrase(file, key, next), true);
        key.fill(0);
        return status();
      }),

    'protection.renew': ({ passphrase, recoveryEnd: end }) =>
      inLine(async () => {
        const secret = confirmed(end);
        const { file, key } = await asked(passphrase);
        storeKeyFile(vault.libraryPath, withRecovery(file, key, secret), true);
        key.fill(0);
        prepared = null;
        return status();
      }),

    'protection.backups': () =>
      inLine(async () => {
        const found = await vault.current();
        if (!isContext(found)) throw found;
        if (found.access.readOnly) throw readOnlyRefusal(found);
        await convertBackupsOf(vault, found, keyOf(found.db), freshCancel());
        return status();
      }),

    'protection.openBackups': ({ passphrase }) =>
      inLine(async () => {
        const found = await vault.current();
        if (!isContext(found)) throw found;
        const shut = readKeptKeys(found.safety.shelf).filter(({ id }) => keyWith(id) === null);
        const { file, key } = await opened(
          shut,
          (one) => openByPassphrase(one, passphrase),
          'passphraseWrong',
        );
        holdKey(file.id, key);
        key.fill(0);
        return status();
      }),
  };
}
