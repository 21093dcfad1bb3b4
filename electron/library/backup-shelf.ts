import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type BackUpOptions, type CopyFacts, copyLibrary, removeCopy } from './backup.ts';
import { type BackupReason, backupReasons, outlived } from './backup-retention.ts';
import { kindOfFile } from './connect.ts';
import { requireRoom } from './disk-space.ts';
import {
  hashOfFile,
  readJson,
  renameStubbornly,
  syncFile,
  syncFolder,
  writeDurably,
} from './durable-file.ts';
import { keepKey, spreadKeys } from './key-file.ts';

const manifestShape = z.object({
  sequence: z.number().int().positive(),
  why: z.enum(backupReasons),
  /** How-manieth daily backup; null for other kinds. */
  ordinal: z.number().int().positive().nullable(),
  /** What the clock said; for people, nothing is decided by it. */
  at: z.string(),
  bytes: z.number().int(),
  sha256: z.string().length(64),
  version: z.number().int(),
  counts: z.record(z.string(), z.number()),
  last: z.object({ id: z.number(), hlc: z.string(), at: z.string(), actor: z.string() }).nullable(),
  /** Id of the key it is encrypted with; its key file lies beside it. null = in clear. */
  key: z.uuid().nullable().default(null),
  /** Size, hash and key of the file that is about to take its place with another encryption. */
  next: z
    .object({ bytes: z.number().int(), sha256: z.string().length(64), key: z.uuid().nullable() })
    .optional(),
});
/** What stands beside a backup: what it holds, as it was proved when it was made. */
export type BackupManifest = Omit<z.infer<typeof manifestShape>, 'next'>;

/** A backup on the shelf. `manifest` is null where it is missing or unreadable: the file may still be good. */
export interface Backup {
  readonly name: string;
  readonly file: string;
  readonly sequence: number;
  readonly why: BackupReason;
  readonly ordinal: number | null;
  readonly bytes: number;
  readonly encrypted: boolean;
  readonly manifest: BackupManifest | null;
}

const NAME = /^backup-(\d{8})-([a-z]+)(?:-(\d+))?\.sqlite$/;
/** Names of earlier versions; they stay until a person removes them. */
const EARLIER = /^library-(format|before-import)-[\w-]+\.sqlite$/;

/** Where the manifest of a backup stands. */
export function manifestPath(file: string): string {
  return file.replace(/\.sqlite$/, '.json');
}

function manifestOf(file: string, encrypted: boolean): BackupManifest | null {
  const found = manifestShape.safeParse(readJson(manifestPath(file)));
  if (!found.success) return null;
  const { next, ...manifest } = found.data;
  // Cut off between the two: which of them the file is, it says itself.
  return next && (next.key !== null) === encrypted ? { ...manifest, ...next } : manifest;
}

function backupAt(folder: string, name: string): Backup | null {
  const match = NAME.exec(name);
  const why = match?.[2] as BackupReason | undefined;
  const known = match && why && backupReasons.includes(why);
  if (!known && !EARLIER.test(name)) return null;
  const file = join(folder, name);
  const encrypted = kindOfFile(file) === 'encrypted';
  return {
    name,
    file,
    sequence: known ? Number(match[1]) : 0,
    why: known ? why : name.includes('import') ? 'import' : 'migrate',
    ordinal: known && match[3] !== undefined ? Number(match[3]) : null,
    bytes: statSync(file, { throwIfNoEntry: false })?.size ?? 0,
    encrypted,
    manifest: manifestOf(file, encrypted),
  };
}

/** The backups in a folder, the newest first: by their numbers. A folder that is not there holds none. */
export function listBackups(folder: string): Backup[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .map((name) => backupAt(folder, name))
    .filter((backup) => backup !== null)
    .sort((a, b) => b.sequence - a.sequence || (a.name < b.name ? 1 : -1));
}

/** Removes a backup and what stands beside it. */
function discard({ file }: Backup): void {
  removeCopy(file);
  rmSync(manifestPath(file), { force: true });
}

/** Removes what retention no longer asks for; backups of earlier versions stay, and so does the one named `spare`. */
export function tidyShelf(folder: string, spare: string | null = null): Backup[] {
  const gone = outlived(listBackups(folder).filter(({ sequence, name }) => sequence > 0 && name !== spare));
  for (const backup of gone) discard(backup);
  return gone;
}

export interface NewBackup extends BackUpOptions {
  readonly why: BackupReason;
  readonly now: Date;
  /** A second folder, e.g. on another disk; null = none. */
  readonly second: string | null;
  /** Name of a backup that is about to be used: it stays even if it has outlived its use. */
  readonly spare?: string | null;
}

/** A backup that was made, and why the second copy of it was not (null = it was, or none is asked for). */
export interface MadeBackup {
  readonly manifest: BackupManifest;
  readonly name: string;
  readonly secondFault: string | null;
}

async function copyToSecond(folder: string, second: string, name: string, facts: CopyFacts): Promise<void> {
  mkdirSync(second, { recursive: true });
  requireRoom(second, facts.bytes);
  const target = join(second, name);
  const temporary = `${target}.tmp`;
  try {
    copyFileSync(join(folder, name), temporary);
    syncFile(temporary);
    if ((await hashOfFile(temporary)) !== facts.sha256) throw new Error('the second copy differs');
    renameStubbornly(temporary, target);
    const manifest = manifestPath(name);
    copyFileSync(join(folder, manifest), join(second, manifest));
    spreadKeys(folder, second);
    syncFolder(second);
    tidyShelf(second);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Puts a proved backup of a library on the shelf, with its manifest beside it, and takes away what has outlived its use.
 * A power cut leaves either the shelf as it was or the whole backup. Throws (a Refusal for a full disk) where it cannot
 * be made; a second location that cannot be written is told and does not undo the first.
 */
export async function putOnShelf(
  library: string,
  folder: string,
  { why, now, second, spare = null, ...options }: NewBackup,
): Promise<MadeBackup> {
  const there = [...listBackups(folder), ...(second === null ? [] : listBackups(second))];
  const sequence = Math.max(0, ...there.map((backup) => backup.sequence)) + 1;
  const ordinal = why === 'daily' ? Math.max(0, ...there.map((backup) => backup.ordinal ?? 0)) + 1 : null;
  const name = `backup-${String(sequence).padStart(8, '0')}-${why}${ordinal === null ? '' : `-${ordinal}`}.sqlite`;
  keepKey(dirname(library), folder);
  const facts = await copyLibrary(library, join(folder, name), options);
  const manifest: BackupManifest = { sequence, why, ordinal, at: now.toISOString(), ...facts };
  writeDurably(manifestPath(join(folder, name)), JSON.stringify(manifest, null, 1));
  tidyShelf(folder, spare);
  let secondFault: string | null = null;
  if (second !== null) {
    try {
      await copyToSecond(folder, second, name, facts);
    } catch (error) {
      secondFault = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    }
  }
  return { manifest, name, secondFault };
}

/** Where the backups of a library lie. */
export function shelfOf(library: string): string {
  return join(library, '..', 'backups');
}

/** Whether a folder holds any backup. */
export function hasBackups(folder: string): boolean {
  return existsSync(folder) && listBackups(folder).length > 0;
}
