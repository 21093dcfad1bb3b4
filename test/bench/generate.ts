import { join } from 'node:path';
import type { Db } from '../../electron/library/open.ts';
import { type Generated, generateSynthetic } from '../../electron/library/synthetic.ts';
import { readSyntheticWords } from '../../electron/library/synthetic-firms.ts';

const words = readSyntheticWords(join(import.meta.dirname, '../../resources'));

/** Fills a library with synthetic enterprises; without lines on the library screen, nothing is judged in the background. */
export function generate(db: Db, size: number, seed: number, lastClosed: number): Generated {
  return generateSynthetic(db, { size, seed, lastClosed, words, lines: false });
}
