import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../../electron/api.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { createService, type Service } from '../../electron/service/service.ts';
import type { Figures, Part } from './parts.ts';
import { resourcesDir } from './service-child.ts';

function serviceOn(dataDir: string): Service {
  return createService({
    dataDir,
    resourcesDir,
    now: () => new Date('2026-06-15T04:00:00Z'),
    emit: () => undefined,
    actor: 'torture',
  });
}

async function ask<N extends CallName>(
  service: Service,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const result = await service.call(name, input, 'shell');
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value as CallOutput<N>;
}

async function refusal(service: Service, name: string, input: unknown): Promise<string> {
  let result = await service.call(name, input, 'shell');
  // Enterprises of an import are judged in the background; a person tries again then.
  for (let again = 0; again < 40 && !result.ok && result.error.key === 'libraryBusy'; again += 1) {
    await setTimeout(250);
    result = await service.call(name, input, 'shell');
  }
  return result.ok ? 'done' : result.error.key;
}

/** Leaves `bytes` free on a disk. */
function fill(disk: string, bytes: number): void {
  rmSync(join(disk, 'filler'), { force: true });
  const { bavail, bsize } = statfsSync(disk);
  const size = bavail * bsize - bytes;
  if (size > 0) writeFileSync(join(disk, 'filler'), Buffer.alloc(size));
}

const FILL = { profile: 'fill', figures: 'fill', facts: 'fill', titles: 'fill' } as const;

/** A package of another library and a table, made where there is room. */
async function prepareFiles(folder: string): Promise<{ path: string; table: string; firms: string[] }> {
  const office = serviceOn(join(folder, 'office'));
  try {
    const firms: string[] = [];
    for (const name of ['Taken in A', 'Taken in B']) {
      const { id } = await ask(office, 'enterprise.create', { name });
      await ask(office, 'enterprise.update', { id, changes: { notes: 'n'.repeat(8000) } });
      firms.push(id);
    }
    const path = join(folder, 'package.cultivar-case');
    await ask(office, 'case.write', { ids: firms, path, passphrase: null });
    const table = join(folder, 'table.csv');
    const header = ['\u4f01\u4e1a\u540d\u79f0', '\u6240\u5728\u533a'].join(',');
    writeFileSync(table, [header, ...Array.from({ length: 3000 }, (_, i) => `Imported ${i},X`)].join('\n'));
    return { path, table, firms };
  } finally {
    await office.close();
  }
}

/**
 * Import and merge on a disk that has room for the backup before them, or not even that: refused in words, nothing
 * changed, and done once there is room. Returns how often it was refused.
 */
async function fullAtImport(disk: string, folder: string, room: number): Promise<number> {
  const { path, table, firms } = await prepareFiles(mkdtempSync(join(folder, 'files-')));
  const dataDir = join(disk, `import-${room}`);
  mkdirSync(dataDir);
  const service = serviceOn(dataDir);
  const count = async () => (await ask(service, 'library.list', { sort: 'name' })).total;
  let refused = 0;
  try {
    await ask(service, 'enterprise.create', { name: 'Was here' });
    const opened = await ask(service, 'import.open', { path: table });
    const read = await ask(service, 'case.open', { path });
    assert.ok(!('verified' in read));
    const tries = [
      ['import.apply', { id: opened.id, policies: FILL }],
      ['case.apply', { id: read.id, firms }],
    ] as const;
    for (const [name, input] of tries) {
      fill(disk, room);
      const before = await count();
      const said = await refusal(service, name, input);
      if (said !== 'done') {
        assert.ok(['diskShort', 'diskFull'].includes(said), `${name} on a full disk: ${said}`);
        assert.equal(await count(), before, `${name} left something behind`);
        refused += 1;
        rmSync(join(disk, 'filler'), { force: true });
        assert.equal(await refusal(service, name, input), 'done', `${name} with room again`);
      }
      rmSync(join(disk, 'filler'), { force: true });
      assert.ok((await count()) > before);
    }
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return refused;
}

/** A library of an older format opened on a full disk: not touched, said in words, and opened once there is room. */
async function fullAtMigration(disk: string, format: number, room: number): Promise<number> {
  const dataDir = join(disk, `format-${format}-${room}`);
  mkdirSync(dataDir);
  const file = join(dataDir, 'library.sqlite');
  const old = new Database(file);
  old.exec(readFileSync(join(import.meta.dirname, `../fixtures/library/format-${format}.sql`), 'utf8'));
  old.close();
  const before = readFileSync(file);
  fill(disk, room);
  let refused = 0;
  const first = serviceOn(dataDir);
  const said = await refusal(first, 'library.list', { sort: 'name' });
  await first.close();
  if (said !== 'done') {
    assert.ok(['diskShort', 'diskFull', 'backupFailed'].includes(said), `migration on a full disk: ${said}`);
    assert.ok(readFileSync(file).equals(before), 'the older library was touched');
    refused += 1;
  }
  rmSync(join(disk, 'filler'), { force: true });
  const second = serviceOn(dataDir);
  assert.ok((await ask(second, 'library.list', { sort: 'name' })).total > 0);
  await second.close();
  rmSync(dataDir, { recursive: true, force: true });
  return refused;
}

/** A disk that is full while people type, back up, restore, import and export: said, nothing lost, and on it goes after. */
export const fullDisk: Part = {
  name: 'full-disk',
  proves:
    'a full disk in edits, backup, restore, export, import, merge, migration, closing and opening: refused in words, nothing lost, resumed',
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
    const folder = mkdtempSync(join(tmpdir(), 'cultivar-room-'));
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
      rmSync(dataDir, { recursive: true, force: true });
      let [imports, migrations] = [0, 0];
      const rooms = short ? [30_000] : [0, 30_000, 150_000, 400_000, 800_000, 1_500_000, 3_000_000];
      for (const room of rooms) {
        imports += await fullAtImport(disk, folder, room);
        for (const format of short ? [30] : [10, 20, 30])
          migrations += await fullAtMigration(disk, format, room);
        say(`import, merge and migration with ${room} bytes free`);
      }
      return {
        'imports and merges refused': imports,
        'migrations refused': migrations,
        'edits until full': edits,
        'refused in words': refused,
        'acknowledged edits lost': 0,
      };
    } finally {
      spawnSync('umount', ['-l', disk]);
      rmSync(folder, { recursive: true, force: true });
      rmSync(disk, { recursive: true, force: true });
    }
  },
};
