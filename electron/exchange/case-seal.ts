import { Decrypter, Encrypter } from 'age-encryption';
import { Refusal } from '../library/refusal.ts';

const MAGIC = 'age-encryption.org/v1\n';
/** 2^16 rounds of scrypt: a fraction of a second here, too long for guessing by the million. */
const WORK = 16;
export const SHORTEST_PASSPHRASE = 8;

/** Whether a file is sealed with a passphrase (the age format, which other programs read too). */
export function isSealed(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/** Seals bytes with a passphrase of at least 8 characters. Throws a Refusal for a shorter one. */
export async function seal(bytes: Uint8Array, passphrase: string): Promise<Uint8Array> {
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new Refusal('invalid-input', 'passphraseShort', { least: SHORTEST_PASSPHRASE });
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(WORK);
  encrypter.setPassphrase(passphrase.normalize('NFC'));
  return encrypter.encrypt(bytes);
}

/** The bytes that were sealed. Throws a Refusal where the passphrase is another one or the file is damaged. */
export async function unseal(bytes: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase.normalize('NFC'));
  try {
    return await decrypter.decrypt(bytes);
  } catch (error) {
    const wrong = /no identity matched|passphrase/i.test((error as Error).message);
    throw new Refusal('file', wrong ? 'passphraseWrong' : 'caseDamaged');
  }
}
