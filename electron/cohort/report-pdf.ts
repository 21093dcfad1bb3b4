import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { assetPaths } from '../plan/assets.ts';
import { PlanFault } from '../plan/plan-fault.ts';
import type { Report } from './report-model.ts';
import type { ReportAnswer, ReportSetup } from './report-worker.ts';

const LONGEST_MS = 60_000;

/** Beside this file in source; beside the bundle or above its chunks in the build. */
function workerPath(): string {
  const found = ['./report-worker.ts', './report-worker.js', '../report-worker.js']
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find(existsSync);
  if (!found) throw new PlanFault('render', 'render', { reason: 'report-worker not found' });
  return found;
}

/** The report as a PDF, made in a thread of its own that ends with it. Rejects with a PlanFault of code 'render'. */
export async function reportPdf(resourcesDir: string, report: Report): Promise<Uint8Array> {
  const { fonts, wasm } = assetPaths(resourcesDir);
  const template = join(resourcesDir, 'templates', 'cohort.typ');
  const setup: ReportSetup = { fonts, wasm, template, report };
  const worker = new Worker(workerPath(), { workerData: setup, execArgv: [], name: 'cohort-report' });
  const limit = setTimeout(() => void worker.terminate(), LONGEST_MS);
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      const fail = (reason: string) => reject(new PlanFault('render', 'render', { reason }));
      worker.once('message', (answer: ReportAnswer) =>
        'pdf' in answer ? resolve(answer.pdf) : fail(answer.problem),
      );
      worker.once('error', (error: Error) => fail(error.message));
      worker.once('exit', () => fail('the worker ended'));
    });
  } finally {
    clearTimeout(limit);
    void worker.terminate();
  }
}
