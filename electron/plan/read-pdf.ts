import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../library/refusal.ts';
import type { VerifyAnswer, VerifySetup } from './verify-worker.ts';

/** Our own files have about half a megabyte, with a large logo a little more. */
const LARGEST = 60 * 1024 * 1024;
const LONGEST_MS = 30_000;
/** A small file can claim to unpack into very much. */
const MOST_MEMORY = 900 * 1024 * 1024;
const WATCH_EVERY = 40;

type Read = Extract<VerifyAnswer, { pages: unknown }>;

/** Beside this file in source; beside the bundle or above its chunks in the build. */
function workerPath(): string {
  const found = ['./verify-worker.ts', './verify-worker.js', '../verify-worker.js']
    .map((name) => fileURLToPath(new URL(name, import.meta.url)))
    .find(existsSync);
  if (!found) throw new Error('verify-worker not found');
  return found;
}

/** The bytes of a PDF. Throws a Refusal (file). */
export async function pdfBytes(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > LARGEST) throw new Refusal('file', 'pdfTooLarge', { megabytes: LARGEST / 1024 / 1024 });
    return new Uint8Array(await file.readFile());
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('file', 'pdfUnreadable', { reason: (error as NodeJS.ErrnoException).code ?? '' });
  }
}

/** Whether a file begins as a PDF does: the head may stand a little into the file; our own begin with it. */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/**
 * The attachments and the printed text of a PDF that may be anything. It is read in a thread of its own, within bounds of
 * size, time and memory. Throws a Refusal (file) that says what is wrong with it.
 */
export async function readPdf(given: Uint8Array): Promise<Read> {
  if (given.length > LARGEST) throw new Refusal('file', 'pdfTooLarge', { megabytes: LARGEST / 1024 / 1024 });
  // The thread takes the bytes over; a part of a pool cannot be handed on.
  const bytes = new Uint8Array(given);
  if (!isPdf(bytes)) throw new Refusal('file', 'pdfNone');
  const setup: VerifySetup = { bytes };
  const worker = new Worker(workerPath(), {
    workerData: setup,
    transferList: [bytes.buffer as ArrayBuffer],
    execArgv: [],
    name: 'plan-verify',
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const before = process.memoryUsage.rss();
  let tooMuch = false;
  const end = () => {
    if (tooMuch) return;
    tooMuch = true;
    void worker.terminate();
  };
  const limit = setTimeout(end, LONGEST_MS);
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before > MOST_MEMORY) end();
  }, WATCH_EVERY);
  try {
    const answer = await new Promise<VerifyAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', () => reject(new Refusal('file', 'pdfBroken')));
      worker.once('exit', () => reject(new Refusal('file', tooMuch ? 'pdfTooMuch' : 'pdfBroken')));
    });
    if (!('problem' in answer)) return answer;
    const keys = { broken: 'pdfBroken', locked: 'pdfLocked', large: 'pdfTooMuch' } as const;
    throw new Refusal('file', keys[answer.problem]);
  } finally {
    clearTimeout(limit);
    clearInterval(watch);
    void worker.terminate();
  }
}
