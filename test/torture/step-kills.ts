import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput } from '../../electron/api.ts';
import { writeCase } from '../../electron/exchange/case-write.ts';
import { proveCopy } from '../../electron/library/backup.ts';
import { listBackups, putOnShelf } from '../../electron/library/backup-shelf.ts';
import { kindOfFile } from '../../electron/library/connect.ts';
import { createEnterprise } from '../../electron/library/enterprises.ts';
import { setFigures } from '../../electron/library/figures.ts';
import {
  keyFilePath,
  makeKey,
  openByPassphrase,
  readKeyFile,
  writeKeyFile,
} from '../../electron/library/key-file.ts';
import { holdKey } from '../../electron/library/keyring.ts';
import { closeLibrary, openReadOnly } from '../../electron/library/open.ts';
import { openForWork } from '../../electron/library/open-for-work.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { convertCopy, convertingPath, takeEncrypted } from '../../electron/library/protect.ts';
import { rescueFrom } from '../../electron/library/rescue.ts';
import { Database } from '../../electron/library/sqlite-driver.ts';
import { write } from '../../electron/library/write.ts';
import type { Figures, Part } from './parts.ts';
import { startChild } from './service-child.ts';

const NOW = new Date('2026-06-15T04:00:00Z');
const fixtures = join(import.meta.dirname, '../fixtures/library');
const scratch = () => mkdtempSync(join(tmpdir(), 'cultivar-steps-'));
const libraryIn = (folder: string) => join(folder, 'library.sqlite');

/** What people would miss, of every table, as text that can be compared. */
function content(file: string): string {
  const db = openReadOnly(file);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', 'integrity');
    const tables = ['enterprise', 'figure', 'fact', 'title', 'ip_right', 'plan', 'diagnosis'];
    return JSON.stringify(
      tables.map((table) =>
        db
          .prepare(`SELECT * FROM "${table}" ORDER BY 1, 2`)
          .all()
          .map((row) => Object.entries(row as object).filter(([name]) => name !== 'updated_at')),
      ),
    );
  } finally {
    db.close();
  }
}

async function stepChild(what: string, folder: string, step: number, side: string): Promise<string> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'step-child.ts'), what, folder, String(step), side],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString();
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.ok(code === 0 || signal === 'SIGKILL', `${what} step ${step} ended with ${code ?? signal}`);
  return output;
}

/** Something done in steps: how it begins, and what must hold wherever it was cut off. */
interface Story {
  readonly what: string;
  prepare(folder: string): Promise<void>;
  /** Looks at what a kill left; throws where it is neither before nor after. */
  check(folder: string, pristine: string): Promise<void>;
}

/** A library with two backups and changes after them. */
async function lived(folder: string): Promise<void> {
  const file = libraryIn(folder);
  const db = await openLibrary(file, NOW);
  const add = (name: string) =>
    write(db, { action: 'enterprise.create', actor: 'torture', now: NOW }, (tx) =>
      createEnterprise(tx, { name }),
    );
  add('A');
  await putOnShelf(file, join(folder, 'backups'), { why: 'manual', now: NOW, second: null });
  add('B');
  closeLibrary(db);
}

/** Every backup that is listed is whole. */
async function proveShelf(folder: string): Promise<void> {
  for (const { file, manifest } of listBackups(join(folder, 'backups')))
    await proveCopy(file, manifest ? { counts: manifest.counts, sha256: manifest.sha256 } : undefined);
}

function migration(format: number): Story {
  return {
    what: 'migrate',
    async prepare(folder) {
      const old = new Database(libraryIn(folder));
      old.exec(readFileSync(join(fixtures, `format-${format}.sql`), 'utf8'));
      old.pragma('journal_mode = WAL');
      old.close();
    },
    async check(folder, pristine) {
      const file = libraryIn(folder);
      const db = openReadOnly(file);
      const version = db.pragma('user_version', { simple: true });
      db.close();
      const reference = libraryIn(pristine);
      const done = join(pristine, 'done.sqlite');
      if (!existsSync(done)) {
        cpSync(reference, done);
        closeLibrary(await openLibrary(done, NOW));
      }
      if (version === format) assert.equal(content(file), content(reference), 'neither before nor after');
      // And the next start completes it.
      closeLibrary(await openLibrary(file, NOW));
      assert.equal(content(file), content(done), 'not as a migration leaves it');
      await proveShelf(folder);
    },
  };
}

