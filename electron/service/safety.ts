import { lastChange } from '../library/backup.ts';
import type { BackupReason } from '../library/backup-retention.ts';
import { listBackups, type MadeBackup, tidyShelf } from '../library/backup-shelf.ts';
import { localDay } from '../library/dates.ts';
import { type Db, libraryFault } from '../library/open.ts';
import { Refusal } from '../library/refusal.ts';
import { type Drill, readSafetyState, writeSafetyState } from '../library/safety-state.ts';
import { type SafetyJob, startSafety } from '../library/safety-thread.ts';
import type { SafetyTask } from '../library/safety-worker.ts';

/** While somebody works, a changed library is backed up this often. By the monotonic clock, which nobody can set. */
const HOUR = 60 * 60_000;
/** The backups are tried out when so many days of work have passed since the last trial. */
const DAYS_BETWEEN_DRILLS = 5;
/** A trial waits until the start is over. */
const DRILL_AFTER = 90_000;

export interface SafetyOptions {
  readonly db: Db;
  readonly libraryPath: string;
  /** Where its backups lie. */
  readonly shelf: string;
  /** The library is open for looking only: nothing is made by itself. */
  readonly idle: () => boolean;
  readonly now: () => Date;
  /** The library changed its safety: a backup was made, a trial is over. */
  readonly changed: () => void;
}

/** Backups of the open library, made beside the interactive path. */
export interface Safety {
  readonly shelf: string;
  /** What is under way, what failed last, and why the second location was not written. */
  readonly state: {
    readonly running: BackupReason | 'drill' | null;
    readonly fault: Refusal | null;
    readonly secondFault: string | null;
  };
  /** A proved backup now; the one named `spare` stays in any case. Rejects with a Refusal where it cannot be made. */
  backUp(why: BackupReason, spare?: string): Promise<MadeBackup>;
  /** Before the first change of a day: resolves once what is there now is safe from it; at once on other days. */
  beforeFirstChange(): Promise<void> | null;
  /** Restores a backup on trial: the newest one, or the one named. */
  drill(name?: string): Promise<Drill>;
  /** A task of the safety thread, ended when the library is closed. */
  run<T>(task: SafetyTask, progress?: (done: number, total: number) => void): Promise<T>;
  /** Runs alone: calls that may change something wait until it is over. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** What calls that may change something wait for, or null. */
  readonly gate: Promise<unknown> | null;
  stop(): Promise<void>;
}

