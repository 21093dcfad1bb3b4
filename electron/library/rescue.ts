import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { proveCopy, removeCopy } from './backup.ts';
import { type Backup, type BackupManifest, listBackups, shelfOf } from './backup-shelf.ts';
import { ownKey } from './connect.ts';
import { renameStubbornly, syncFolder } from './durable-file.ts';
import { continueClock } from './hlc.ts';
import { newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { closeLibrary, openFile } from './open.ts';
import { ASIDE } from './open-for-work.ts';
import { Refusal } from './refusal.ts';
import { readyCopy } from './restore.ts';
import { readSafetyState } from './safety-state.ts';
import { replay, type Salvaged, salvage } from './salvage.ts';
import { breakSeal } from './seal.ts';
import { judgeLater } from './standing.ts';
import { write } from './write.ts';

/** A backup that was proved just now, and what is newer in the damaged library. */
export interface Rescue {
  readonly backups: readonly { readonly backup: Backup; readonly good: boolean }[];
  /** The newest good one; null = there is none. */
  readonly best: Backup | null;
  /** null = nothing of the damaged library can be read. */
  readonly newer: Salvaged | null;
  /** Libraries set aside before, the newest first. */
  readonly aside: readonly string[];
}

/** More than these are not offered; the older ones stay on the shelf. */
const OFFERED = 12;

/** All backups of a library: on its own shelf, and those that are only in the second place. */
function everyBackup(file: string): Backup[] {
  const shelf = shelfOf(file);
  const own = listBackups(shelf);
  const { second } = readSafetyState(shelf);
  const others = second === null ? [] : listBackups(second);
  return [...own, ...others.filter(({ name }) => !own.some((backup) => backup.name === name))];
}

async function isGood({ file, manifest }: Backup): Promise<boolean> {
  try {
    await proveCopy(file, manifest ? { counts: manifest.counts, sha256: manifest.sha256 } : undefined);
    return true;
  } catch {
    return false;
  }
}

/** What can be had back after damage: backups, proved one after the other until one is good, and newer changes. Only reads. */
export async function lookForRescue(file: string): Promise<Rescue> {
  const backups: { backup: Backup; good: boolean }[] = [];
  for (const backup of everyBackup(file).slice(0, OFFERED)) {
    const known = backups.some(({ good }) => good);
    backups.push({ backup, good: known ? backup.manifest !== null : await isGood(backup) });
  }
  const best = backups.find(({ good }) => good)?.backup ?? null;
  const after = best?.manifest?.last?.id ?? 0;
  const folder = dirname(file);
  const aside = existsSync(folder) ? readdirSync(folder).filter((name) => ASIDE.test(name)) : [];
  return {
    backups,
    best,
    newer: existsSync(file) ? salvage(file, after) : null,
    aside: aside.sort().reverse(),
  };
}

/** Puts a library file with whatever lies beside it under another name; nothing is deleted. Returns the name. */
export function setAside(file: string): string | null {
  rmSync(`${file}.seal`, { force: true });
  if (!existsSync(file)) return null;
  const folder = dirname(file);
  const numbers = readdirSync(folder).flatMap((name) => /^library\.damaged-(\d+)\./.exec(name)?.[1] ?? []);
  const name = `library.damaged-${Math.max(0, ...numbers.map(Number)) + 1}.sqlite`;
  for (const tail of ['-wal', '-shm', '-journal', ''])
    if (existsSync(file + tail)) renameStubbornly(file + tail, join(folder, name) + tail);
  syncFolder(folder);
  return name;
}

/**
 * Restores a backup in place of a damaged or missing library, which is set aside. With `takeNewer` the changes that can
 * still be read out of it are made again. Everything is prepared beside it first: a crash leaves the damaged library or
 * the restored one, never an empty one. Throws a Refusal where the backup cannot be used.
 */
export async function rescueFrom(
  file: string,
  name: string,
  options: { takeNewer: boolean; actor: string; now: Date },
): Promise<{ aside: string | null; done: number; failed: number }> {
  const backup = everyBackup(file).find((one) => one.name === name);
  if (!backup) throw new Refusal('not-found', 'backupGone');
  const copy = join(dirname(file), 'rescued.sqlite');
  let put = { done: 0, failed: 0 };
  try {
    const source = { file: backup.file, sha256: backup.manifest?.sha256 ?? null };
    // Encrypted as the library was, also where the backup is not.
    await readyCopy(source, copy, options.now, ownKey(dirname(file))).catch((error: unknown) => {
      throw error instanceof Refusal ? error : new Refusal('damaged-library', 'backupDamaged');
    });
    const newer = options.takeNewer ? salvage(file, lastOf(backup.manifest)) : null;
    const db = openFile(copy, newestVersion(migrations));
    try {
      // What was half typed when the backup was made is not half typed now.
      db.exec('DELETE FROM draft');
      if (newer && newer.changes.length > 0) {
        continueClock(db, newer.changes.at(-1)?.hlc ?? null);
        // Where they stand is judged again once the library is open.
        const after = (touched: ReadonlySet<string>) => judgeLater(db, touched);
        const meta = { action: 'rescue', actor: options.actor, now: options.now, after };
        put = write(db, meta, (tx) => replay(tx, newer.changes));
      }
    } finally {
      closeLibrary(db);
    }
    const aside = setAside(file);
    renameStubbornly(copy, file);
    syncFolder(dirname(file));
    return { aside, ...put };
  } finally {
    removeCopy(copy);
  }
}

function lastOf(manifest: BackupManifest | null): number {
  return manifest?.last?.id ?? 0;
}

/** Takes a library as it is although it is not the one that was closed. */
export function acceptChanged(file: string): void {
  breakSeal(file);
}
