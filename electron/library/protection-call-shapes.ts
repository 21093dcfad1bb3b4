import { z } from 'zod';

const nothing = z.object({});
/** Long enough that trying them all through takes too long, as far as a length can say. */
export const SHORTEST = 8;
const passphraseShape = z.string().min(1).max(200);
const newPassphraseShape = z.string().max(200);

const statusShape = z.object({
  /**
   * off: in clear; open: encrypted, and its key is open; locked: nothing is answered until it is unlocked; keyless: the
   * library is encrypted and no readable key file is there.
   */
  state: z.enum(['off', 'open', 'locked', 'keyless']),
  /** The library's folder. */
  folder: z.string(),
  /** Seconds until the next try is taken; 0 = now. */
  wait: z.number(),
  /** Backups by how they lie: encrypted, in clear, and encrypted with a key that is not open. */
  backups: z.object({ encrypted: z.number(), clear: z.number(), shut: z.number() }).nullable(),
});

/** The passphrase of the library, and encryption at rest. */
export function protectionCalls() {
  return {
    'protection.status': { from: 'window', effect: 'none', input: nothing, output: statusShape },
    /** Opens the library with its passphrase. After three wrong ones each further try has to wait longer. */
    'protection.unlock': {
      from: 'window',
      effect: 'none',
      input: z.object({ passphrase: passphraseShape }),
      output: statusShape,
    },
    /** Opens it with the recovery key and gives it a new passphrase. */
    'protection.recover': {
      from: 'window',
      effect: 'none',
      input: z.object({ recovery: passphraseShape, passphrase: newPassphraseShape }),
      output: statusShape,
    },
    /** Closes the library and forgets its key. */
    'protection.lock': { from: 'window', effect: 'none', input: nothing, output: statusShape },
    /** A new recovery key, to be written down; it counts once `turnOn` or `renew` is called with the end of it. */
    'protection.prepare': {
      from: 'window',
      effect: 'none',
      input: nothing,
      output: z.object({ recovery: z.string() }),
    },
    /** Writes the recovery key that was prepared into a text file. */
    'protection.saveRecovery': {
      from: 'shell',
      effect: 'none',
      input: z.object({ path: z.string().min(1).max(4096), locale: z.enum(['zh', 'en']) }),
      output: z.object({ path: z.string() }),
    },
    /** Encrypts the library; with `backups` also those that lie in clear. */
    'protection.turnOn': {
      from: 'window',
      effect: 'none',
      input: z.object({
        passphrase: newPassphraseShape,
        recoveryEnd: z.string().max(100),
        backups: z.boolean(),
      }),
      output: statusShape,
    },
    /** Takes the encryption off; with `backups` also that of the backups. */
    'protection.turnOff': {
      from: 'window',
      effect: 'none',
      input: z.object({ passphrase: passphraseShape, backups: z.boolean() }),
      output: statusShape,
    },
    /** Ends turning on or off, or bringing backups to it, before anything has taken the place of what is there. */
    'protection.cancel': { from: 'window', effect: 'none', input: nothing, output: nothing },
    'protection.change': {
      from: 'window',
      effect: 'none',
      input: z.object({ passphrase: passphraseShape, next: newPassphraseShape }),
      output: statusShape,
    },
    /** Another recovery key in place of the old one, which then opens nothing. */
    'protection.renew': {
      from: 'window',
      effect: 'none',
      input: z.object({ passphrase: passphraseShape, recoveryEnd: z.string().max(100) }),
      output: statusShape,
    },
    /** Brings all backups to the encryption the library has. */
    'protection.backups': { from: 'window', effect: 'none', input: nothing, output: statusShape },
    /** Opens the keys of backups that were encrypted with another passphrase than the library has now. */
    'protection.openBackups': {
      from: 'window',
      effect: 'none',
      input: z.object({ passphrase: passphraseShape }),
      output: statusShape,
    },
  } as const;
}

/** Calls answered also when the library is locked or cannot be opened. */
export const protectionCallNames = [
  'protection.status',
  'protection.unlock',
  'protection.recover',
  'protection.lock',
  'protection.prepare',
  'protection.saveRecovery',
  'protection.turnOn',
  'protection.turnOff',
  'protection.cancel',
  'protection.change',
  'protection.renew',
  'protection.backups',
  'protection.openBackups',
] as const;
export type ProtectionCallName = (typeof protectionCallNames)[number];
