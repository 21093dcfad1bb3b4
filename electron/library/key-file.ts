import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID, scrypt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { readJson, writeDurably } from './durable-file.ts';

const bytesShape = z.base64().max(200);
const wrappedShape = z.object({ salt: bytesShape, iv: bytesShape, tag: bytesShape, data: bytesShape });
const keyFileShape = z.object({
  format: z.literal('cultivar-key'),
  version: z.literal(1),
  id: z.uuid(),
  made: z.string(),
  /** The data key wrapped by the passphrase: scrypt, then AES-256-GCM. */
  passphrase: wrappedShape.extend({
    // Bounds, so that a foreign file cannot ask for all memory.
    cost: z
      .int()
      .min(2 ** 14)
      .max(2 ** 20),
    blockSize: z.int().min(1).max(16),
    parallelization: z.int().min(1).max(4),
  }),
  /** The same key wrapped by the recovery key: HKDF-SHA256, then AES-256-GCM. */
  recovery: wrappedShape,
});
/** What lies beside an encrypted library: its key, locked twice. Without it the library cannot be opened by anybody. */
export type KeyFile = z.infer<typeof keyFileShape>;

/** A key file as it was found: readable, of a newer version, or not readable. */
export type FoundKeyFile = KeyFile | 'newer' | 'damaged' | null;

const KEY = 32;
/** 128 MB and about half a second for each try. */
const SCRYPT = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };

/** Where the key file of the library in a folder lies. */
export function keyFilePath(folder: string): string {
  return join(folder, 'library.key.json');
}

/** Where a folder of backups keeps a copy of the key file that its backups need. */
export function keptKeyPath(shelf: string, id: string): string {
  return join(shelf, `key-${id}.json`);
}

const KEPT = /^key-[0-9a-f-]{36}\.json$/;

function readAt(path: string): FoundKeyFile {
  if (!existsSync(path)) return null;
  const json = readJson(path);
  const parsed = keyFileShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const version = (json as { format?: unknown; version?: unknown } | null)?.version;
  return typeof version === 'number' && version > 1 ? 'newer' : 'damaged';
}

/** The key file of the library in a folder. */
export function readKeyFile(folder: string): FoundKeyFile {
  return readAt(keyFilePath(folder));
}

/** The readable copies of key files in a folder of backups. */
export function readKeptKeys(shelf: string): KeyFile[] {
  let names: string[];
  try {
    names = readdirSync(shelf);
  } catch {
    return [];
  }
  return names
    .filter((name) => KEPT.test(name))
    .map((name) => readAt(join(shelf, name)))
    .filter((found) => found !== null && typeof found === 'object');
}

/** Writes a key file, whole or not at all. Throws the system's error. */
export function writeKeyFile(path: string, file: KeyFile): void {
  writeDurably(path, JSON.stringify(file, null, 1));
}

/**
 * Puts the key file of the library in `folder` beside its backups: without it they cannot be opened. Throws the system's
 * error.
 */
export function keepKey(folder: string, shelf: string): void {
  const file = readKeyFile(folder);
  if (file === null || typeof file === 'string') return;
  mkdirSync(shelf, { recursive: true });
  const path = keptKeyPath(shelf, file.id);
  if (!isDeepStrictEqual(readAt(path), file)) writeKeyFile(path, file);
}

/** Copies the key files of one folder of backups to another; those of the first have the word. */
export function spreadKeys(from: string, to: string): void {
  for (const file of readKeptKeys(from)) {
    const path = keptKeyPath(to, file.id);
    if (!isDeepStrictEqual(readAt(path), file)) writeKeyFile(path, file);
  }
}

function byPassphrase(passphrase: string, salt: Uint8Array, how: typeof SCRYPT): Promise<Buffer> {
  // The same characters typed on another system may come composed differently.
  const text = passphrase.normalize('NFKC');
  const maxmem = 256 * how.cost * how.blockSize;
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY, { ...how, maxmem }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function byRecovery(secret: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, 'cultivar recovery key', KEY));
}

