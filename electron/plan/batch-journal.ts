import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { batchWantedShape } from './batch-shapes.ts';
import { isTemporary, writeFault } from './write-file.ts';

/**
 * The state of a batch, kept beside its files: one line of JSON for each thing done, only ever appended, so that a
 * program that ends in the middle loses at most its last line.
 */
export const JOURNAL = 'cultivar-plans.jsonl';
/** 20,000 enterprises in two languages, with room; a longer file is none of ours. */
const LONGEST_JOURNAL = 64 * 1024 * 1024;

const plainName = z
  .string()
  .min(1)
  .max(300)
  .refine((name) => basename(name) === name && !/[\\/:]/.test(name) && name !== '.' && name !== '..');
const headShape = batchWantedShape.extend({
  kind: z.literal('batch'),
  /** The day in the file names. */
  day: z.iso.date(),
});
const fileShape = z.object({
  kind: z.literal('file'),
  /** The enterprise, language and layout it is for. */
  task: z.string().max(100),
  /** The name it would have had if that had been free. */
  wanted: plainName,
  file: plainName,
  bytes: z.number().int().min(1),
  /** SHA-256 of all it was made from. */
  input: z.string().max(64),
});
const endShape = z.object({ kind: z.literal('end') });
const lineShape = z.discriminatedUnion('kind', [headShape, fileShape, endShape]);

export type BatchHead = Omit<z.infer<typeof headShape>, 'kind'>;
export type FinishedFile = Omit<z.infer<typeof fileShape>, 'kind'>;

/** What a folder says of the batch written into it. */
export interface BatchRecord {
  /** The last batch begun; null where there was none. */
  readonly head: BatchHead | null;
  readonly ended: boolean;
  /** The last finished file of each task. */
  readonly files: ReadonlyMap<string, FinishedFile>;
}

/** Reads a folder's record; a line that is broken or none of ours counts for nothing. */
export async function readBatchRecord(folder: string): Promise<BatchRecord> {
  const files = new Map<string, FinishedFile>();
  let head: BatchHead | null = null;
  let ended = true;
  for (const text of await linesOf(join(folder, JOURNAL))) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      continue;
    }
    const line = lineShape.safeParse(value).data;
    if (line?.kind === 'batch') {
      head = line;
      ended = false;
    } else if (line?.kind === 'file') files.set(line.task, line);
    else if (line?.kind === 'end') ended = true;
  }
  return { head, ended, files };
}

async function linesOf(path: string): Promise<string[]> {
  try {
    await using file = await open(path);
    if ((await file.stat()).size > LONGEST_JOURNAL) return [];
    return (await file.readFile('utf8')).split('\n');
  } catch {
    return [];
  }
}

/** True where the finished file is still there as it was written. */
export async function isStillThere(folder: string, finished: FinishedFile): Promise<boolean> {
  try {
    return (await stat(join(folder, finished.file))).size === finished.bytes;
  } catch {
    return false;
  }
}

/** Appends to the record of a folder. Throws PlanFault (code 'file') where the folder cannot be written. */
export class BatchJournal {
  readonly #file: FileHandle;
  readonly #path: string;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Opens the record, and takes away what a run that was cut off had half written. */
  static async open(folder: string): Promise<BatchJournal> {
    const path = join(folder, JOURNAL);
    try {
      const file = await open(path, 'a');
      // A last line without its end belongs to a run that was cut off.
      if ((await file.stat()).size > 0) await file.appendFile('\n');
      for (const name of await readdir(folder)) {
        if (isTemporary(name)) await rm(join(folder, name), { force: true }).catch(() => undefined);
      }
      return new BatchJournal(file, path);
    } catch (error) {
      throw writeFault(path, error);
    }
  }

  begin(head: BatchHead): Promise<void> {
    return this.#append({ kind: 'batch', ...head });
  }

  finished(file: FinishedFile): Promise<void> {
    return this.#append({ kind: 'file', ...file });
  }

  end(): Promise<void> {
    return this.#append({ kind: 'end' });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(line: object): Promise<void> {
    try {
      await this.#file.appendFile(`${JSON.stringify(line)}\n`);
    } catch (error) {
      throw writeFault(this.#path, error);
    }
  }
}
