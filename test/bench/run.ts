// What the product's main work takes, with what DESIGN asks for beside it.
// npm run bench -- [--size 100000] [--only search,list] [--seed 56789] [--rounds 3] [--keep DIR: made there once, used again]
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import type { Generated } from '../../electron/library/synthetic.ts';
import { readResources } from '../../electron/service/resources.ts';
import { generate } from './generate.ts';
import { type Bench, LAST_CLOSED, type Part, root, TODAY } from './part.ts';
import { diagnosisPart } from './part-diagnosis.ts';
import { exportPart, importPart } from './part-exchange.ts';
import { listPart, openPart, searchPart } from './part-lists.ts';

/** All that is measured, in this order: the import first, while the process is small. Another part is another file and a place here. */
const PARTS: readonly Part[] = [importPart, diagnosisPart, openPart, searchPart, listPart, exportPart];

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '56789' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run bench -- [--size 100000] [--only NAMES] [--seed 56789] [--rounds 3] [--keep FOLDER]
  --size N      enterprises in the library
  --only NAMES  of ${PARTS.map((part) => part.name).join(', ')}; with commas between
  --rounds N    how often each part is measured`);
  process.exit(0);
}
const size = Math.max(100, Math.floor(Number(options.size)) || 100_000);
const rounds = Math.max(1, Math.floor(Number(options.rounds)) || 3);
const wanted = options.only?.split(',').map((name) => name.trim());
const unknown = wanted?.find((name) => !PARTS.some((part) => part.name === name));
if (unknown !== undefined) {
  console.error(`no part "${unknown}"; there are: ${PARTS.map((part) => part.name).join(', ')}`);
  process.exit(2);
}

const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'cultivar-bench-'));
mkdirSync(folder, { recursive: true });
const file = join(folder, 'library.sqlite');
let made: Generated | null = null;

async function library(): Promise<Generated> {
  if (made) return made;
  const start = performance.now();
  const there = existsSync(file);
  const db = await openLibrary(file, new Date(`${TODAY}T00:00:00Z`));
  try {
    if (there) {
      const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
      made = {
        enterprises: count('enterprise'),
        figures: count('figure'),
        facts: count('fact'),
        titles: count('title'),
      };
      if (made.enterprises !== size) throw new Error(`${folder} holds ${made.enterprises} enterprises`);
      return made;
    }
    // The log of a bulk load would hold all of it twice until the end.
    db.pragma('wal_autocheckpoint = 4000');
    made = generate(db, size, Number(options.seed), LAST_CLOSED, true);
    // The lines count as judged: what is measured is the work of a day, not the first hour of a new library.
    const { rulesHash } = readResources(join(root, 'resources'));
    db.prepare(
      `UPDATE standing SET rules_hash = ?, current_rung = rowid % 4, next_verdict = 'unmet', unmet = rowid % 7,
         unknown = rowid % 5, distance = (rowid % 97) / 20.0, size_class = 'small', stage = 'growth'`,
    ).run(rulesHash);
  } finally {
    closeLibrary(db);
  }
  console.log(
    `Synthetic library of ${size} enterprises, made in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  return made;
}

const bench: Bench = {
  size,
  rounds,
  async folder() {
    await library();
    return folder;
  },
  async withLibrary(work) {
    const content = await library();
    const db = await openLibrary(file, new Date(`${TODAY}T00:00:00Z`));
    try {
      await work(db, content);
    } finally {
      closeLibrary(db);
    }
  },
};

try {
  for (const part of PARTS) {
    if (wanted && !wanted.includes(part.name)) continue;
    console.log(`\n${part.name}`);
    await part.run(bench);
  }
} finally {
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
