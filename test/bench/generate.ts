import { join } from 'node:path';
import type { Db } from '../../electron/library/open.ts';
import { type Generated, generateSynthetic } from '../../electron/library/synthetic.ts';
import { readSyntheticWords } from '../../electron/library/synthetic-firms.ts';

const words = readSyntheticWords(join(import.meta.dirname, '../../resources'));

/** Fills a library with synthetic enterprises; with `lines` they are listed, and wait to be judged. */
export function generate(db: Db, size: number, seed: number, lastClosed: number, lines = false): Generated {
  return generateSynthetic(db, { size, seed, lastClosed, words, lines });
}
