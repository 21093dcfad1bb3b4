import { parentPort, workerData } from 'node:worker_threads';
import type { AssetPaths } from './assets.ts';
import type { DocumentInput } from './document-model.ts';
import { type Made, startTypesetter, TemplateFault } from './typeset.ts';
import type { TemplateError } from './typst-compiler.ts';

/** One worker thread: one compiler, documents one after the other, until its owner replaces it. */
export interface WorkerSetup {
  readonly assets: AssetPaths;
  readonly module: WebAssembly.Module;
  readonly fonts: readonly Uint8Array[];
  /** What the compiler may use, in bytes. */
  readonly room: number | undefined;
}
export type WorkerAnswer =
  /** `full`: this worker has used up its memory. */
  { pdf: Uint8Array; missing: readonly string[]; full: boolean } | { problem: string; at?: TemplateError };

const { assets, module, fonts, room } = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw new Error('pdf-worker runs as a worker thread');

const typesetter = startTypesetter(assets, fonts, module, room);
// A failure to start is told with the first document, not as an unhandled rejection.
typesetter.catch(() => undefined);

port.on('message', async (input: DocumentInput) => {
  try {
    const made: Made =
      input.format === 'docx'
        ? {
            pdf: await (await import('./docx-document.ts')).planDocx(input, fonts[0] ?? new Uint8Array()),
            missing: [],
          }
        : await (await typesetter).make(input);
    const pdf = new Uint8Array(made.pdf);
    const full = input.format !== 'docx' && (await typesetter).full();
    port.postMessage({ pdf, missing: made.missing, full } satisfies WorkerAnswer, [pdf.buffer]);
  } catch (error) {
    port.postMessage({
      problem: error instanceof Error ? error.message : String(error),
      ...(error instanceof TemplateFault ? { at: error.at } : {}),
    } satisfies WorkerAnswer);
  }
});