/** Turning encryption on or off, cut off: the one or the other, whole, and no clear copy left beside an encrypted one. */
function conversion(what: 'encrypt' | 'decrypt'): Story {
  const open = (folder: string) => {
    for (const place of [folder, join(folder, 'made')]) {
      const file = readKeyFile(place);
      if (file !== null && typeof file === 'object')
        return openByPassphrase(file, 'torture').then((key) => holdKey(file.id, key!));
    }
    throw new Error('the key file is gone');
  };
  return {
    what,
    async prepare(folder) {
      await lived(folder);
      mkdirSync(join(folder, 'made'));
      const { file, key } = await makeKey('torture', new Uint8Array(20), NOW);
      writeKeyFile(keyFilePath(join(folder, 'made')), file);
      if (what === 'encrypt') return;
      holdKey(file.id, key);
      const library = libraryIn(folder);
      await convertCopy(library, convertingPath(library), file.id, () => true);
      takeEncrypted(library, file);
    },
    async check(folder, pristine) {
      const library = libraryIn(folder);
      const kind = kindOfFile(library);
      assert.ok(kind === 'clear' || kind === 'encrypted', `the library is ${kind}`);
      if (kind === 'encrypted')
        assert.ok(readKeyFile(folder) !== null, 'encrypted and no key file beside it');
      await open(folder);
      assert.equal(content(library), content(libraryIn(pristine)), 'the library changed');
      // The next start tidies up and opens it.
      const opened = await openForWork(library, { now: () => NOW });
      opened.close();
      assert.equal(content(library), content(libraryIn(pristine)), 'the library changed at the next start');
      assert.equal(kindOfFile(library), kind);
      assert.ok(!existsSync(convertingPath(library)), 'a half-made copy is left');
      assert.equal(readKeyFile(folder) !== null, kind === 'encrypted', 'a key file too many or too few');
    },
  };
}

/** How much every table holds, and what people see of the enterprises: the same whatever ids were drawn. */
function shape(file: string): string {
  const db = openReadOnly(file);
  try {
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok', 'integrity');
    assert.deepEqual(db.pragma('foreign_key_check'), [], 'references');
    const tables = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all() as string[];
    const counts = tables.map((table) => [
      table,
      db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get(),
    ]);
    return JSON.stringify([counts, db.prepare('SELECT name, district FROM enterprise ORDER BY 1, 2').all()]);
  } finally {
    db.close();
  }
}

/** Something done in one transaction after a checked backup: all of it or nothing. */
function transaction(what: string, prepare: Story['prepare']): Story {
  return {
    what,
    prepare,
    async check(folder, pristine) {
      const done = join(pristine, 'done');
      if (!existsSync(done)) {
        const trial = scratch();
        cpSync(pristine, trial, { recursive: true });
        await stepChild(what, trial, 0, 'before');
        cpSync(trial, done, { recursive: true });
        rmSync(trial, { recursive: true, force: true });
      }
      const [before, after] = [shape(libraryIn(pristine)), shape(libraryIn(done))];
      assert.notEqual(before, after);
      const found = shape(libraryIn(folder));
      assert.ok(found === before || found === after, 'neither before nor after');
      // Nothing is done before it can be taken back: a backup of before is whole where it is done.
      if (found === after) assert.equal(listBackups(join(folder, 'backups')).length, 2);
      await proveShelf(folder);
      closeLibrary(await openLibrary(libraryIn(folder), NOW));
    },
  };
}

