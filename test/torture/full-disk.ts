import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures, Part } from './parts.ts';
import { ask, refusal, serviceOn } from './service-here.ts';
import { smallDisk } from './small-disk.ts';

/** A disk that is full while people type, back up, restore, import and export: said, nothing lost, and on it goes after. */
export const fullDisk: Part = {
  name: 'full-disk',
  proves:
    'a full disk in edits, backup, restore, export, closing and opening: refused in words, nothing lost, resumed',
  async run({ short, say }): Promise<Figures> {
    const disk = smallDisk(short ? 64 : 192, 'full-disk');
    if (disk === null) return { 'left out': 'no right to mount' };
    const dataDir = join(disk.folder, 'library');
    mkdirSync(dataDir);
    let edits = 0;
    let refused = 0;
    try {
      let service = serviceOn(dataDir);
      const { id } = await ask(service, 'enterprise.create', { name: 'A' });
      await ask(service, 'backup.make', {});
      const [backup] = (await ask(service, 'backup.status', {})).backups;
      const notes = async () => (await ask(service, 'enterprise.get', { id })).enterprise.notes;
      for (let turn = 0; turn < (short ? 2 : 20); turn += 1) {
        // Room for some pages of the log, less each time; then an edit meets the end of the disk.
        disk.fill(600_000 - turn * 25_000);
        let last = await notes();
        let said = '';
        for (let edit = 0; edit < 400 && said === ''; edit += 1) {
          const text = `${turn}-${edit}-${'x'.repeat(7000)}`;
          const answer = await refusal(service, 'enterprise.update', { id, changes: { notes: text } });
          if (answer === 'done') {
            last = text;
            edits += 1;
          } else said = answer;
        }
        assert.equal(said, 'diskFull');
        refused += 1;
        assert.equal(await notes(), last, 'an acknowledged edit is gone, or a refused one is there');
        assert.equal(await refusal(service, 'backup.make', {}), 'diskShort');
        assert.equal(await refusal(service, 'backup.restore', { name: backup!.name }), 'diskShort');
        const out = join(disk.folder, 'all.zip');
        const exported = await refusal(service, 'export.everything', { path: out, locale: 'en' });
        assert.notEqual(exported, 'internal', 'an export to a full disk is explained');
        refused += 3;
        // The service ends and starts on the full disk, and everything is there.
        await service.close();
        service = serviceOn(dataDir);
        assert.equal(await notes(), last);
        disk.free();
        rmSync(out, { force: true });
        const after = `room again ${turn}`;
        await ask(service, 'enterprise.update', { id, changes: { notes: after } });
        await ask(service, 'backup.make', {});
        assert.equal(await notes(), after);
        if (turn % 5 === 4) say(`${turn + 1} times full`);
      }
      await service.close();
      return { 'edits until full': edits, 'refused in words': refused, 'acknowledged edits lost': 0 };
    } finally {
      disk.end();
    }
  },
};
