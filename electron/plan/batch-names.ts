import type { FinishedFile } from './batch-journal.ts';
import { suggestedFileName } from './write-file.ts';

/** Windows takes whole paths of 259 units; the number of a double and the separator need a few. */
const LONGEST_PATH = 259 - 8;
const LONGEST_NAME = 120;
const SHORTEST_NAME = 48;

/** Names are the same to Windows and macOS whatever their case and their way of writing accents. */
const folded = (name: string) => name.normalize('NFC').toLowerCase();

/**
 * Gives each file of a batch its name: the firm's, what it is and the day; a second file of the same name gets a number,
 * and a file that was in the folder before is never written over unless the batch's record says it is its own.
 */
export class BatchNames {
  readonly #taken: Set<string>;
  readonly #own: ReadonlyMap<string, FinishedFile>;
  readonly #day: string;
  readonly #longest: number;

  constructor(folder: string, there: readonly string[], own: ReadonlyMap<string, FinishedFile>, day: string) {
    this.#taken = new Set(there.map(folded));
    this.#own = own;
    this.#day = day;
    this.#longest = Math.max(SHORTEST_NAME, Math.min(LONGEST_NAME, LONGEST_PATH - folder.length));
    for (const { file } of own.values()) this.#taken.add(folded(file));
  }

  /** The name of a task's file, and the one it would have if that were free. */
  nameFor(task: string, firm: string, document: string): { wanted: string; file: string } {
    const wanted = suggestedFileName(firm, document, this.#day, { longest: this.#longest });
    const own = this.#own.get(task);
    if (own?.wanted === wanted) return { wanted, file: own.file };
    let file = wanted;
    for (let number = 2; this.#taken.has(folded(file)); number++)
      file = wanted.replace(/\.pdf$/, ` (${number}).pdf`);
    this.#taken.add(folded(file));
    return { wanted, file };
  }
}
