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
  /** After so many documents the compiler forgets them. */
  readonly afresh: number | undefined;
}
export type WorkerAnswer =
  /** `spent`: this worker has used up its memory, or its compiler broke. */
  ({ pdf: Uint8Array; missing: readonly string[] } | { problem: string; at?: TemplateError }) & {
    spent: boolean;
  };

const { assets, module, fonts, room, afresh } = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw new Error('pdf-worker runs as a worker thread');

const typesetter = startTypesetter(assets, fonts, module, { room, afresh });
// A failure to start is told with the first document, not as an unhandled rejection.
typesetter.catch(() => undefined);

const spent = async () => (await typesetter).spent();

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
    const answer = { pdf, missing: made.missing, spent: input.format !== 'docx' && (await spent()) };
    port.postMessage(answer satisfies WorkerAnswer, [pdf.buffer]);
  } catch (error) {
    port.postMessage({
      problem: error instanceof Error ? error.message : String(error),
      ...(error instanceof TemplateFault ? { at: error.at } : {}),
      spent: await spent().catch(() => true),
    } satisfies WorkerAnswer);
  }
});
