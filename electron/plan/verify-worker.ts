import { parentPort, workerData } from 'node:worker_threads';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { CARRIED_NAME } from './carried.ts';
import { MANIFEST_NAME, SNAPSHOT_NAME } from './manifest.ts';

/** One PDF, one thread: whatever is wrong with it ends with the thread. */
export interface VerifySetup {
  readonly bytes: Uint8Array;
}
export type VerifyAnswer =
  | {
      readonly attachments: Readonly<Record<string, Uint8Array>>;
      /** The printed text of each page, without what stands in the margins. */
      readonly pages: readonly string[];
    }
  | { readonly problem: 'broken' | 'locked' | 'large' };

const ATTACHED: readonly string[] = [SNAPSHOT_NAME, MANIFEST_NAME, CARRIED_NAME];
const MOST_PAGES = 300;
const LONGEST_ATTACHMENT = 20 * 1024 * 1024;
const MOST_TEXT = 4_000_000;
/** Header and footer stand in these margins, in points. */
const [TOP, BOTTOM] = [66, 54];

const port = parentPort;
if (!port) throw new Error('verify-worker runs as a worker thread');

interface Piece {
  readonly str: string;
  readonly transform: readonly number[];
}

async function textOf(document: PDFDocumentProxy): Promise<string[] | null> {
  const pages: string[] = [];
  let length = 0;
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const height = page.view[3] ?? 842;
    const { items } = await page.getTextContent();
    const inside = (items as unknown as Piece[]).filter((item) => {
      const y = item.transform?.[5] ?? 0;
      return y > BOTTOM && (number === 1 || y < height - TOP);
    });
    const text = inside.map((item) => item.str).join('');
    length += text.length;
    if (length > MOST_TEXT) return null;
    pages.push(text);
    page.cleanup();
  }
  return pages;
}

async function read(bytes: Uint8Array): Promise<VerifyAnswer> {
  // Without its worker beside it pdf.js looks for one to load; here it works in this very thread.
  const worker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;
  const task = getDocument({
    data: bytes,
    isEvalSupported: false,
    useSystemFonts: false,
    enableXfa: false,
    stopAtErrors: true,
    verbosity: 0,
  });
  let document: PDFDocumentProxy;
  try {
    document = await task.promise;
  } catch (error) {
    return { problem: (error as Error).name === 'PasswordException' ? 'locked' : 'broken' };
  }
  if (document.numPages > MOST_PAGES) return { problem: 'large' };
  const attachments: Record<string, Uint8Array> = {};
  const found = ((await document.getAttachments()) ?? {}) as Record<
    string,
    { filename?: string; content?: Uint8Array }
  >;
  for (const { filename, content } of Object.values(found)) {
    if (!filename || !ATTACHED.includes(filename) || !content) continue;
    if (content.length > LONGEST_ATTACHMENT) return { problem: 'large' };
    attachments[filename] = content;
  }
  const pages = await textOf(document);
  return pages ? { attachments, pages } : { problem: 'large' };
}

try {
  port.postMessage(await read((workerData as VerifySetup).bytes));
} catch {
  port.postMessage({ problem: 'broken' } satisfies VerifyAnswer);
}
