import { accessSync, constants, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { z } from 'zod';
import { removeCopy } from '../library/backup.ts';
import type { backupStatusShape } from '../library/backup-call-shapes.ts';
import { type Backup, listBackups } from '../library/backup-shelf.ts';
import type { Comparison } from '../library/compare-libraries.ts';
import { keyOf } from '../library/connect.ts';
import { freeBytes, libraryBytes } from '../library/disk-space.ts';
import { continueClock } from '../library/hlc.ts';
import { keyWith } from '../library/keyring.ts';
import { libraryFault, prepared } from '../library/open.ts';
import { invalid, Refusal } from '../library/refusal.ts';
import { type RestoreSource, restoringPath } from '../library/restore.ts';
import { type Drill, readSafetyState, writeSafetyState } from '../library/safety-state.ts';
import { dropSearchIndex } from '../library/search-index.ts';
import type { Context, Handlers } from './context.ts';
import { bringBack } from './evidence-calls.ts';
import { closeImports } from './import-calls.ts';
import { withBackup } from './safety.ts';

function found({ safety }: Context, name: string): Backup {
  const backup = listBackups(safety.shelf).find((one) => one.name === name);
  if (!backup) throw new Refusal('not-found', 'backupGone');
  return backup;
}

function shown({ name, at, ok, milliseconds, enterprises, fault }: Drill) {
  return { name, at, ok, milliseconds, enterprises, fault };
}

function status({ safety, libraryPath }: Context): z.output<typeof backupStatusShape> {
  const { second, drills } = readSafetyState(safety.shelf);
  const { running, fault, secondFault } = safety.state;
  return {
    backups: listBackups(safety.shelf).map(({ name, sequence, why, bytes, manifest }) => {
      const drill = drills.find((one) => one.name === name);
      return {
        name,
        sequence,
        why,
        bytes,
        at: manifest?.at ?? null,
        enterprises: manifest?.counts.enterprise ?? null,
        last: manifest?.last ? { at: manifest.last.at, actor: manifest.last.actor } : null,
        drill: drill ? shown(drill) : null,
      };
    }),
    folder: safety.shelf,
    second,
    secondFault,
    running,
    fault: fault && { code: fault.code, key: fault.key, details: fault.details },
    drill: drills[0] ? shown(drills[0]) : null,
    free: freeBytes(safety.shelf),
    libraryBytes: libraryBytes(libraryPath),
  };
}

/** A backup cannot be used: which one, and that nothing was changed. */
function unusable(error: unknown): Refusal {
  return libraryFault(error) ?? new Refusal('damaged-library', 'backupDamaged');
}

const lastHlc = ({ db }: Context) =>
  prepared(db, 'SELECT max(hlc) AS hlc FROM change').get()?.hlc as string | null;

/** A backup into the open library. Resolves with the name of the backup made before, and what is open now. */
async function restoreInPlace(
  context: Context,
  name: string,
  source: RestoreSource,
): Promise<{ before: string; now: Context }> {
  const { safety, db, libraryPath, now } = context;
  let before = '';
  await safety.alone(async () => {
    await closeImports(db);
    before = (await withBackup(context, 'restore', name)).name;
    context.pauseRefresh();
    const last = lastHlc(context);
    const note = { name: basename(name), before, actor: context.actor(), last };
    try {
      await safety.run({ do: 'restore', library: libraryPath, source, now: now().getTime(), note });
    } catch (error) {
      throw unusable(error);
    } finally {
      removeCopy(restoringPath(libraryPath));
      dropSearchIndex(db);
      continueClock(db, last);
      context.resumeRefresh();
    }
  });
  return { before, now: context };
}

/**
 * The same for an encrypted library: SQLite's backup cannot write into one, so a copy in the library's encryption takes
 * its place, by one rename.
 */
async function restoreByChange(
  context: Context,
  name: string,
  source: RestoreSource,
): Promise<{ before: string; now: Context }> {
  const { safety, db, libraryPath } = context;
  const target = restoringPath(libraryPath);
  try {
    return await safety.alone(async () => {
      await closeImports(db);
      const before = (await withBackup(context, 'restore', name)).name;
      const at = context.now().getTime();
      const last = lastHlc(context);
      const note = { name: basename(name), before, actor: context.actor(), last };
      try {
        await safety.run({ do: 'ready', source, target, key: keyOf(db), now: at, note });
      } catch (error) {
        throw unusable(error);
      }
      const now = await context.takePlace(target);
      continueClock(now.db, last);
      return { before, now };
    });
  } finally {
    removeCopy(target);
  }
}

function storeSecond(context: Context, second: string | null): void {
  const { shelf } = context.safety;
  try {
    writeSafetyState(shelf, { ...readSafetyState(shelf), second });
  } catch (error) {
    throw new Refusal('library', 'libraryUnreachable', {
      reason: (error as NodeJS.ErrnoException).code ?? '',
    });
  }
}

/** Backups: the list, what is in one, restoring, trying out, the second location. */
export const backupHandlers = {
  'backup.status': status,

  async 'backup.make'(context) {
    await context.safety.backUp('manual');
    return status(context);
  },

  async 'backup.compare'(context, { name }) {
    const { file } = found(context, name);
    try {
      return await context.safety.run<Comparison>({
        do: 'compare',
        here: context.libraryPath,
        there: file,
      });
    } catch (error) {
      throw unusable(error);
    }
  },

  async 'backup.restore'(context, { name }) {
    const backup = found(context, name);
    if (backup.encrypted && backup.manifest?.key && keyWith(backup.manifest.key) === null)
      throw new Refusal('forbidden', 'backupLocked');
    const source = { file: backup.file, sha256: backup.manifest?.sha256 ?? null };
    const { before, now } = await (keyOf(context.db) === null
      ? restoreInPlace(context, name, source)
      : restoreByChange(context, name, source));
    bringBack(now);
    for (const topic of ['library', 'enterprise', 'plan', 'settings'] as const)
      now.emit('changed', { topic });
    return { before, status: status(now) };
  },

  async 'backup.drill'(context, { name }) {
    await context.safety.drill(name);
    return status(context);
  },

  'backup.setSecond'(context, { folder }) {
    const chosen = resolve(folder);
    const inside = relative(resolve(context.safety.shelf), chosen);
    if (inside === '' || !inside.startsWith('..')) throw invalid('secondInside', { path: 'folder' });
    try {
      if (!statSync(chosen).isDirectory()) throw new Error('no folder');
      accessSync(chosen, constants.W_OK);
    } catch {
      throw new Refusal('file', 'folderUnwritable');
    }
    storeSecond(context, chosen);
    return status(context);
  },

  'backup.dropSecond'(context) {
    storeSecond(context, null);
    return status(context);
  },
} satisfies Partial<Handlers>;
