import { parentPort, workerData } from 'node:worker_threads';
import type { AssetPaths } from './assets.ts';
import type { DocumentInput } from './document-model.ts';
import { type Made, startTypesetter, TemplateFault } from './typeset.ts';
import type { TemplateError } from './typst-compiler.ts';

/** One worker thread: one compiler, documents one after the other, until its owner replaces it. */
export interface WorkerSetup {
  readonly assets: AssetPaths;
  readonly module: WebAssembly.Module;
}
export type WorkerAnswer =
  | { pdf: Uint8Array; missing: readonly string[] }
  | { problem: string; at?: TemplateError };

const { assets, module } = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw new Error('pdf-worker runs as a worker thread');

const typesetter = startTypesetter(assets, module);
// A failure to start is told with the first document, not as an unhandled rejection.
typesetter.catch(() => undefined);

port.on('message', async (input: DocumentInput) => {
  try {
    const made: Made =
      input.format === 'docx'
        ? { pdf: await (await import('./docx-document.ts')).planDocx(input), missing: [] }
        : await (await typesetter).make(input);
    const pdf = new Uint8Array(made.pdf);
    port.postMessage({ pdf, missing: made.missing } satisfies WorkerAnswer, [pdf.buffer]);
  } catch (error) {
    port.postMessage({
      problem: error instanceof Error ? error.message : String(error),
      ...(error instanceof TemplateFault ? { at: error.at } : {}),
    } satisfies WorkerAnswer);
  }
});
