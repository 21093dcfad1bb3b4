import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { keyWith } from './keyring.ts';
import { Refusal } from './refusal.ts';

/*
 * An encrypted content: eight letters, the id of the key, a nonce, a tag (AES-256-GCM), then as many bytes as the content
 * has. Its name, the hash of the clear content, is bound to it.
 */
const MAGIC = Buffer.from('CULTENC1', 'latin1');
const ID = 16;
const IV = 12;
const TAG = 16;

/** What encryption adds to a content. Bytes. */
export const OVERHEAD = MAGIC.length + ID + IV + TAG;

/** A content as it lies on the disk under a key that is open. */
export function encryptContent(content: Uint8Array, hash: string, id: string): Buffer {
  const key = keyWith(id);
  if (!key) throw new Refusal('locked', 'libraryLocked');
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(hash));
  const data = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([MAGIC, Buffer.from(id.replaceAll('-', ''), 'hex'), iv, cipher.getAuthTag(), data]);
}

/** Whether bytes look like an encrypted content. */
export function looksEncrypted(bytes: Uint8Array): boolean {
  return bytes.length >= OVERHEAD && MAGIC.equals(bytes.subarray(0, MAGIC.length));
}

/** The content of bytes that look encrypted; null where they were changed. Throws a Refusal where their key is not open. */
export function decryptContent(bytes: Buffer, hash: string): Buffer | null {
  const from = MAGIC.length;
  const hex = bytes.toString('hex', from, from + ID);
  const key = keyWith(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  if (!key) throw new Refusal('forbidden', 'evidenceShut');
  const iv = bytes.subarray(from + ID, from + ID + IV);
  const tag = bytes.subarray(from + ID + IV, OVERHEAD);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG })
      .setAAD(Buffer.from(hash))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(bytes.subarray(OVERHEAD)), decipher.final()]);
  } catch {
    return null;
  }
}

/** Whether a file looks like an encrypted content, by its first bytes. */
export function isEncryptedFile(path: string): boolean {
  const head = Buffer.alloc(OVERHEAD);
  const fd = openSync(path, 'r');
  try {
    return readSync(fd, head, 0, OVERHEAD, 0) === OVERHEAD && looksEncrypted(head);
  } finally {
    closeSync(fd);
  }
}
