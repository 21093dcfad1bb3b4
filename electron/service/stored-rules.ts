import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Rules } from '../diagnosis/context.ts';
import type { Db } from '../library/open.ts';
import { loadPacks } from '../library/packs.ts';
import { loadStandards } from '../standards/loader.ts';
import { rulesOf } from './rules.ts';

/**
 * The rules out of the packs kept in the library, read by the same loader as the product's own. Throws a Refusal
 * where a pack is missing or was altered.
 */
export function storedRules(db: Db, wanted: readonly { hash: string; id: string }[]): Rules {
  const packs = loadPacks(db, wanted);
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-packs-'));
  try {
    // The name comes out of a file that may have travelled: only its last part is used.
    for (const pack of packs) writeFileSync(join(folder, basename(pack.id)), pack.bytes);
    return rulesOf(loadStandards(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
