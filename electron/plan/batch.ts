import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { BatchJournal, isStillThere, readBatchRecord } from './batch-journal.ts';
import { BatchNames } from './batch-names.ts';
import type { BatchError, BatchStatus, BatchWanted } from './batch-shapes.ts';
import type { DocumentInput } from './document-model.ts';
import { LAYOUT_WORDS, type Layout } from './layouts.ts';
import { PlanFault } from './plan-fault.ts';
import { PlanRenderer } from './renderer.ts';
import { type PlanLocale, word } from './words.ts';
import { writeFileSafely } from './write-file.ts';

/** One file to be made. */
export interface BatchTask {
  readonly enterpriseId: string;
  readonly locale: PlanLocale;
}

/** How a task ended; `file` where there is one in the folder. */
export interface BatchOutcome {
  readonly task: BatchTask;
  readonly name: string;
  readonly file: string | null;
  readonly error: BatchError | null;
}

export interface BatchOptions {
  readonly resourcesDir: string;
  readonly folder: string;
  readonly wanted: BatchWanted;
  /** The day in the file names. */
  readonly day: string;
  /** All that a plan is printed from; may throw. */
  prepare(task: BatchTask): DocumentInput | Promise<DocumentInput>;
  /** The firm's name where it could not be prepared. */
  nameOf(enterpriseId: string): string;
  tell(error: unknown): BatchError;
  /** Something went on. */
  progress(): void;
  readonly workers?: number | undefined;
  readonly documentsPerWorker?: number | undefined;
}

/** A place that cannot be written at all: the next file would fail as well. */
const HOPELESS = new Set(['ENOSPC', 'EROFS', 'ENOENT', 'EIO', 'ENOTDIR', 'EDQUOT']);
/** One processor is left for the window; more workers would take more memory than a small laptop has to spare. */
const MOST_WORKERS = 2;
/** Bytes that each worker's compiler may use before it is replaced. */
const ROOM_EACH = 112 * 1024 * 1024;
/** Plans under way for each worker: one is chosen or written while another is laid out. */
const UNDER_WAY = 2;
/** With less memory free than this, in bytes, one worker does it all: a second takes about 130 MB. */
const ENOUGH_FOR_TWO = 1024 ** 3;

function workersHere(): number {
  if (process.availableMemory() < ENOUGH_FOR_TWO) return 1;
  return Math.max(1, Math.min(MOST_WORKERS, availableParallelism() - 1));
}

/** A task in the folder's record. */
export function taskName(enterpriseId: string, locale: PlanLocale, layout: Layout): string {
  return `${enterpriseId} ${locale} ${layout}`;
}

/**
 * Writes the plans of many enterprises into one folder, a few at a time, each in a worker thread that is replaced when
 * its memory is used up. Every file is whole or not there; what is finished is put down in the folder's record, so that
 * a later run goes on where this one ended. A worker that dies takes its own document with it and no other.
 */
export class PlanBatch {
  readonly #options: BatchOptions;
  readonly #tasks: readonly BatchTask[];
  #renderers: readonly PlanRenderer[] = [];
  readonly #outcomes = new Map<string, BatchOutcome>();
  #next = 0;
  #made = 0;
  #kept = 0;
  #failed = 0;
  #begun = 0;
  #cancelled = false;
  #ended = false;
  #fault: BatchError | null = null;

