import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ownKey } from './connect.ts';
import { requireRoom } from './disk-space.ts';
import { hashOfFile, renameStubbornly, syncFolder, writeSynced } from './durable-file.ts';
import {
  decryptContent,
  encryptContent,
  isEncryptedFile,
  looksEncrypted,
  OVERHEAD,
} from './evidence-cipher.ts';
import { Refusal } from './refusal.ts';

/** A file attached as evidence may have so many bytes. */
export const LARGEST = 100 * 1024 * 1024;

/** Where the content of evidence lies: one file for each content, named by its SHA-256. `library`: the database file. */
export function storeOf(library: string): string {
  return join(dirname(library), 'attachments');
}

const HASH = /^[0-9a-f]{64}$/;

/** The file of a content. Throws for what is no hash, so that no name from outside ever becomes a path. */
export function contentPath(store: string, hash: string): string {
  if (!HASH.test(hash)) throw new Refusal('invalid-input', 'evidenceName');
  return join(store, hash);
}

export interface Content {
  readonly hash: string;
  readonly bytes: number;
  /** The first bytes, for telling what it is. */
  readonly head: Uint8Array;
}

const HEAD = 64;

function put(store: string, temporary: string, hash: string, bytes: number): void {
  const target = contentPath(store, hash);
  // The same content once more: the one that is there stays, unless it has lost bytes.
  if (statSync(target, { throwIfNoEntry: false })?.size === bytes) rmSync(temporary, { force: true });
  else {
    renameStubbornly(temporary, target);
    syncFolder(store);
  }
}

function tooLarge(bytes: number): Refusal {
  return new Refusal('file', 'evidenceTooLarge', {
    limit: Math.round(LARGEST / 1048576),
    megabytes: Math.ceil(bytes / 1048576),
  });
}

/** Copies a file into the store, in pieces, whole or not at all. Throws a Refusal: too large, unreadable, disk short. */
export function takeInFile(store: string, path: string): Content {
  let from: number;
  try {
    from = openSync(path, 'r');
  } catch (error) {
    throw new Refusal('file', 'evidenceUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  }
  const temporary = join(store, `${randomUUID()}.part`);
  try {
    const { size } = statSync(path);
    if (!statSync(path).isFile()) throw new Refusal('file', 'evidenceUnreadable', { reason: 'EISDIR' });
    if (size > LARGEST) throw tooLarge(size);
    // Encrypted in one piece, so that no clear part of it ever lies in the store.
    if (ownKey(dirname(store)) !== null) return takeInBytes(store, readFileSync(path));
    mkdirSync(store, { recursive: true });
    requireRoom(store, size);
    const to = openSync(temporary, 'wx');
    const hash = createHash('sha256');
    const piece = Buffer.alloc(1 << 20);
    let head: Uint8Array = new Uint8Array();
    let bytes = 0;
    try {
      for (;;) {
        const read = readSync(from, piece, 0, piece.length, null);
        if (read === 0) break;
        if (bytes === 0) head = Uint8Array.from(piece.subarray(0, Math.min(HEAD, read)));
        bytes += read;
        // A file that grows while it is read.
        if (bytes > LARGEST) throw tooLarge(bytes);
        hash.update(piece.subarray(0, read));
        writeSync(to, piece, 0, read);
      }
      fsyncSync(to);
    } finally {
      closeSync(to);
    }
    const digest = hash.digest('hex');
    put(store, temporary, digest, bytes);
    return { hash: digest, bytes, head };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file', 'evidenceUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  } finally {
    closeSync(from);
    rmSync(temporary, { force: true });
  }
}

/** Puts bytes into the store, whole or not at all. Throws a Refusal: too large, disk short, not writable. */
export function takeInBytes(store: string, content: Uint8Array): Content {
  if (content.length > LARGEST) throw tooLarge(content.length);
  const temporary = join(store, `${randomUUID()}.part`);
  try {
    mkdirSync(store, { recursive: true });
    const hash = createHash('sha256').update(content).digest('hex');
    const id = ownKey(dirname(store));
    const stored = id === null ? content : encryptContent(content, hash, id);
    requireRoom(store, stored.length);
    writeSynced(temporary, stored);
    put(store, temporary, hash, stored.length);
    return { hash, bytes: content.length, head: content.subarray(0, HEAD) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file', 'evidenceUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** How a content is: there with the size it should have, gone, or of another size. The hash is looked at by `proveContent`. */
export function lookAt(store: string, hash: string, bytes: number): 'there' | 'gone' | 'changed' {
  const size = statSync(contentPath(store, hash), { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'gone';
  return size === bytes || size === bytes + OVERHEAD ? 'there' : 'changed';
}

/** The bytes of a content, whether it is encrypted or not. Throws a Refusal where its key is not open. */
export function readContent(store: string, hash: string): Buffer {
  const bytes = readFileSync(contentPath(store, hash));
  // Bytes that only look encrypted are a content of their own.
  return looksEncrypted(bytes) ? (decryptContent(bytes, hash) ?? bytes) : bytes;
}

/** Reads a whole content and says whether it is what it was. */
export async function proveContent(store: string, hash: string): Promise<'there' | 'gone' | 'changed'> {
  const path = contentPath(store, hash);
  if (!existsSync(path)) return 'gone';
  const found = isEncryptedFile(path)
    ? createHash('sha256').update(readContent(store, hash)).digest('hex')
    : await hashOfFile(path);
  return found === hash ? 'there' : 'changed';
}

/** The hashes of all contents in a store. */
export function contentsOf(store: string): string[] {
  return existsSync(store) ? readdirSync(store).filter((name) => HASH.test(name)) : [];
}

/**
 * Copies contents that another store does not have: as a second name of the same file on the same disk with `link`,
 * otherwise byte for byte. Says how many. Throws the system's error where that cannot be written.
 */
export function spread(from: string, to: string, { link }: { link: boolean }): number {
  const there = new Set(contentsOf(to));
  const missing = contentsOf(from).filter((hash) => !there.has(hash));
  if (missing.length === 0) return 0;
  mkdirSync(to, { recursive: true });
  for (const hash of missing) {
    const [source, target] = [contentPath(from, hash), contentPath(to, hash)];
    if (link) {
      try {
        linkSync(source, target);
        continue;
      } catch {
        // Another disk, or one that knows no second names: copied like any other.
      }
    }
    requireRoom(to, statSync(source).size);
    const temporary = `${target}.part`;
    copyFileSync(source, temporary);
    renameStubbornly(temporary, target);
  }
  syncFolder(to);
  return missing.length;
}

/** Removes contents. Says how many bytes that frees. */
export function discardContents(store: string, hashes: readonly string[]): number {
  let freed = 0;
  for (const hash of hashes) {
    const path = contentPath(store, hash);
    freed += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    rmSync(path, { force: true });
  }
  return freed;
}
