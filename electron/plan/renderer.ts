import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { assetPaths } from './assets.ts';
import type { DocumentInput } from './document-model.ts';
import type { WorkerAnswer, WorkerSetup } from './pdf-worker.ts';
import { PlanFault } from './plan-fault.ts';
import type { Made } from './typeset.ts';

export { assetPaths } from './assets.ts';

const LONGEST_RENDER_MS = 60_000;

/** Beside this file in source; beside or above the bundled code in the build. */
function workerPath(): string {
  const found = ['./pdf-worker.ts', './pdf-worker.js', '../pdf-worker.js']
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find(existsSync);
  if (!found) throw new PlanFault('render', 'render', { reason: 'pdf-worker not found' });
  return found;
}

/** Read once for all workers of this process: they share the compiled code and the bytes of the fonts. */
const shared = new Map<string, Promise<Pick<WorkerSetup, 'module' | 'fonts'>>>();

/** Gives the memory of a large file back at once: nothing here would start a collection of garbage soon. */
function release({ buffer, byteLength }: Buffer): void {
  // A small file may lie in a buffer that others use as well.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

async function sharedBytes(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  const kept = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  kept.set(bytes);
  release(bytes);
  return kept;
}

async function compiled(path: string): Promise<WebAssembly.Module> {
  const bytes = await readFile(path);
  const module = await WebAssembly.compile(bytes as Uint8Array<ArrayBuffer>);
  release(bytes);
  return module;
}

function sharedParts(resourcesDir: string): Promise<Pick<WorkerSetup, 'module' | 'fonts'>> {
  let parts = shared.get(resourcesDir);
  if (!parts) {
    const { wasm, fonts } = assetPaths(resourcesDir);
    parts = (async () => ({
      module: await compiled(wasm),
      fonts: await Promise.all(fonts.map(sharedBytes)),
    }))();
    shared.set(resourcesDir, parts);
    parts.catch(() => shared.delete(resourcesDir));
  }
  return parts;
}

function fault(reason: string): PlanFault {
  return new PlanFault('render', 'render', { reason });
}

/**
 * Makes plans into PDFs in a worker thread, one after the other. A worker that dies takes down only its document;
 * the next one gets a new worker. Rejections are PlanFault with code 'render'.
 */
export class PlanRenderer {
  readonly #resourcesDir: string;
  readonly #perWorker: number;
  readonly #room: number | undefined;
  readonly #afresh: number | undefined;
  #worker: Worker | undefined;
  #made = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * A worker is replaced when its compiler has used up its room (bytes; ROOM of typst-compiler.ts), or after so many
   * documents where that is said. Its compiler forgets what it made after each `afresh` documents; of a plan that it
   * knows, only what was edited is laid out anew.
   */
  constructor(
    resourcesDir: string,
    options: {
      documentsPerWorker?: number | undefined;
      room?: number | undefined;
      afresh?: number | undefined;
    } = {},
  ) {
    this.#resourcesDir = resourcesDir;
    this.#perWorker = options.documentsPerWorker ?? Number.POSITIVE_INFINITY;
    this.#room = options.room;
    this.#afresh = options.afresh;
  }

  /** The plan as a PDF, or as a DOCX where the input asks for that. The same input gives the same bytes. */
  async render(input: DocumentInput): Promise<Uint8Array> {
    return (await this.renderNoted(input)).pdf;
  }

  /** The same, with the characters that no font has a glyph for. */
  renderNoted(input: DocumentInput): Promise<Made> {
    const job = this.#queue.then(() => this.#renderNow(input));
    this.#queue = job.catch(() => undefined);
    return job;
  }

  /** Starts the compiler ahead of the first document, which then takes as long as any other. */
  warm(): Promise<void> {
    const job = this.#queue.then(async () => {
      if (!this.#closed) await this.#workerReady();
    });
    this.#queue = job.catch(() => undefined);
    return job;
  }

  /** The worker at work, for watching it; undefined where none runs. */
  get worker(): Worker | undefined {
    return this.#worker;
  }

  /** Ends the worker; a render under way is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #renderNow(input: DocumentInput): Promise<Made> {
    if (this.#closed) throw fault('closed');
    const worker = await this.#workerReady();
    const answer = await this.#ask(worker, input);
    this.#made++;
    if (answer.spent || this.#made >= this.#perWorker) {
      await this.#discard(worker);
      // Its successor starts now, not when somebody waits for it. What keeps it from starting is told then.
      if (answer.spent) this.#workerReady().catch(() => undefined);
    }
    if (!('problem' in answer)) return answer;
    const { problem, at } = answer;
    if (!at) throw fault(problem);
    const place = { line: String(at.line), column: String(at.column), reason: at.message, file: at.file };
    throw new PlanFault('render', at.file ? 'templateWrongIn' : 'templateWrong', place);
  }

  async #workerReady(): Promise<Worker> {
    if (this.#worker) return this.#worker;
    let setup: WorkerSetup;
    try {
      const parts = await sharedParts(this.#resourcesDir);
      setup = { assets: assetPaths(this.#resourcesDir), room: this.#room, afresh: this.#afresh, ...parts };
    } catch (error) {
      throw fault((error as Error).message);
    }
    if (this.#closed) throw fault('closed');
    if (this.#worker) return this.#worker;
    // What the worker keeps in JavaScript is small; without a limit its nursery alone takes 90 MB.
    const resourceLimits = { maxYoungGenerationSizeMb: 6 };
    const worker = new Worker(workerPath(), {
      workerData: setup,
      execArgv: [],
      name: 'plan-pdf',
      resourceLimits,
    });
    worker.unref();
    // Errors are told to the document under way; without a listener they would end the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    this.#made = 0;
    this.#worker = worker;
    return worker;
  }

  #ask(worker: Worker, input: DocumentInput): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(limit);
        worker.off('message', answered);
        worker.off('error', failed);
        worker.off('exit', ended);
      };
      const fail = (reason: string) => {
        done();
        void this.#discard(worker);
        reject(fault(reason));
      };
      const answered = (answer: WorkerAnswer) => {
        done();
        resolve(answer);
      };
      const failed = (error: unknown) => fail(error instanceof Error ? error.message : String(error));
      const ended = () => fail('the worker ended');
      const limit = setTimeout(() => fail('it took too long'), LONGEST_RENDER_MS);
      worker.on('message', answered);
      worker.on('error', failed);
      worker.on('exit', ended);
      const { plan, diagnosis, file, settings, policies, locale, layout } = input;
      const { packs, format, template, carried, wording, evidence, links } = input;
      try {
        const message = {
          plan,
          diagnosis,
          file,
          settings,
          policies,
          links,
          locale,
          layout,
          packs,
          format,
          template,
          carried,
          wording,
          evidence,
        };
        worker.postMessage(message satisfies DocumentInput);
      } catch (error) {
        fail((error as Error).message);
      }
    });
  }

  async #discard(worker: Worker): Promise<void> {
    if (this.#worker === worker) this.#worker = undefined;
    await worker.terminate();
  }
}
