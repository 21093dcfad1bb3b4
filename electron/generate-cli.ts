import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cliLanguage, say } from './cli-text.ts';
import { closeLibrary } from './library/open.ts';
import { openLibrary } from './library/open-library.ts';
import { generateSynthetic } from './library/synthetic.ts';
import { readSyntheticWords } from './library/synthetic-firms.ts';

const MOST = 2_000_000;

function resourcesFolder(): string {
  const found = ['../resources', '../../resources']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (!found) throw new Error('resources not found');
  return found;
}

/**
 * `generate --size N --out DIR [--seed S]`: a new library of invented enterprises, each marked as such. Exit code 2 for wrong
 * options, 1 where the folder cannot be used or holds a library already.
 */
export async function runGenerate(argv: readonly string[]): Promise<number> {
  const language = cliLanguage();
  const wrong = (reason: string) => {
    console.error(say(language, 'badOption', { reason }));
    console.error(say(language, 'generateUsage'));
    return 2;
  };
  let options: { size?: string; out?: string; seed?: string };
  try {
    options = parseArgs({
      args: [...argv],
      options: { size: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string' } },
    }).values;
  } catch (error) {
    return wrong((error as Error).message);
  }
  const [size, seed] = [Number(options.size), Number(options.seed ?? '1')];
  if (!options.out) return wrong('--out');
  if (!Number.isInteger(size) || size < 1 || size > MOST) return wrong('--size');
  if (!Number.isInteger(seed)) return wrong('--seed');
  const folder = resolve(options.out);
  const file = join(folder, 'library.sqlite');
  if (existsSync(file)) {
    console.error(say(language, 'generateThere', { file }));
    return 1;
  }
  const start = performance.now();
  const now = new Date();
  try {
    await mkdir(folder, { recursive: true });
    const db = await openLibrary(file, now);
    try {
      // The log of a bulk load would hold all of it twice until the end.
      db.pragma('wal_autocheckpoint = 4000');
      const made = generateSynthetic(db, {
        size,
        seed,
        lastClosed: now.getFullYear() - 1,
        words: readSyntheticWords(resourcesFolder()),
        progress(done) {
          if (process.stderr.isTTY) process.stderr.write(`\r${done} / ${size}`);
        },
      });
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      console.log(
        say(language, 'generateDone', {
          ...made,
          file,
          seconds: ((performance.now() - start) / 1000).toFixed(1),
          megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
        }),
      );
    } finally {
      closeLibrary(db);
    }
    return 0;
  } catch (error) {
    console.error(say(language, 'outUnusable', { folder, reason: (error as Error).message }));
    return 1;
  }
}
