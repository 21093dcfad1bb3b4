import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';

let worker: PDFWorker | null = null;

/** One worker for all documents, made from our own file: pdf.js would otherwise make one from a blob, which the page's policy refuses. */
function sharedWorker(): PDFWorker {
  worker ??= PDFWorker.create({
    port: new Worker(new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url), { type: 'module' }),
  });
  return worker;
}

/** Opens PDF bytes for drawing. Nothing is fetched and nothing is evaluated: fonts are embedded in our documents. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  return getDocument({
    // The worker takes its bytes away from us, so it gets a copy.
    data: bytes.slice(),
    worker: sharedWorker(),
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    enableXfa: false,
    stopAtErrors: false,
  }).promise;
}

export type { PDFDocumentProxy };