function wrap(key: Uint8Array, by: Uint8Array, id: string, salt: Uint8Array): z.infer<typeof wrappedShape> {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', by, iv).setAAD(Buffer.from(id));
  const data = Buffer.concat([cipher.update(key), cipher.final()]);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), data: text(data) };
}

function unwrap(wrapped: z.infer<typeof wrappedShape>, by: Uint8Array, id: string): Uint8Array | null {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', by, bytes(wrapped.iv), { authTagLength: 16 })
      .setAAD(Buffer.from(id))
      .setAuthTag(bytes(wrapped.tag));
    const key = Buffer.concat([decipher.update(bytes(wrapped.data)), decipher.final()]);
    return key.length === KEY ? new Uint8Array(key) : null;
  } catch {
    // The tag does not fit: another passphrase, or a changed file.
    return null;
  }
}

async function lockedByPassphrase(
  key: Uint8Array,
  id: string,
  passphrase: string,
): Promise<KeyFile['passphrase']> {
  const salt = randomBytes(16);
  return { ...wrap(key, await byPassphrase(passphrase, salt, SCRYPT), id, salt), ...SCRYPT };
}

function lockedByRecovery(key: Uint8Array, id: string, secret: Uint8Array): KeyFile['recovery'] {
  const salt = randomBytes(16);
  return wrap(key, byRecovery(secret, salt), id, salt);
}

/** A new data key, locked by a passphrase and by a recovery key. */
export async function makeKey(
  passphrase: string,
  recovery: Uint8Array,
  now: Date,
): Promise<{ file: KeyFile; key: Uint8Array }> {
  const id = randomUUID();
  const key = new Uint8Array(randomBytes(KEY));
  const file: KeyFile = {
    format: 'cultivar-key',
    version: 1,
    id,
    made: now.toISOString(),
    passphrase: await lockedByPassphrase(key, id, passphrase),
    recovery: lockedByRecovery(key, id, recovery),
  };
  return { file, key };
}

/** The data key, or null where the passphrase is another one. */
export async function openByPassphrase(file: KeyFile, passphrase: string): Promise<Uint8Array | null> {
  const { passphrase: wrapped, id } = file;
  const { cost, blockSize, parallelization } = wrapped;
  const salt = Buffer.from(wrapped.salt, 'base64');
  return unwrap(wrapped, await byPassphrase(passphrase, salt, { cost, blockSize, parallelization }), id);
}

/** The data key, or null where the recovery key is another one. */
export function openByRecovery(file: KeyFile, secret: Uint8Array): Uint8Array | null {
  return unwrap(file.recovery, byRecovery(secret, Buffer.from(file.recovery.salt, 'base64')), file.id);
}

/** The same data key under another passphrase; the library itself stays as it is. */
export async function withPassphrase(file: KeyFile, key: Uint8Array, passphrase: string): Promise<KeyFile> {
  return { ...file, passphrase: await lockedByPassphrase(key, file.id, passphrase) };
}

/** The same data key under another recovery key. */
export function withRecovery(file: KeyFile, key: Uint8Array, secret: Uint8Array): KeyFile {
  return { ...file, recovery: lockedByRecovery(key, file.id, secret) };
}

/** Digits and letters that cannot be taken for one another when read from paper (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 160 bits: 32 characters in eight groups. */
const SECRET = 20;
const GROUP = 4;

/** A new recovery key as text in groups. */
export function newRecovery(): string {
  const bits = [...randomBytes(SECRET)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? [])
    .map((five) => LETTERS.charAt(Number.parseInt(five, 2)))
    .join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** Letters of a recovery key as a person typed them: any case, with or without dashes, O for 0, I and L for 1. */
export function recoveryLetters(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** The secret of a recovery key, or null where the text is none. */
export function recoverySecret(text: string): Uint8Array | null {
  const letters = recoveryLetters(text);
  if (letters.length !== (SECRET * 8) / 5) return null;
  const values = [...letters].map((letter) => LETTERS.indexOf(letter));
  if (values.includes(-1)) return null;
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** The last groups of a recovery key: what the user types back to show that it was written down. */
export function recoveryEnd(text: string): string {
  return recoveryLetters(text).slice(-2 * GROUP);
}
