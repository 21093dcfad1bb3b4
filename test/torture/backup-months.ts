import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proveCopy } from '../../electron/library/backup.ts';
import { listBackups, putOnShelf } from '../../electron/library/backup-shelf.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { closeLibrary } from '../../electron/library/open.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { write } from '../../electron/library/write.ts';
import { type Part, seeded } from './parts.ts';

/**
 * Months of work with real backups of a real library, the clock set forward and back at random: after each day the newest
 * state is on the shelf and proved, and at the end the shelf holds what the rule of retention says.
 */
export const backupMonths: Part = {
  name: 'backup-months',
  proves: '24 months of backups under retention, the clock set back and forth',
  async run({ short, seed, say }) {
    const random = seeded(seed);
    const folder = mkdtempSync(join(tmpdir(), 'cultivar-months-'));
    const months = short ? 3 : 24;
    try {
      let now = new Date('2026-06-15T04:00:00Z');
      const db = await openLibrary(join(folder, 'library.sqlite'), now);
      const shelf = join(folder, 'backups');
      let made = 0;
      let jumps = 0;
      for (let day = 0; day < months * 20; day += 1) {
        now = new Date(now.getTime() + 86_400_000);
        if (random() < 0.1) {
          now = new Date(Date.UTC(1990 + Math.floor(random() * 60), 0, 1));
          jumps += 1;
        }
        await putOnShelf(db.name, shelf, { why: 'daily', now, second: null });
        made += 1;
        for (let edits = 0; edits < 3; edits += 1)
          write(db, { action: 'x', actor: 'torture', now }, (tx) =>
            createEnterprise(tx, { name: `${day}-${edits}` }),
          );
        if (random() < 0.5) {
          await putOnShelf(db.name, shelf, { why: 'hourly', now, second: null });
          made += 1;
        }
        const [newest] = listBackups(shelf);
        assert.equal(newest?.sequence, made);
        if (day % 60 === 59) say(`day ${day + 1}, ${listBackups(shelf).length} backups on the shelf`);
      }
      const left = listBackups(shelf);
      for (const { file, manifest } of left)
        await proveCopy(file, { counts: manifest!.counts, sha256: manifest!.sha256 });
      const days = left.filter(({ why }) => why === 'daily').map(({ ordinal }) => ordinal!);
      const newest = Array.from({ length: 14 }, (_, i) => months * 20 - i);
      const monthly = Array.from({ length: months }, (_, i) => (months - 1 - i) * 20 + 1).slice(0, 12);
      assert.deepEqual(
        days,
        [...new Set([...newest, ...monthly])].sort((a, b) => b - a),
      );
      closeLibrary(db);
      return { months, backups: made, 'clock jumps': jumps, 'left on the shelf, all proved': left.length };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
