import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, prepared } from './open.ts';
import { Refusal } from './refusal.ts';

/** One file of rules, byte for byte. */
export interface Pack {
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  /** Name of the file. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Every pack of a folder, by name. */
export function readPacks(folder: string): Pack[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((id) => {
      const bytes = readFileSync(join(folder, id));
      return { hash: sha256(bytes), id, bytes };
    });
}

/** One hash for a whole set of packs and the engine that reads them. */
export function hashOfPacks(packs: readonly Pick<Pack, 'hash' | 'id'>[], engine: string): string {
  return sha256([engine, ...packs.map((pack) => `${pack.id}:${pack.hash}`)].join('\n'));
}

/** Keeps packs in the library, each content once. They are named by their hash and never change, so nothing is logged. */
export function keepPacks(db: Db, packs: readonly Pack[]): void {
  for (const { hash, id, bytes } of packs) {
    prepared(db, 'INSERT INTO standard_pack (hash, id, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
      hash,
      id,
      bytes,
    );
  }
}

/** Kept packs by their hashes. Throws a Refusal where one is missing or no longer has its hash. */
export function loadPacks(db: Db, wanted: readonly Pick<Pack, 'hash' | 'id'>[]): Pack[] {
  return wanted.map(({ hash, id }) => {
    const row = prepared(db, 'SELECT bytes FROM standard_pack WHERE hash = ?').get(hash);
    const bytes = row?.bytes as Uint8Array | undefined;
    if (!bytes || sha256(bytes) !== hash) throw new Refusal('library', 'packMissing', { file: id });
    return { hash, id, bytes };
  });
}