/** A package of two enterprises of another library. */
async function withPackage(folder: string): Promise<void> {
  await lived(folder);
  const away = scratch();
  try {
    const db = await openLibrary(libraryIn(away), NOW);
    const ids = ['C', 'D'].map((name) =>
      write(db, { action: 'enterprise.create', actor: 'away', now: NOW }, (tx) => {
        const id = createEnterprise(tx, { name });
        setFigures(tx, id, [{ year: 2025, values: { revenue: 1_000_000 } }]);
        return id;
      }),
    );
    const path = join(folder, 'package.cultivar-case');
    await writeCase(db, { ids, path, passphrase: null, sender: 'away', now: NOW, progress: () => undefined });
    closeLibrary(db);
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

async function withTable(folder: string): Promise<void> {
  await lived(folder);
  const header = ['\u4f01\u4e1a\u540d\u79f0', '\u6240\u5728\u533a'].join(',');
  const rows = Array.from({ length: 4 }, (_, i) => `Imported ${i},X`);
  writeFileSync(join(folder, 'table.csv'), [header, ...rows].join('\n'));
}

const stories: readonly (Story & { name: string })[] = [
  { name: 'encryption', ...conversion('encrypt') },
  { name: 'taking the encryption off', ...conversion('decrypt') },
  { name: 'migration from format 10', ...migration(10) },
  { name: 'migration from format 20', ...migration(20) },
  { name: 'migration from format 30', ...migration(30) },
  {
    name: 'backup',
    what: 'backup',
    prepare: lived,
    async check(folder, pristine) {
      assert.equal(content(libraryIn(folder)), content(libraryIn(pristine)), 'the library changed');
      await proveShelf(folder);
      assert.ok([1, 2].includes(listBackups(join(folder, 'backups')).length));
    },
  },
  {
    name: 'restore',
    what: 'restore',
    prepare: lived,
    async check(folder, pristine) {
      const states = [content(libraryIn(pristine)), content(listBackups(join(pristine, 'backups'))[0]!.file)];
      assert.ok(states.includes(content(libraryIn(folder))), 'neither before nor after');
      await proveShelf(folder);
    },
  },
  {
    name: 'rescue of a damaged library',
    what: 'rescue',
    async prepare(folder) {
      await lived(folder);
      const file = libraryIn(folder);
      const bytes = readFileSync(file);
      // Behind the log, so that what is newer can still be read.
      bytes.fill(0xff, bytes.length - 4096);
      writeFileSync(file, bytes);
    },
    async check(folder, pristine) {
      const file = libraryIn(folder);
      const damaged = readFileSync(libraryIn(pristine));
      const aside = join(folder, 'library.damaged-1.sqlite');
      const untouched = existsSync(file) && readFileSync(file).equals(damaged);
      // Never an empty one in its place, never deleted.
      assert.ok(
        untouched || (existsSync(aside) && readFileSync(aside).equals(damaged)),
        'the damaged file is gone',
      );
      if (!untouched && existsSync(file)) assert.match(content(file), /"A"/);
      const { name } = listBackups(join(folder, 'backups'))[0]!;
      if (untouched || !existsSync(file))
        await rescueFrom(file, name, { takeNewer: true, actor: 'torture', now: NOW });
      assert.match(content(file), /"A"/);
    },
  },
  { name: 'merge of a case package', ...transaction('merge', withPackage) },
  { name: 'spreadsheet import', ...transaction('import', withTable) },
  { name: 'bulk edit', ...transaction('bulk', lived) },
];

/** An import cut off at moments spread evenly over its time: none or all of it. */
async function importKills(times: number, say: (line: string) => void): Promise<number> {
  const rows = 400;
  const folder = scratch();
  const header = ['\u4f01\u4e1a\u540d\u79f0', '\u6240\u5728\u533a'].join(',');
  const table = [header, ...Array.from({ length: rows }, (_, i) => `Imported ${i},X`)].join('\n');
  const path = join(folder, 'table.csv');
  writeFileSync(path, table);
  const choices = {
    policy: 'fill',
    fields: {},
    faulty: 'row',
    out: [],
    part: [],
  } satisfies CallInput<'import.apply'>['choices'];
  const count = (data: string) => {
    const db = openReadOnly(libraryIn(data));
    try {
      assert.equal(db.pragma('integrity_check', { simple: true }), 'ok');
      return db.prepare('SELECT count(*) FROM enterprise').pluck().get() as number;
    } finally {
      db.close();
    }
  };
  try {
    let whole = 0;
    for (let turn = 0; turn <= times; turn += 1) {
      const data = join(folder, String(turn));
      const service = startChild(data);
      await service.ask('enterprise.create', { name: 'Before' });
      const opened = await service.ask('import.open', { path }, 'shell');
      const began = performance.now();
      const applying = service.ask('import.apply', { id: opened!.id, choices }).catch(() => null);
      if (turn === 0) {
        // Once without a kill, for how long it takes.
        await applying;
        whole = performance.now() - began;
        assert.equal(count(data), rows + 1);
      } else {
        const timer = setTimeout(() => service.child.kill('SIGKILL'), (whole * 1.1 * turn) / times);
        await applying;
        clearTimeout(timer);
      }
      service.child.kill('SIGKILL');
      await service.ended;
      const found = count(data);
      assert.ok(found === 1 || found === rows + 1, `${found} enterprises: half an import`);
      await proveShelf(data);
      rmSync(data, { recursive: true, force: true });
      if (turn % 20 === 19) say(`${turn + 1} imports cut off`);
    }
    return times;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills before and after every step of everything that is done in steps. */
export const stepKills: Part = {
  name: 'step-kills',
  proves:
    'a kill before and after each step of migration, backup, restore, rescue, merge, import, bulk edit, turning encryption on and off: before or after, never between',
  async run({ short, say }) {
    const figures: Figures = {};
    for (const { name, ...story } of stories) {
      const pristine = scratch();
      try {
        await story.prepare(pristine);
        const trial = scratch();
        cpSync(pristine, trial, { recursive: true });
        const steps = Number(await stepChild(story.what, trial, 0, 'before'));
        rmSync(trial, { recursive: true, force: true });
        assert.ok(steps > 5, `${name} has ${steps} steps`);
        let kills = 0;
        // The short form takes the middle of the story.
        const every = short ? steps : 1;
        for (let step = short ? Math.ceil(steps / 2) : 1; step <= steps; step += every)
          for (const side of short ? ['after'] : ['before', 'after']) {
            const folder = scratch();
            try {
              cpSync(pristine, folder, { recursive: true });
              await stepChild(story.what, folder, step, side);
              await story.check(folder, pristine);
              kills += 1;
            } catch (error) {
              throw new Error(`${name}, ${side} step ${step}`, { cause: error });
            } finally {
              rmSync(folder, { recursive: true, force: true });
            }
          }
        figures[name] = `${kills} kills at ${steps} steps`;
        say(`${name}: ${kills} kills`);
      } finally {
        rmSync(pristine, { recursive: true, force: true });
      }
    }
    figures['import, at random moments'] = `${await importKills(short ? 1 : 60, say)} kills`;
    return figures;
  },
};
