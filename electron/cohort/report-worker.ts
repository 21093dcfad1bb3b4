import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { GETA, mapStrings, stringsIn } from '../plan/clean-text.ts';
import { fontCoverage, missingGlyphs } from '../plan/glyphs.ts';
import { compileDocument, readFonts, startCompiler } from '../plan/typst-compiler.ts';
import type { Report } from './report-model.ts';

/** One report, one thread: the compiler's memory goes with it. */
export interface ReportSetup {
  readonly fonts: readonly string[];
  readonly wasm: string;
  readonly template: string;
  readonly report: Report;
}
export type ReportAnswer = { readonly pdf: Uint8Array } | { readonly problem: string };

const port = parentPort;
if (!port) throw new Error('report-worker runs as a worker thread');
const { fonts, wasm, template, report } = workerData as ReportSetup;
const MAIN = '/cohort.typ';

try {
  const files = readFonts(fonts);
  const module = await WebAssembly.compile(new Uint8Array(readFileSync(wasm)));
  const { compiler } = await startCompiler(files, module);
  compiler.addSource(MAIN, readFileSync(template, 'utf8'));
  // A character that no font has is shown as a blank mark instead of ending the print.
  const gone = new Set(
    missingGlyphs(stringsIn([report.document, ...Object.values(report.charts)]), files.map(fontCoverage)),
  );
  const drawable = (text: string) =>
    gone.size === 0 ? text : [...text].map((c) => (gone.has(c) ? GETA : c)).join('');
  for (const [name, svg] of Object.entries(report.charts))
    compiler.mapShadow(`/${name}.svg`, new TextEncoder().encode(drawable(svg)));
  const made = await compileDocument(compiler, MAIN, mapStrings(report.document, drawable));
  if (made.pdf) {
    const pdf = new Uint8Array(made.pdf);
    port.postMessage({ pdf } satisfies ReportAnswer, [pdf.buffer]);
  } else port.postMessage({ problem: made.problem ?? 'unknown' } satisfies ReportAnswer);
} catch (error) {
  port.postMessage({
    problem: error instanceof Error ? error.message : String(error),
  } satisfies ReportAnswer);
}
