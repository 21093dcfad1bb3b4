import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFile } from '../../electron/library/enterprise-file.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import { type Db, libraryFault } from '../../electron/library/open.ts';
import { openForWork } from '../../electron/library/open-for-work.ts';
import { lookForRescue } from '../../electron/library/rescue.ts';
import { selfCheck } from '../../electron/library/self-check.ts';
import { write } from '../../electron/library/write.ts';
import { type Part, seeded } from './parts.ts';

const NOW = new Date('2026-06-15T04:00:00Z');

/** All of a library that people see, as text. */
function shown(db: Db): string {
  const ids = db.prepare('SELECT id FROM enterprise ORDER BY id').pluck().all() as string[];
  const log = db.prepare('SELECT * FROM change ORDER BY id').all();
  return JSON.stringify([ids.map((id) => readFile(db, id)), log]);
}

/** 'found' = opened, and the check that follows an opening like this tells it; 'changed' = nobody tells. */
type Outcome = 'refused' | 'same' | 'found' | 'changed';

/** Opens a library as the product does, and reads all of it. Anything but a Refusal or a library is a fault. */
async function look(file: string, truth: string): Promise<Outcome> {
  try {
    const { db, close } = await openForWork(file, { now: () => NOW });
    try {
      if (shown(db) === truth) return 'same';
      const { findings } = await selfCheck(file);
      if (findings.length > 0) return 'found';
      return 'changed';
    } catch (error) {
      if (libraryFault(error) || error instanceof SyntaxError) return 'refused';
      throw error;
    } finally {
      close();
    }
  } catch (error) {
    const known = libraryFault(error);
    if (known && ['damaged-library', 'library', 'newer-library'].includes(known.code)) return 'refused';
    throw error;
  }
}

/** Bytes of the library file changed one by one, and cuts of its end: never a crash, never silent. */
export const byteFlips: Part = {
  name: 'byte-flips',
  proves: 'one changed byte anywhere, and a file cut anywhere: never a crash; never silent',
  async run({ short, seed, say }) {
    const random = seeded(seed);
    const folder = mkdtempSync(join(tmpdir(), 'cultivar-flips-'));
    const file = join(folder, 'library.sqlite');
    try {
      const { db, close } = await openForWork(file, { now: () => NOW });
      for (let i = 0; i < 6; i += 1)
        write(db, { action: 'x', actor: 'torture', now: NOW }, (tx) => {
          const id = createEnterprise(tx, { name: `Firm ${i}`, brief: 'b'.repeat(900) });
          setFigures(tx, id, [{ year: 2025, values: { revenue: 1_000_000 + i } }]);
        });
      const truth = shown(db);
      close();
      const whole = readFileSync(file);
      const sealed = readFileSync(`${file}.seal`);
      const lay = (bytes: Buffer, withSeal: boolean) => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        writeFileSync(file, bytes);
        if (withSeal) writeFileSync(`${file}.seal`, sealed);
      };
      lay(whole, true);
      assert.equal(await look(file, truth), 'same', 'the undamaged library');

      const count = { sealed: 0, open: 0, cuts: 0, idle: 0 };
      const openFound: Record<Outcome, number> = { refused: 0, same: 0, found: 0, changed: 0 };
      const flips = short ? 60 : 3000;
      for (let turn = 0; turn < flips; turn += 1) {
        // The header byte by byte, then anywhere.
        const at = turn < 100 && !short ? turn : Math.floor(random() * whole.length);
        const bytes = Buffer.from(whole);
        bytes[at]! ^= 1 << Math.floor(random() * 8);
        lay(bytes, true);
        assert.equal(await look(file, truth), 'refused', `byte ${at} of a closed library`);
        assert.ok(readFileSync(file).equals(bytes), 'the damaged file was touched');
        count.sealed += 1;
        // After a crash there is no seal: the structure is what can be checked.
        lay(bytes, false);
        openFound[await look(file, truth)] += 1;
        count.open += 1;
        if (turn % 1000 === 999) say(`${turn + 1} bytes`);
      }
      const cuts = short ? 10 : 400;
      for (let turn = 0; turn < cuts; turn += 1) {
        const length = turn < 40 ? turn * 25 : Math.floor(random() * whole.length);
        const bytes = whole.subarray(0, length);
        for (const withSeal of [true, false]) {
          lay(bytes, withSeal);
          if (length === 0) continue;
          const outcome = await look(file, truth);
          // Without a seal a cut that only takes unused bytes is not seen, and nothing is missing.
          if (withSeal) assert.equal(outcome, 'refused', `cut to ${length} bytes`);
          else {
            assert.notEqual(outcome, 'changed', `cut to ${length} bytes`);
            if (outcome === 'same') count.idle += 1;
          }
          if (outcome === 'same') continue;
          assert.ok(readFileSync(file).equals(bytes));
        }
        // Looking for what can be saved never crashes either.
        if (turn % 10 === 0) await lookForRescue(file);
        count.cuts += 1;
      }
      assert.equal(openFound.changed, 0, 'bytes that changed what people see, and nobody told');
      return {
        'bytes of the library': whole.length,
        'changed bytes in a closed library': count.sealed,
        'of these found at opening': count.sealed,
        'changed bytes without a seal': count.open,
        'of these refused': openFound.refused,
        'of these without an effect': openFound.same,
        'of these found by the check that follows': openFound.found,
        'of these unnoticed': openFound.changed,
        'cuts, refused in a closed library': count.cuts,
        'cuts of unused bytes only, without a seal': count.idle,
        crashes: 0,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
