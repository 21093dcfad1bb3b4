import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '../../electron/service/service.ts';
import type { Figures, Part } from './parts.ts';
import { ask, serviceOn } from './service-here.ts';

async function refusal(service: Service, name: string, input: unknown): Promise<string> {
  const result = await service.call(name, input, 'shell');
  return result.ok ? 'done' : result.error.key;
}

/** Leaves `bytes` free on a disk. */
function fill(disk: string, bytes: number): void {
  rmSync(join(disk, 'filler'), { force: true });
  const { bavail, bsize } = statfsSync(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) writeFileSync(join(disk, 'filler'), Buffer.alloc(size));
}

/** A disk that is full while people type, back up, restore, import and export: said, nothing lost, and on it goes after. */
export const fullDisk: Part = {
  name: 'full-disk',
  proves:
    'a full disk in edits, backup, restore, export, closing and opening: refused in words, nothing lost, resumed',
  async run({ short, say }): Promise<Figures> {
    const disk = mkdtempSync(join(tmpdir(), 'cultivar-disk-'));
    const mounted = spawnSync('mount', [
      '-t',
      'tmpfs',
      '-o',
      short ? 'size=64m' : 'size=192m',
      'tmpfs',
      disk,
    ]);
    if (mounted.status !== 0) {
      rmSync(disk, { recursive: true, force: true });
      console.log('  full-disk is left out: a small disk cannot be mounted here (it needs root on Linux)');
      return { 'left out': 'no right to mount' };
    }
    const dataDir = join(disk, 'library');
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
        fill(disk, 600_000 - turn * 25_000);
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
        const out = join(disk, 'all.zip');
        const exported = await refusal(service, 'export.everything', { path: out, locale: 'en' });
        assert.notEqual(exported, 'internal', 'an export to a full disk is explained');
        refused += 3;
        // The service ends and starts on the full disk, and everything is there.
        await service.close();
        service = serviceOn(dataDir);
        assert.equal(await notes(), last);
        rmSync(join(disk, 'filler'), { force: true });
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
      spawnSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  },
};