  constructor(options: BatchOptions) {
    this.#options = options;
    const { ids, locales } = options.wanted;
    this.#tasks = [...new Set(ids)].flatMap((enterpriseId) =>
      [...new Set(locales)].map((locale) => ({ enterpriseId, locale })),
    );
  }

  /** Runs to the end, the cancel or the fault that ends it; never rejects. */
  async run(): Promise<void> {
    this.#begun = Date.now();
    try {
      await this.#all();
    } catch (error) {
      this.#fault = this.#options.tell(error);
    } finally {
      await Promise.all(this.#renderers.map((renderer) => renderer.close()));
      this.#ended = true;
    }
  }

  /** The files under way are finished, the others left. */
  cancel(): void {
    this.#cancelled = true;
  }

  /** The threads at work, for watching them. */
  get workers(): Worker[] {
    return this.#renderers.flatMap(({ worker }) => worker ?? []);
  }

  /** Every task with how it ended, in the order asked for; null where it was not reached. */
  outcomes(): { task: BatchTask; outcome: BatchOutcome | null }[] {
    return this.#tasks.map((task) => ({ task, outcome: this.#outcomes.get(this.#key(task)) ?? null }));
  }

  status(): Omit<BatchStatus, 'index' | 'unfinished' | 'folder' | 'errors'> {
    const done = this.#made + this.#kept + this.#failed;
    const total = this.#tasks.length;
    const complete = done === total && !this.#fault;
    const state = !this.#ended
      ? this.#cancelled
        ? 'ending'
        : 'running'
      : this.#fault
        ? 'failed'
        : complete
          ? 'done'
          : 'cancelled';
    const worked = done - this.#kept;
    const each = worked > 2 ? (Date.now() - this.#begun) / 1000 / worked : null;
    return {
      state,
      total,
      done,
      made: this.#made,
      kept: this.#kept,
      failed: this.#failed,
      secondsLeft: this.#ended || each === null ? null : Math.ceil(each * (total - done)),
      fault: this.#fault,
    };
  }

  async #all(): Promise<void> {
    const { folder, wanted, day, resourcesDir, documentsPerWorker } = this.#options;
    const record = await readBatchRecord(folder);
    const journal = await BatchJournal.open(folder);
    try {
      await journal.begin({ ...wanted, day });
      const names = new BatchNames(folder, await readdir(folder), record.files, day);
      const count = this.#options.workers ?? workersHere();
      this.#renderers = Array.from(
        { length: count },
        () => new PlanRenderer(resourcesDir, { documentsPerWorker, room: ROOM_EACH }),
      );
      const lane = async (renderer: PlanRenderer) => {
        for (let task = this.#take(); task; task = this.#take()) {
          // Whoever waits for an answer of the service comes first.
          await new Promise((resolve) => setImmediate(resolve));
          await this.#one(task, renderer, names, record.files, journal);
          this.#options.progress();
        }
      };
      await Promise.all(Array.from({ length: UNDER_WAY }, () => this.#renderers.map(lane)).flat());
      if (this.#next >= this.#tasks.length && this.#failed === 0 && !this.#fault) await journal.end();
    } finally {
      await journal.close();
    }
  }

  #key({ enterpriseId, locale }: BatchTask): string {
    return taskName(enterpriseId, locale, this.#options.wanted.layout);
  }

  #take(): BatchTask | undefined {
    if (this.#cancelled || this.#fault) return undefined;
    return this.#tasks[this.#next++];
  }

  async #one(
    task: BatchTask,
    renderer: PlanRenderer,
    names: BatchNames,
    before: ReadonlyMap<string, { file: string; input: string; wanted: string; bytes: number; task: string }>,
    journal: BatchJournal,
  ): Promise<void> {
    const { folder, tell, prepare, nameOf } = this.#options;
    const key = this.#key(task);
    const { layout } = this.#options.wanted;
    let name: string | undefined;
    try {
      const input = { ...(await prepare(task)), layout };
      name = input.file.enterprise.name;
      const { wanted, file } = names.nameFor(key, name, word(task.locale, LAYOUT_WORDS[layout]));
      const hash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
      const old = before.get(key);
      if (old?.input === hash && old.file === file && (await isStillThere(folder, old))) this.#kept++;
      else {
        const pdf = await renderer.render(input);
        await writeFileSafely(join(folder, file), pdf);
        await journal.finished({ task: key, wanted, file, bytes: pdf.byteLength, input: hash });
        this.#made++;
      }
      this.#outcomes.set(key, { task, name, file, error: null });
    } catch (error) {
      const told = tell(error);
      this.#failed++;
      this.#outcomes.set(key, { task, name: name ?? nameOf(task.enterpriseId), file: null, error: told });
      if (error instanceof PlanFault && HOPELESS.has(error.details.reason ?? '')) this.#fault ??= told;
    }
  }
}