/** Starts to keep the library safe. */
export function keepSafe({ db, libraryPath, shelf, idle, now, changed }: SafetyOptions): Safety {
  const jobs = new Set<SafetyJob<unknown>>();
  const state: { running: BackupReason | 'drill' | null; fault: Refusal | null; secondFault: string | null } =
    { running: null, fault: null, secondFault: null };
  let line: Promise<unknown> = Promise.resolve();
  let gate: Promise<unknown> | null = null;
  /** The day whose first change is provided for. */
  let providedDay: string | null = null;
  let stopped = false;

  async function finished<T>(job: SafetyJob<T>): Promise<T> {
    jobs.add(job);
    try {
      return await job.result;
    } finally {
      jobs.delete(job);
    }
  }

  /** One after the other: two backups at once would want the same number. */
  function inLine<T>(running: BackupReason | 'drill', work: () => Promise<T>): Promise<T> {
    const next = line.then(async () => {
      if (stopped) throw new Refusal('library', 'backupStopped');
      state.running = running;
      changed();
      try {
        return await work();
      } finally {
        state.running = null;
        changed();
      }
    });
    line = next.catch(() => undefined);
    return next;
  }

  function backUp(
    why: BackupReason,
    { settled = () => undefined, spare }: { settled?: () => void; spare?: string } = {},
  ): Promise<MadeBackup> {
    const made = inLine(why, async () => {
      const { second } = readSafetyState(shelf);
      const job = startSafety<MadeBackup>({
        do: 'back-up',
        library: libraryPath,
        shelf,
        why,
        second,
        spare: spare ?? null,
        now: now().getTime(),
      });
      void job.settled.then(settled);
      try {
        const result = await finished(job);
        state.fault = null;
        state.secondFault = result.secondFault;
        return result;
      } catch (error) {
        const refusal = libraryFault(error) ?? new Refusal('library', 'backupNotMade');
        if (!libraryFault(error) && !stopped)
          console.error('A backup was not made:', (error as Error).message);
        if (!stopped) state.fault = refusal;
        throw refusal;
      }
    });
    made.then(settled, settled);
    return made;
  }

  /** Whether anything changed since the newest backup of these kinds. */
  function changedSince(which: (why: BackupReason) => boolean): boolean {
    const last = lastChange(db);
    if (!last) return false;
    const newest = listBackups(shelf).find((backup) => which(backup.why) && backup.manifest);
    return newest?.manifest?.last?.hlc !== last.hlc;
  }

  function dailyDue(today: string): boolean {
    const newest = listBackups(shelf).find((backup) => backup.why === 'daily' && backup.manifest);
    // Another day, not a later one: a clock set back must not stop the backups.
    const made = newest?.manifest && localDay(new Date(newest.manifest.at));
    return made !== today && changedSince((why) => why === 'daily');
  }

  async function runDrill(name?: string): Promise<Drill> {
    return inLine('drill', async () => {
      const backups = listBackups(shelf);
      const chosen = name === undefined ? backups[0] : backups.find((backup) => backup.name === name);
      if (!chosen) throw new Refusal('not-found', 'backupGone');
      const started = performance.now();
      const source = { file: chosen.file, sha256: chosen.manifest?.sha256 ?? null };
      let enterprises = 0;
      let fault: string | null = null;
      try {
        const job = startSafety<{ enterprises: number }>({
          do: 'drill',
          source,
          shelf,
          now: now().getTime(),
        });
        enterprises = (await finished(job)).enterprises;
      } catch (error) {
        if (stopped) throw new Refusal('library', 'backupStopped');
        // A full disk says nothing about the backup.
        if (error instanceof Refusal && error.key === 'diskShort') throw error;
        fault = (error as Error).message;
      }
      const drill: Drill = {
        name: chosen.name,
        sequence: chosen.sequence,
        days: Math.max(0, ...backups.map((backup) => backup.ordinal ?? 0)),
        at: now().toISOString(),
        ok: fault === null,
        milliseconds: Math.round(performance.now() - started),
        enterprises,
        fault,
      };
      const before = readSafetyState(shelf);
      writeSafetyState(shelf, { ...before, drills: [drill, ...before.drills] });
      return drill;
    });
  }

  function drillDue(): boolean {
    const backups = listBackups(shelf);
    if (backups.length === 0) return false;
    const [last] = readSafetyState(shelf).drills;
    const days = Math.max(0, ...backups.map((backup) => backup.ordinal ?? 0));
    return !last || Math.abs(days - last.days) >= DAYS_BETWEEN_DRILLS;
  }

  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);
  const hourly = setInterval(() => {
    if (idle()) return;
    if (changedSince(() => true)) quietly(backUp('hourly'));
    else if (drillDue()) quietly(runDrill());
  }, HOUR);
  hourly.unref();
  const first = setTimeout(() => {
    if (!idle() && drillDue()) quietly(runDrill());
  }, DRILL_AFTER);
  first.unref();

  return {
    shelf,
    state,
    backUp: (why, spare) => backUp(why, spare === undefined ? {} : { spare }),
    beforeFirstChange() {
      const today = localDay(now());
      if (stopped || idle() || providedDay === today) return null;
      providedDay = today;
      if (!dailyDue(today)) return null;
      const settled = new Promise<void>((resolve) => {
        quietly(backUp('daily', { settled: resolve }));
      });
      gate ??= settled.finally(() => {
        gate = null;
      });
      return settled;
    },
    drill: runDrill,
    run: (task, progress) => finished(startSafety(task, progress)),
    async alone(work) {
      while (gate) await gate;
      const running = work();
      const over = running.then(
        () => undefined,
        () => undefined,
      );
      gate = over;
      await over;
      gate = null;
      return running;
    },
    get gate() {
      return gate;
    },
    async stop() {
      stopped = true;
      clearInterval(hourly);
      clearTimeout(first);
      await Promise.all([...jobs].map((job) => job.end()));
      await line;
      if (!idle()) tidyShelf(shelf);
    },
  };
}

/**
 * A proved backup of the library before something that changes much of it at once: import, merge, restore, bulk edit.
 * Rejects with a Refusal, and the change must then not be made.
 */
export async function withBackup(
  context: { readonly safety: Safety },
  why: Extract<BackupReason, 'import' | 'merge' | 'restore' | 'bulk'>,
  spare?: string,
): Promise<MadeBackup> {
  return context.safety.backUp(why, spare);
}
